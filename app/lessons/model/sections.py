"""Page `model` with a file open: the layer, and its input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from html import escape

import streamlit as st

from app.lessons.model.held import Held
from app.lessons.model.reading.sections import choose_start
from app.lessons.model.reading.view import choose_reading
from app.lessons.model.shown import Layer, Reading
from app.messages import RefusedError
from app.models import Found
from app.page.page import Page
from app.page.redraw import redraw

FEW = 6  # layers that are listed as buttons, and other tensors that are named


@contextmanager
def drawer(page: Page) -> Iterator[Callable[[Layer | None, Reading | None], None]]:
    """What is chosen, which a narrow page folds beneath one line that says it; open while it waits for an answer."""
    place = st.container(key="part-own-drawer", gap=None)

    def tell(layer: Layer | None, reading: Reading | None) -> None:
        title = escape(page.label("drawer.title"))
        with place:
            page.html(
                f'<details class="gw-drawer"{"" if layer and reading else " open"}><summary>{title}</summary></details>'
            )
            if layer and reading:
                page.html(f'<p class="gw-drawer-now">{escape(said(page, layer, reading))}</p>')

    yield tell


def said(page: Page, layer: Layer, reading: Reading) -> str:
    """The layer and the input in one line."""
    name = page.label("drawer.layer", name=name_of(layer.found), layer=cell_name(layer.where, layer.cells))
    return f"{name} · {reading.source} · {page.label('drawer.steps', steps=f'{len(reading.x)}')}"


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


# ---- its input --------------------------------------------------------------------------------------------------


def choose_input(page: Page, held: Held, layer: Layer) -> Reading | None:
    """What the module reads, and how it begins; None, after a message, where that cannot be read."""
    assert held.file is not None
    page.text("input.title")
    reading = choose_reading(page, layer.found, held)
    start = choose_start(page, layer.found)
    return replace(reading, start=start) if reading and start else None
