"""What a network that learns a test of memory is watched on: some sequences that are held back. No torch."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.lessons.recall.records import RecallSettings
from app.lessons.recall.tasks import HELD, PUZZLES, SYMBOLS
from app.training.saved import Weights, kind_of, outputs
from cells import CELLS

SAMPLES = 4


def some(task: str, answers: np.ndarray) -> list[int]:
    """The places of some sequences: the first of every symbol, or the first few."""
    if task == "recall":
        return [int(np.flatnonzero(answers == symbol)[0]) for symbol in range(SYMBOLS)]
    return list(range(SAMPLES))


@lru_cache(maxsize=8)
def sample(settings: RecallSettings) -> tuple[np.ndarray, np.ndarray]:
    """Sequences of the validation part (T, SAMPLES, D), and their answers."""
    x, answers = PUZZLES[settings.task].make(settings.n, HELD, np.random.default_rng(settings.seed))
    at = some(settings.task, answers)
    return x[:, at], answers[at]


def snapshot(settings: RecallSettings, run: str, weights: Weights) -> list[float]:
    """By sequence: the probability that a network gives the right symbol, or the number it answers."""
    x, answers = sample(settings)
    read = outputs(weights, CELLS[kind_of(run)], x)[-1]
    if settings.task == "recall":
        shares = np.exp(read - read.max(1, keepdims=True))
        found = (shares / shares.sum(1, keepdims=True))[np.arange(len(answers)), answers]
    else:
        found = read[:, 0]
    told: list[float] = found.tolist()
    return told
