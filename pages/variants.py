"""Lesson: a family of cells. Pick one: its picture, its equations and its numbers change together."""

from app.lessons.variants.model import BESIDE, VARIANTS, Pair, address_of, ends, parameters
from app.lessons.variants.view import trained
from app.page import follow, later, open_lesson, open_page

page = open_page("variants")
with page.part("choices"):
    name = page.choose("cell", list(VARIANTS))
    beside = page.choose("beside", BESIDE) == "both"
variant = VARIANTS[name]
lesson = open_lesson("variants", address_of(variant))

with lesson.part("lesson"):
    with lesson.part("head"):
        lesson.say("question")
    with lesson.part("stage"):
        lesson.stage(Pair(variant, beside), presets={}, sequences=lesson.labels("series"))
    with lesson.part("body"):
        lesson.tell(f"about.{name}")
        lesson.say("story")


def consequences() -> None:
    default, own = ends(variant, lesson.controls())
    with lesson.part("predict"):
        lesson.say("predict")
        answer = "higher" if own > default else "lower" if own < default else "same"
        lesson.predict(f"end-{name}", ["higher", "lower", "same"], answer, group="end", default=default, own=own)
    with lesson.part("goal"):
        lesson.say("goal")
        state = "solved" if own * default < 0 else "open"
        lesson.goal(state, [], default=default, own=own)


def below_the_stage() -> None:
    with lesson.part("equations"):
        lesson.say("equations")
        lesson.equations(variant.unit.cell(address_of(variant).defaults.weights))
        changed = ", ".join(f"`{parameter}`" for parameter in parameters(variant))
        lesson.tell("parameters.some" if changed else "parameters.none", changed=changed)
    with lesson.part("card-trained"):
        trained(lesson)
    with lesson.part("letters"):
        lesson.say("letters")
    lesson.ending()


with lesson.part("after"):
    follow(consequences)
    later(below_the_stage)
