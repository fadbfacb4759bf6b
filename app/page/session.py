"""What the server remembers of one reader's tab: all of it here, under one key of Streamlit's session state.

The address is the memory of what a page shows (`docs/decisions`); this is what only the server needs. The values of
widgets are Streamlit's own and are kept under their keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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

    # ---- settings (`Page.bound`) ----
    bound: set[str] = field(default_factory=set)
    """Names of the widgets that are bound to the address."""
    refusals: dict[str, Message] = field(default_factory=dict)
    """What the address asked for in vain, by name, until the reader moves that control."""
    dropped: dict[str, str] = field(default_factory=dict)
    """What Streamlit dropped of the address when the page was opened; each is used once."""
    pending: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """Widgets that are being set from code, by name: the value before and after, until the browser has confirmed it."""

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
    committed: bool = False
    """The stage has just been changed: what follows lets it be painted first."""
    problems: list[Message] = field(default_factory=list)
    """What was wrong with the last change of the stage."""
    grabbed: str | None = None
    """The weight whose slider was just taken."""
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
    search_result: Any = None
    """What was chosen in the search box, until the page is switched."""

    def open(self, page: str) -> Visit:
        """The visit of a page: a new one where the reader comes from another page."""
        if self.visit.page != page:
            # Streamlit keeps the value of a bound widget under its key, for whichever page has that key.
            for name in self.visit.bound:
                st.session_state.pop(name, None)
            self.visit = Visit(page)
        self.visit.stage, self.visit.fragments = "", []
        return self.visit

    def take_search_result(self) -> Any:
        result, self.search_result = self.search_result, None
        return result


def session() -> PageSession:
    return st.session_state.setdefault(KEY, PageSession())


def visit() -> Visit:
    return session().visit
