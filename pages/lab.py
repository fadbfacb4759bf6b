"""The lab: a cell of many units, any weight, any sequence."""

from app.controls.address import Controls
from app.controls.kinds import GATED_FIRST
from app.controls.many_units import Lab, entries
from app.lessons.lab.model import SEQUENCES, UNITS, drawn, made
from app.lessons.lab.tasks import goal, questions
from app.lessons.lab.view import seed_of, steps_of
from app.page import later, open_lesson, open_page
from app.page.guide import Tasks
from app.page.registry import address_of
from cells import Trace

page = open_page("lab")
with page.part("choices"):
    kind = page.choose("cell", GATED_FIRST)
    units = int(page.choose("units", [f"{n}" for n in UNITS], default="8"))
    sequence = page.choose("sequence", SEQUENCES)
    seed = seed_of(page)
    steps = steps_of(page) if sequence != "typed" else 0
lab = Lab(drawn(kind, units, seed), made(sequence, steps, seed) if steps else ())
lesson = open_lesson("lab", entries(lab))


def trace(controls: Controls) -> Trace:
    return lab.traces(controls)["x"]


tasks = Tasks(lambda controls: questions(trace(controls)), lambda controls: goal(controls, trace(controls)))
lesson.opening(lab, timestep="step", presets={}, sequences=lesson.labels("series"), tasks=tasks)


def below_the_stage() -> None:
    lesson.reading()
    with lesson.part("own_model"):
        lesson.html(lesson.label("own_model", href=address_of("model")))
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(lab.cell)
    with lesson.part("remember"):
        lesson.say("remember")


with lesson.part("after"):
    later(below_the_stage)
