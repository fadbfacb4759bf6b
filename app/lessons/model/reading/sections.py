"""The page's question for the states before the first step."""

from __future__ import annotations

import streamlit as st

from app.lessons.model.reading.starts import from_arrays, typed
from app.lessons.model.reading.view import brought
from app.lessons.model.shown import Start, StartKind
from app.messages import RefusedError
from app.models import Found
from app.page.page import Page
from app.page.redraw import redraw

STATES = {"lstm": ("h", "c"), "gru": ("h",), "rnn": ("h",)}


def choose_start(page: Page, found: Found) -> Start | None:
    """What a reader chose, the file's own states where it has learned some; None, after a message, if it is none."""
    kinds: list[StartKind] = ["learned", "zeros", "typed", "npy"]
    kind = st.selectbox(
        page.label("start.label"), kinds if found.start else kinds[1:], key=f"model-start-{bool(found.start)}",
        format_func=lambda name: page.label(f"start.{name}"), on_change=redraw,
    )  # fmt: skip
    try:
        if kind == "typed":
            words = {name: page.label("start.states", name=name) for name in STATES[found.kind]}
            return Start(kind, {name: typed(name, text_of(label, name)) for name, label in words.items()})
        if kind == "npy":
            return Start(kind, from_arrays(brought(page, "start", ["npy", "npz"])))
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
        return None
    return Start(kind)


def text_of(label: str, name: str) -> str:
    return st.text_area(label, "0", key=f"model-start-{name}", height=68, max_chars=50_000, on_change=redraw)
