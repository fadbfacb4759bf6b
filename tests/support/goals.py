"""Whether a challenge is solved, by the rules of `app/stage/desk/rules.js`, said a second time."""

from __future__ import annotations

from app.controls.address import Controls
from app.controls.tasks import Goal


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
