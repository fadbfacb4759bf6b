"""What the lesson `recall` trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from app.training.records import Settings, Task
from app.training.saved import Trained


@dataclass(frozen=True)
class RecallSettings(Settings):
    """One training; its defaults are those of the model that comes with the lesson.

    Attributes
    ----------
    task
        A test of memory, one of ``tasks.PUZZLES``.
    n
        Its length.
    units
        Of the LSTM; the other cells have as many parameters.
    gates, weights
        How the bias of the gate that keeps begins, and how the weights on the hidden state are drawn: one of
        ``tasks.GATES``, one of ``tasks.INITIALISERS``.
    batch, updates
        Sequences of an update, and updates at most.
    """

    task: str = "recall"
    n: int = 30
    seed: int = 1
    units: int = 16
    rate: float = 0.01
    gates: str = "spread"
    weights: str = "even"
    batch: int = 32
    updates: int = 1500


DEFAULTS = RecallSettings()


@dataclass(frozen=True)
class RecallTable:
    """A training for every task, length and seed. Of those, `kept` is the one whose runs are kept."""

    kept: RecallSettings
    tasks: Sequence[str]
    lengths: Sequence[int]
    seeds: Sequence[int]

    @classmethod
    def of(cls, settings: RecallSettings) -> RecallTable:
        """A table of one training."""
        return cls(settings, [settings.task], [settings.n], [settings.seed])

    def trainings(self) -> list[RecallSettings]:
        rows = product(self.tasks, self.lengths, self.seeds)
        return [replace(self.kept, task=task, n=n, seed=seed) for task, n, seed in rows]


@dataclass(frozen=True)
class Row:
    """What one cell reached in one training.

    Attributes
    ----------
    units, parameters
        Of the recurrent layer.
    accuracy
        The share of right answers on new sequences.
    updates, seconds
        Until the test was solved or the budget spent; seconds of one core.
    curve
        The share of right answers in validation after every epoch.
    """

    task: str
    n: int
    seed: int
    kind: str
    units: int
    parameters: int
    accuracy: float
    updates: int
    seconds: float
    curve: Sequence[float]


@dataclass(frozen=True)
class RecallFacts:
    """What was measured: a row for each training and kind of cell; `settings` are those of the runs that are kept,
    which are named ``<task>-<kind>``.

    `epoch` is how many updates an epoch has.
    """

    settings: RecallSettings
    epoch: int
    table: Sequence[Row]


def part(trained: Trained[RecallFacts], task: str) -> Trained[RecallFacts]:
    """The networks of one task, named by their kinds."""
    runs = {name.removeprefix(f"{task}-"): run for name, run in trained.runs.items() if name.startswith(f"{task}-")}
    return Trained(runs, replace(trained.facts, settings=replace(trained.facts.settings, task=task)))


TASK = Task("recall", "app.lessons.recall.train", RecallFacts)
