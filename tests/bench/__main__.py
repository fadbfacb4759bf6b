"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, course, crowd, drag, gradients, network, page, play, training

for bench in (core, page, course, network, drag, play, gradients, crowd, training):
    bench.main()
