"""The settings of the page that is open: what the address asks for, and what a slider that moves is at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st

from app.components.live_slider.data import Places
from app.controls.settings import Choice, Setting, Stored
from app.messages import Message
from app.page.registry import COURSE
from app.page.session import session, visit


def asked(setting: Stored) -> Any:
    """A setting's value, or the Message that there is with what the address asks for."""
    moving, text = visit().moving, said().get(setting.name)
    if setting.name in moving:
        return moving[setting.name]
    return setting.default if text is None else setting.read(text)


def said() -> Mapping[str, str]:
    """What the address says of the page, or would say (`return_to`)."""
    query = {name: text for name, text in st.query_params.items() if name not in COURSE}
    return query or visit().returned


def value_of(setting: Stored) -> Any:
    """A setting's value: the default where the address asks for none, or for one that cannot be."""
    value = asked(setting)
    return setting.default if isinstance(value, Message) else value


def write(*chosen: tuple[Stored, Any]) -> None:
    """In a callback: have the address say the values of some settings; a default is left out."""
    for setting, _ in chosen:
        visit().moving.pop(setting.name, None)
    update_address(
        {setting.name: None if value in (None, setting.default) else setting.text(value) for setting, value in chosen}
    )


def update_address(texts: Mapping[str, str | None]) -> None:
    """In a callback: have the address say these texts, by name; None leaves a name out."""
    query, unwritten, returned = st.query_params, visit().unwritten, visit().returned
    texts = returned | unwritten | dict(texts)
    unwritten.clear()
    returned.clear()
    changed: dict[str, str | list[str]] = {
        name: [] if text is None else text for name, text in texts.items() if query.get(name) != text
    }
    visit().changed = True
    if changed:  # an empty list leaves the name out; one update is one entry of the browser's history
        query.update(changed)
    note_address()


def note_address(brought: bool = False) -> None:
    """In a callback: remember the page's address if the reader has brought something to it, or does so now."""
    page, addresses = visit().page, session().kept.addresses
    if brought or page in addresses:
        addresses[page] = dict(said())


def return_to(page: str) -> None:
    """Have the settings of a page that is opened as the reader left them with something brought to it.

    An address that says anything stays. One that does not is not written, which would be the address of the page that
    is left; the reader's next change writes it.
    """
    visit().returned = dict(session().kept.addresses.get(page, {}))


# ---- sliders ---------------------------------------------------------------------------------------------------------


def places(setting: Setting | Choice) -> Places:
    """Where a setting's slider can be."""
    if isinstance(setting, Choice):
        return {"low": 0, "high": len(setting.options) - 1, "step": 1, "options": list(setting.options)}
    return {"low": setting.low, "high": setting.high, "step": setting.step, "options": None}


@contextmanager
def sliders_last() -> Iterator[None]:
    """Draw the sliders of a fragment, or of the page, after all else in it: one that is drawn sends the next value.

    Streamlit drops what it has not yet sent of an answer when the next request arrives.
    """
    outer, visit().sliders = visit().sliders, []
    try:
        yield
        draw_sliders()
    finally:
        visit().sliders = outer


def draw_sliders() -> None:
    """Draw the sliders that wait (see `sliders_last`)."""
    for draw in visit().sliders:
        draw()
    visit().sliders.clear()
