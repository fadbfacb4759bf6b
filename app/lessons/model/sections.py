"""Page `model` with a file open: the layer, its input, and the overview of its units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from secrets import token_urlsafe

import numpy as np
import streamlit as st

from app.components.overview import WORDS, overview, packed
from app.components.overview.data import Data, Order, Quantity
from app.i18n import stage_words
from app.lessons.model import model
from app.lessons.model.held import Held
from app.lessons.model.model import Look
from app.lessons.model.reading.view import choose_reading
from app.lessons.model.shown import Layer, Reading, Shown
from app.lessons.model.unit.view import OVERVIEW
from app.messages import RefusedError
from app.models import Found
from app.page.page import Page
from app.page.redraw import redraw
from app.stage.layout import layout_of

WINDOW = 200  # steps that are shown
LISTED = 12  # inputs by which the units can be sorted
FEW = 6  # layers that are listed as buttons, and other tensors that are named


# ---- what is in the file ---------------------------------------------------------------------------------------------


def choose_layer(page: Page, held: Held) -> Layer | None:
    """The layer and direction a reader chose; None while a question is open that has to be answered first."""
    assert held.file is not None
    layers = held.file.layers
    page.text("tree.title", count=f"{len(layers)}")
    index = choose_module(page, layers)
    found = layers[index]
    page.html(about(page, found))
    answers = ask(page, found, index)
    if answers is None:
        return None
    try:
        cells = list(held.stack(index, answers).cells)
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
        return None
    where = cells[0]
    if len(cells) > 1:
        words = {cell: cell_name(cell, cells) for cell in cells}
        where = st.segmented_control(
            page.label("tree.layer"), cells, default=cells[0], required=True, format_func=words.__getitem__,
            key=f"model-cell-{index}", on_change=redraw,
        )  # fmt: skip
    others(page, held)
    return Layer(index, found, where, answers, cells)


def choose_module(page: Page, layers: Sequence[Found]) -> int:
    """The place of one of the file's recurrent modules."""
    if len(layers) == 1:
        return 0
    label, names = page.label("tree.module"), [name_of(found) for found in layers]
    if len(layers) <= FEW:
        return st.radio(
            label, range(len(layers)), format_func=names.__getitem__, key="model-module", on_change=redraw,
            label_visibility="collapsed",
        )  # fmt: skip
    return st.selectbox(label, range(len(layers)), format_func=names.__getitem__, key="model-modules", on_change=redraw)


def name_of(found: Found) -> str:
    return found.name or found.kind.upper()


def cell_name(where: str, cells: Sequence[str]) -> str:
    """A layer's number, and an arrow where there are two ways."""
    layer, _, direction = where.partition(".")
    several = len({cell.partition(".")[2] for cell in cells}) > 1
    return f"{int(layer) + 1}{' →' if direction == 'forward' else ' ←'}" if several else f"{int(layer) + 1}"


def about(page: Page, found: Found) -> str:
    """A module's name, kind and sizes."""
    sizes = page.label(
        "tree.sizes", inputs=f"{found.inputs}", units=f"{found.units}", layers=f"{found.layers}",
        ways=page.label("tree.both" if found.directions == 2 else "tree.one"),
    )  # fmt: skip
    options = "".join(f"<small>{escape(name)}: {escape(value)}</small>" for name, value in found.options.items())
    name = f"<code>{escape(name_of(found))}</code> <b>{found.kind.upper()}</b>"
    return f'<p class="gw-module">{name}<span>{sizes}</span>{options}</p>'


def ask(page: Page, found: Found, index: int) -> Mapping[str, str] | None:
    """What the file leaves open, the guess first; None while a question without a sure guess is unanswered."""
    answers: dict[str, str] = {}
    waits = False
    words = page.labels("option")
    for question in found.questions:
        names = {option: words.get(f"{question.name}.{option}", option) for option in question.options}
        given = st.segmented_control(
            page.label(f"ask.{question.name}"), question.options, format_func=names.__getitem__,
            default=question.options[0] if question.sure else None, key=f"model-ask-{index}-{question.name}",
            on_change=redraw,
        )  # fmt: skip
        st.caption(page.message_text(question.reason))
        if given is not None:
            answers[question.name] = given
        elif not question.sure:
            waits = True
    if waits:
        st.info(page.label("ask.first"))
    return None if waits else answers


def others(page: Page, held: Held) -> None:
    """In one line, what else is in the file."""
    assert held.file is not None
    rest = held.file.others
    if rest:
        named = ", ".join(f"<code>{escape(each.name)}</code> {' × '.join(map(str, each.shape))}" for each in rest[:FEW])
        more = f" + {len(rest) - FEW}" if len(rest) > FEW else ""
        page.html(f'<p class="gw-others">{page.label("tree.others")} {named}{more}</p>')


# ---- its input, and its run ------------------------------------------------------------------------------------------


def choose_input(page: Page, held: Held, layer: Layer) -> Reading | None:
    """What the module reads; None, after a message, where that cannot be read."""
    assert held.file is not None
    page.text("input.title")
    return choose_reading(page, layer.found, held.file)


def run(page: Page, held: Held, layer: Layer, reading: Reading) -> Shown:
    """The module's run, and a window of the chosen cell's."""
    with st.spinner(page.label("own.running", steps=f"{len(reading.x)}"), show_time=True):
        trace = held.run(layer.index, layer.answers, reading.x)
    first, last = 1, len(reading.x) - WINDOW + 1
    if last > 1:
        first = st.slider(page.label("own.window"), 1, last, key="model-window", on_change=redraw)
    look = model.look_at(trace, layer.where, first - 1, WINDOW)
    return Shown(layer, reading, trace, look, sent(page, layer, reading, look))


def sent(page: Page, layer: Layer, reading: Reading, look: Look) -> Data:
    """What the browser is sent of a window."""
    orders = sorted_by(page, reading, look)
    unit = orders[0]["units"][0]
    title = page.label(
        "units.title", layer=cell_name(layer.where, layer.cells), units=f"{look.cell.units}", steps=f"{look.steps}"
    )
    return {
        "key": f"{layer.where}-{look.first}-{sha256(look.memory.tobytes()).hexdigest()[:12]}",
        "title": title,
        "units": look.cell.units,
        "steps": look.steps,
        "first": look.first,
        "backward": look.trace.reverse,
        "quantities": quantities(page, look),
        "chosen": "c" if "c" in look.names else look.names[-1],
        "orders": orders,
        "inputs": [{"title": name, "numbers": np.round(column, 4).tolist()} for name, column in columns(reading, look)],
        "at": {"unit": unit, "step": model.liveliest(look, unit), "value": look.names[0]},
        "answers": token_urlsafe(),
        "words": {word: page.label(f"overview.{word}") for word in WORDS},
    }


def quantities(page: Page, look: Look) -> list[Quantity]:
    words, roles = stage_words(page.language, "step"), layout_of(look.cell)["roles"]
    shorts, found = page.labels("short"), list[Quantity]()
    for name in look.names:
        low, high = model.limits(look, name)
        title = words.get(f"value.{name}.name", name)
        found.append({
            "name": name, "title": title, "short": shorts.get(name, ""), "role": roles.get(name, "h"),
            "low": low, "high": high, "gate": name in look.gates, "numbers": packed(look[name]),
        })  # fmt: skip
    return found


def columns(reading: Reading, look: Look) -> list[tuple[str, np.ndarray]]:
    """What the module reads, over the steps that are shown: its first columns."""
    return list(zip(reading.names[:LISTED], reading.x[look.window].T, strict=False))


def sorted_by(page: Page, reading: Reading, look: Look) -> list[Order]:
    """The ways to sort the units."""
    scores = {"activity": model.activity(look), "change": model.change(look)}
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
