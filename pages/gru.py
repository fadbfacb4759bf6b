"""Lesson: the GRU. One state, blended every day from what was and what is proposed."""

from app.controls.address import Controls
from app.lessons.gru.model import ADDRESS, BESIDE, PRESETS, RESET, UPDATE, Blend, answers
from app.lessons.gru.tasks import goal, questions
from app.lessons.gru.view import below
from app.page import follow, later, open_lesson
from app.page.guide import Tasks
from cells import Trace

lesson = open_lesson("gru", ADDRESS)

with lesson.part("choices"):
    chosen = [lesson.choose(*choice) for choice in (("reset", RESET), ("update", UPDATE), ("beside", BESIDE))]
blend = Blend(chosen[0], chosen[1], beside=chosen[2])


def trace(controls: Controls) -> Trace:
    return blend.traces(controls)["x"]


tasks = Tasks(lambda controls: questions(trace(controls)), lambda controls: goal(controls, trace(controls)))
lesson.opening(blend, presets=PRESETS, sequences=lesson.labels("series"), tasks=tasks)


def consequences() -> None:
    with lesson.part("conventions"):
        lesson.say("conventions")
        lesson.say("answers", **answers(lesson.controls()))


def below_the_stage() -> None:
    lesson.reading()
    below(lesson)
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(blend.unit.cell(lesson.controls().weights))
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
