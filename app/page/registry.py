"""The ordered list of lessons, and what holds on all of them: the language and teacher mode."""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from app.i18n import LANGUAGES

LESSONS = [
    "memory", "rnn", "gradients", "lstm", "fourday", "gru", "gates", "variants",
    "layers", "series", "text", "writing", "recall", "frameworks", "compare", "today", "lab",
]  # fmt: skip
"""Keys of the lessons in the order they are taught: a key is a file in pages/, an address, and a name in content/."""

PLACES = ("model", "worksheet", "glossary", "join")
"""Keys of the pages that are no lessons."""

TASKS = dict.fromkeys(LESSONS, 2) | {"fourday": 3}
"""How many tasks each lesson has: its predictions and its challenges."""

LANGUAGE = "lang"  # the key of the language switch, and its name in the address
TEACH = "teach"  # the same of teacher mode

COURSE: dict[str, dict[str, Any]] = {
    LANGUAGE: {code: code for code in LANGUAGES},
    TEACH: {"false": False, "true": True},
}
"""Settings of the whole course: how an address writes each value, the default first.

They are not bound to the address by Streamlit, which would let the search clear no address that has one.
"""


def language() -> str:
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else next(iter(LANGUAGES))


def course_query() -> dict[str, str]:
    """What an address says of the course's settings: those that differ from the default."""
    texts = {name: {value: text for text, value in options.items()} for name, options in COURSE.items()}
    chosen = {name: texts[name].get(st.session_state.get(name)) for name in COURSE}
    return {name: text for name, text in chosen.items() if text and text != next(iter(COURSE[name]))}


def address_of(page: str, **settings: str) -> str:
    """A link to a page by its key, with the course's settings as they are and others besides."""
    query = urlencode(course_query() | settings)
    return ("./" if page == "home" else page) + (f"?{query}" if query else "")
