"""Lesson: four days, one answer. The same weights and the same last three days; only memory separates two companies."""

from app.components.picture import picture
from app.lessons.fourday.model import ADDRESS, PRESETS, TARGETS, UNIT
from app.lessons.fourday.tasks import goal, questions
from app.lessons.fourday.view import drawn
from app.page import follow, later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("fourday", ADDRESS)


lesson.opening(
    UNIT, presets=PRESETS, tasks=Tasks(questions, goal), follows={"gradients": lambda controls: drawn(lesson, controls)}
)


def consequences() -> None:
    with lesson.part("gradients"):
        lesson.say("gradients", **{f"target_{name}": f"{target:g}" for name, target in TARGETS.items()})
        picture(drawn(lesson, lesson.controls()), key="gradients")
        lesson.say("losses")


def below_the_stage() -> None:
    lesson.reading()
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
