"""Lesson: the LSTM and its three gates. One event on day 1; the gates decide what is left of it on day 8."""

from app.components.valve import valves
from app.lessons.lstm.model import ADDRESS, PRESETS, UNIT
from app.lessons.lstm.tasks import goal, questions
from app.page import later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("lstm", ADDRESS)

lesson.opening(UNIT, presets=PRESETS, tasks=Tasks(questions, goal), follows={})


def below_the_stage() -> None:
    lesson.reading()
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
    later(below_the_stage)
