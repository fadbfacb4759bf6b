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
    data = {"state": state, "session": reader(), "quiet": QUIET}  # a server that comes back knows nothing of the page
    component("rest")(key=key, data=data, height=0, on_rested_change=act)


def heard() -> None:
    """What a widget calls at a change where something else may ask for a part of the page alone.

    The browser sends what happens while the server is busy in one message. If all callbacks of a message ask for parts,
    those alone are drawn, and a widget without a callback would not be heard; this one has the page drawn.
    """
