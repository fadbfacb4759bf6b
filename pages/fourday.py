"""Lesson: four days, one answer. The same weights and the same last three days; only memory separates two companies."""

from app.components.picture import picture
from app.lessons.fourday.model import ADDRESS, PRESETS, TARGETS, UNIT, example
from app.lessons.fourday.pictures import gradients
from app.lessons.fourday.tasks import goal, questions
from app.page import follow, later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("fourday", ADDRESS)

lesson.opening(UNIT, presets=PRESETS, tasks=Tasks(questions, goal))


def consequences() -> None:
    seen = example(lesson.controls())
    with lesson.part("gradients"):
        lesson.say("gradients", **{f"target_{name}": f"{target:g}" for name, target in TARGETS.items()})
        picture(gradients(seen.gradients, lesson.labels("chart")), key="gradients")
        lesson.say("losses", **{f"loss_{name}": f"{loss:.6f}" for name, loss in seen.losses.items()})


def below_the_stage() -> None:
    lesson.reading()
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
