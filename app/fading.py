"""What the lesson `gradients` asks and shows above its routes, Jacobians, map and clipping."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import streamlit as st

from app.beneath import draw
from app.charts.curves import gradients_back
from app.curves import GONE, PRESETS, STATE, curves, ends, exact, power
from app.lessons import Page
from app.text import number, scientific
from app.vanishing import Settings

UNITS, STEPS, SEEDS = (1, 64), (5, 200), (0, 99)
USUAL = Settings(scale=0.5)


def ask(page: Page) -> Settings:
    """The settings of the sliders; every one stands in the address."""
    words = page.labels("settings")
    with page.part("sliders"):
        scale = st.slider(words["scale"], 0.0, 3.0, USUAL.scale, 0.05, key="scale", bind="query-params")
        bias = st.slider(words["bias"], -5.0, 5.0, USUAL.forget_bias, 0.25, key="forget_bias", bind="query-params")
        units = st.slider(words["units"], *UNITS, USUAL.units, key="units", bind="query-params")
        steps = st.slider(words["steps"], *STEPS, USUAL.steps, key="steps", bind="query-params")
        seed = st.number_input(words["seed"], *SEEDS, USUAL.seed, key="seed", bind="query-params")
        every = st.toggle(words["every"], key="every", bind="query-params")
    return Settings(float(scale), float(bias), int(units), int(steps), int(seed), bool(every))


def choose(fields: Mapping[str, Any]) -> None:
    """Set sliders, from a click on the map or a preset."""
    for name, value in fields.items():
        st.session_state[name] = type(getattr(USUAL, name))(value)


def presets(page: Page) -> None:
    """Buttons that set the recurrent scale."""
    with st.container(key="presets", horizontal=True):
        for name, scale in PRESETS.items():
            st.button(page.label(f"preset.{name}"), key=f"preset-{name}", on_click=choose, args=({"scale": scale},))


def show(page: Page, settings: Settings) -> None:
    """The curves, what they end with, and the table behind them."""
    words = page.labels("curves") | {name: page.label(f"preset.{name}") for name in PRESETS}
    others = {name: curves(Settings(**(vars(settings) | {"scale": scale}))) for name, scale in PRESETS.items()}
    found = curves(settings)
    draw(gradients_back(found, others, words, page.dark), "curves", words["alt"])
    for kind, value in ends(settings).items():
        state = "zero" if value == 0 else "infinite" if not value < float("inf") else "gone" if value < GONE else "left"
        page.tell(f"told.{state}", cell=words[kind], value=scientific(value), steps=f"{settings.steps - 1}",
                  state=STATE[kind], zeros=zeros(value))  # fmt: skip
    page.tell("recipe", units=f"{settings.units}", steps=f"{settings.steps}", seed=f"{settings.seed}",
              bias=number(settings.forget_bias, 2), scale=number(settings.scale, 2))  # fmt: skip
    rows = zip(*found.values(), strict=True)
    lines = [f"{settings.steps - t - 1},{','.join(map(repr, map(float, row)))}" for t, row in enumerate(rows)]
    csv = "\n".join([f"steps_back,{','.join(f'dL_d{STATE[kind]}_{kind}' for kind in found)}", *lines])
    st.download_button(page.label("csv"), csv, "gradients.csv", "text/csv")


def zeros(value: float) -> str:
    """How many zeros stand after the point before the first figure."""
    return f"{max(0, -int(f'{value:e}'.split('e')[1]) - 1)}" if 0 < value < 1 else "0"


def product(page: Page) -> None:
    """A weight carried through many steps, and the two classic cases, exactly."""
    words = page.labels("power")
    with page.part("figures-power"):
        weight = st.slider(words["weight"], 0.0, 2.5, 0.9, 0.01, key="weight", bind="query-params")
        steps = st.slider(words["steps"], 1, 200, 50, key="times", bind="query-params")
    value = float(power(float(weight), int(steps))[-1])
    state = "infinite" if value == float("inf") else "shown"
    page.tell(f"power.told.{state}", weight=f"{weight:g}", steps=f"{steps}", value=scientific(value))
    two, half = exact(Fraction(2), 50), exact(Fraction(1, 2), 50)
    page.say("classic", two=f"{int(two):,}".replace(",", "\N{NARROW NO-BREAK SPACE}"), half=scientific(float(half)))


def verify(page: Page, settings: Settings) -> None:
    """The same curves by torch, on the spot."""
    if st.button(page.label("verify.run"), key="verify"):
        with st.spinner(page.label("verify.running")):
            from app.gradients_proof import verified  # torch: only where it is asked for

            st.success(page.label("verify.told", difference=scientific(verified(settings))))
