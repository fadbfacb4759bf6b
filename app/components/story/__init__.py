"""A story in steps, beside a page's own controls and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import streamlit as st

from app.components import component
from app.components.story.data import Data, Word

WORDS: tuple[Word, ...] = get_args(Word)
"""What it says, of the stage's words."""


@dataclass(frozen=True)
class Request:
    """What the reader's browser sent: the step they went to."""

    n: int
    step: str


def steps(data: Data, on_sent: Callable[[], None]) -> None:
    """Draw the card of the story's step. `on_sent` is the callback for a request (see `sent`)."""
    component("story")(key="story", data=data, on_sent_change=on_sent)


def sent() -> Request | None:
    """The last request, its step not yet checked; None if there is none, or none that can be read."""
    request: Any = getattr(st.session_state.get("story"), "sent", None)
    if not isinstance(request, Mapping):
        return None
    n, step = request.get("n"), request.get("step")
    return Request(n, step) if isinstance(n, int) and isinstance(step, str) else None
