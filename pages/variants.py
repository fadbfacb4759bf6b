"""Lesson: a family of cells. Pick one: its picture, its equations and its numbers change together."""

from app.lessons.variants.model import BESIDE, VARIANTS, Pair, address_of, parameters
from app.lessons.variants.tasks import ends_below, goal, questions
from app.lessons.variants.view import trained
from app.page import later, open_lesson, open_page
from app.page.guide import Tasks

page = open_page("variants")
with page.part("choices"):
    name = page.choose("cell", list(VARIANTS))
    beside = page.choose("beside", BESIDE) == "both"
variant = VARIANTS[name]
lesson = open_lesson("variants", address_of(variant))
side = lesson.label("side.below" if ends_below(variant) else "side.above")

lesson.opening(
    Pair(variant, beside),
    presets={},
    sequences=lesson.labels("series"),
    tasks=Tasks(lambda controls: questions(name, variant, controls), lambda controls: goal(variant, controls, side)),
    follows={},
)


def below_the_stage() -> None:
    lesson.text(f"about.{name}")
    lesson.reading()
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(variant.unit.cell(address_of(variant).defaults.weights))
        changed = ", ".join(f"`{parameter}`" for parameter in parameters(variant))
        lesson.text("parameters.some" if changed else "parameters.none", changed=changed)
    with lesson.part("card-trained"):
        trained(lesson)
    with lesson.part("letters"):
        lesson.say("letters")
    lesson.ending()


with lesson.part("after"):
    later(below_the_stage)
