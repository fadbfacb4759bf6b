"""Take it with you: what is on a stage as a link, and as files that are made once they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from app.components.picture import picture
from app.controls.address import Address
from app.controls.short_link import SAFE, short_link
from app.i18n import Timestep, filled, labels
from app.page.page import Page
from app.page.registry import course_query
from app.page.session import visit
from app.stage import covering
from cells import Trace

if TYPE_CHECKING:
    from app.export.names import Names
    from app.export.sequence import Sequence

CARDS_BESIDE = 2  # one beneath the other on a phone, as Streamlit has its columns


@dataclass(frozen=True)
class Stage:
    """The stage of a page: its address, as it is when it is asked for, and how that is read."""

    page: Page
    address: Address
    query: Callable[[], Mapping[str, str]]


def take_button(stage: Stage) -> None:
    """The button that opens the panel, of the stage as it is then."""
    words = labels(stage.page.language, "export")

    @st.fragment(key="take")
    def draw() -> None:
        if st.button(words["take.title"], key="take-open", icon=":material/ios_share:"):
            st.dialog(words["take.title"], width="large")(panel)(stage, words)

    draw()


def panel(stage: Stage, words: Mapping[str, str]) -> None:
    """What can be taken along of the stage; nothing of what it covers."""
    taken = visit().taken
    if taken is None:
        return
    runs, timestep = taken
    controls, _ = stage.address.read(stage.query())
    traces = runs.traces(controls)
    left, right = st.columns([3, 1])
    with left:
        address = link(stage, words)
    with right:
        qr(address, words)
    if covering(stage.page.key):
        st.info(labels(stage.page.language)["predict.covered"])
        return
    st.markdown(f"### {words['take.stage']}\n{words['take.stage.about']}")  # made in the browser, which knows the place
    called = stage.page.labels("series")
    names = {name: called.get(name, name) for name in traces}
    for name, tab in zip(names, st.tabs(list(names.values())) if len(names) > 1 else [st.container()], strict=True):
        with tab:
            files(stage.page, words, (name, names[name]), traces[name], runs.targets.get(name), timestep)


def link(stage: Stage, words: Mapping[str, str]) -> str:
    """The page's address with all that it holds, to be copied."""
    query = urlencode({**course_query(), **stage.query()}, safe=SAFE)
    address = short_link(f"{st.context.url}?{query}") if query else f"{st.context.url}"
    st.markdown(f"### {words['take.link']}\n{words['take.link.about']}")
    st.code(address, language=None, wrap_lines=True)
    return address


def qr(address: str, words: Mapping[str, str]) -> None:
    """The address for a phone's camera."""
    from app.export.link import qr_code

    code = qr_code(address, words["take.qr"])
    if code is None:
        st.caption(words["take.qr.long"])
    else:
        picture(code, key="take-qr")


def files(
    page: Page,
    words: Mapping[str, str],
    series: tuple[str, str],
    trace: Trace,
    target: float | None,
    timestep: Timestep,
) -> None:
    """A card for each use, with a button for each file of a sequence, or with why there is none.

    `series` is its key, and what it is called.
    """
    from app.export.files import CARDS
    from app.export.names import names_of
    from app.export.sequence import Sequence

    key, called = series
    title = f"{page.label(f'lesson.{page.key}')} · {called}"
    shown, names = Sequence(trace, target), names_of(trace.cell, title, page.language, timestep)
    stem = f"gatewalk-{page.key}-{key}"
    cards = list(CARDS)
    for first in range(0, len(cards), CARDS_BESIDE):
        for use, column in zip(cards[first:], st.columns(CARDS_BESIDE, border=True), strict=False):
            with column:
                card(use, words, shown, names, stem)


def card(key: str, words: Mapping[str, str], shown: Sequence, names: Names, stem: str) -> None:
    from app.export.files import CARDS

    st.markdown(f"### {words[f'take.{key}']}\n{words[f'take.{key}.about']}")
    reasons = {file.key: file.refused(shown) for file in CARDS[key]}
    with st.container(horizontal=True):
        for file in CARDS[key]:
            if reasons[file.key] is None:
                st.download_button(
                    words[f"take.file.{file.key}"], partial(file.make, shown, names), file.name.format(stem=stem),
                    file.mime, key=f"take-{stem}-{file.key}", on_click="ignore",
                )  # fmt: skip
    for why in reasons.values():
        if why is not None:
            st.caption(filled(words[why.reason], why.values))
