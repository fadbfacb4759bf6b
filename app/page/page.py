"""A page: its words in the reader's language, its settings in the address, its questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app.components.idle import when_idle
from app.components.live_slider import live_slider, sent
from app.components.prediction import in_class, prediction
from app.components.progress import done
from app.controls.settings import Choice, Setting, Stored, choice
from app.i18n import filled, labels, sections, table_of, words_of
from app.messages import Message
from app.page.glossary import opened
from app.page.redraw import redraw, redraw_page
from app.page.registry import TEACH, language
from app.page.session import session, visit
from app.page.settings import asked, draw_sliders, places, return_to, write
from app.page.stale import from_outside
from app.stage.layout import written_values
from cells import Cell
from cells.equations import latex


def open_page(key: str) -> Page:
    comes = visit().page != key
    session().open(key)
    if comes:
        return_to(key)
    return Page(key, language())


@dataclass(frozen=True)
class Page:
    """A page's words, in the reader's language."""

    key: str
    language: str
    seen: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # terms already explained
    texts: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # sections with those

    def say(self, section: str, /, **values: float | str) -> None:
        """A section of the page's text; a {placeholder} takes its value, numbers as the stage prints them."""
        self.write(self.section_text(section, values))

    def section_text(self, section: str, values: Mapping[str, float | str]) -> str:
        """A section's text, with its terms explained."""
        if section not in self.texts:  # a part that is drawn again explains what it explained
            self.texts[section] = opened(sections(self.language, self.key)[section], self.language, self.seen)
        return filled(self.texts[section], values)

    def write(self, text: str) -> None:
        """Our own words as Markdown: no reader's pass here."""
        st.markdown(text, unsafe_allow_html=True)

    @contextmanager
    def folded(self, section: str, /, **values: float | str) -> Iterator[None]:
        """A section that is folded: its heading, and in the fold its text and what is drawn there."""
        heading, _, text = self.section_text(section, values).partition("\n")
        with st.expander(heading.lstrip("# ")):
            self.write(text)
            yield

    def reading(self, **values: float | str) -> None:
        """The story at length, folded."""
        with st.expander(self.label("reading.title")):
            self.say("story", **values)

    def ending(self) -> None:
        """The end of a lesson: what to remember of it, and its sources."""
        with self.part("remember"):
            self.say("remember")
        with self.part("credit"):
            self.say("credit")

    def html(self, text: str) -> None:
        """What Markdown cannot say: our own words as HTML."""
        st.html(text)

    def text(self, key: str, /, **values: float | str) -> None:
        """A short text of the lesson's labels."""
        self.write(self.label(key, **values))

    def label(self, key: str, /, **values: float | str) -> str:
        return filled(words_of(self.language, self.key)[key], values)

    def labels(self, group: str) -> dict[str, str]:
        """All labels of one table."""
        return dict(table_of(self.language, self.key, group))

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
            draw_sliders()
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
        group = group or name
        bound = self.bound(choice(name, options, default), parts, f"{self.key}-{name}")
        label = self.label(f"{group}.label")
        return st.segmented_control(
            label, options, format_func=lambda option: self.label(f"{group}.{option}"), required=True, **bound
        )

    def equations(self, cell: Cell) -> None:
        """What the cell computes, typeset from its definition."""
        lines = " \\\\ ".join(latex(cell, name).replace(" = ", " &= ", 1) for name in written_values(cell))
        st.latex(rf"\begin{{aligned}} {lines} \end{{aligned}}")

    def predict(
        self,
        question: str,
        options: Sequence[str],
        answer: str,
        group: str | None = None,
        parts: Sequence[str] = (),
        **values: float | str,
    ) -> None:
        """A question the reader answers first; `answer` is computed, and shown only then.

        Its words are the labels of `group`, which is the question's own name unless several questions share them.
        `parts` are what a guess has drawn (see `redraw`): what it is about was covered.
        """
        group, key, told = group or question, f"{self.key}-{question}", in_class(f"{self.key}-{question}")
        text, names = self.label(f"{group}.question", **values), {one: self.label(f"{group}.{one}") for one in options}
        reveal = self.label(f"{group}.reveal.{answer}", **values)
        control: dict[str, Any] = {"key": key, "on_change": lambda: redraw(*parts), "disabled": told == "held"}
        with st.container(key=f"asked-{key}"):
            given = st.segmented_control(text, options, format_func=names.__getitem__, **control)
            if given:
                done(self.key, question)
            if given and told != "held":
                verdict = self.label("predict.right" if given == answer else "predict.wrong")
                st.markdown(f"{verdict} {reveal}")
            elif told == "open":
                st.markdown(reveal)
        told_of = (answer, reveal) if st.session_state.get(TEACH) else None
        prediction(question, text, names, told_of, bool(given), key, lambda: redraw(*parts))

    def guessed(self, question: str) -> bool:
        """Whether a prediction has been answered, or told of in class: what would give it away may be shown."""
        told = in_class(f"{self.key}-{question}")
        return told == "open" or (told is None and bool(st.session_state.get(f"{self.key}-{question}")))

    def cover(self, name: str) -> None:
        """Stands for what would give a prediction away, until the reader has guessed."""
        with self.part(f"cover-{name}"):
            self.text("predict.hidden")

    def challenge(self, state: str, group: str = "goal", /, **values: float | str) -> None:
        """The state of a challenge: a live message, in green once it is solved."""
        (st.success if state == "solved" else st.info)(self.label(f"{group}.{state}", **values))
        if state == "solved":
            done(self.key, group)

    # ---- settings that are kept in the address -----------------------------------------------------------------------

    def slider(
        self,
        setting: Setting | Choice,
        label: str,
        parts: Sequence[str] = (),
        live: bool = True,
        disabled: bool = False,
    ) -> Any:
        """A slider's value.

        While it moves, the fragment that it is in is drawn, which `sliders_last` must enclose; once it rests, `parts`,
        or the whole page if there are none, and the address has the value.

        Parameters
        ----------
        setting : Setting or Choice
        label : str
        parts : sequence of str
            Fragments by their keys.
        live : bool
            Whether anything is drawn while it moves.
        disabled : bool
        """
        name, key = setting.name, f"slider-{setting.name}"
        found, place = asked(setting), st.container()
        value = setting.default if isinstance(found, Message) else found

        def answer() -> None:
            request = sent(key)
            if request is None:
                return
            visit().handled[name], chosen = request.n, setting.read(request.text)
            if isinstance(chosen, Message):  # no slider sends such a value
                return
            if not request.rest:
                visit().moving[name] = chosen
                redraw()
            else:
                write((setting, chosen))
                redraw(*parts) if parts else redraw_page()

        def draw() -> None:
            words, handled = labels(self.language, "stage"), visit().handled.get(name)
            with place:
                text = setting.text(value)
                live_slider(name, label, places(setting), text, handled, words, key, answer, live, disabled)
                if isinstance(found, Message):  # below: a slider that changes its place is made anew
                    self.refuse(found)

        visit().sliders.append(draw)
        return value

    def number(self, setting: Setting, label: str, parts: Sequence[str] = ()) -> Any:
        """The number in a box. `parts` are what a change has drawn (see `redraw`)."""
        return st.number_input(label, setting.low, setting.high, step=setting.step, **self.bound(setting, parts))

    def toggle(self, setting: Choice, label: str, parts: Sequence[str] = ()) -> bool:
        """Whether a switch is on. `parts` are what a change has drawn (see `redraw`)."""
        return st.toggle(label, **self.bound(setting, parts))

    def bound(self, setting: Stored, parts: Sequence[str] = (), key: str | None = None) -> dict[str, Any]:
        """What keeps a widget of Streamlit's in the address: it shows what that asks for, and writes what is chosen.

        Parameters
        ----------
        setting : Stored
        parts : sequence of str
            What a change has drawn (see `redraw`).
        key : str, optional
            The widget's key, if it is not the setting's name.
        """
        key, value = key or setting.name, self.shown(setting)
        if visit().widgets.get(key) != setting or st.session_state.get(key) != value:
            st.session_state[key] = value  # of a new widget, or of one with other options: Streamlit forgets it
        visit().widgets[key] = setting

        def change() -> None:
            value = st.session_state.get(key)
            offered = value is None or not isinstance(setting, Choice) or value in setting.options.values()
            if key in st.session_state and offered:  # else the reader has left its page, or the options are others now
                write((setting, value))
            redraw(*parts)

        return {"key": key, "on_change": change}

    def shown(self, setting: Stored) -> Any:
        """A setting's value; the default, after a message, where the address asks for one that cannot be."""
        value = asked(setting)
        if not isinstance(value, Message):
            return value
        self.refuse(value)
        return setting.default

    def refuse(self, problem: Message) -> None:
        """A notice of what the address asks for in vain, unless the reader's own change made it so."""
        for told in from_outside([problem]):
            st.warning(self.message_text(told))

    def warn(self, problems: Sequence[Message]) -> None:
        """One visible notice for everything that was not accepted."""
        with st.container(key="notice", gap=None):
            if problems:
                st.warning("\n- ".join([self.label("problem.intro"), *map(self.message_text, problems)]))

    def message_text(self, message: Message) -> str:
        """A message in the reader's language."""
        return self.label(message.reason, **message.values)
