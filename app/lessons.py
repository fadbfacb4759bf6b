"""The ordered list of lessons, and what a page says and shows through one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st

from app.controls import Address, Controls, Problem, View
from app.stage import committed, drawn, grabbed, stage, wanted
from app.stage.frames import frames, places
from app.stage.scene import scene
from app.text import LANGUAGES, filled, labels, number, sections
from cells import Trace

Sweeps = Callable[[Controls, str, np.ndarray], Mapping[str, Trace]]
"""The runs on the stage for many values of one weight."""

LESSONS = ["fourday"]
"""Keys of the lessons in the order they are taught: a key is a file in pages/, an address, and a name in content/."""

WEIGHTS = {"U": "weight.on", "W": "weight.on", "b": "weight.bias"}

LANGUAGE = "lang"  # the key of the language switch, and its name in the address


BREATH = 0.03  # s: lets the browser show the stage before charts keep it busy (release to numbers: 24 ms, else 70)


def language() -> str:
    chosen = st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE)
    return chosen if chosen in LANGUAGES else next(iter(LANGUAGES))


def open_page(key: str) -> Page:
    return Page(key, language())


def open_lesson(key: str, address: Address) -> Lesson:
    return Lesson(key, language(), address)


def follow(draw: Callable[[], None]) -> None:
    """Draw what follows from the stage's controls, in a fragment of its own that is sent after the stage."""

    @st.fragment(key="follow")
    def after_the_stage() -> None:
        if st.session_state.pop("committed", False):
            time.sleep(BREATH)
        draw()

    after_the_stage()


@dataclass(frozen=True)
class Page:
    """A page's words, in the reader's language."""

    key: str
    language: str

    def say(self, section: str, /, **values: float | str) -> None:
        """A section of the page's text; a {placeholder} takes its value, numbers as the stage prints them."""
        text = filled(sections(self.language, self.key)[section], values)
        st.markdown(text, unsafe_allow_html=True)  # our own files: no reader's words pass here

    def label(self, key: str, /, **values: float | str) -> str:
        return filled(labels(self.language)[key], values)

    def labels(self, group: str) -> dict[str, str]:
        """All labels of one table of labels.toml."""
        mine = f"{group}."
        return {key.removeprefix(mine): text for key, text in labels(self.language).items() if key.startswith(mine)}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A part of the page; frame.css gives each its place."""
        with st.container(key=f"part-{name}", gap=None):
            yield


@dataclass(frozen=True)
class Lesson(Page):
    """A page with a stage, whose controls stand in the address."""

    address: Address

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
        st.rerun(["stage", "follow"])

    def warn(self, problems: Sequence[Problem]) -> None:
        """One visible notice for everything that was not accepted."""
        told = [
            self.label(f"problem.{p.reason}", key=p.key, low=number(p.low, 0), high=number(p.high, 0)) for p in problems
        ]
        with st.container(key="notice", gap=None):
            if told:
                st.warning("\n- ".join([self.label("problem.intro"), *told]))

    # ---- views ---------------------------------------------------------------------------------------------------

    def grab(self) -> None:
        """Remember which slider the hand has taken: the scene that answers brings the whole drag."""
        st.session_state["grabbed"] = grabbed(self.key)

    def drag(self, controls: Controls, sweeps: Sweeps, unit: int) -> dict[str, Any] | None:
        """The frames of the drag that has just begun, if one has."""
        parameter = st.session_state.pop("grabbed", None)
        if parameter not in self.address.defaults.weights:
            return None
        values = places(*self.address.limits.slider)
        return frames(parameter, values, sweeps(controls, parameter, values), unit)

    def look(self, traces: Mapping[str, Trace]) -> tuple[View, list[Problem]]:
        """What is looked at: as the reader chose since the page was opened, else as its address says."""
        steps = max(trace.steps for trace in traces.values())
        units = min(trace.cell.units for trace in traces.values())
        asked, problems = self.address.view(st.query_params, steps, units)
        want = wanted(self.key)
        if not isinstance(want, Mapping):
            return asked, problems
        unit = want.get("unit")
        unit = unit if isinstance(unit, int) and 0 <= unit < units else 0
        return View(asked.at, unit, want.get("backward") is True), []

    def stage(self, traces: Callable[[Controls], Mapping[str, Trace]], sweeps: Sweeps, **rest: Any) -> None:
        """The animated diagram, alone in its fragment: nothing else is redrawn while the reader plays with it."""

        @st.fragment(key="stage")
        def draw() -> None:
            controls, problems = self.address.read(st.query_params)
            shown = {key: trace for key, trace in traces(controls).items() if key in controls.show}
            look, misplaced = self.look(shown)
            self.warn([*problems, *misplaced, *st.session_state.pop("problems", [])])
            view = scene(
                traces=shown,
                names=self.labels("series"),
                controls=asdict(controls),
                defaults=asdict(self.address.defaults),
                limits=asdict(self.address.limits),
                at=look.at,
                unit=look.unit,
                backward=look.backward,
                words=labels(self.language, "stage") | {"lang": self.language},
                frames=self.drag(controls, sweeps, look.unit),
                **rest,
            )
            on = {"commit": self.commit, "grab": self.grab, "want": lambda: None, "drawn": lambda: st.rerun("follow")}
            stage(view, key=self.key, **on)

        draw()

    def chart(self, figure: Any, key: str) -> None:
        """Draw a chart; its place is kept until the stage, which goes first, stands."""
        if drawn(self.key):
            st.plotly_chart(figure, key=key, config={"displayModeBar": False})
        else:
            st.container(key=f"waiting-{key}", height=figure.layout.height, border=False)

    def predict(self, question: str, options: Sequence[str], answer: str, **values: float | str) -> None:
        """A question the reader answers first; `answer` is computed, and told only then."""
        given = st.segmented_control(
            self.label(f"{question}.question"),
            options,
            format_func=lambda option: self.label(f"{question}.{option}"),
            key=f"{self.key}-{question}",
        )
        if given:
            verdict = self.label("predict.right" if given == answer else "predict.wrong")
            st.markdown(f"{verdict} {self.label(f'{question}.reveal.{answer}', **values)}")

    def goal(self, state: str, moved: Sequence[str], **values: float | str) -> None:
        """How a challenge stands: a live message, in green once it is solved."""
        sliders = "; ".join(map(self.slider, moved))
        told = self.label(f"goal.{state}", sliders=sliders, count=f"{len(moved)}", **values)
        (st.success if state == "solved" else st.info)(told)

    def slider(self, parameter: str) -> str:
        """A weight as its slider is named: "forget, weight on h"."""
        kind, gate = parameter.split("_", 1)
        words = labels(self.language, "stage")
        return filled(
            words[WEIGHTS[kind]], {"group": words[f"group.{gate}"], "value": {"U": "h", "W": "x"}.get(kind, "")}
        )

    @property
    def dark(self) -> bool:
        return st.context.theme.type == "dark"
