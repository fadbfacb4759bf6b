"""Figures that are trained once and shipped: what networks reached on small benchmarks, from several seeds. No torch.

``make models`` makes them, by a lesson's `train.py`; they are kept as ``figures.json`` in the lesson's folder.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from app.training.saved import LESSONS

SOLVED = 0.95  # right answers from which a task counts as solved


@dataclass(frozen=True)
class Benchmark:
    """A task small enough to be trained in seconds.

    Attributes
    ----------
    make
        Draws a batch of so many sequences: x (T, B, D), and the answers.
    right
        Which of the answers are right, by what is read out at every timestep (T, B) and by the answers.
    inputs
        D.
    chance
        The share of right answers of somebody who has not read the sequence, at best.
    """

    make: Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]
    right: Callable[[np.ndarray, np.ndarray], np.ndarray]
    inputs: int
    chance: float


@dataclass(frozen=True)
class Budget:
    """What every network of a lesson's figures is given."""

    units: int
    updates: int
    seeds: Sequence[int]
    epoch: int = 25  # updates from one look at the validation part to the next
    batch: int = 64
    rate: float = 0.01


@dataclass(frozen=True)
class Trial:
    """What one network reached from one seed.

    Attributes
    ----------
    parameters
        Of the recurrent layers, those that are trained.
    seconds
        Of one core, for the whole training.
    accuracy
        The share of right answers on new sequences.
    curve
        The same in validation after every epoch.
    """

    task: str
    network: str
    seed: int
    parameters: int
    seconds: float
    accuracy: float
    curve: Sequence[float]


@dataclass(frozen=True)
class Figures:
    """A lesson's figures: a trial for each task, network and seed, all with one budget."""

    budget: Budget
    trials: Sequence[Trial]

    def of(self, task: str, network: str) -> list[Trial]:
        """The trials of one network on one task, a seed each."""
        return [trial for trial in self.trials if (trial.task, trial.network) == (task, network)]

    def updates(self, task: str, network: str) -> list[float]:
        """The updates that each seed needed until the task was solved in validation; ∞ where they were not enough."""
        epoch = self.budget.epoch
        return [
            next((epoch * k for k, share in enumerate(trial.curve, 1) if share >= SOLVED), math.inf)
            for trial in self.of(task, network)
        ]

    def solved(self, task: str, network: str) -> str:
        """From which seeds a network solved a task: `all`, `some`, `none`."""
        found = [math.isfinite(each) for each in self.updates(task, network)]
        return "all" if all(found) else "some" if any(found) else "none"

    def against(self, task: str, network: str, base: str) -> str:
        """How a network compares with another: `faster` or `slower` if every seed of it is so than every seed of the
        other, else `alike`. Of two alike networks and five seeds, chance makes one pair in 126 come out so."""
        own, other = self.updates(task, network), self.updates(task, base)
        return "faster" if max(own) < min(other) else "slower" if min(own) > max(other) else "alike"


def figures_of(lesson: str) -> Path:
    """The file of the figures that come with a lesson."""
    return LESSONS / lesson / "figures.json"


@cache
def shipped_figures(lesson: str) -> Figures:
    """The figures that are in the repository for a lesson.

    Raises
    ------
    msgspec.ValidationError
        A ValueError that names what is missing in the file or of another type.
    """
    return msgspec.json.decode(figures_of(lesson).read_bytes(), type=Figures)


def write_figures(lesson: str, figures: Figures) -> Path:
    """Save a lesson's figures, a line for each trial; return the file."""
    budget, *trials = (msgspec.json.encode(each).decode() for each in (figures.budget, *figures.trials))
    path = figures_of(lesson)
    path.write_text(f'{{"budget":{budget},"trials":[\n' + ",\n".join(trials) + "\n]}\n", encoding="utf-8")
    return path
