"""Speed, as ratios and medians: ``make bench``."""

from tests.bench import (
    core,
    course,
    crowd,
    drag,
    gradients,
    model,
    network,
    page,
    play,
    room,
    scan,
    site,
    sliders,
    training,
    writing,
    writing_letter,
)

BENCHES = (
    core, page, course, network, drag, play, gradients, sliders, model, crowd, site, room, training, writing, scan,
    writing_letter,
)  # fmt: skip

for bench in BENCHES:
    bench.main()
