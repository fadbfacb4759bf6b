"""The core beside torch and beside itself, in one process: medians of interleaved runs, as ratios."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np
import torch

from cells import LSTM, backprop, influence, jacobian, run, sweep
from tests.support.torch_modules import torch_loop, torch_twin

ROUNDS = 30


def timings(*calls: Callable[[], object], rounds: int = ROUNDS) -> np.ndarray:
    """Seconds (rounds, calls); the calls take turns, so that what slows the machine slows them alike."""
    for call in calls:
        call()
    times = np.empty((rounds, len(calls)))
    for row in times:
        for k, call in enumerate(calls):
            begin = time.perf_counter()
            call()
            row[k] = time.perf_counter() - begin
    return times


def medians(*calls: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Median seconds of each call."""
    return np.median(timings(*calls, rounds=rounds), axis=0).tolist()


def report(what: str, ours: float, theirs: float, limit: float) -> None:
    """Print one ratio beside what it must not exceed."""
    print(f"{what}: {ours * 1e3:.2f} ms / {theirs * 1e3:.2f} ms = {ours / theirs:.3f} (at most {limit})")


def beside_torch() -> None:
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


def sweeping() -> None:
    """A slider's 121 positions at once, T = 30, H = 8: one entry of a matrix, and one of a vector."""
    cell = LSTM.random(inputs=1, units=8, seed=0)
    x, values = np.random.default_rng(1).normal(size=(30, 1)), np.linspace(-3, 3, 121)

    def one_by_one(name: str, index: tuple[int, ...]) -> None:
        for value in values:
            parameter = cell.parameters[name].copy()
            parameter[index] = value
            run(cell.replace(**{name: parameter}), x)

    for name, index in (("U_f", (0, 0)), ("b_f", (0,))):
        ours, theirs = medians(
            lambda name=name, index=index: sweep(cell, x, name, index, values),
            lambda name=name, index=index: one_by_one(name, index),
            rounds=15,
        )
        report(f"sweep of 121 values of {name} / 121 runs", ours, theirs, 0.05)


def growing() -> None:
    """Time over the number of steps: a straight line through each one's quickest round, which nothing disturbed."""
    cell, lengths = LSTM.random(inputs=32, units=64, seed=0), np.array([100, 200, 400, 800, 1600])
    xs = [np.random.default_rng(1).normal(size=(steps, 1, 32)) for steps in lengths]
    seconds = timings(*(lambda x=x: run(cell, x) for x in xs)).min(axis=0)
    slope, offset = np.polyfit(lengths, seconds, 1)
    rest = seconds - (slope * lengths + offset)
    r2 = 1 - (rest**2).sum() / ((seconds - seconds.mean()) ** 2).sum()
    print(f"run, T = 100 … 1600: {slope * 1e6:.2f} µs per step + {offset * 1e6:.0f} µs, R² = {r2:.4f} (at least 0.99)")


def remembering() -> None:
    """The most memory a large run ever holds, over the bytes of what it records."""
    cell, x = LSTM.random(inputs=32, units=64, seed=0), np.zeros((1000, 16, 32))
    tracemalloc.start()
    trace = run(cell, x)
    peak, recorded = tracemalloc.get_traced_memory()[1], trace.record.nbytes
    tracemalloc.stop()
    print(
        f"memory, peak / recorded: {peak / 1e6:.1f} MB / {recorded / 1e6:.1f} MB = {peak / recorded:.2f} (at most 1.2)"
    )


def stepping() -> None:
    """A loop of runs of one timestep, each with the states that the last one ended with, LSTM of 256 units."""
    cell, x = LSTM.random(inputs=64, units=256, seed=0), np.random.default_rng(1).normal(size=(200, 1, 64))

    def loop() -> None:
        start: dict[str, np.ndarray] = {}
        for step in x:
            start = run(cell, step, start=start).final

    ours, whole = medians(loop, lambda: run(cell, x[:, 0]), rounds=10)
    print(f"200 runs of one timestep: {200 / ours:.0f} a second")
    report("200 runs of one timestep / one run of 200", ours, whole, 8)


def influencing() -> None:
    """The influence of 500 inputs on 256 units, and Jacobians of 512 states, over one step and all."""
    cell, x = LSTM.random(inputs=40, units=256, seed=0), np.random.default_rng(1).normal(size=(500, 40))
    trace = run(cell, x)
    for what, call, seconds in (
        ("influence, 256 units, 500 timesteps", lambda: influence(trace), 3),
        ("Jacobian over one timestep, 512 states", lambda: jacobian(trace, 20, 19), 0.2),
        ("Jacobian over 500 timesteps, 512 states", lambda: jacobian(trace, 499, -1), 3),
    ):
        begin = time.process_time()
        (taken,) = medians(call, rounds=3)
        cores = (time.process_time() - begin) / 4  # a call before the rounds
        tracemalloc.start()
        call()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{what}: {taken:.2f} s (at most {seconds}), {cores:.2f} s of a core, {peak / 1e6:.0f} MB (at most 500)")


def main() -> None:
    """All of it."""
    beside_torch()
    sweeping()
    growing()
    remembering()
    stepping()
    influencing()
