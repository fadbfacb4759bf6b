"""The overview of a layer's units: its run, a window of it, and what the browser is sent of that."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

import numpy as np
import streamlit as st

from app.components.overview import WORDS, overview, packed
from app.components.overview.data import Data, Order, Quantity
from app.i18n import stage_words
from app.lessons.model import model
from app.lessons.model.beside.view import Candidate
from app.lessons.model.held import Held
from app.lessons.model.model import Look
from app.lessons.model.reading.starts import states_of
from app.lessons.model.sections import cell_name, name_of
from app.lessons.model.shown import Layer, Other, Reading, Shown
from app.lessons.model.unit.view import OVERVIEW
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw
from app.stage.layout import layout_of

WINDOW = 200  # steps that are shown
LISTED = 12  # inputs by which the units can be sorted


def run(page: Page, held: Held, layer: Layer, reading: Reading, beside: Candidate | None) -> Shown | None:
    """The module's run and a window of the chosen cell's; None, after a message, where it cannot begin as asked."""
    try:
        with st.spinner(page.label("own.running", steps=f"{len(reading.x)}"), show_time=True):
            states = states_of(reading.start, layer.found, held.stack(layer.index, layer.answers))
            trace = held.run(layer.index, layer.answers, reading.x, states)
            second = beside.run(reading) if beside else None
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
        return None
    first, last = 1, len(reading.x) - WINDOW + 1
    if last > 1:
        first = st.slider(page.label("own.window"), 1, last, key="model-window", on_change=redraw)
    look = model.look_at(trace, layer.where, first - 1, WINDOW)
    other = None
    if beside and second:
        other = Other(beside.name, model.look_at(second, beside.where, first - 1, WINDOW))
    return Shown(layer, reading, trace, look, sent(page, layer, reading, look, other), other)


def sent(page: Page, layer: Layer, reading: Reading, look: Look, other: Other | None) -> Data:
    """What the browser is sent of a window."""
    orders = sorted_by(page, reading, look, other)
    unit = orders[0]["units"][0]
    title = page.label(
        "units.title", layer=cell_name(layer.where, layer.cells), units=f"{look.cell.units}", steps=f"{look.steps}"
    )
    known = sha256(look.memory.tobytes())
    if other:
        known.update(other.look.memory.tobytes())
    return {
        "key": f"{layer.where}-{look.first}-{known.hexdigest()[:12]}",
        "title": title,
        "units": look.cell.units,
        "steps": look.steps,
        "first": look.first,
        "backward": look.trace.reverse,
        "quantities": quantities(page, look, other),
        "beside": [own_name(layer), other.name] if other else [],
        "chosen": "c" if "c" in look.names else look.names[-1],
        "orders": orders,
        "inputs": [{"title": name, "numbers": np.round(column, 4).tolist()} for name, column in columns(reading, look)],
        "at": {"unit": unit, "step": model.liveliest(look, unit), "value": look.names[0]},
        "answers": token_urlsafe(),
        "words": {word: page.label(f"overview.{word}") for word in WORDS},
    }


def quantities(page: Page, look: Look, other: Other | None) -> list[Quantity]:
    """The values that every unit has, those of a cell beside it on the same scales."""
    words, roles = stage_words(page.language, "step"), layout_of(look.cell)["roles"]
    shorts, found = page.labels("short"), list[Quantity]()
    looks = [look, other.look] if other else [look]
    for name in look.names:
        low, high = model.limits(looks, name)
        title = words.get(f"value.{name}.name", name)
        found.append({
            "name": name, "title": title, "short": shorts.get(name, ""), "role": roles.get(name, "h"),
            "low": low, "high": high, "gate": name in look.gates, "numbers": packed(look[name]),
            "other": packed(other.look[name]) if other else "",
            "apart": model.apart(look, other.look, name) if other else 0.0,
        })  # fmt: skip
    return found


def own_name(layer: Layer) -> str:
    """What a layer is called beside another."""
    name = name_of(layer.found)
    return f"{name} {cell_name(layer.where, layer.cells)}" if len(layer.cells) > 1 else name


def columns(reading: Reading, look: Look) -> list[tuple[str, np.ndarray]]:
    """What the module reads, over the steps that are shown: its first columns."""
    return list(zip(reading.names[:LISTED], reading.x[look.window].T, strict=False))


def sorted_by(page: Page, reading: Reading, look: Look, other: Other | None) -> list[Order]:
    """The ways to sort the units: those of a cell beside it stand in the same order."""
    scores = {"difference": model.differences(look, other.look)} if other else {}
    scores |= {"activity": model.activity(look), "change": model.change(look)}
    if look.gates:
        scores["saturation"] = model.saturation(look)
    plain = [order(page, name, page.label(f"sort.{name}"), score) for name, score in scores.items()]
    return plain + [
        order(page, "correlation", name, model.correlation(look, column), k)
        for k, (name, column) in enumerate(columns(reading, look))
    ]


def order(page: Page, name: str, title: str, score: np.ndarray, column: int | None = None) -> Order:
    return {
        "name": name if column is None else f"{name}-{column}",
        "title": title,
        "units": model.ranked(score).tolist(),
        "scores": np.round(score, 4).tolist(),
        "score": page.label(f"score.{name}", score="{score}"),
        "input": column,
    }


def units(shown: Shown) -> None:
    """The overview, in a fragment of its own: of what is chosen there only the reasons are drawn anew."""

    @st.fragment(key="overview")
    def draw() -> None:
        overview(shown.data, OVERVIEW, lambda: redraw("why", "moves"))

    draw()
