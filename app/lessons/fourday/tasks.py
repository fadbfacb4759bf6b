"""What the lesson `fourday` asks."""

from app.controls.address import Controls
from app.controls.tasks import Goal, Question, covers
from app.lessons.fourday.model import DAYS, GOAL, PRESETS, example

SHOWN = ("o", "squash", "c", "h")  # what gives the answer away on that day


def questions(controls: Controls) -> list[Question]:
    """Which company's answer is nearer 1; and, where they differ on day 1 alone, whether the answers differ."""
    seen = example(controls)
    values = {f"answer_{name}": answer for name, answer in seen.answers.items()}
    last = len(controls.days["A"]) - 1
    hidden = covers("AB", SHOWN, [last])
    nearer = Question("nearer", ["A", "B"], seen.nearer or "neither", hidden, values=values)
    if not seen.same_ending:
        return [nearer]
    answer = "same" if seen.same_answer else "different"
    return [Question("ending", ["same", "different"], answer, hidden, values=values), nearer]


def goal(controls: Controls) -> Goal:
    """Company B's answer below a limit, with one slider."""
    return Goal(
        now=example(controls).answers["B"],
        zone=(-1.0, GOAL),
        span=(-0.2, 1.0),
        begin=list(PRESETS.values()),
        days={"B": DAYS["B"]},
        read=("B", "h"),
        values={"goal": f"{GOAL:g}"},
    )
