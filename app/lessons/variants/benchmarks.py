"""Two tasks that ask different things of a cell: to replace what it remembers, and to measure time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.training.figures import Benchmark, Budget

STEPS, MARKED, SILENT = 24, 1 / 12, 4  # of a sequence; how often a number is marked; the last steps, where none is
NEAR = 0.1  # a number counts as right within this, on the scale from −1 to 1
LONGEST, LATEST = 10, 3  # the longest interval, and the latest step at which it begins (from 0)

BUDGET = Budget(units=12, updates=600, seeds=(1, 2, 3, 4, 5))


def latest(batch: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Numbers from −1 to 1, some of them marked, as x (T, B, 2); the answer (B,) is the last marked number."""
    values, marks = random.uniform(-1, 1, (STEPS, batch)), random.random((STEPS, batch)) < MARKED
    marks[0], marks[-SILENT:] = True, False
    last = STEPS - 1 - marks[::-1].argmax(0)
    return np.stack([values, marks], axis=-1), values[last, np.arange(batch)]


def latest_right(outputs: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Whether the number that is read out at the end is near the answer."""
    return np.abs(outputs[-1] - answers) < NEAR


def interval(batch: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two pulses some steps apart, as x (T, B, 1); the answer (B,) is the step that follows at the same interval.

    After Gers, Schraudolph & Schmidhuber 2002, https://www.jmlr.org/papers/v3/gers02a.html, who measure and produce
    intervals.
    """
    first, apart = random.integers(0, LATEST + 1, batch), random.integers(2, LONGEST + 1, batch)
    x = np.zeros((LATEST + 2 * LONGEST + 1, batch, 1))
    x[first, np.arange(batch)] = x[first + apart, np.arange(batch)] = 1
    return x, first + 2 * apart


def interval_right(outputs: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Whether what is read out is largest at the right step."""
    found: np.ndarray = outputs.argmax(0) == answers
    return found


BENCHMARKS: Mapping[str, Benchmark] = {
    "latest": Benchmark(latest, latest_right, inputs=2, chance=NEAR),
    "interval": Benchmark(interval, interval_right, inputs=1, chance=1 / (LONGEST - 1)),
}
