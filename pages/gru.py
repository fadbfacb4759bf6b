"""Lesson: the GRU. One state, blended every day from what was and what is proposed."""

from app.lessons.gru.model import (
    ADDRESS,
    BESIDE,
    GOAL,
    PRESETS,
    RESET,
    UPDATE,
    Blend,
    answers,
    change,
    goal,
    larger_part,
)
from app.lessons.gru.view import below
from app.page import follow, later, open_lesson

lesson = open_lesson("gru", ADDRESS)

with lesson.part("lesson"):
    with lesson.part("head"):
        lesson.say("question")
    with lesson.part("stage"):
        with lesson.part("choices"):
            chosen = [lesson.choose(*choice) for choice in (("reset", RESET), ("update", UPDATE), ("beside", BESIDE))]
        blend = Blend(chosen[0], chosen[1], beside=chosen[2])
        lesson.stage(blend, presets=PRESETS, sequences=lesson.labels("series"))
    with lesson.part("body"):
        lesson.say("story")


def consequences() -> None:
    controls = lesson.controls()
    trace = blend.traces(controls)["x"]
    with lesson.part("predict"):
        lesson.say("predict")
        parts = {name: float(trace[name][-1, 0, 0]) for name in ("keep", "write", "h")}
        lesson.predict("larger", ["kept", "written"], larger_part(trace), **parts)
    with lesson.part("goal"):
        lesson.say("goal", goal=f"{GOAL:g}")
        lesson.goal(goal(controls, trace), [], change=change(trace), goal=f"{GOAL:g}")
    with lesson.part("conventions"):
        lesson.say("conventions")
        lesson.say("answers", **answers(controls))


def below_the_stage() -> None:
    below(lesson)
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(blend.unit.cell(lesson.controls().weights))
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
