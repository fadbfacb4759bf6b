"""The ordered list of lessons, and what a page says and shows through one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from app.components.idle import once_at_rest
from app.components.progress import done
from app.controls.address import Address, Controls, Runs, View
from app.controls.settings import Setting, option_of
from app.i18n import LANGUAGES, Timestep, filled, labels, sections, stage_words, words_of
from app.messages import Message
from app.page.glossary import opened
from app.page.redraw import redraw
from app.stage import committed, covering, drawn, grabbed, stage, wanted
from app.stage.drag_frames import frames, lively, places
from app.stage.layout import layout_of, written_values
from app.stage.scene import scene
from cells import Cell, Trace
from cells.equations import latex

LESSONS = [
    "memory", "rnn", "gradients", "lstm", "fourday", "gru", "variants", "layers",
    "series", "text", "recall", "frameworks", "compare", "lab",
]  # fmt: skip
"""Keys of the lessons in the order they are taught: a key is a file in pages/, an address, and a name in content/."""

WEIGHTS = {"U": "weight.on", "W": "weight.on", "b": "weight.bias"}

LANGUAGE = "lang"  # the key of the language switch, and its name in the address


BREATH = 0.03  # s: lets the browser show the stage before charts keep it busy (release to numbers: 24 ms, else 70)


def language() -> str:
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else next(iter(LANGUAGES))


def open_page(key: str) -> Page:
    st.session_state["parts"], st.session_state["staged"] = [], ""
    if st.session_state.get("page") != key:
        leave_settings()
        st.session_state["page"], st.session_state["bound"], st.session_state["refusals"] = key, set(), {}
    st.session_state["dropped"] = dropped()
    return Page(key, language())


def dropped() -> dict[str, str]:
    """What the address says under names that were bound on the page that was left: Streamlit hands it to no widget."""
    run = get_script_run_ctx()
    said = dict(parse_qsl(run.query_string, keep_blank_values=True)) if run else {}
    return {name: text for name, text in said.items() if name not in st.query_params}


def leave_settings() -> None:
    """Forget the settings of the page that was left: they are that page's own, and the next may use their names.

    Streamlit keeps the value of a widget that is bound to the address under its key, for whichever page has that key.
    """
    for name in st.session_state.get("bound", ()):
        st.session_state.pop(name, None)


def open_lesson(key: str, address: Address) -> Lesson:
    open_page(key)
    return Lesson(key, language(), address=address)


def follow(draw: Callable[[], None]) -> None:
    """Draw what follows from the stage's controls, in a fragment of its own that is sent after the stage.

    It would give away what is covered on the stage, so it waits until nothing is.
    """

    def unless_covered() -> None:
        if st.session_state.pop("committed", False):
            time.sleep(BREATH)
        staged = st.session_state["staged"]
        if staged and covering(staged):
            st.info(labels(language())["predict.covered"])
        else:
            draw()

    later(unless_covered, "follow")


def later(draw: Callable[[], None], key: str = "later") -> None:
    """Draw what stands beneath the stage, in a fragment of its own, once the reader's browser has painted the stage."""
    st.session_state["parts"].append(key)

    @st.fragment(key=key)
    def once_the_stage_stands() -> None:
        staged = st.session_state["staged"]
        if not staged or drawn(staged):
            draw()

    once_the_stage_stands()


def redraw_later() -> None:
    """Draw what waits until the stage stands, or until nothing on it is covered."""
    redraw(*st.session_state["parts"])


@dataclass(frozen=True)
class Page:
    """A page's words, in the reader's language."""

    key: str
    language: str
    seen: set[str] = field(default_factory=set, init=False, repr=False, compare=False)  # terms already explained
    said: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # sections with those

    def say(self, section: str, /, **values: float | str) -> None:
        """A section of the page's text; a {placeholder} takes its value, numbers as the stage prints them."""
        if section not in self.said:  # a part that is drawn again explains what it explained
            self.said[section] = opened(sections(self.language, self.key)[section], self.language, self.seen)
        text = filled(self.said[section], values)
        st.markdown(text, unsafe_allow_html=True)  # our own files: no reader's words pass here

    def entry(self, term: str, meaning: str) -> None:
        """An entry of the glossary."""
        st.markdown(f"**{term}** {meaning}")

    def tell(self, key: str, /, **values: float | str) -> None:
        """A short text of the lesson's labels."""
        st.markdown(self.label(key, **values), unsafe_allow_html=True)  # our own files, as in `say`

    def address_of(self, lesson: str) -> str:
        """A link to a lesson, in the reader's language."""
        return f"{lesson}?{LANGUAGE}={self.language}"

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
        return st.session_state.get("painted") == self.key

    def first(self) -> None:
        """End the run that opens the page here: what stands above is painted before anything else is asked for."""

        def go_on() -> None:
            st.session_state["painted"] = self.key

        if not self.painted:
            once_at_rest(self.key, go_on, "first")
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
        usual: str | None = None,
        parts: Sequence[str] = (),
    ) -> str:
        """One of some options, the usual or else the first unless the address says `name=option`; labels are
        `<group>.<option>`. `parts` are what a choice has drawn (see `redraw`)."""
        key, group = f"{self.key}-{name}", group or name

        def write() -> None:
            st.query_params[name] = st.session_state[key]
            redraw(*parts)

        usual = usual or options[0]
        asked = st.query_params.get(name, usual)
        if isinstance(problem := option_of(name, options)(asked), Message):
            st.warning(self.told(problem))
            asked = usual
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
        """A question the reader answers first; `answer` is computed, and told only then.

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
        """How a challenge stands: a live message, in green once it is solved."""
        (st.success if state == "solved" else st.info)(self.label(f"{group}.{state}", **values))
        if state == "solved":
            done(self.key, group)

    # ---- settings that stand in the address --------------------------------------------------------------------------

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
        """What makes a widget stand in the address under a name: what the address says of it is checked here.

        Streamlit would drop a value that the widget cannot take without a word, or fail at it. Such a value is told
        until the reader moves the control, and the widget keeps its default. Nor does Streamlit hand over a value
        whose name was bound on the page that the reader comes from: it is set here.

        Parameters
        ----------
        read
            The widget's value for a text of the address, or the Message that there is with it.
        parts
            What a change has drawn (see `redraw`).
        """
        refusals, dropped = st.session_state["refusals"], st.session_state["dropped"].pop(name, None)
        st.session_state["bound"].add(name)
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


@dataclass(frozen=True)
class Lesson(Page):
    """A page with a stage, whose controls stand in the address."""

    address: Address = field(kw_only=True)

    # ---- controls ------------------------------------------------------------------------------------------------

    def controls(self) -> Controls:
        """What the address asks for. The address is the only memory: a reload or a copied link shows the same."""
        return self.address.read(st.query_params)[0]

    def commit(self) -> None:
        """Take what the reader did on the stage into the address; draw the stage, then what follows from it."""
        controls, problems = self.address.check(committed(self.key), self.controls())
        st.session_state["problems"], st.session_state["committed"] = problems, True
        said, query = self.address.write(controls), st.query_params
        changed: dict[str, str | list[str]] = {
            key: said.get(key, []) for key in self.address.keys if query.get(key) != said.get(key)
        }
        if changed:  # an empty list leaves the key out; one update is one message to the browser
            query.update(changed)
        redraw("stage", *(part for part in st.session_state["parts"] if part == "follow"))

    # ---- views ---------------------------------------------------------------------------------------------------

    def grab(self) -> None:
        """Remember which slider the hand has taken: the scene that answers brings the whole drag."""
        st.session_state["grabbed"] = grabbed(self.key)

    def drag(self, controls: Controls, runs: Runs, look: View) -> dict[str, Any] | None:
        """The frames of the drag that has just begun, if one has."""
        parameter = st.session_state.pop("grabbed", None)
        if not self.address.knows(parameter):
            return None
        if not lively(runs.traces(controls).values()):
            return None
        values = places(*self.address.limits.slider)
        swept = runs.swept(controls, parameter, values)
        return frames(parameter, values, swept, look.unit, self.back(runs, look)) if swept else None

    @staticmethod
    def back(runs: Runs, look: View) -> Mapping[str, float] | None:
        """The targets of the loss, when its gradient is played."""
        return runs.targets if look.backward else None

    def look(self, traces: Mapping[str, Trace]) -> tuple[View, list[Message]]:
        """What is looked at: as the reader chose since the page was opened, else as its address says."""
        steps = max(trace.steps for trace in traces.values())
        stages = max(len(layout_of(trace.cell)["stages"]) for trace in traces.values())
        units = min(trace.cell.units for trace in traces.values())
        asked, problems = self.address.view(st.query_params, steps, stages, units)
        want = wanted(self.key)
        if not isinstance(want, Mapping):
            return asked, problems
        unit = want.get("unit")
        unit = unit if isinstance(unit, int) and 0 <= unit < units else 0
        return View(asked.at, unit, want.get("backward") is True), []

    def look_elsewhere(self) -> None:
        """Another unit or direction is looked at: the stage alone is drawn anew."""
        redraw("stage")

    def stage(
        self, runs: Runs, names: Mapping[str, str] | None = None, timestep: Timestep = "day", **rest: Any
    ) -> None:
        """The animated diagram, alone in its fragment: nothing else is redrawn while the reader plays with it.

        `names` are the series' names, where they are not the lesson's own; `timestep` is what a timestep is called.
        """
        st.session_state["staged"] = self.key

        @st.fragment(key="stage")
        def draw() -> None:
            controls, problems = self.address.read(st.query_params)
            shown = runs.traces(controls)
            look, misplaced = self.look(shown)
            self.warn([*problems, *misplaced, *st.session_state.pop("problems", [])])
            view = scene(
                traces=shown,
                names=names or self.labels("series"),
                controls=asdict(controls),
                defaults=asdict(self.address.defaults),
                limits=asdict(self.address.limits),
                at=look.at,
                unit=look.unit,
                back=self.back(runs, look),
                backward=look.backward,
                words=stage_words(self.language, timestep),
                frames=self.drag(controls, runs, look),
                **rest,
            )
            on = {"commit": self.commit, "grab": self.grab, "want": self.look_elsewhere}
            stage(view, key=self.key, **on, drawn=redraw_later, covering=redraw_later)

        draw()

    def goal(self, state: str, moved: Sequence[str], **values: float | str) -> None:
        """How a challenge about sliders stands: which of them have moved."""
        self.challenge(state, sliders="; ".join(map(self.weight_name, moved)), count=f"{len(moved)}", **values)

    def weight_name(self, parameter: str) -> str:
        """A weight as its slider is named: "forget, weight on h"."""
        kind, gate = parameter.split("_", 1)
        words = labels(self.language, "stage")
        return filled(
            words[WEIGHTS[kind]], {"group": words[f"group.{gate}"], "value": {"U": "h", "W": "x"}.get(kind, "")}
        )
