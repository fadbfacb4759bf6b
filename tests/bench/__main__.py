"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, crowd, drag, gradients, page, play, training

for bench in (core, page, drag, play, gradients, crowd, training):
    bench.main()
