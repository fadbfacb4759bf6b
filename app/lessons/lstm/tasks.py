"""What the lesson `lstm` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.lstm.model import CLEARING, DAYS, GOAL, PRESETS, amount, left, run_of


def questions(controls: Controls) -> list[Question]:
    """How much of day 1's memory is left on the last day; covered from the second event on, with the gate that reads
    it."""
    trace = run_of(controls)
    share, last = left(trace), float(trace["c"][-1, 0, 0])
    clearing = min(CLEARING, trace.steps - 1)
    hidden = covers("x", ("f", "keep", "c", "squash", "h"), range(clearing, trace.steps))
    gate = float(trace["f"][clearing, 0, 0])
    values: dict[str, float | str] = {"percent": f"{100 * share:.0f}", "last": last, "gate": gate}
    return [Question("left", ["most", "some", "hardly"], amount(share), hidden, values=values)]


def goal(controls: Controls) -> Goal:
    """Much left in the cell state after the last day, with one slider."""
    return Goal(
        now=float(run_of(controls)["c"][-1, 0, 0]),
        zone=(GOAL, 10.0),
        span=(0.0, 1.0),
        begin=[PRESETS["react"]],
        days=DAYS,
        read=("x", "c"),
        values={"goal": f"{GOAL:g}"},
    )
