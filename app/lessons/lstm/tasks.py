"""What the lesson `lstm` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.lstm.model import DAYS, GOAL, PRESETS, amount, left, run_of


def questions(controls: Controls) -> list[Question]:
    """How much of day 1's memory is left on the last day; covered from day 3 on, where its way down would show."""
    trace = run_of(controls)
    share, last = left(trace), float(trace["c"][-1, 0, 0])
    hidden = covers("x", ("keep", "c", "squash", "h"), range(2, trace.steps))
    values: dict[str, float | str] = {"percent": f"{100 * share:.0f}", "last": last}
    return [Question("left", ["most", "some", "hardly"], amount(share), hidden, values=values)]


def goal(controls: Controls) -> Goal:
    """Much left in the cell state after the last day, with one slider."""
    return Goal(
        now=float(run_of(controls)["c"][-1, 0, 0]),
        zone=(GOAL, 10.0),
        span=(0.0, 1.0),
        begin=[PRESETS["leak"]],
        days=DAYS,
        read=("x", "c"),
        values={"goal": f"{GOAL:g}"},
    )
