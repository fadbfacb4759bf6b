"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, crowd, drag, page

for bench in (core, page, drag, crowd):
    bench.main()
