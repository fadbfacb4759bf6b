"""A lesson: a page with a stage, whose controls are kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Unpack
from xml.etree.ElementTree import Element

import streamlit as st

from app.controls.address import Address, Controls, Runs, View
from app.controls.sent import sent_controls, sent_limits
from app.i18n import Timestep, labels, stage_words
from app.messages import Message
from app.page.commits import Commits
from app.page.guide import Tasks, asked, guide
from app.page.page import Page, open_page
from app.page.redraw import redraw, whole_page_is_drawn
from app.page.registry import TEACH, language
from app.page.session import visit
from app.page.settings import sliders_last, update_address
from app.page.stale import from_outside
from app.page.take import take_button
from app.stage import ask, commit_number, committed, covering, drawn, stage
from app.stage import scene_types as sent
from app.stage.layout import layout_of
from app.stage.scene import scene
from cells import Trace


def open_lesson(key: str, address: Address) -> Lesson:
    open_page(key)
    return Lesson(key, language(), address=address)


def follow(draw: Callable[[], None]) -> None:
    """Draw what follows from the stage's controls, in a fragment of its own.

    It would give away what is covered on the stage, so it waits until nothing is.
    """

    def unless_covered() -> None:
        stage = visit().stage
        if stage and covering(stage):
            st.info(labels(language())["predict.covered"])
        else:
            draw()

    later(unless_covered, "follow")


def later(draw: Callable[[], None], key: str = "later") -> None:
    """Draw what is below the stage, in a fragment of its own, once the reader's browser has painted the stage."""
    if key not in visit().fragments:  # it may be in a fragment that is drawn again
        visit().fragments.append(key)

    @st.fragment(key=key)
    @sliders_last()
    def once_the_stage_is_painted() -> None:
        stage = visit().stage
        if not stage or drawn(stage):
            draw()

    once_the_stage_is_painted()


def redraw_later() -> None:
    """Draw what waits until the stage is painted, or until nothing on it is covered."""
    redraw(*visit().fragments)


@dataclass(frozen=True)
class Lesson(Page):
    """A page with a stage, whose controls are kept in the address."""

    address: Address = field(kw_only=True)

    # ---- controls ------------------------------------------------------------------------------------------------

    def controls(self) -> Controls:
        """What the address asks for. The address is the only memory: a reload or a copied link shows the same."""
        return self.address.read(self.query())[0]

    def query(self) -> dict[str, str]:
        """The address as Streamlit has it, and in a fragment with what the browser has written since."""
        written = {} if whole_page_is_drawn() else visit().unwritten
        return {name: text for name, text in {**st.query_params, **written}.items() if text is not None}

    def commit(self, guided: bool) -> None:
        """Take what the reader did on the stage into the address, and draw what follows from it.

        The stage shows it already; it is drawn where something of it was not accepted, or to take a notice away. One
        that is `guided` is told how its questions are answered now.
        """
        controls, problems = self.address.check(committed(self.key), self.controls())
        visit().problems, visit().committed = problems, commit_number(self.key)
        texts = self.address.write(controls)
        update_address({key: texts.get(key) for key in self.address.keys})
        parts = ["stage"] if problems or visit().warned else ["questions"] if guided else []
        redraw(*parts, *(key for key in visit().fragments if key == "follow"))

    # ---- views ---------------------------------------------------------------------------------------------------

    def look(self, traces: Mapping[str, Trace]) -> tuple[View, list[Message]]:
        """What the address asks to look at, of the runs on show."""
        steps = max(trace.steps for trace in traces.values())
        stages = max(len(layout_of(trace.cell)["stages"]) for trace in traces.values())
        units = min(trace.cell.units for trace in traces.values())
        return self.address.view(st.query_params, steps, stages, units)

    def unit_selected(self) -> None:
        """Another unit is selected, on a stage that reports it."""
        redraw("follow")

    def stage(
        self,
        runs: Runs,
        names: Mapping[str, str] | None = None,
        timestep: Timestep = "day",
        tasks: Tasks | None = None,
        follows: Mapping[str, Callable[[Controls], Element]] | None = None,
        **rest: Unpack[sent.PageOptions],
    ) -> None:
        """The animated diagram, alone in its fragment. It is sent what it runs, and follows the reader by itself.

        `names` are the series' names, where they are not the lesson's own; `timestep` is what a timestep is called;
        `tasks` are what its guide asks, beside the picture. `follows` are the pictures below that follow from the
        controls, by key, where nothing else does: a commit needs no rerun then.
        """
        visit().stage, visit().taken = self.key, (runs, timestep)

        @st.fragment(key="stage")
        def draw() -> None:
            controls, problems = self.address.read(self.query())
            look, misplaced = self.look(runs.traces(controls))
            noted = [*from_outside([*problems, *misplaced]), *visit().problems]
            self.warn(noted)
            visit().problems, visit().warned = [], bool(noted)
            visit().answers[self.key] = commits = self.commits(tasks, follows)
            defaults = self.address.defaults
            every = Controls(defaults.weights, controls.days, tuple(controls.days))  # series, and no weight moved
            view = scene(
                traces=runs.traces(every),
                names=names or self.labels("series"),
                controls=sent_controls(controls),
                defaults=sent_controls(defaults),
                limits=sent_limits(self.address.limits),
                at=look.at,
                unit=look.unit,
                targets=runs.targets,
                held=runs.held,
                backward=look.backward,
                words=stage_words(self.language, timestep),
                committed=visit().committed,
                commits=commits.token if commits else None,
                guide=guide(self, *tasks.of(controls)) if tasks else None,
                page=labels(self.language)[f"lesson.{self.key}"],
                teach=bool(st.session_state.get(TEACH)) and tasks is not None,
                **rest,
            )
            on = {"commit": lambda: self.commit(tasks is not None), "unit": self.unit_selected}
            stage(view, key=self.key, **on, drawn=redraw_later, covering=redraw_later)

        draw()
        if tasks:
            self.ask(tasks)

    def commits(
        self, tasks: Tasks | None, follows: Mapping[str, Callable[[Controls], Element]] | None
    ) -> Commits | None:
        """What answers commits without a rerun, if a page has it; a notice goes only with one."""
        if whole_page_is_drawn():  # the address that it is drawn by holds
            visit().unwritten.clear()
        if tasks is None or follows is None or visit().warned:
            return None
        return Commits(self, self.address, tasks, follows, visit().unwritten)

    def ask(self, tasks: Tasks) -> None:
        """The guide's questions, in a fragment of their own: their answers have the reader's numbers.

        The scene has them; they are sent again where it is not.
        """

        @st.fragment(key="questions")
        def draw() -> None:
            if not whole_page_is_drawn():
                ask(self.key, [asked(self, question) for question in tasks.questions(self.controls())])

        draw()

    def opening(
        self,
        runs: Runs,
        timestep: Timestep = "day",
        tasks: Tasks | None = None,
        follows: Mapping[str, Callable[[Controls], Element]] | None = None,
        **rest: Unpack[sent.PageOptions],
    ) -> None:
        """How a lesson begins: the stage in its frame (with `rest`, see `stage`)."""
        with self.part("frame"):
            self.stage(runs, timestep=timestep, tasks=tasks, follows=follows, **rest)

    def reading(self, **values: float | str) -> None:
        """The story at length, and what can be taken along of the stage."""
        super().reading(**values)
        self.take()

    def take(self, names: Mapping[str, str] | None = None, own: bool = False) -> None:
        """The button by which a reader takes along what is on the stage (see `take_button`)."""
        if taken := visit().taken:
            with self.part("take"):
                take_button(self, self.address, taken, names, own)
