"""What a task small enough for tests trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.training.records import Settings, Task


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
