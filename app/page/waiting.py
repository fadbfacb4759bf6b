"""What another process is asked for, and a part of a page shows once it is there."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from functools import partial
from typing import Any

import streamlit as st

from app.components.idle import when_idle
from app.page.redraw import redraw
from app.page.session import session

EVERY = 0.5  # seconds between two looks


@st.fragment(run_every=EVERY)
def wait(answer: Future[Any], part: str) -> None:
    """Look for an answer again and again; once it is there, have the fragment that shows it drawn, and stop.

    To be called beneath that fragment, where nothing else is drawn: a late look finds its place.
    """
    if arrived(answer):
        when_idle(session().reader, partial(redraw, part), "answered")


def arrived(answer: Future[Any], seconds: float = 0) -> bool:
    """Whether an answer, or the reason why there is none, is there in time."""
    try:
        answer.exception(seconds)
    except LateError:
        return False
    return True
