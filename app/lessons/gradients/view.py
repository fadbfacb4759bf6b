"""What the lesson `gradients` asks and shows: the RNN's gradient as a chain and as a curve, its presets, its tasks."""

from dataclasses import replace

import streamlit as st

from app.components.gradient_curves import reach
from app.components.picture import picture
from app.formatting import number, scientific
from app.lessons.gradients.model import ASKED, LONG, PRESETS, RNN, STEP, fate, gives_away, goal, rnn
from app.lessons.gradients.pictures import chain
from app.lessons.gradients.sections import clipping_section, product_section
from app.page.page import Page
from app.page.redraw import redraw
from app.page.registry import address_of
from app.page.settings import write
from app.page.story import story
from app.untrained.curves import ALIVE, EXPLODED, covered, curves
from app.untrained.initial import Settings
from app.untrained.view import SCALE, Board, end_texts, verify, zeros

MOVED = ("forget_bias", "jacobian", "map")
"""Settings of the lesson `gates` that addresses of this lesson had, when the two were one."""


def board(page: Page) -> Board:
    """The page and its sections."""
    return Board(page, (SCALE,), SECTIONS, ("ends", "verify"))


def above(page: Page, curves_of: Board) -> None:
    """The controls, the chain, the curve, and the tasks beneath them."""

    def controls() -> None:
        presets(page)
        page.slider(SCALE, page.label("settings.scale"), ("curves",))

    curves_of.curves(controls, draw, tasks)


def tell_story(page: Page, curves_of: Board) -> None:
    """The steps, with what the RNN's gradient is at each preset."""

    def values() -> dict[str, str]:
        settings = curves_of.settled()
        found = {name: rnn(replace(settings, scale=scale)) for name, scale in PRESETS.items()}
        told = {name: scientific(value) for name, value in found.items()}
        return told | {"steps": f"{settings.steps - 1}", "zeros": zeros(found["vanish"])}

    story(page, "fate", (SCALE,), ("curves",), values)


def presets(page: Page) -> None:
    """Buttons that set the recurrent scale."""

    def go(scale: float) -> None:
        write((SCALE, scale))
        redraw("curves")

    with st.container(key="presets", horizontal=True):
        for name, scale in PRESETS.items():
            st.button(page.label(f"preset.{name}"), key=f"preset-{name}", on_click=go, args=(scale,))


def hidden(page: Page, settings: Settings) -> bool:
    """Whether the curve is covered: it would give the prediction away."""
    return gives_away(settings) and not page.guessed("fate")


def draw(page: Page, settings: Settings) -> None:
    """The chain, and the curve over those of the presets."""
    found, cover = curves(settings, RNN), hidden(page, settings)
    picture(chain(found["rnn"]["h"], page.labels("chain"), cover), "chain")
    words = page.labels("curves") | page.labels("preset") | {"alt": page.label("picture")}
    others = {name: curves(replace(settings, scale=scale), RNN) for name, scale in PRESETS.items()}
    reach(covered(found) if cover else found, others, words, "reach")


def tasks(page: Page, settings: Settings) -> None:
    """A prediction about a scale that is not shown, and the challenge."""
    with page.part("predict"):
        page.say("predict", scale=f"{ASKED:g}")
        asked = scientific(rnn(replace(settings, scale=ASKED)))
        page.predict("fate", ["stays", "shrinks", "grows"], fate(settings), parts=("curves", "ends"),
                     value=asked, steps=f"{settings.steps - 1}")  # fmt: skip
    with page.part("goal"):
        page.say("goal", alive=scientific(ALIVE), most=f"{EXPLODED:.0f}", steps=f"{LONG}")
        smaller = rnn(replace(settings, scale=max(0.0, settings.scale - STEP)))
        page.challenge("covered" if hidden(page, settings) else goal(settings), value=scientific(rnn(settings)),
                       scale=number(settings.scale, 2), smaller=scientific(smaller), step=number(STEP, 2))  # fmt: skip


def ends(page: Page, settings: Settings) -> None:
    """What the curve ends with."""
    if hidden(page, settings):
        page.cover("ends")
    else:
        end_texts(page, settings, RNN)


def moved(page: Page) -> None:
    """A link to the lesson on gates, for addresses from when it was part of this one."""
    if any(name in st.query_params for name in MOVED):
        st.info(page.label("moved", address=address_of("gates", **st.query_params.to_dict())))


SECTIONS = {
    "ends": ends,
    "power": product_section,
    "clipping": clipping_section,
    "verify": lambda page, settings: verify(page, settings, RNN),
}
