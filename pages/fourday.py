"""Lesson: four days, one answer. The same weights and the same last three days; only memory separates two companies."""

from app.components.picture import picture
from app.lessons.fourday.model import ADDRESS, GOAL, PRESETS, TARGETS, UNIT, example
from app.lessons.fourday.pictures import gradients
from app.page import follow, later, open_lesson

lesson = open_lesson("fourday", ADDRESS)

lesson.opening(UNIT, presets=PRESETS)


def consequences() -> None:
    seen = example(lesson.controls())
    answers = {"answer_A": seen.answers["A"], "answer_B": seen.answers["B"]}

    with lesson.part("predict"):
        lesson.say("predict")
        lesson.predict("nearer", ["A", "B"], seen.nearer or "neither", **answers)
        if seen.same_ending:
            lesson.predict("ending", ["same", "different"], "same" if seen.same_answer else "different", **answers)
        else:
            lesson.say("other_ending")

    with lesson.part("goal"):
        goal = seen.goal
        lesson.say("goal", goal=f"{GOAL:g}")
        lesson.goal(goal.state, goal.moved, answer=goal.answer, goal=f"{GOAL:g}")

    with lesson.part("gradients"):
        lesson.say("gradients", **{f"target_{name}": f"{target:g}" for name, target in TARGETS.items()})
        picture(gradients(seen.gradients, lesson.labels("chart")), key="gradients")
        lesson.say("losses", **{f"loss_{name}": f"{loss:.6f}" for name, loss in seen.losses.items()})


with lesson.part("after"):
    follow(consequences)
    later(lesson.ending)
