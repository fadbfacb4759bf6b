"""The ordered list of lessons, and the language they are shown in."""

import streamlit as st

from app.i18n import LANGUAGES

LESSONS = [
    "memory", "rnn", "gradients", "lstm", "fourday", "gru", "variants", "layers",
    "series", "text", "recall", "frameworks", "compare", "lab",
]  # fmt: skip
"""Keys of the lessons in the order they are taught: a key is a file in pages/, an address, and a name in content/."""

LANGUAGE = "lang"  # the key of the language switch, and its name in the address


def language() -> str:
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else next(iter(LANGUAGES))
