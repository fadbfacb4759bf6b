"""A slider that is answered while it moves, with a box for its number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import streamlit as st

from app.components import component, is_count
from app.components.live_slider.data import Data, Places, Word

WORDS: tuple[Word, ...] = get_args(Word)
"""What it says, of the stage's words."""


@dataclass(frozen=True)
class Request:
    """What the reader's browser sent: a value as the address would have it, and whether the slider is at rest."""

    n: int
    text: str
    rest: bool


def live_slider(
    name: str,
    label: str,
    places: Places,
    text: str,
    handled: int | None,
    words: Mapping[str, str],
    key: str,
    on_sent: Callable[[], None],
    live: bool = True,
    disabled: bool = False,
) -> None:
    """Draw the slider. To be called after what follows from its value: `handled` lets it send the next.

    Parameters
    ----------
    name : str
        Of the setting.
    label : str
    places : Places
    text : str
        Its value, as the address has it.
    handled : int, optional
        The number of the last request that has been answered.
    words : mapping of str to str
        Those of WORDS, among others.
    key : str
    on_sent : callable
        The callback for a request (see `sent`).
    live : bool
        Whether values are sent while the slider moves, or when it rests alone.
    disabled : bool
    """
    data: Data = {
        "name": name,
        "label": label,
        "places": places,
        "text": text,
        "handled": handled,
        "live": live,
        "disabled": disabled,
        "words": {word: words[word] for word in WORDS},
    }
    component("live_slider")(key=key, data=data, on_sent_change=on_sent)


def sent(key: str) -> Request | None:
    """The last request, its text not yet checked; None if there is none, or none that can be read."""
    request: Any = getattr(st.session_state.get(key), "sent", None)
    if not isinstance(request, Mapping):
        return None
    n, text, rest = (request.get(name) for name in ("n", "text", "rest"))
    if not (is_count(n) and isinstance(text, str) and isinstance(rest, bool)):
        return None
    return Request(n, text, rest)
