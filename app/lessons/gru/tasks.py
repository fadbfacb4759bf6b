"""What the lesson `gru` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.gru.model import DAYS, GOAL, WEIGHTS, change, larger_part
from cells import Trace


def questions(trace: Trace) -> list[Question]:
    """Which part of the last day's hidden state is larger: what was kept, or what was written."""
    last = trace.steps - 1
    values = {name: float(trace[name][-1, 0, 0]) for name in ("keep", "write", "h")}
    hidden = covers("x", ("z", "keep", "write", "h"), [last])
    return [Question("larger", ["kept", "written"], larger_part(trace), hidden, values=values)]


def goal(controls: Controls, trace: Trace) -> Goal:
    """A last day on which the hidden state hardly moves, by the update gate's weights alone."""
    return Goal(
        now=change(trace),
        zone=(-1.0, GOAL),
        span=(0.0, 1.0),
        begin=[{name: WEIGHTS[name] for name in controls.weights}],
        read=("x", "h"),
        measure="change",
        days=DAYS,
        single=False,
        free=[name for name in WEIGHTS if name.endswith("_z")],
        values={"goal": f"{GOAL:g}"},
    )
