"""What the server remembers of one reader's tab: all of it here, under one key of Streamlit's session state.

The address is the memory of what a page shows (`docs/decisions`); this is what only the server needs. The values of
widgets are Streamlit's own and are kept under their keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import streamlit as st

if TYPE_CHECKING:
    from app.messages import Message

KEY = "gatewalk"


@dataclass
class Visit:
    """The visit of one page; opening another page begins a new one, and nothing of this is left."""

    page: str = ""

    # ---- settings (`Page.bound`, `Page.slider`) ----
    widgets: dict[str, Any] = field(default_factory=dict)
    """Settings of the widgets that are drawn, by the widget's key."""
    moving: dict[str, Any] = field(default_factory=dict)
    """Values of the sliders that are being moved, by the setting's name; the address does not have them yet."""
    handled: dict[str, int] = field(default_factory=dict)
    """Numbers of the sliders' last requests that were handled, by the setting's name."""
    sliders: list[Callable[[], None]] = field(default_factory=list)
    """What draws the sliders of the current run, after all else."""

    changed: bool = False
    """Whether the reader has changed a setting since the page was opened."""
    refused: set[tuple[str, str | None]] = field(default_factory=set)
    """What the address asked for in vain as the page was opened: names and texts."""

    # ---- what has been drawn ----
    stage: str = ""
    """Key of the stage on this page, if it has one."""
    fragments: list[str] = field(default_factory=list)
    """Keys of the fragments that wait for the stage (`follow`, `later`), of the current run."""
    painted: bool = False
    """Whether the browser has painted what the page opens with, where that is not the stage (`Page.first`)."""
    sections_drawn: bool = False
    """Whether the first picture is painted, so that the sections below it may be drawn."""

    # ---- used once ----
    problems: list[Message] = field(default_factory=list)
    """What was wrong with the last change of the stage."""
    commits: object = None
    """What answers the stage's commits without a rerun (`app/page/commits.py`): kept, so that it is found."""
    unwritten: dict[str, str | None] = field(default_factory=dict)
    """What the browser has written in the address since, by name: Streamlit goes on with the address it knows."""
    committed: float = field(default_factory=lambda: -time())
    """The number of the last change of the stage that is in the address. Before the first it differs from visit to
    visit: Streamlit passes on what has changed, and so the stage learns that the server was away."""
    warned: bool = False
    """Whether the stage has a notice above it."""
    refused_job: Message | None = None
    """Why a training was not begun."""

    # ---- of one lesson ----
    torch_check: Any = None
    """`gradients`: the settings whose PyTorch check was requested."""


@dataclass
class PageSession:
    """One reader's tab, from its first message until it is closed or the server is restarted."""

    reader: str = field(default_factory=lambda: uuid4().hex)
    """Identifies the reader to the trainings; a restarted server gives a new one."""
    visit: Visit = field(default_factory=Visit)

    def open(self, page: str) -> Visit:
        """The visit of a page: a new one where the reader comes from another page."""
        if self.visit.page != page:
            self.visit = Visit(page)
        self.visit.stage, self.visit.fragments = "", []
        return self.visit


def session() -> PageSession:
    if KEY not in st.session_state:
        st.session_state[KEY] = PageSession()
    return st.session_state[KEY]


def visit() -> Visit:
    return session().visit
