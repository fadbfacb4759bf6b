"""What a reader brings to a page, kept from page to page: a file, texts, and what was chosen (`session.Kept`).

Streamlit forgets the value of a widget that is no longer drawn.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import KeptFile, session
from app.page.settings import note_address

FILE = "file"  # the key of the box for it


def kept(key: str) -> dict[str, Any]:
    """What keeps a widget's value under its key: the widget's `key` and `on_change`."""
    values = session().kept.values
    if key in values and key not in st.session_state:
        st.session_state[key] = values[key]

    def change() -> None:
        if key in st.session_state:  # else the reader has left its page
            session().kept.set(key, st.session_state[key])
            note_address(brought=True)
        redraw()

    return {"key": key, "on_change": change}


def fill(key: str, value: Any) -> None:
    """In a callback: give a widget that is kept another value, as if the reader had."""
    session().kept.set(key, value)
    st.session_state[key] = value


def kept_file(page: Page, label: str, most: int) -> KeptFile | None:
    """The reader's file: the one in the box, or the one that was there when its page was left.

    The box takes a file of any name: what is wrong with one, the page says better.

    Parameters
    ----------
    most
        Its size at most, in MB.
    """

    def change() -> None:
        if FILE in st.session_state:
            chosen = st.session_state[FILE]
            session().kept.keep(KeptFile(chosen.name, chosen.getvalue()) if chosen else None)
            note_address(brought=True)
        redraw()

    shown = st.file_uploader(label, key=FILE, max_upload_size=most, on_change=change)
    file = session().kept.file
    if file and not shown:
        with st.container(key="kept", horizontal=True, vertical_alignment="center"):
            st.text(page.label("kept.file", name=file.name))  # a reader's words: plain text
            st.button(page.label("kept.forget"), key="forget", on_click=forget)
    return file


def forget() -> None:
    """In a callback: keep the reader's file no longer."""
    session().kept.keep(None)
    redraw()
