"""The lab: a cell of many units, any weight, any sequence."""

from app.controls.kinds import GATED_FIRST
from app.controls.many_units import Lab, entries
from app.lessons.lab.model import FIRST, SEQUENCES, UNITS, drawn, is_near_zero, made, most_active_unit
from app.lessons.lab.view import download, seed_of, steps_of
from app.page import follow, later, open_lesson, open_page

page = open_page("lab")
with page.part("choices"):
    kind = page.choose("cell", GATED_FIRST)
    units = int(page.choose("units", [f"{n}" for n in UNITS], default="8"))
    sequence = page.choose("sequence", SEQUENCES)
    seed = seed_of(page)
    steps = steps_of(page) if sequence != "typed" else 0
lab = Lab(drawn(kind, units, seed), made(sequence, steps, seed) if steps else ())
lesson = open_lesson("lab", entries(lab))

lesson.opening(lab, timestep="step", presets={}, sequences=lesson.labels("series"))


def consequences() -> None:
    trace = lab.traces(lesson.controls())["x"]
    with lesson.part("predict"):
        lesson.say("predict")
        loud = f"{most_active_unit(trace) + 1}"
        lesson.predict("loud", [f"{n + 1}" for n in range(min(units, FIRST))], loud, group="loud", unit=loud)
    with lesson.part("goal"):
        lesson.say("goal")
        moved = len(lesson.controls().weights)
        last = float(trace["h"][-1, 0, 0])
        lesson.goal("solved" if is_near_zero(trace, 0) and moved == 1 else "open", [], last=last, moves=f"{moved}")
    with lesson.part("export"):
        lesson.say("export")
        download(lesson, trace)


def below_the_stage() -> None:
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(lab.cell)
    with lesson.part("remember"):
        lesson.say("remember")


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
