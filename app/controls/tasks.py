"""What a lesson asks of its reader: predictions, and a challenge about the stage's controls."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.stage.guide_types import Ref


@dataclass(frozen=True)
class Question:
    """What a reader predicts.

    Parameters
    ----------
    key
        Its name, among the reader's answers and as a group of labels.
    options, answer
        Keys of labels; `answer` is the one that is true.
    covers
        Values that would give the answer away: they are hidden until it is given.
    group
        The group of labels, where several questions share one.
    values
        What the labels' placeholders stand for.
    """

    key: str
    options: Sequence[str]
    answer: str
    covers: Sequence[Ref] = ()
    group: str | None = None
    values: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """What a challenge asks to reach by moving controls.

    Parameters
    ----------
    now
        What is measured, as the core has it; the browser measures it by `read` while a control is moved.
    zone, span
        Where it should be, both ends excluded, and the range that it can have.
    begin
        Weights to begin from; a slider counts as moved against the nearest of them.
    days
        The days that have to stay as they are, by series.
    read
        The series and the name of the value that is measured, at its last timestep.
    measure
        Whether that is the value, how far it moved on that day, or how far another first day would move it.
    single
        Whether one slider alone may move.
    free
        The weights that may move, where not all may.
    """

    now: float
    zone: tuple[float, float]
    span: tuple[float, float]
    begin: Sequence[Mapping[str, float]]
    read: tuple[str, str]
    measure: Literal["value", "change", "influence"] = "value"
    days: Mapping[str, Sequence[float]] = field(default_factory=dict)
    single: bool = True
    free: Sequence[str] | None = None
    values: Mapping[str, float | str] = field(default_factory=dict)


def covers(series: Sequence[str], names: Sequence[str], steps: Iterable[int]) -> list[Ref]:
    """These values of some series at some timesteps, from 0."""
    return [
        {"series": key, "name": name, "before": False, "step": step}
        for step in steps
        for key in series
        for name in names
    ]
