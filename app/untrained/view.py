"""What a page of such curves is made of: its settings, sections that wait for them, what the curves end with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from app.components.idle import is_idle, when_idle
from app.controls.settings import Setting, Stored, switch
from app.formatting import number, scientific
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import session, visit
from app.page.settings import sliders_last, value_of
from app.page.views import take
from app.untrained.curves import VANISHED, curves, ends
from app.untrained.initial import Settings

DEFAULTS = Settings(scale=0.5)
SCALE = Setting("scale", 0.0, 3.0, DEFAULTS.scale, 0.05)
BIAS = Setting("forget_bias", -5.0, 5.0, 3.0, 0.25)
UNITS, STEPS = Setting("units", 1, 64, DEFAULTS.units), Setting("steps", 5, 200, DEFAULTS.steps)
SEED, EVERY = Setting("seed", 0, 99, DEFAULTS.seed), switch("every")

Section = Callable[[Page, Settings], None]


@dataclass(frozen=True)
class Board:
    """A page of curves.

    Attributes
    ----------
    page : Page
    settings : tuple of Setting
        Those of the page's own sliders, beside units, steps, seed, and which steps the loss looks at.
    sections : mapping of str to Section
        What is below the curves, by the keys of their fragments.
    at_once : collection of str
        The sections without charts, which need not wait until the curves are painted.
    """

    page: Page
    settings: tuple[Setting, ...]
    sections: Mapping[str, Section]
    at_once: Collection[str]

    def settled(self) -> Settings:
        """The settings of the sliders."""
        every: tuple[Stored, ...] = (*self.settings, UNITS, STEPS, SEED, EVERY)
        return Settings(**{setting.name: value_of(setting) for setting in every})

    def idle_state(self) -> str:
        """What must be idle before the sections are drawn; a slider that is held still moves."""
        return f"{session().reader}{self.settled()}{sorted(visit().moving)}"

    def curves(self, controls: Callable[[], None], draw_curves: Section, tasks: Section) -> None:
        """The controls, the curves, the tasks beneath them, and what they end with; they wait for nothing else."""

        @st.fragment(key="curves")
        @sliders_last()
        def draw() -> None:
            settings = self.settled()
            with self.page.part("controls"):
                controls()
                more(self.page)
            draw_curves(self.page, settings)
            with self.page.part("tasks"):
                tasks(self.page, settings)
            when_idle(self.idle_state(), self.follow, "idle")

        draw()
        self.section("ends")

    def follow(self) -> None:
        """Draw all sections that follow the sliders; if these have moved on meanwhile, the curves come first."""
        if visit().moving or not is_idle(self.idle_state(), "idle"):
            return
        visit().sections_drawn = True
        redraw(*self.sections)

    def section(self, name: str) -> None:
        """A section in a fragment of its own, which waits until the curves are painted, and until the sliders rest."""

        @st.fragment(key=name)
        @sliders_last()
        def draw() -> None:
            if name in self.at_once or visit().sections_drawn:
                self.sections[name](self.page, self.settled())

        draw()


def more(page: Page) -> None:
    """The settings that are seldom moved."""
    words = page.labels("settings")
    with st.popover(words["more"]):
        for setting in (STEPS, UNITS):
            page.slider(setting, words[setting.name], ("curves",))
        page.number(SEED, words["seed"], ("curves",))
        page.toggle(EVERY, words["every"], ("curves",))


def state_of(value: float, otherwise: str) -> str:
    """The key of a sentence: that a size is 0, is no number any more, or `otherwise`."""
    if value == 0:
        return "zero"
    return otherwise if np.isfinite(value) else "infinite"


def zeros(value: float) -> str:
    """How many zeros follow the point before the first figure."""
    return f"{max(0, -int(f'{value:e}'.split('e')[1]) - 1)}" if 0 < value < 1 else "0"


def end_texts(page: Page, settings: Settings, kinds: tuple[str, ...]) -> None:
    """What the curves end with, and the table behind them."""
    words, found = page.labels("curves"), curves(settings, kinds)
    for kind, value in ends(settings, kinds).items():
        state, memory = state_of(value, "gone" if value < VANISHED else "left"), next(iter(found[kind]))
        page.text(f"notice.{state}", cell=f"{words[kind]} {words[f'{kind}.{memory}']}", zeros=zeros(value),
                  value=scientific(value), steps=f"{settings.steps - 1}")  # fmt: skip
    page.text("recipe", units=f"{settings.units}", steps=f"{settings.steps}", seed=f"{settings.seed}",
              bias=number(settings.forget_bias, 2), scale=number(settings.scale, 2))  # fmt: skip
    sizes = {f"dL_d{state}_{kind}": values for kind, states in found.items() for state, values in states.items()}
    take(page, page.key, {"steps_back": np.arange(settings.steps)[::-1]} | sizes)


def verify(page: Page, settings: Settings, kinds: tuple[str, ...]) -> None:
    """The same curves by torch, once asked for; the answer stays until a slider moves."""
    page.say("verify")

    def ask_torch() -> None:
        visit().torch_check = settings

    st.button(page.label("verify.run"), key="verify-run", on_click=ask_torch)
    if visit().torch_check == settings:
        with st.spinner(page.label("verify.running")):
            st.success(page.label("verify.notice", difference=scientific(proof(settings, kinds))))


@st.cache_data(max_entries=64, show_spinner=False)
def proof(settings: Settings, kinds: tuple[str, ...]) -> float:
    from app.untrained.torch_check import verified  # torch: only where it is asked for

    return verified(settings, kinds)
