"""What is under way: a file that is being read, or a run; what is done in turn, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from app.lessons.model.work import Work
from app.page.page import Page

SOON = 1.0  # seconds in which it may end without being told
EVERY = 0.4  # seconds between two looks at it
LONG = 8.0  # seconds after which it is said in words how far it is


def under_way(page: Page, work: Work[Any], cancel: Callable[[], None], **values: str) -> None:
    """A card with what it does in turn, until it has ended: then the page is drawn.

    `values` are what its steps are called with.
    """

    @st.fragment(key=f"work-{work.steps[0]}", run_every=EVERY)
    def draw() -> None:
        if work.ended() or work.cancelled:
            st.rerun()
        with page.part("own-loading"):
            page.html(card(page, work, values))
            st.button(page.label("loading.cancel"), key=f"model-cancel-{work.steps[0]}", on_click=cancel)

    draw()


def card(page: Page, work: Work[Any], values: dict[str, str]) -> str:
    """What is under way as HTML: its steps, those behind it ticked."""
    at = work.steps.index(work.step) if work.step in work.steps else 0
    states = ["done" if k < at else "now" if k == at else "next" for k in range(len(work.steps))]
    steps = "".join(
        f'<li data-state="{state}">{escape(page.label(f"loading.{step}", **values))}</li>'
        for step, state in zip(work.steps, states, strict=True)
    )
    long = ""
    if work.seconds > LONG:
        far = {"doing": page.label(f"loading.{work.steps[at]}", **values), "seconds": f"{work.seconds:.0f}"}
        if work.parts:
            far |= {"part": f"{work.done + 1}", "parts": f"{work.parts}"}
        long = f"<p>{escape(page.label('loading.far' if work.parts else 'loading.long', **far))}</p>"
    about = f"<p><b>{escape(work.title)}</b> {escape(work.detail)}</p>"
    return f'<div class="gw-loading" role="status">{about}<ol>{steps}</ol>{long}</div>'
