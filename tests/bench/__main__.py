"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import core, course, crowd, drag, gradients, model, network, page, play, room, sliders, training

for bench in (core, page, course, network, drag, play, gradients, sliders, model, crowd, room, training):
    bench.main()
