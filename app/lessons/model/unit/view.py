"""One unit of an open model: its cell on the stage, the sum behind a number, its gates, and what moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
import streamlit as st

from app.components.overview import looked, read
from app.components.overview.data import Place
from app.components.picture import picture, plain
from app.components.picture.shapes import titled
from app.controls.address import Controls, Runs
from app.controls.many_units import Entries
from app.formatting import number, scientific
from app.lessons.model import model
from app.lessons.model.alone import alone, sums
from app.lessons.model.shown import UNITS, Shown
from app.lessons.model.unit.pictures import named, reach, receipt, saturation, sum_of
from app.page.answers import Answers
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import visit
from app.page.views import table
from app.stage.layout import layout_of
from app.trained.stage import TrainedStage, shorter
from cells import Trace

OVERVIEW, WHY, RECEIPT = "model-overview", "why", "why-receipt"
ONE = "one"  # the fragment with a stage of one unit, which is sent anew for another
MOVERS = 5  # inputs that are listed


@dataclass(frozen=True)
class WindowRun(Runs):
    """A window of a longer run, whose weights stay as they are."""

    window: Trace

    def traces(self, controls: Controls) -> dict[str, Trace]:
        return {"x": self.window}


def cell(page: Page, shown: Shown) -> None:
    """The unit's cell on the stage, at the step, and below it the sum."""
    with page.part("own-stage"):
        on_stage(page, shown)
    with page.part("own-why"):
        why(page, shown)


def on_stage(page: Page, shown: Shown) -> None:
    """The whole cell, which the browser runs; the overview tells it which unit to show, and when."""
    look, title = shown.look, {"x": shown.data["title"]}
    if not shown.too_wide:
        columns = [shorter(name) for name in shown.columns]
        lesson = stage_of(page, look.read())
        lesson.stage(WindowRun(look.read()), title, "step", presets={}, sequences={}, columns=columns, compact=True)
        lesson.take(title, own=True)
    elif shown.one_unit:

        @st.fragment(key=ONE)
        def draw() -> None:
            unit = looked(OVERVIEW, shown.data)["unit"]
            window, columns = alone(look, unit), [f"Σ {name.rpartition('_')[2]}" for name in sums(look, unit)]
            stage_of(page, window).stage(
                WindowRun(window), title, "step", presets={}, sequences={}, columns=columns, unit_of=unit, compact=True
            )
            st.caption(page.label("stage.one"))

        draw()
    else:
        st.info(page.label("stage.units", most=f"{UNITS}", units=f"{look.cell.units}"))


def stage_of(page: Page, window: Trace) -> TrainedStage:
    """A stage whose weights stay as they are."""
    return TrainedStage(page.key, page.language, address=Entries({}, Controls({}, {}, ()), cell=window.cell))


def why(page: Page, shown: Shown) -> None:
    """The sum behind the chosen value of the unit at the step; the browser asks for it while a reader looks around."""
    visit().answers[OVERVIEW] = sums = Sums(page, shown, token=shown.data["answers"])

    @st.fragment(key="why")
    def draw() -> None:
        found, drawings = sums.of(looked(OVERVIEW, shown.data))
        for key, drawing in drawings.items():
            picture(drawing, key)
        if len(found.products) > len(found.parts):
            label = page.label("why.all", count=f"{len(found.products)}")
            if st.toggle(label, key="model-products", on_change=redraw):  # drawn folded, it would delay each choice
                every(page, found, shown.columns)

    draw()


@dataclass(frozen=True, eq=False)
class Sums(Answers):
    """Answers which sum is behind a value of a unit at a step."""

    page: Page
    shown: Shown

    def of(self, at: Place) -> tuple[model.Reason, dict[str, Element]]:
        """A sum, and its pictures by their keys: one for a wide page, one for a narrow one."""
        page, shown = self.page, self.shown
        found = model.reason(shown.look, at["value"], at["unit"], at["step"])
        hue = layout_of(shown.look.cell)["roles"].get(at["value"], "h")
        words = page.labels("why")
        drawing = sum_of(found, words, shown.columns, hue)
        title = page.label("why.title", name=at["value"], value=number(found.result))
        place = {"unit": f"{at['unit'] + 1}", "step": f"{shown.look.first + at['step'] + 1}"}
        caption = page.label("why.caption", **place, count=f"{len(found.products)}")
        if shown.other:
            there = float(shown.other.look[at["value"]][at["step"], at["unit"]])
            apart = number(abs(found.result - there), 4)
            caption += " " + page.label("why.beside", name=at["value"], value=number(there), difference=apart)
        return found, {WHY: titled(drawing, title, caption), RECEIPT: receipt(found, words, shown.columns)}

    def answer(self, sent: object) -> dict[str, object] | None:
        """The pictures, by their keys."""
        at = read(sent, self.shown.data)
        return {key: plain(drawing, key) for key, drawing in self.of(at)[1].items()} if at else None


def every(page: Page, found: model.Reason, inputs: Sequence[str]) -> None:
    """All products of a sum, as a table."""
    words = page.labels("why")
    names = [named(part, words, inputs) for part in found.products]
    products = [part.product for part in found.products]
    factors = [" · ".join(number(factor, 4) for factor in part.factors) for part in found.products]
    head = page.label("why.head").split("|")
    st.dataframe(dict(zip(head, (names, factors, products), strict=True)), hide_index=True, height=280)


def more(page: Page, shown: Shown) -> None:
    """Statistics of the unit's gates, and which steps of the input move it."""

    @st.fragment(key="moves")
    def draw() -> None:
        at = looked(OVERVIEW, shown.data)
        unit, step = at["unit"], shown.look.first + at["step"]
        with page.part("own-gates"):
            gates(page, shown, unit)
        with page.part("own-moves"):
            back(page, shown, unit, step)

    draw()


def back(page: Page, shown: Shown, unit: int, step: int) -> None:
    """Which steps move a value of the unit at a step, and which inputs."""
    names = shown.look.names
    place = {"unit": f"{unit + 1}", "step": f"{step + 1}"}
    page.text("moves.title", **place)
    if not st.toggle(page.label("moves.show"), key="model-moves", on_change=redraw):
        return
    output = shown.look.cell.graph.output
    name = st.segmented_control(
        page.label("moves.value"), names, default=output if output in names else names[-1], required=True,
        key="model-moved", on_change=redraw,
    )  # fmt: skip
    gradient = model.moves(shown.trace, shown.layer.where, name, step, unit)
    picture(reach(np.linalg.norm(gradient, axis=-1), step, page.label("moves.alt", name=name, **place)), "moves")
    found = [
        [shown.reading.names[column], f"{at + 1}", f"{gradient[at, column]:+.3g}".replace("-", "−")]
        for column, at in model.movers(gradient, MOVERS)
    ]
    if found:
        table(page.label("moves.head").split("|"), found)


def gates(page: Page, shown: Shown, unit: int) -> None:
    """How often each gate is shut or open, and how long the unit keeps what it has."""
    page.text("gates.title", unit=f"{unit + 1}")
    shares = model.saturated(shown.look)
    if shares:
        rows = [
            [f"*{name}*", f"{100 * left[unit]:.0f} %", f"{100 * right[unit]:.0f} %"]
            for name, (left, right) in shares.items()
        ]
        words = page.labels("gates") | {"alt": page.label("gates.alt", unit=f"{unit + 1}")}
        picture(saturation(shares, unit, layout_of(shown.look.cell)["roles"], words), "saturation")
        table(page.label("gates.head").split("|"), rows)
    life = model.half_life(shown.look)
    if life is not None:
        page.text("gates.half_life", steps=scientific(float(life[unit]), 3))
