"""A challenge by the rules of `app/stage/desk/rules.js`, and what it measures, said a second time."""

from __future__ import annotations

from dataclasses import replace

from app.controls.address import Controls, Runs
from app.controls.tasks import Goal
from app.stage.guide_types import Read


def state_of(goal: Goal, controls: Controls) -> str:
    """A key of the lesson's labels (`goal.…`)."""
    if any(tuple(controls.days[key]) != tuple(first) for key, first in goal.days.items()):
        return "days"
    names = {*controls.weights}.union(*goal.begin)
    moved = min(
        ([name for name in names if controls.weights.get(name) != first.get(name)] for first in goal.begin), key=len
    )
    if goal.free is not None and not {*moved} <= {*goal.free}:
        return "others"
    if goal.single and len(moved) != 1:
        return "many" if moved else "untouched"
    if goal.zone[0] < goal.now < goal.zone[1]:
        return "solved"
    return "one" if goal.single else "open"


def measured(runs: Runs, controls: Controls, read: Read) -> float:
    """What the core says a challenge measures, for some controls (`app/stage/series/measure.js`)."""

    def values(of: Controls) -> list[float]:
        every = replace(of, show=tuple(of.days))
        return runs.traces(every)[read["series"]][read["name"]][:, 0, 0].tolist()

    *_, before, last = values(controls)
    if read["measure"] == "change":
        return abs(last - before)
    if read["measure"] == "influence":
        days = {key: (first + 1, *rest) for key, (first, *rest) in controls.days.items()}
        return abs(values(replace(controls, days=days))[-1] - last)
    return last
