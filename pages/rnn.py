"""Lesson: the vanilla RNN. One layer that reads its own last answer, folded up and unrolled."""

from app.components.picture import picture
from app.controls.one_unit import differing
from app.lessons.rnn.model import ADDRESS, GOAL, PRESETS, UNIT, difference, first_day_matters, goal, run_of
from app.lessons.rnn.pictures import WORK, chain, work
from app.page import follow, later, open_lesson

lesson = open_lesson("rnn", ADDRESS)

lesson.opening(UNIT, presets=PRESETS)


def consequences() -> None:
    controls = lesson.controls()
    with lesson.part("predict"):
        lesson.say("predict")
        lesson.predict("heard", ["yes", "no"], first_day_matters(controls), difference=difference(controls))
    with lesson.part("goal"):
        lesson.say("goal", goal=f"{GOAL:g}")
        moved = differing(PRESETS["default"], controls.weights)
        lesson.goal(goal(controls), moved, difference=difference(controls), goal=f"{GOAL:g}")
    with lesson.part("unrolled"):
        lesson.say("unrolled")
        picture(chain(run_of(controls), lesson.labels("chain")), key="chain")


def below_the_stage() -> None:
    with lesson.part("shapes"):
        lesson.say("shapes")
        with lesson.part("works"):
            for shape in WORK:
                with lesson.part(f"work-{shape}"):
                    picture(work(shape, lesson.label(f"work.{shape}")), key=shape)
                    lesson.tell(f"use.{shape}")
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(UNIT.cell(ADDRESS.defaults.weights))
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
