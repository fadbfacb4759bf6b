"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, crowd, drag

for bench in (core, drag, crowd):
    bench.main()
