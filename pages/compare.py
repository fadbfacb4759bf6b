"""Lesson: which one? Three cells on one playhead, and the figures by which to choose."""

from app.lessons.compare.model import ADDRESS, Trio, ratio
from app.lessons.compare.sections import attention
from app.lessons.compare.view import challenge, costs
from app.page import follow, later, open_lesson

lesson = open_lesson("compare", ADDRESS)

with lesson.part("abreast"):
    with lesson.part("head"):
        lesson.say("question")
    with lesson.part("stage"):
        lesson.stage(Trio(), presets={}, sequences=lesson.labels("series"))
    with lesson.part("body"):
        lesson.say("story")


def consequences() -> None:
    with lesson.part("predict"):
        lesson.say("predict")
        times = ratio(16)
        lesson.predict("times", ["2", "3", "4"], f"{times}", times=f"{times}")
    with lesson.part("goal"):
        lesson.say("goal")
        challenge(lesson)
    with lesson.part("scales"):
        costs(lesson)
        lesson.say("choose")
    with lesson.part("card-attention"):
        attention(lesson, lesson.controls().days["x"])


with lesson.part("after"):
    follow(consequences)
    later(lesson.ending)
