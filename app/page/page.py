"""A page: its words in the reader's language, its settings in the address, its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from app.components.idle import when_idle
from app.components.progress import done
from app.controls.settings import Setting, option_of
from app.i18n import filled, sections, words_of
from app.messages import Message
from app.page.glossary import Entry, opened
from app.page.redraw import redraw
from app.page.registry import LANGUAGE, course_query, language
from app.page.session import session, visit
from app.stage.layout import written_values
from cells import Cell
from cells.equations import latex


def open_page(key: str) -> Page:
    session().open(key).dropped = dropped()
    return Page(key, language())


def dropped() -> dict[str, str]:
    """What the address says under names that were bound on the page that was left: Streamlit hands it to no widget."""
    run = get_script_run_ctx()
    asked = dict(parse_qsl(run.query_string, keep_blank_values=True)) if run else {}
    return {name: text for name, text in asked.items() if name not in st.query_params}


@dataclass(frozen=True)
class Page:
    """A page's words, in the reader's language."""

    key: str
    language: str
    seen: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # terms already explained
    texts: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # sections with those

    def say(self, section: str, /, **values: float | str) -> None:
        """A section of the page's text; a {placeholder} takes its value, numbers as the stage prints them."""
        if section not in self.texts:  # a part that is drawn again explains what it explained
            self.texts[section] = opened(sections(self.language, self.key)[section], self.language, self.seen)
        text = filled(self.texts[section], values)
        st.markdown(text, unsafe_allow_html=True)  # our own files: no reader's words pass here

    def ending(self) -> None:
        """The end of a lesson: what to remember of it, and its sources."""
        with self.part("remember"):
            self.say("remember")
        self.say("credit")

    def entry(self, entry: Entry) -> None:
        """An entry of the glossary, with the names it also has."""
        also = f" ({self.label('course.also', names=', '.join(entry.also))})" if entry.also else ""
        st.markdown(f"**{entry.term}**{also} {entry.meaning}")

    def tell(self, key: str, /, **values: float | str) -> None:
        """A short text of the lesson's labels."""
        st.markdown(self.label(key, **values), unsafe_allow_html=True)  # our own files, as in `say`

    def address_of(self, lesson: str) -> str:
        """A link to a lesson, in the reader's language."""
        return f"{lesson}?{urlencode({LANGUAGE: self.language} | course_query())}"

    def label(self, key: str, /, **values: float | str) -> str:
        return filled(words_of(self.language, self.key)[key], values)

    def labels(self, group: str) -> dict[str, str]:
        """All labels of one table."""
        mine = f"{group}."
        words = words_of(self.language, self.key)
        return {key.removeprefix(mine): text for key, text in words.items() if key.startswith(mine)}

    @property
    def painted(self) -> bool:
        """Whether the reader's browser has painted what the page opens with, where that is not the stage."""
        return visit().painted

    def first(self) -> None:
        """End the run that opens the page here: what is above is painted before anything else is asked for."""

        def go_on() -> None:
            visit().painted = True

        if not self.painted:
            when_idle(session().reader + self.key, go_on, "first")
            st.stop()

    @property
    def dark(self) -> bool:
        return st.context.theme.type == "dark"

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A part of the page; frame.css gives each its place."""
        with st.container(key=f"part-{name}", gap=None):
            yield

    def choose(
        self,
        name: str,
        options: Sequence[str],
        group: str | None = None,
        default: str | None = None,
        parts: Sequence[str] = (),
    ) -> str:
        """One of some options, the default or else the first unless the address says `name=option`; labels are
        `<group>.<option>`. `parts` are what a choice has drawn (see `redraw`)."""
        key, group = f"{self.key}-{name}", group or name

        def write() -> None:
            st.query_params[name] = st.session_state[key]
            redraw(*parts)

        default = default or options[0]
        asked = st.query_params.get(name, default)
        if isinstance(problem := option_of(name, options)(asked), Message):
            st.warning(self.told(problem))
            asked = default
        label = self.label(f"{group}.label")
        return st.segmented_control(
            label, options, format_func=lambda option: self.label(f"{group}.{option}"), default=asked, required=True,
            key=key, on_change=write,
        )  # fmt: skip

    def equations(self, cell: Cell) -> None:
        """What the cell computes, typeset from its definition."""
        lines = " \\\\ ".join(latex(cell, name).replace(" = ", " &= ", 1) for name in written_values(cell))
        st.latex(rf"\begin{{aligned}} {lines} \end{{aligned}}")

    def predict(
        self, question: str, options: Sequence[str], answer: str, group: str | None = None, **values: float | str
    ) -> None:
        """A question the reader answers first; `answer` is computed, and shown only then.

        Its words are the labels of `group`, which is the question's own name unless several questions share them.
        """
        group = group or question
        given = st.segmented_control(
            self.label(f"{group}.question"),
            options,
            format_func=lambda option: self.label(f"{group}.{option}"),
            key=f"{self.key}-{question}",
            on_change=redraw,
        )
        if given:
            done(self.key, question)
            verdict = self.label("predict.right" if given == answer else "predict.wrong")
            st.markdown(f"{verdict} {self.label(f'{group}.reveal.{answer}', **values)}")

    def challenge(self, state: str, group: str = "goal", /, **values: float | str) -> None:
        """The state of a challenge: a live message, in green once it is solved."""
        (st.success if state == "solved" else st.info)(self.label(f"{group}.{state}", **values))
        if state == "solved":
            done(self.key, group)

    # ---- settings that are kept in the address -----------------------------------------------------------------------

    def slider(self, setting: Setting, label: str, parts: Sequence[str] = (), **rest: Any) -> Any:
        """A slider's number. `parts` are what a change has drawn (see `redraw`)."""
        bound = self.bound(setting.name, setting.read, parts)
        return st.slider(label, setting.low, setting.high, setting.default, setting.step, **bound, **rest)

    def number(self, setting: Setting, label: str) -> Any:
        """The number in a box."""
        bound = self.bound(setting.name, setting.read)
        return st.number_input(label, setting.low, setting.high, setting.default, setting.step, **bound)

    def toggle(self, name: str, label: str) -> bool:
        """Whether a switch is on."""
        return st.toggle(label, **self.bound(name, option_of(name, {"true": True, "false": False})))

    def bound(self, name: str, read: Callable[[str], Any] = str, parts: Sequence[str] = ()) -> dict[str, Any]:
        """What keeps a widget in the address under a name: what the address says of it is checked here.

        Streamlit would silently drop a value that the widget cannot take, or fail at it. A message about such a value
        is shown until the reader moves the control, and the widget keeps its default. Nor does Streamlit pass on a
        value whose name was bound on the page that the reader comes from: it is set here.

        Parameters
        ----------
        read
            The widget's value for a text of the address, or the Message that there is with it.
        parts
            What a change has drawn (see `redraw`).
        """
        refusals, dropped = visit().refusals, visit().dropped.pop(name, None)
        visit().bound.add(name)
        asked = st.query_params.get(name, dropped)
        value = refusals.get(name) if asked is None else read(asked)
        unbound = dropped is not None
        if isinstance(value, Message):
            refusals[name], unbound = value, asked is not None
            st.warning(self.told(value))
            with suppress(StreamlitAPIException):  # already bound: then Streamlit takes it out with the binding
                st.query_params.pop(name, None)
        else:
            refusals.pop(name, None)
            if dropped is not None:
                st.session_state[name], st.query_params[name] = value, dropped

        def change() -> None:
            refusals.pop(name, None)
            redraw(*parts)

        return {"key": name, "bind": None if unbound else "query-params", "on_change": change}

    def warn(self, problems: Sequence[Message]) -> None:
        """One visible notice for everything that was not accepted."""
        with st.container(key="notice", gap=None):
            if problems:
                st.warning("\n- ".join([self.label("problem.intro"), *map(self.told, problems)]))

    def told(self, message: Message) -> str:
        """A message in the reader's language."""
        return self.label(message.reason, **message.values)
