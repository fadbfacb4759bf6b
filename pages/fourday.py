"""Lesson: four days, one answer. The same weights and the same last three days; only memory separates two companies."""

from xml.etree.ElementTree import Element

from app.components.picture import picture
from app.controls.address import Controls
from app.lessons.fourday.model import ADDRESS, PRESETS, TARGETS, UNIT, example
from app.lessons.fourday.pictures import gradients
from app.lessons.fourday.tasks import goal, questions
from app.page import follow, later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("fourday", ADDRESS)


def drawn(controls: Controls) -> Element:
    seen = example(controls)
    said = lesson.label("losses", **{f"loss_{name}": f"{loss:.6f}" for name, loss in seen.losses.items()})
    return gradients(seen.gradients, said, lesson.labels("chart"))


lesson.opening(UNIT, presets=PRESETS, tasks=Tasks(questions, goal), follows={"gradients": drawn})


def consequences() -> None:
    with lesson.part("gradients"):
        lesson.say("gradients", **{f"target_{name}": f"{target:g}" for name, target in TARGETS.items()})
        picture(drawn(lesson.controls()), key="gradients")
        lesson.say("losses")


def below_the_stage() -> None:
    lesson.reading()
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
