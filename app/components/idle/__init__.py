"""Notifies Python when input has been idle, so that what is slow to draw can wait for it."""

from collections.abc import Callable

import streamlit as st

from app.components import component

QUIET = 600  # ms without a change


def when_idle(state: str, act: Callable[[], None], key: str) -> None:
    """Call `act` as a callback once the page is drawn, and whenever a changed state has been the same for a while.

    `state` should differ between servers: one that was restarted has received none, even if it is unchanged.
    """
    component("idle")(key=key, data={"state": state, "quiet": QUIET}, height=0, on_rested_change=act)


def is_idle(state: str, key: str) -> bool:
    """Whether the last state that the browser reported is this one."""
    return st.session_state[key].rested == state
