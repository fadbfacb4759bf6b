"""What the lesson `gradients` shows below its curve: the bare product, and clipping."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np
import streamlit as st

from app.controls.settings import Setting, choice
from app.formatting import number, scientific
from app.lessons.gradients import clipping
from app.lessons.gradients.charts.clipping import losses, updates
from app.lessons.gradients.charts.power import carried
from app.lessons.gradients.model import PRESETS, RNN, exact, power
from app.page.page import Page
from app.page.views import draw, table, take
from app.untrained.initial import Settings
from app.untrained.model import gradients_of

WEIGHT, TIMES = Setting("weight", 0.0, 2.5, 0.9, 0.01), Setting("times", 1, 200, 50)
MOST = {
    "norm": choice("clip", (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0), 1.0),
    "value": choice("cut", (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0), 0.1),
}


def product_section(page: Page, _: Settings) -> None:
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
    page.text(f"power.notice.{state}", weight=f"{weight:g}", steps=f"{steps}", value=scientific(float(values[-1])))
    two, half = exact(Fraction(2), 50), exact(Fraction(1, 2), 50)
    page.say("classic", two=f"{int(two):,}".replace(",", "\N{NARROW NO-BREAK SPACE}"), half=scientific(float(half)))


# ---- clipping --------------------------------------------------------------------------------------------------------


@st.cache_data(max_entries=32, show_spinner=False)
def update_of(settings: Settings) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The gradient of every parameter of the RNN, and how long a part of it each timestep gives."""
    found = gradients_of(settings, RNN)["rnn"]
    return dict(found.params), clipping.by_step(found)


@st.cache_data(max_entries=64, show_spinner=False)
def trained(way: str, most: float, seed: int, activation: str) -> clipping.Training:
    return clipping.training(way, most, seed, activation)


def clipping_section(page: Page, settings: Settings) -> None:
    """What clipping leaves of a gradient that explodes, what each timestep would change, and training with and without.

    The gradient is that of the preset that explodes: elsewhere there is nothing to clip.
    """
    page.say("clipping")
    words = page.labels("clipping")
    with page.part("figures-limits"):
        most = {name: page.slider(limit, words[f"{name}_most"], ("clipping",)) for name, limit in MOST.items()}
    with page.part("figures-clipping"):
        with page.part("figure-run"):
            training_section(page, settings, most)
        with page.part("figure-update"):
            update_section(page, replace(settings, scale=PRESETS["explode"]), most)


def update_section(page: Page, settings: Settings, most: Mapping[str, float]) -> None:
    """One gradient before and after either way of clipping: how long it is, how far it turned, and by timestep."""
    page.say("clipping_update", scale=f"{settings.scale:g}")
    slopes, parts = update_of(settings)
    words, whole = page.labels("clipping"), clipping.norm(slopes)
    before, factor = clipping.RATE * parts, min(1.0, most["norm"] / whole)
    figure = updates({"none": before, "norm": factor * before}, words, page.dark)
    draw(figure, "clipping-steps", words["alt_steps"])
    first, last = before[0], before[-1]
    ends = {"first": first, "last": last, "first_after": factor * first, "last_after": factor * last}
    page.text("clipping.notice", rate=number(clipping.RATE, 1), steps=f"{settings.steps}",
              **{name: scientific(float(size)) for name, size in ends.items()})  # fmt: skip
    cut = clipping.by_value(slopes, most["value"])
    rows = [
        [words[way], scientific(clipping.norm(params)), f"{number(clipping.turned(slopes, params), 0)}°"]
        for way, params in {"none": slopes, "norm": clipping.by_norm(slopes, most["norm"]), "value": cut}.items()
    ]
    table([words[name] for name in ("way", "length", "turned")], rows)
    take(page, "updates", {"timestep": np.arange(1, settings.steps + 1), "norm": before})


def training_section(page: Page, settings: Settings, most: Mapping[str, float]) -> None:
    """A short training run of an RNN whose gradient explodes, without clipping and with either kind."""
    page.say("clipping_run", steps=f"{clipping.LENGTH}", updates=f"{clipping.UPDATES}", rate=number(clipping.RATE, 1),
             radius=number(clipping.SCALE, 1), units=f"{clipping.UNITS}", batch=f"{clipping.BATCH}")  # fmt: skip
    activation = page.choose("activation", clipping.ACTIVATIONS, group="clipping.activation")
    runs = {way: trained(way, most.get(way, 0.0), settings.seed, activation) for way in clipping.METHODS}
    words = page.labels("clipping")
    draw(losses({way: run.losses for way, run in runs.items()}, words, page.dark), "clipping-run", words["alt_run"])
    for way, run in runs.items():
        if run.broken:
            page.text("clipping.run.broken", way=words[way], update=f"{run.broken}")
        else:
            last = scientific(float(np.median(run.losses[-10:])))
            page.text("clipping.run.ended", way=words[way], last=last, longest=scientific(float(run.norms.max())))
