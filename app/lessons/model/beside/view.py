"""A second model, or a second layer of the same file, beside the first: what it is, and what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from app.lessons.model.held import Held, Problem, copied, opened
from app.lessons.model.sections import cell_name, name_of
from app.lessons.model.shown import Layer
from app.lessons.model.view import MOST, bench, forget_upload
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw, redraw_page

NONE, FILE = "none", "file"


@dataclass(frozen=True)
class Candidate:
    """A cell of the same kind and size as the one that is shown, in a module that reads as many inputs."""

    held: Held
    index: int
    where: str
    answers: Mapping[str, str]
    name: str


def choose_beside(page: Page, held: Held, layer: Layer) -> Candidate | None:
    """What a reader wants to see beside a layer; None for nothing, which comes first."""
    found = {f"own-{each.index}-{each.where}": each for each in candidates(held, layer, own=True)}
    named = {NONE: page.label("beside.none")}
    named |= {key: each.name for key, each in found.items()} | {FILE: page.label("beside.file")}
    chosen = st.selectbox(
        page.label("beside.label"), list(named), key="model-beside", format_func=named.__getitem__, on_change=redraw
    )
    if chosen != FILE:
        forget_beside()
        return found.get(chosen)
    second = second_file(page)
    if second is None or second.file is None:
        return None
    fit = {f"{each.index}-{each.where}": each for each in candidates(second, layer, own=False)}
    if not fit:
        kind = layer.found.kind.upper()
        st.warning(page.label("beside.unlike", kind=kind, units=f"{layer.found.units}", inputs=f"{layer.found.inputs}"))
        return None
    same = f"{layer.index}-{layer.where}"
    keys = list(fit)
    key = st.selectbox(
        page.label("beside.cell"), keys, index=keys.index(same) if same in fit else 0, key="model-beside-cell",
        format_func=lambda key: fit[key].name, on_change=redraw,
    )  # fmt: skip
    return fit[key]


def candidates(held: Held, layer: Layer, own: bool) -> list[Candidate]:
    """The cells of a file that can be compared with a layer, in the order of the file; not the layer itself."""
    assert held.file is not None
    found = []
    for index, module in enumerate(held.file.layers):
        if (module.kind, module.units, module.inputs) != (layer.found.kind, layer.found.units, layer.found.inputs):
            continue
        if own and index == layer.index:
            answers = layer.answers
        else:
            answers = {each.name: layer.answers.get(each.name, each.options[0]) for each in module.questions}
        try:
            cells = list(held.stack(index, answers).cells)
        except RefusedError:  # its weights are not all numbers
            continue
        for where in cells:
            if not (own and (index, where) == (layer.index, layer.where)):
                name = f"{name_of(module)} {cell_name(where, cells)}" if len(cells) > 1 else name_of(module)
                found.append(Candidate(held, index, where, answers, name if own else f"{held.file.name} · {name}"))
    return found


def second_file(page: Page) -> Held | None:
    """The other file: a box for it, or its name once it is open."""
    second = bench().beside
    if isinstance(second, Held) and second.file is not None:
        page.html(f'<p class="gw-module"><code>{escape(second.file.name)}</code></p>')
        st.button(page.label("beside.another"), key="model-beside-another", on_click=forget_beside)
        return second
    if isinstance(second, Problem):
        st.warning(page.message_text(second.message))
    file = st.file_uploader(
        page.label("beside.file"), key=f"model-beside-{bench().files}", max_upload_size=MOST,
        label_visibility="collapsed", on_change=redraw_page,
    )  # fmt: skip
    if file is not None:
        with st.spinner(page.label("drop.reading", name=file.name.replace("`", "'"))):
            bench().beside = opened(file.name, partial(copied, file))
        forget_upload(file.file_id)
        bench().files += 1
        st.rerun()
    return None


def forget_beside() -> None:
    """Keep nothing of the second file."""
    mine = bench()
    if isinstance(mine.beside, Held):
        mine.beside.forget()
    mine.beside = None
