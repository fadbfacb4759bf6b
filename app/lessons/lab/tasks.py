"""What the lesson `lab` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.lab.model import FIRST, NEAR, most_active_unit
from cells import Trace


def questions(trace: Trace) -> list[Question]:
    """Which of the first units' hidden state goes furthest from zero."""
    units = min(trace.cell.units, FIRST)
    loudest = f"{most_active_unit(trace) + 1}"
    hidden = covers("x", "h", range(trace.steps))
    options = [f"{n + 1}" for n in range(units)]
    return [Question("loud", options, loudest, hidden, values={"unit": loudest})]


def goal(controls: Controls, trace: Trace) -> Goal:
    """The first unit's last hidden state at zero, with one weight."""
    now = float(trace["h"][-1, 0, 0])
    return Goal(now=now, zone=(-NEAR, NEAR), span=(-1.0, 1.0), begin=[{}], read=("x", "h"))
