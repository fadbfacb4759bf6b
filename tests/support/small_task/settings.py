"""What a task small enough for tests trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.training.records import Settings, Task
from app.training.saved import Weights, kind_of, outputs
from cells import CELLS


@dataclass(frozen=True)
class TinySettings(Settings):
    """`pause` makes every epoch that many seconds longer; `fault` is what goes wrong in the first."""

    seed: int = 0
    units: int = 4
    steps: int = 8
    epochs: int = 12
    seconds: int = 60
    kinds: tuple[str, ...] = ("rnn", "lstm", "gru")
    pause: float = 0.0
    fault: str = ""
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class TinyFacts:
    settings: TinySettings
    loss: Mapping[str, float]


SETTINGS = TinySettings()
TASK = Task("tiny", "tests.support.small_task.task", TinyFacts)


def snapshot(settings: TinySettings, run: str, weights: Weights) -> list[float]:
    """What a network reads out while it reads 1, −1, 1."""
    x = np.array([1.0, -1.0, 1.0])[:, None, None]
    found: list[float] = outputs(weights, CELLS[kind_of(run)], x)[:, 0, 0].tolist()
    return found
