"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, course, crowd, drag, gradients, network, page, play, sliders, training

for bench in (core, page, course, network, drag, play, gradients, sliders, crowd, training):
    bench.main()
