"""Lesson: which one? Three cells on one playhead, and the figures by which to choose."""

from app.lessons.compare.model import ADDRESS, Trio
from app.lessons.compare.sections import attention
from app.lessons.compare.tasks import questions
from app.lessons.compare.view import challenge, costs
from app.page import follow, later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("compare", ADDRESS)

lesson.opening(Trio(), presets={}, sequences=lesson.labels("series"), tasks=Tasks(lambda _: questions()))


def consequences() -> None:
    with lesson.part("goal"):
        lesson.say("goal")
        challenge(lesson)
    with lesson.part("scales"):
        costs(lesson)
        lesson.say("choose")
    with lesson.part("card-attention"):
        attention(lesson, lesson.controls().days["x"])


def below_the_stage() -> None:
    lesson.reading()
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
