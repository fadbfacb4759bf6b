"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, course, crowd, drag, gradients, page, play, sliders, training

for bench in (core, page, course, drag, play, gradients, sliders, crowd, training):
    bench.main()
