"""The panel of a lesson that trains: the model it shows, and a reader's own in its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, cast, overload

import numpy as np
import streamlit as st

from app.charts.losses import losses
from app.formatting import number
from app.messages import RefusedError
from app.page import views
from app.page.page import Page
from app.page.session import session, visit
from app.training.jobs import Job, jobs, left
from app.training.records import F, Facts, Settings, Task
from app.training.saved import Losses, Trained, kind_of, shipped
from app.training.worker import Entry

S = TypeVar("S", bound=Facts)  # of what is shown

EVERY = 0.5  # seconds between two looks at a job


def ready(task: Task[F]) -> Trained[F]:
    """The model that comes with a lesson, read once."""
    return cast(Trained[F], read(task))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Task: lambda task: task.name})
def read(task: Task[Facts]) -> Trained[Facts]:
    return shipped(task)


def name_of(page: Page, run: str) -> str:
    """A run's name for the reader: its kind, then what else distinguishes it."""
    kind = kind_of(run)
    rest = [part for part in run.split("-") if part != kind]
    return f"{page.label(f'run.{kind}')} ({', '.join(rest)})" if rest else page.label(f"run.{kind}")


@overload
def trainer(page: Page, task: Task[F], settings: Settings) -> Trained[F]: ...


@overload
def trainer(page: Page, task: Task[F], settings: Settings, part: Callable[[Trained[F]], Trained[S]]) -> Trained[S]: ...


def trainer(
    page: Page, task: Task[Facts], settings: Settings, part: Callable[[Any], Trained[Facts]] = lambda trained: trained
) -> Trained[Facts]:
    """Draw the panel; return the reader's own model if one was made with these settings, else the shipped one.

    To be called once a page, outside of fragments. While a job of the reader's runs, the panel alone is drawn again and
    again; when it ends, the page is.

    Parameters
    ----------
    settings
        As the task's ``train`` takes them; ``units`` up to 128, ``steps`` up to 500.
    part
        What of a model concerns this page: its runs and facts are the ones shown.
    """
    own = jobs().trained(session().reader, task, settings)
    shown = part(own or ready(task))
    job = jobs().of(session().reader)
    running = job if job and job.active else None

    @st.fragment(key="trainer", run_every=EVERY if running else None)
    def panel() -> None:
        if running:
            watch(page, task, running)
        else:
            offer(page, task, settings, own, shown)

    with page.part("trainer"):
        if page.painted:  # its chart would keep the browser from what the page opens with (`Page.first`)
            panel()
    return shown


# ---- nothing runs ----------------------------------------------------------------------------------------------------


def offer(page: Page, task: Task[Facts], settings: Settings, own: Trained[Facts] | None, shown: Trained[Facts]) -> None:
    """Which model is shown, how it learned, and a button that makes another."""
    origin = "own" if own else "shipped" if settings.identity == shown.facts.settings.identity else "other"
    page.tell(f"trainer.shown.{origin}")
    name = "trainer.again" if own else "trainer.train"
    st.button(page.label(name), key="train", type="primary", on_click=begin, args=(task, settings))
    outcome(page, task)
    curves = {name: run.losses for name, run in shown.runs.items()}
    with st.expander(page.label("losses.fold")):
        draw(page, curves, max(run[-1].epoch for run in curves.values()))


def begin(task: Task[Facts], settings: Settings) -> None:
    """Queue the reader's job, and watch it; or remember why it was refused.

    A callback: what is done while a page is drawn may be cut off by the next request, and a click be lost.
    """
    try:
        jobs().submit(session().reader, task, settings)
    except RefusedError as refused:
        visit().refused_job = refused.message
        return
    st.rerun()


def outcome(page: Page, task: Task[Facts]) -> None:
    """What became of the reader's last job, where that was not a model."""
    refused, visit().refused_job = visit().refused_job, None
    if refused:
        st.warning(page.told(refused))
    elif (job := jobs().of(session().reader)) and job.task == task and job.state != "done":
        (st.info if job.state == "stopped" else st.error)(page.label(f"trainer.ended.{job.state}"))


# ---- a job runs ------------------------------------------------------------------------------------------------------


def watch(page: Page, task: Task[Facts], job: Job) -> None:
    """How far the job is, its losses so far, and a button that ends it."""
    if not job.active:
        st.rerun()
    if job.task != task:
        page.tell("trainer.elsewhere", lesson=page.label(f"lesson.{job.task.name}"))
    entries, position = job.entries, jobs().position(job)
    if entries:
        st.progress(entries[-1].share, progress(page, entries[-1]))
    else:
        st.progress(0.0, page.label("trainer.waiting" if position else "trainer.starting", position=f"{position}"))
    st.button(page.label("trainer.cancel"), key="cancel", on_click=jobs().cancel, args=(job,))
    if entries:
        curves: dict[str, list[Losses]] = {}
        for entry in entries:
            curves.setdefault(entry.run, []).append(entry.losses)
        draw(page, curves, max(entry.epochs for entry in entries))


def progress(page: Page, entry: Entry) -> str:
    """A job's progress in words."""
    return page.label(
        "trainer.running", run=name_of(page, entry.run), epoch=f"{entry.losses.epoch}", epochs=f"{entry.epochs}",
        train=loss(entry.losses.train), valid=loss(entry.losses.valid), seconds=f"{math.ceil(left(entry))}",
    )  # fmt: skip


def loss(value: float) -> str:
    return number(value, 4) if math.isfinite(value) else "∞"


def draw(page: Page, runs: Mapping[str, Sequence[Losses]], epochs: int) -> None:
    """The losses of some runs, as far as they go."""
    points = {name: np.array([[x.epoch, x.train, x.valid] for x in run], float) for name, run in runs.items()}
    kinds, words = {name: kind_of(name) for name in runs}, page.labels("losses") | page.labels("run")
    figure = losses(points, kinds, epochs, words, page.dark)
    views.draw(figure, "losses", words["alt"], save=False)
