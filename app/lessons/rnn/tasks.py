"""What the lesson `rnn` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question
from app.lessons.rnn.model import DAYS, GOAL, PRESETS, difference, first_day_matters


def questions(controls: Controls) -> list[Question]:
    """Whether the last hidden state would change if day 1 had brought 1 more: nothing on the stage says so."""
    values = {"difference": difference(controls)}
    return [Question("heard", ["yes", "no"], first_day_matters(controls), values=values)]


def goal(controls: Controls) -> Goal:
    """Day 1 forgotten, with one slider."""
    return Goal(
        now=difference(controls),
        zone=(-1.0, GOAL),
        span=(0.0, 1.0),
        begin=[PRESETS["default"]],
        read=("x", "h"),
        measure="influence",
        days=DAYS,
        values={"goal": f"{GOAL:g}"},
    )
