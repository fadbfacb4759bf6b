"""What the lesson `gates` asks and shows: the gradients of three cells, and why two of them are kept alive."""

from collections.abc import Mapping
from dataclasses import replace
from math import exp
from typing import Any

from app.components.gradient_curves import Sizes, reach
from app.controls.kinds import KINDS
from app.formatting import number, scientific
from app.lessons.gates.model import ASKED, LONG, STEP, fate, gives_away, goal, lstm
from app.lessons.gates.sections import jacobians_section, map_section, routes_section
from app.page.page import Page
from app.page.redraw import redraw
from app.page.settings import write
from app.page.story import story
from app.untrained.curves import ALIVE, EXPLODED, covered, curves, ends
from app.untrained.initial import Settings
from app.untrained.view import BIAS, SCALE, STEPS, UNITS, Board, Section, end_texts, verify

DRAWN = ("curves", "ends", "routes", "jacobians", "map")  # what a guess uncovers


def board(page: Page) -> Board:
    """The page and its sections."""
    return Board(page, (SCALE, BIAS), SECTIONS, ("ends", "verify"))


def above(page: Page, curves_of: Board) -> None:
    """The controls, the curves, and the tasks beneath them."""

    def controls() -> None:
        for setting in (BIAS, SCALE):
            page.slider(setting, page.label(f"settings.{setting.name}"), ("curves",))

    curves_of.curves(controls, draw, tasks)


def kept() -> dict[str, str]:
    """The bias of the keeping gates that the page opens with, and the share that such a gate keeps."""
    return {"bias": f"{BIAS.default:+g}", "share": number(sigmoid(BIAS.default), 2)}


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def tell_story(page: Page, curves_of: Board) -> None:
    """The steps, with what is left of each cell's gradient at the settings that the page opens with."""

    def values() -> dict[str, str]:
        settings = replace(curves_of.settled(), scale=SCALE.default, forget_bias=BIAS.default)
        found = {kind: scientific(value) for kind, value in ends(settings).items()}
        left = sigmoid(BIAS.default) ** (settings.steps - 1)
        return kept() | found | {"steps": f"{settings.steps - 1}", "left": scientific(left)}

    story(page, "plain", (BIAS, SCALE), ("curves",), values)


def hidden(page: Page, settings: Settings) -> bool:
    """Whether the curves of the cells with gates are covered: they would give the prediction away."""
    return gives_away(settings) and not page.guessed("plain")


def draw(page: Page, settings: Settings) -> None:
    """The curves; once the reader has guessed, over those without the bias."""
    found: Sizes = curves(settings)
    if hidden(page, settings):
        found = covered(found) | {"rnn": found["rnn"]}
    plain = {"plain": curves(replace(settings, forget_bias=ASKED))} if page.guessed("plain") else {}
    reach(found, plain, page.labels("curves") | page.labels("preset") | {"alt": page.label("picture")}, "reach")


def tasks(page: Page, settings: Settings) -> None:
    """A prediction about a bias that is not shown, and the challenge."""
    with page.part("predict"):
        page.say("predict", bias=f"{ASKED:g}")
        plain = ends(replace(settings, forget_bias=ASKED))
        page.predict("plain", ["alive", "faint", "vanished"], fate(settings), parts=DRAWN,
                     steps=f"{settings.steps - 1}", now=scientific(lstm(settings)),
                     **{kind: scientific(value) for kind, value in plain.items()})  # fmt: skip
    with page.part("goal"):
        page.say("goal", alive=scientific(ALIVE), most=f"{EXPLODED:.0f}", steps=f"{LONG}")
        found, smaller = ends(settings), lstm(replace(settings, forget_bias=settings.forget_bias - STEP))
        page.challenge("covered" if hidden(page, settings) else goal(settings), bias=number(settings.forget_bias, 2),
                       smaller=scientific(smaller), step=number(STEP, 2),
                       **{kind: scientific(value) for kind, value in found.items()})  # fmt: skip


def unless_covered(name: str, section: Section) -> Section:
    """A section that waits for the guess, at settings that would give the prediction away."""

    def draw_section(page: Page, settings: Settings) -> None:
        if hidden(page, settings):
            page.cover(name)
        else:
            section(page, settings)

    return draw_section


def mapped(page: Page, settings: Settings) -> None:
    """The map; a click on it sets the sliders."""

    def go(fields: Mapping[str, Any]) -> None:
        write(*((setting, fields[setting.name]) for setting in (SCALE, BIAS, UNITS, STEPS) if setting.name in fields))
        redraw("curves", "map")

    map_section(page, settings, go)


SECTIONS: Mapping[str, Section] = {
    "ends": unless_covered("ends", lambda page, settings: end_texts(page, settings, KINDS)),
    "routes": unless_covered("routes", routes_section),
    "jacobians": unless_covered("jacobians", jacobians_section),
    "map": mapped,
    "verify": lambda page, settings: verify(page, settings, KINDS),
}
