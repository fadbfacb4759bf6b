"""What the server remembers of one reader's tab: all of it here, under one key of Streamlit's session state.

The address is the memory of what a page shows (`docs/decisions`); this is what only the server needs. The values of
widgets are Streamlit's own and are kept under their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from weakref import WeakSet

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

if TYPE_CHECKING:
    from app.controls.address import Runs
    from app.i18n import Timestep
    from app.messages import Message

KEY = "gatewalk"
MINE = "mine"  # what an address of the page `model` calls the network that a reader has trained


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

    returned: dict[str, str] = field(default_factory=dict)
    """What the address would say if the reader had not left the page meanwhile (`Kept.addresses`)."""
    changed: bool = False
    """Whether the reader has changed a setting since the page was opened."""
    refused: set[tuple[str, str | None]] = field(default_factory=set)
    """What the address asked for in vain as the page was opened: names and texts."""

    # ---- what has been drawn ----
    stage: str = ""
    """Key of the stage on this page, if it has one."""
    story: tuple[str, ...] = ()
    """Key of the fragment with the story, on a page that has one without a stage."""
    taken: tuple[Runs, Timestep] | None = None
    """What the stage runs, and what its timesteps are called: for the files that a reader takes along."""
    answers: dict[str, object] = field(default_factory=dict)
    """What answers the browser without a rerun (`app/page/answers.py`), by what asks: kept, so that it is found."""
    unwritten: dict[str, str | None] = field(default_factory=dict)
    """What the browser has written in the address since, by name: Streamlit goes on with the address it knows."""
    fragments: list[str] = field(default_factory=list)
    """Keys of the fragments that wait for the stage (`follow`, `later`), of the current run."""
    painted: bool = False
    """Whether the browser has painted what the page opens with, where that is not the stage (`Page.first`)."""
    sections_drawn: bool = False
    """Whether the first picture is painted, so that the sections below it may be drawn."""

    # ---- used once ----
    problems: list[Message] = field(default_factory=list)
    """What was wrong with the last change of the stage."""
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


@dataclass(frozen=True)
class KeptFile:
    name: str
    data: bytes


SESSION, SERVER = 6_000_000, 300_000_000  # bytes that are kept of one reader, and of all of them
CHOICES = 64  # choices that are kept of one reader


@dataclass(eq=False)
class Kept:
    """What a reader brought and chose for it: it outlasts the visit of a page, and a connection that is lost."""

    file: KeptFile | None = None
    values: dict[str, Any] = field(default_factory=dict)
    """Texts of the reader's own and choices, by their widgets' keys."""
    addresses: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """The settings of the pages that something was brought to, by page."""
    size: int = 0
    """Bytes of what the reader brought; choices are small."""
    used: float = 0

    def keep(self, file: KeptFile | None) -> None:
        """Keep a file in place of the one before."""
        self.file = file
        self.bound()

    def set(self, key: str, value: Any) -> None:
        """Keep a value, and no more than the latest of them."""
        self.values.pop(key, None)
        self.values[key] = value
        while len(self.values) > CHOICES:
            self.values.pop(next(iter(self.values)))
        self.bound()

    def bound(self) -> None:
        """Forget what is too much: of this reader all, of all readers what was not changed for the longest time."""
        texts = sum(len(value.encode(errors="replace")) for value in self.values.values() if isinstance(value, str))
        self.size, self.used = texts + (len(self.file.data) if self.file else 0), time()
        if self.size > SESSION:
            self.forget()
        with _lock:
            _kept.add(self)
            ordered = sorted(_kept, key=lambda kept: kept.used)
        too_much = sum(kept.size for kept in ordered) - SERVER
        for kept in ordered:
            if too_much > 0:
                too_much -= kept.size
                kept.forget()

    def forget(self) -> None:
        self.file, self.size = None, 0
        self.values.clear()
        self.addresses.clear()


_kept: WeakSet[Kept] = WeakSet()
"""Of all readers; each goes with its session."""
_lock = Lock()


@dataclass
class PageSession:
    """One reader's tab, from its first message until it is closed or the server is restarted."""

    reader: str = field(default_factory=lambda: uuid4().hex)
    """Identifies the reader to the trainings; a restarted server gives a new one."""
    visit: Visit = field(default_factory=Visit)
    kept: Kept = field(default_factory=Kept)
    model: Any = None
    """What the reader has on the page `model` (`app/lessons/model/held.py`)."""
    network: KeptFile | None = None
    """A network that the reader has trained, for that page to open."""

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


def presence() -> Callable[[], bool]:
    """What tells other threads whether the reader's tab is connected."""
    run = get_script_run_ctx()
    return partial(get_instance().is_active_session, run.session_id) if run and exists() else lambda: True


def visit() -> Visit:
    return session().visit
