"""A reader's table on the page: how it was read, and a choice for whatever was guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import Any

import streamlit as st

from app.lessons.series.sources import Series
from app.lessons.series.table.reading import read
from app.lessons.series.table.records import INPUTS, LONGEST, MOST, Choices, Column, Doubt, Overview, TableError
from app.messages import Message
from app.page.kept import kept_file
from app.page.page import Page
from app.page.redraw import redraw
from app.page.session import session

VERBATIM = ("encoding", "sheet", "group")  # doubts whose options are the file's own words
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$:<>&^])")


def uploaded(page: Page) -> Series | None:
    """The series in the reader's own file, beneath how it was read; or what is wrong with it."""
    with page.part("own"):
        file = kept_file(page, page.label("upload.file"), MOST // 2**20)
        page.text("upload.form", most=f"{LONGEST}")
        if file is None:
            st.info(page.label("upload.none"))
            return None
        data = file.data
        chooser = Chooser(page, sha256(data).hexdigest()[:16])
        choices = chooser.choices
        overview, series, problem = understood(data, choices)
        if problem:
            st.error(page.message_text(problem))
            if cell := problem.values["cell"]:
                st.code(cell, language=None)  # unchanged: nothing in it is Markdown
        if overview.columns:
            chooser.show(overview)
        told = [page.message_text(note) for note in overview.notes]
        if series is not None:
            told = [page.label(f"upload.frequency.{series.frequency}", season=f"{series.season}"), *told]
        if told:
            st.info("\n".join(f"- {text}" for text in told) if len(told) > 1 else told[0])
        return series


@st.cache_data(max_entries=16, show_spinner=False)
def understood(data: bytes, choices: Choices) -> tuple[Overview, Series | None, Message | None]:
    """What a file holds; refusals are kept as well, so that none is parsed again at each run."""
    try:
        reading = read(data, choices)
    except TableError as refused:
        return refused.overview, None, refused.message
    return reading.overview, reading.series, None


def literal(text: str) -> str:
    """A reader's words as Markdown that shows them unchanged."""
    return MARKDOWN.sub(r"\\\1", text)


class Chooser:
    """The choices for one file, which are kept as it is."""

    def __init__(self, page: Page, identity: str) -> None:
        self.page, self.identity = page, identity

    @property
    def choices(self) -> Choices:
        found = session().kept.values.get(self.identity)
        return found if isinstance(found, Choices) else Choices()

    def choose(self, **changes: object) -> None:
        session().kept.set(self.identity, replace(self.choices, **changes))  # type: ignore[arg-type]
        redraw()

    def show(self, overview: Overview) -> None:
        page = self.page
        st.html(preview(page, overview))
        with page.part("columns"):
            self.columns(overview)
        if overview.inputs:
            page.text("upload.advance")
        if overview.doubts:
            with page.part("doubts"):
                for doubt in overview.doubts:
                    self.doubt(doubt, overview)

    def columns(self, overview: Overview) -> None:
        """What each column is for."""
        page, names = self.page, {column.place: named(self.page, column) for column in overview.columns}
        places = [column.place for column in overview.columns if column.kind != "empty"]
        values = [place for place in places if place not in overview.time]
        self.several("time", places, overview.time, names, reason(page, overview, "time"), "upload.counted")
        with st.container(gap=None):
            label = page.label("upload.target")
            self.one(
                "target", label, values, overview.target, names.__getitem__, lambda place: self.choose(target=place)
            )
            st.caption(reason(page, overview, "target"))
        beside = [place for place in values if place != overview.target]
        self.several("inputs", beside, overview.inputs, names, reason(page, overview, "input"), "upload.nothing")
        if overview.inputs:
            known = [place for place in self.choices.known if place in overview.inputs]
            self.several("known", overview.inputs, known, names, "", "upload.nothing")

    def several(
        self, name: str, options: Sequence[int], chosen: Sequence[int], names: dict[int, str], why: str, empty: str
    ) -> None:
        """Some of the columns."""
        key = self.key(name, list(chosen))

        def follow() -> None:
            self.choose(**{name: tuple(place for place in st.session_state[key] if place in options)})

        with st.container(gap=None):
            st.multiselect(
                self.page.label(f"upload.{name}"), list(options), format_func=lambda place: names[place], key=key,
                placeholder=self.page.label(empty), max_selections=INPUTS if name == "inputs" else None,
                on_change=follow, select_all=False,
            )  # fmt: skip
            if why:
                st.caption(why)

    def one(
        self,
        name: str,
        label: str,
        options: Sequence[Any],
        chosen: Any,
        shown: Callable[[Any], str],
        then: Callable[[Any], None],
    ) -> None:
        """One of some options."""
        key = self.key(name, chosen)

        def follow() -> None:
            if st.session_state[key] in options:
                then(st.session_state[key])

        st.selectbox(label, list(options), format_func=shown, key=key, on_change=follow)

    def key(self, name: str, chosen: object) -> str:
        """A widget's key; it shows what is chosen, or what is guessed now."""
        key = f"table-{self.identity}-{name}"
        if st.session_state.get(key) != chosen:
            st.session_state[key] = chosen
        return key

    def doubt(self, doubt: Doubt, overview: Overview) -> None:
        """A reading that could be another."""
        page = self.page
        label = page.label(f"upload.doubt.{doubt.kind}", **{name: literal(text) for name, text in doubt.values.items()})
        if doubt.column is not None:
            label = f"{literal(named(page, overview.columns[doubt.column]))}: {label}"

        def shown(option: str) -> str:
            return option if doubt.kind in VERBATIM else page.label(f"upload.answer.{doubt.kind}.{option}")

        def follow(option: str) -> None:
            self.choose(answers={**self.choices.answers, doubt.key: option})

        self.one(doubt.key, label, doubt.options, doubt.chosen, shown, follow)


def named(page: Page, column: Column) -> str:
    return column.name or page.label("upload.column", place=f"{column.place + 1}")


def reason(page: Page, overview: Overview, role: str) -> str:
    """Why the columns of a role have it: in the words of the first."""
    return next((page.message_text(column.reason) for column in overview.columns if column.role == role), "")


def preview(page: Page, overview: Overview) -> str:
    """The first rows as a table, above each column what it is for and what its first cell was read as."""
    roles = page.labels("upload.role")
    kinds = [f' class="{each.role}"' for each in overview.columns]
    names = [escape(named(page, column)) for column in overview.columns]
    parts = [f'<span class="gw-role {each.role}">{escape(roles[each.role])}</span>' for each in overview.columns]
    read = [
        escape(page.label("upload.read", example=each.example)) if each.example else "" for each in overview.columns
    ]
    heads = ["".join(f"<th>{text}</th>" for text in ("", *texts)) for texts in (names, parts, read)]
    rows = "".join(
        f'<tr><th scope="row">{escape(page.label("upload.line"))} {line}</th>'
        + "".join(f"<td{kind}>{escape(cell)}</td>" for kind, cell in zip(kinds, cells, strict=True))
        + "</tr>"
        for line, cells in overview.rows
    )
    title = escape(page.label("upload.preview"))
    return (
        f'<div class="gw-preview" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{'</tr><tr>'.join(heads)}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
