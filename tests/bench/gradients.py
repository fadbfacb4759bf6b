"""The lessons on gradients: curves against torch's autograd, the map, and a slider's redraw in the real browser."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import torch

from app.controls.kinds import KINDS
from app.formatting import scientific
from app.lessons.gates import phase_map
from app.untrained.curves import curves, ends
from app.untrained.initial import Settings
from app.untrained.model import loss, sequence, traces
from app.untrained.torch_check import autograd
from tests.bench.in_page import after_key, opened
from tests.support.chromium import chromium
from tests.support.server import Server

ENDS = ".end-number"  # of each curve: what is printed beside it
LARGE, RUNS = Settings(scale=1.0, units=64, steps=200), 7


def seconds(act: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def theirs() -> None:
    """Make the curves by torch."""
    x, slopes = torch.tensor(sequence(LARGE)), torch.tensor(loss(LARGE))
    for kind, trace in traces(LARGE).items():
        autograd(kind, trace, x, slopes)


def ratio() -> None:
    """Print our curves' time over torch's, in turns."""
    ours, torchs = [], []
    for _ in range(RUNS):
        ours.append(seconds(lambda: curves.__wrapped__(LARGE)))
        torchs.append(seconds(theirs))
    share = statistics.median(ours) / statistics.median(torchs)
    print(f"gradients, 64 units, 200 steps: three curves / torch autograd {share:.2f} (at most 0.5)")


def survey() -> None:
    """Print how long the map takes when nothing of it is there."""
    view = phase_map.VIEWS["bias"]
    pairs = list(product(KINDS, phase_map.SEEDS))
    taken = seconds(lambda: [phase_map.ratios(view, kind, seed) for kind, seed in pairs])
    print(f"gates, map of 21 × 21 settings, 3 cells, 5 seeds, 16 units, 50 steps: {taken:.1f} s (at most 3)")


def redraw() -> None:
    """Print how long after a slider's key the printed end of a curve is another."""
    with Server() as server, chromium() as browser:
        page, _ = opened(browser, f"{server.address}/gates?units=64&steps=200", ENDS, wait=".st-key-turn")
        slider, taken = page.get_by_role("slider", name="recurrent scale (spectral radius)"), []
        for k in range(1, RUNS + 1):
            settings = replace(LARGE, scale=round(0.5 + 0.05 * k, 2))
            expected = scientific(ends(settings)["rnn"])
            taken.append(after_key(slider, "ArrowRight", ENDS, expected))
    print(f"gates, slider to new curves ({', '.join(KINDS)}): {statistics.median(taken):.0f} ms (at most 250)")


def main() -> None:
    """Print all of it beside its limits."""
    ratio()
    survey()
    redraw()


if __name__ == "__main__":
    main()
