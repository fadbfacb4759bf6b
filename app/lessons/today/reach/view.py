"""What the lesson `today` shows of gradients: how far they reach in untrained cells, the chosen one before the old."""

from collections.abc import Mapping

import streamlit as st

from app.components.gradient_curves import reach as draw_curves
from app.controls.settings import Choice, Setting, choice
from app.formatting import number, scientific
from app.lessons.today.reach.model import BESIDE, longest, seen
from app.page.page import Page
from app.page.settings import sliders_last, value_of
from app.untrained.curves import ends
from app.untrained.initial import Settings
from app.untrained.view import BIAS, SCALE, STEPS

KEY = "reach"
RING, DECAY = Setting("ring", 0.0, 0.99, 0.0, 0.01), Setting("decay", -9.0, 0.0, -5.0, 0.25)
DELTA = choice("delta", {f"{step:g}": step for step in (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)}, 0.01)
OWN: Mapping[str, Setting | Choice] = {"lru": RING, "rwkv": DECAY, "mamba": DELTA}
"""What decides how long a cell keeps, where that is no gate's bias."""


def reach(page: Page, name: str) -> None:
    """The gradients of a cell, of the LSTM and of the GRU at every step back from the loss."""
    page.say("reach")

    @st.fragment(key=KEY)
    @sliders_last()
    def draw() -> None:
        with page.part("sliders"):
            sliders(page, name)
        kinds, settings = (name, *BESIDE), settled(name)
        words = page.labels("curves") | {"alt": page.label("reach.alt", cell=page.label(f"cell.{name}"))}
        draw_curves(seen(settings, kinds), {}, words, KEY)
        told(page, name, settings)

    draw()


def of_page(name: str) -> list[Setting | Choice]:
    """The settings of the curves of a cell, in the order of their sliders."""
    return [OWN[name], BIAS, STEPS] if name in OWN else [BIAS, STEPS]


def sliders(page: Page, name: str) -> None:
    """The sliders; that of the bias names the cells that it moves."""
    for setting in of_page(name):
        label = "own_bias" if setting is BIAS and name not in OWN else setting.name
        page.slider(setting, page.label(f"reach.setting.{label}", cell=page.label(f"cell.{name}")), (KEY,))


def settled(name: str) -> Settings:
    """What the sliders say."""
    return Settings(scale=SCALE.default, **{setting.name: value_of(setting) for setting in of_page(name)})


def told(page: Page, name: str, settings: Settings) -> None:
    """What the curve says: what the memory is multiplied by, and what is left of the gradient."""
    low, high = longest(name, settings)
    page.text(f"reach.says.{name}", low=number(low), high=number(high))
    left = {"own" if kind == name else kind: scientific(v) for kind, v in ends(settings, (name, *BESIDE)).items()}
    page.text("reach.left", cell=page.label(f"cell.{name}"), steps=f"{settings.steps - 1}", units=f"{settings.units}",
              **left)  # fmt: skip
