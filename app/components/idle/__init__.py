"""A word from the browser that the reader's hand rests: what is slow to draw waits for it."""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from app.components import component

QUIET = 600  # ms without a change


def reader() -> str:
    """Whose page it is: one reader for each session."""
    return st.session_state.setdefault("reader", uuid4().hex)


def once_at_rest(state: str, act: Callable[[], None], key: str) -> None:
    """Call `act` as a callback once the page stands, and whenever a changed state has been the same for a while."""
    component("idle")(key=key, data={"state": told(state), "quiet": QUIET}, height=0, on_rested_change=act)


def rested(state: str, key: str) -> bool:
    """Whether the last state that the browser told of is this one."""
    return st.session_state[key].rested == told(state)


def told(state: str) -> str:
    """What the browser tells of a state: a server that comes back has heard of none, though it be the same."""
    return reader() + state
