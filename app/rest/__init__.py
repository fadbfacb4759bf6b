"""A word from the browser that the reader's hand rests: what is slow to draw waits for it."""

from collections.abc import Callable

from app.components import component

QUIET = 600  # ms without a change


def once_at_rest(state: str, act: Callable[[], None], key: str) -> None:
    """Call `act` as a callback once the page stands, and whenever a changed state has been the same for a while."""
    component("rest")(key=key, data={"state": state, "quiet": QUIET}, height=0, on_rested_change=act)
