"""Lesson: the vanilla RNN. One layer that reads its own last answer, folded up and unrolled."""

from app.components.picture import picture
from app.lessons.rnn.model import ADDRESS, PRESETS, UNIT
from app.lessons.rnn.pictures import WORK, work
from app.lessons.rnn.tasks import goal, questions
from app.lessons.rnn.view import drawn
from app.page import follow, later, open_lesson
from app.page.guide import Tasks

lesson = open_lesson("rnn", ADDRESS)


lesson.opening(
    UNIT, presets=PRESETS, tasks=Tasks(questions, goal), follows={"chain": lambda controls: drawn(lesson, controls)}
)


def consequences() -> None:
    with lesson.part("unrolled"):
        lesson.say("unrolled")
        picture(drawn(lesson, lesson.controls()), key="chain")


def below_the_stage() -> None:
    lesson.reading()
    with lesson.part("shapes"):
        lesson.say("shapes")
        with lesson.part("works"):
            for shape in WORK:
                with lesson.part(f"work-{shape}"):
                    picture(work(shape, lesson.label(f"work.{shape}")), key=shape)
                    lesson.text(f"use.{shape}")
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(UNIT.cell(ADDRESS.defaults.weights))
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
