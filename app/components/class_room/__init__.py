"""A class: a teacher's screen and its students', over a lesson. The browser speaks with the server by itself."""

import re
from collections.abc import Callable, Mapping

import streamlit as st

from app.components import component
from app.components.class_room.data import Data, Join

KEY = "class-room"
CODE = re.compile(r"[2-9A-HJKMNP-Z]{6}")


def class_room(data: Data, on_code: Callable[[], None]) -> None:
    """Draw the class over the page, or the button that opens one; `on_code` is called once it has a code."""
    component("class_room")(key=KEY, data=data, on_code_change=on_code)


def code() -> str | None:
    """The code of the class that the reader's browser teaches, if it is one."""
    sent = getattr(st.session_state.get(KEY), "code", None)
    return sent if isinstance(sent, str) and CODE.fullmatch(sent) else None


def join(words: Mapping[str, str]) -> None:
    """The place to enter a code."""
    data: Join = {"words": words}
    component("join")(key="join", data=data)
