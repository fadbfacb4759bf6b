"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, crowd, drag, page, play

for bench in (core, page, drag, play, crowd):
    bench.main()
