"""The core beside torch, in one process: medians of interleaved runs, as ratios."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import torch

from cells import LSTM, backprop, run
from tests.twins import torch_loop, torch_twin

ROUNDS = 30


def medians(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each call; the calls take turns, so that what slows the machine slows them alike."""
    for call in calls:
        call()
    times = np.empty((rounds, len(calls)))
    for row in times:
        for k, call in enumerate(calls):
            begin = time.perf_counter()
            call()
            row[k] = time.perf_counter() - begin
    return np.median(times, axis=0).tolist()


def report(what: str, ours: float, theirs: float, limit: float) -> None:
    """Print one ratio beside what it must not exceed."""
    print(f"{what}: {ours * 1e3:.2f} ms / {theirs * 1e3:.2f} ms = {ours / theirs:.2f} (at most {limit})")


def main() -> None:
    """LSTM, T = 100, B = 1, D = 32, H = 64, float64, every named value recorded."""
    cell = LSTM.random(inputs=32, units=64, seed=0)
    x = np.random.default_rng(1).normal(size=(100, 1, 32))
    module, tx = torch_twin(cell), torch.tensor(x)
    start = {name: torch.zeros(1, 64, dtype=torch.float64, requires_grad=True) for name in cell.kind.states}
    trace, ones = run(cell, x), np.ones((100, 1, 64))

    def autograd() -> None:
        values = torch_loop(cell, tx, start)
        begin = time.perf_counter()
        torch.stack(values["h"]).sum().backward()
        backward.append(time.perf_counter() - begin)

    backward: list[float] = []
    ours, plain, loop = medians(
        lambda: run(cell, x), lambda: module(tx), lambda: torch_loop(cell, tx, start, retain=False)
    )
    report("run / torch.nn.LSTM forward", ours, plain, 1.5)
    report("run / torch loop that records the same values", ours, loop, 0.5)
    back, _ = medians(lambda: backprop(trace, {"h": ones}), autograd)
    report("backprop / torch autograd, gradients retained at every step", back, float(np.median(backward[1:])), 0.5)
