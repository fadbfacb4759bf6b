"""Two tasks on random bits that tell networks apart: one that needs computing, one that needs what is yet to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.training.figures import Benchmark, Budget

STEPS, WINDOW, APART = 20, 4, 2  # of a sequence; bits whose sum is asked; steps to the bits that are compared

BUDGET = Budget(units=6, updates=800, seeds=(1, 2, 3, 4, 5))


def differ(lags: tuple[int, ...], batch: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Random bits as −1 and 1, x (T, B, 1); the answers (T, B): whether, of the bits so many steps back, an odd number
    is 1. Where one of them is outside the sequence, the answer is −1: not asked."""
    bits = random.integers(0, 2, (STEPS, batch))
    answers = np.full((STEPS, batch), -1)
    asked = np.arange(max(*lags, 0), STEPS + min(*lags, 0))
    answers[asked] = sum(bits[asked - lag] for lag in lags) % 2
    return 2.0 * bits[..., None] - 1, answers


def right(outputs: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Whether what is read out is above 0 where the answer is 1, and below where it is 0."""
    hits: np.ndarray = ((outputs > 0) == answers)[answers >= 0]
    return hits


BENCHMARKS: Mapping[str, Benchmark] = {
    "window": Benchmark(partial(differ, tuple(range(WINDOW))), right, inputs=1, chance=0.5),
    "ahead": Benchmark(partial(differ, (APART, -APART)), right, inputs=1, chance=0.5),
}


@dataclass(frozen=True)
class Shape:
    """A network of LSTM layers."""

    layers: int
    both: bool = False
    units: int = BUDGET.units

    @property
    def parameters(self) -> int:
        """Of its layers, as torch counts them."""
        ways, below = 1 + self.both, [1] + [self.units * (1 + self.both)] * (self.layers - 1)
        return sum(ways * 4 * self.units * (self.units + inputs + 2) for inputs in below)


def widest(parameters: int) -> Shape:
    """The single layer whose parameters are nearest to a number."""
    return min((Shape(1, units=units) for units in range(1, 100)), key=lambda one: abs(one.parameters - parameters))


NETWORKS: Mapping[str, Shape] = {
    "forward-1": Shape(1),
    "wide": widest(Shape(3).parameters),
    "forward-2": Shape(2),
    "forward-3": Shape(3),
    "both-1": Shape(1, both=True),
    "both-2": Shape(2, both=True),
    "both-3": Shape(3, both=True),
}
