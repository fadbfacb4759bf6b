"""Lesson: the LSTM and its three gates. One event on day 1; the gates decide what is left of it on day 8."""

from app.components.valve import valves
from app.lessons.lstm.model import ADDRESS, GOAL, PRESETS, UNIT, amount, goal, left, moved, run_of
from app.page import follow, later, open_lesson

lesson = open_lesson("lstm", ADDRESS)

lesson.opening(UNIT, presets=PRESETS)


def consequences() -> None:
    trace = run_of(lesson.controls())
    share, last = left(trace), float(trace["c"][-1, 0, 0])
    with lesson.part("predict"):
        lesson.say("predict")
        lesson.predict("left", ["most", "some", "hardly"], amount(share), percent=f"{100 * share:.0f}", last=last)
    with lesson.part("goal"):
        lesson.say("goal", goal=f"{GOAL:g}")
        lesson.goal(goal(lesson.controls()), moved(lesson.controls()), last=last, goal=f"{GOAL:g}")


def below_the_stage() -> None:
    with lesson.part("valves"):
        lesson.say("valves")
        valves(
            {name: lesson.label(f"valve.{name}") for name in ("sigmoid", "tanh")}, lesson.labels("valve"), key="valves"
        )
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(UNIT.cell(ADDRESS.defaults.weights))
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
