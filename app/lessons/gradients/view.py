"""What the lesson `gradients` asks and shows above its routes, Jacobians, map and clipping."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import streamlit as st

from app.components.gradient_curves import reach
from app.components.idle import is_idle, when_idle
from app.controls.settings import Setting, switch
from app.formatting import number, scientific
from app.lessons.gradients.charts.power import carried
from app.lessons.gradients.curves import (
    ALIVE,
    GOALS,
    NUDGE,
    PRESETS,
    STATES,
    VANISHED,
    curves,
    ends,
    exact,
    goal,
    longest,
    nudged,
    power,
)
from app.lessons.gradients.model import Settings
from app.lessons.gradients.sections import clipping_section, jacobians_section, map_section, routes_section, state_of
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import session, visit
from app.page.settings import sliders_last, value_of, write
from app.page.views import draw, take

DEFAULTS = Settings(scale=0.5)
SLIDERS = (
    Setting("scale", 0.0, 3.0, DEFAULTS.scale, 0.05),
    Setting("forget_bias", -5.0, 5.0, DEFAULTS.forget_bias, 0.25),
    Setting("units", 1, 64, DEFAULTS.units),
    Setting("steps", 5, 200, DEFAULTS.steps),
)
SEED, EVERY = Setting("seed", 0, 99, DEFAULTS.seed), switch("every")
WEIGHT, TIMES = Setting("weight", 0.0, 2.5, 0.9, 0.01), Setting("times", 1, 200, 50)


def settled() -> Settings:
    """The settings of the sliders."""
    return Settings(**{setting.name: value_of(setting) for setting in (*SLIDERS, SEED, EVERY)})


def idle_state() -> str:
    """What must be idle before the sections are drawn; a slider that is held still moves."""
    return f"{session().reader}{settled()}{sorted(visit().moving)}"


def above(page: Page) -> None:
    """The curves and their sliders, which wait for nothing else on the page."""

    @st.fragment(key="options")
    def draw_options() -> None:
        options(page)

    @st.fragment(key="curves")
    @sliders_last()
    def draw_curves() -> None:
        ask(page)
        show(page, settled())
        when_idle(idle_state(), follow, "idle")

    draw_options()
    draw_curves()
    deferred_section(page, "ends")


def follow() -> None:
    """Draw all sections that follow the sliders; if these have moved on meanwhile, the curves come first."""
    if visit().moving or not is_idle(idle_state(), "idle"):
        return
    visit().sections_drawn = True
    redraw(*SECTIONS)


def deferred_section(page: Page, name: str) -> None:
    """A section in a fragment of its own, which waits until the curves are painted, and then until the sliders rest."""

    @st.fragment(key=name)
    @sliders_last()
    def draw_section() -> None:
        if name in AT_ONCE or visit().sections_drawn:
            SECTIONS[name](page, settled())

    draw_section()


def questions(page: Page, settings: Settings) -> None:
    """A prediction, and the challenges."""
    values = {kind: scientific(value) for kind, value in ends(settings).items()}
    with page.part("predict"):
        page.say("predict")
        page.predict("longest", list(STATES), longest(settings), **values)
    with page.part("goal"):
        page.say("goal", alive=scientific(ALIVE), **{kind: f"{steps}" for kind, steps in GOALS.items()})
        page.challenge(goal("lstm", settings), **values)
        fragile = {name: scientific(value) for name, value in nudged(settings).items()}
        page.challenge(goal("rnn", settings), "alive", nudge=number(NUDGE, 1), **values, **fragile)


def mapped(page: Page, settings: Settings) -> None:
    """The map; a click on it sets the sliders."""

    def go(fields: Mapping[str, Any]) -> None:
        choose(fields)
        redraw("curves", "map")

    map_section(page, settings, go)


def ask(page: Page) -> None:
    """The sliders; each is kept in the address."""
    words = page.labels("settings")
    with page.part("sliders"):
        for setting in SLIDERS:
            page.slider(setting, words[setting.name], ("curves",))


def choose(fields: Mapping[str, Any]) -> None:
    """Set sliders, after a click on the map or a preset."""
    write(*((setting, fields[setting.name]) for setting in SLIDERS if setting.name in fields))


def options(page: Page) -> None:
    """Buttons that set the recurrent scale, and what is no slider; apart from these, which are drawn as they move."""

    def go(scale: float) -> None:
        choose({"scale": scale})
        redraw("curves")

    words = page.labels("settings")
    with st.container(key="presets", horizontal=True, vertical_alignment="bottom"):
        for name, scale in PRESETS.items():
            st.button(page.label(f"preset.{name}"), key=f"preset-{name}", on_click=go, args=(scale,))
        with st.container(width=150):
            page.number(SEED, words["seed"], ("curves",))
        with st.container(width="content", height=40, border=False, vertical_alignment="center"):
            page.toggle(EVERY, words["every"], ("curves",))


def show(page: Page, settings: Settings) -> None:
    """The curves, over those of the presets."""
    words = page.labels("curves") | {name: page.label(f"preset.{name}") for name in PRESETS}
    others = {name: curves(replace(settings, scale=scale)) for name, scale in PRESETS.items()}
    reach(curves(settings), others, words, "reach")


def end_texts(page: Page, settings: Settings) -> None:
    """What the curves end with, and the table behind them."""
    words = page.labels("curves")
    for kind, value in ends(settings).items():
        state = state_of(value, "gone" if value < VANISHED else "left")
        page.tell(f"told.{state}", cell=f"{words[kind]} {words[f'{kind}.{STATES[kind][0]}']}", zeros=zeros(value),
                  value=scientific(value), steps=f"{settings.steps - 1}")  # fmt: skip
    page.tell("recipe", units=f"{settings.units}", steps=f"{settings.steps}", seed=f"{settings.seed}",
              bias=number(settings.forget_bias, 2), scale=number(settings.scale, 2))  # fmt: skip
    found = curves(settings)
    sizes = {f"dL_d{state}_{kind}": values for kind, states in found.items() for state, values in states.items()}
    take(page, "gradients", {"steps_back": np.arange(settings.steps)[::-1]} | sizes)


def zeros(value: float) -> str:
    """How many zeros follow the point before the first figure."""
    return f"{max(0, -int(f'{value:e}'.split('e')[1]) - 1)}" if 0 < value < 1 else "0"


def product(page: Page, _: Settings) -> None:
    """A weight carried through many steps, and the two classic cases, exactly."""
    page.say("power")
    words = page.labels("power")
    with page.part("figures-power"):
        weight = page.slider(WEIGHT, words["weight"], ("power",))
        steps = page.slider(TIMES, words["steps"], ("power",))
    axis = page.choose("axis", ("log", "linear"), group="power.axis")
    values = power(weight, steps)
    draw(carried(values, axis == "log", words, page.dark), "power", words["alt"])
    state = "infinite" if values[-1] == float("inf") else "shown"
    page.tell(f"power.told.{state}", weight=f"{weight:g}", steps=f"{steps}", value=scientific(float(values[-1])))
    two, half = exact(Fraction(2), 50), exact(Fraction(1, 2), 50)
    page.say("classic", two=f"{int(two):,}".replace(",", "\N{NARROW NO-BREAK SPACE}"), half=scientific(float(half)))


def verify(page: Page, settings: Settings) -> None:
    """The same curves by torch, once asked for; the answer stays until a slider moves."""
    page.say("verify")

    def ask_torch() -> None:
        visit().torch_check = settings

    st.button(page.label("verify.run"), key="verify-run", on_click=ask_torch)
    if visit().torch_check == settings:
        with st.spinner(page.label("verify.running")):
            st.success(page.label("verify.told", difference=scientific(proof(settings))))


@st.cache_data(max_entries=64, show_spinner=False)
def proof(settings: Settings) -> float:
    from app.lessons.gradients.torch_check import verified  # torch: only where it is asked for

    return verified(settings)


SECTIONS = {
    "ends": end_texts,
    "questions": questions,
    "power": product,
    "routes": routes_section,
    "jacobians": jacobians_section,
    "map": mapped,
    "clipping": clipping_section,
    "verify": verify,
}
AT_ONCE = ("ends", "questions", "verify")  # have no charts
