"""The panel of a lesson that trains: the model it shows, and a reader's own in its place."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast, overload

import streamlit as st

from app.formatting import number
from app.messages import RefusedError
from app.page.page import Page
from app.page.session import presence, session, visit
from app.trained.download import Inputs, no_columns, take_along
from app.trained.learning import Sample, follow, name_of, replay
from app.training.jobs import Job, jobs, left
from app.training.records import F, Facts, Settings, Task
from app.training.saved import Trained, shipped
from app.training.worker import Entry

S = TypeVar("S", bound=Facts)  # of what is shown

EVERY = 0.5  # seconds between two looks at a job


def ready(task: Task[F]) -> Trained[F]:
    """The model that comes with a lesson, read once."""
    return cast(Trained[F], read(task))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Task: lambda task: task.name})
def read(task: Task[Facts]) -> Trained[Facts]:
    return shipped(task)


@overload
def trainer(
    page: Page, task: Task[F], settings: Settings, sample: Sample, *, inputs: Inputs = no_columns
) -> Trained[F]: ...


@overload
def trainer(
    page: Page, task: Task[F], settings: Settings, sample: Sample, part: Callable[[Trained[F]], Trained[S]]
) -> Trained[S]: ...


def trainer(
    page: Page,
    task: Task[Facts],
    settings: Settings,
    sample: Sample,
    part: Callable[[Any], Trained[Facts]] = lambda trained: trained,
    inputs: Inputs = no_columns,
) -> Trained[Facts]:
    """Draw the panel; return the reader's own model if one was made with these settings, else the shipped one.

    To be called once a page, outside of fragments. While a job of the reader's runs, the panel alone is drawn again and
    again; when it ends, the page is.

    Parameters
    ----------
    settings
        As the task's ``train`` takes them; ``units`` up to 128, ``steps`` up to 500.
    sample
        What the networks are watched on while they learn.
    part
        What of a model concerns this page: its runs and facts are the ones shown.
    inputs
        The columns that a network reads, for the file in which it is downloaded.
    """
    running = under_way()
    own = jobs().trained(session().reader, task, settings)  # after `running`: else a job that ends here would be missed
    shown = part(own or ready(task))

    @st.fragment(key="trainer", run_every=EVERY if running else None)
    def panel() -> None:
        if running:
            watch(page, task, running, lambda settings, entries: follow(page, settings, entries, sample))
        else:
            offer(page, task, settings, own, shown, sample, inputs)

    with page.part("trainer"):
        if page.painted:  # its chart would keep the browser from what the page opens with (`Page.first`)
            panel()
    return shown


def under_way() -> Job | None:
    """The reader's job, of whatever lesson, while it is queued or runs."""
    job = jobs().of(session().reader)
    return job if job and job.active else None


def made(task: Task[F]) -> tuple[Trained[F], Sequence[Entry]] | None:
    """What the reader has trained last of a task, with any settings, and how that went."""
    job = next(jobs().done(session().reader, task), None)
    return (cast(Trained[F], job.trained), job.entries) if job else None


# ---- nothing runs ----------------------------------------------------------------------------------------------------


def offer(
    page: Page,
    task: Task[Facts],
    settings: Settings,
    own: Trained[Facts] | None,
    shown: Trained[Facts],
    sample: Sample,
    inputs: Inputs,
) -> None:
    """Which model is shown, how it learned, and a button that makes another."""
    origin = "own" if own else "shipped" if settings.identity == shown.facts.settings.identity else "other"
    page.text(f"trainer.shown.{origin}")
    name = "trainer.again" if own else "trainer.train"
    st.button(page.label(name), key="train", type="primary", on_click=begin, args=(task, settings))
    outcome(page, task)
    with st.expander(page.label("losses.fold")):
        replay(page, shown, sample)
    take_along(page, task, shown, ready(task), inputs)


def begin(task: Task[Facts], settings: Settings) -> None:
    """Queue the reader's job, and watch it; or remember why it was refused.

    A callback: what is done while a page is drawn may be cut off by the next request, and a click be lost.
    """
    try:
        jobs().submit(session().reader, task, settings, presence())
    except RefusedError as refused:
        visit().refused_job = refused.message
        return
    st.rerun()


def outcome(page: Page, task: Task[Facts]) -> None:
    """What became of the reader's last job, where that was not a model."""
    refused, visit().refused_job = visit().refused_job, None
    if refused:
        st.warning(page.message_text(refused))
    elif (job := jobs().of(session().reader)) and job.task == task and job.state != "done":
        (st.info if job.state == "stopped" else st.error)(page.label(f"trainer.ended.{job.state}"))


# ---- a job runs ------------------------------------------------------------------------------------------------------


def watch(
    page: Page,
    task: Task[Facts],
    job: Job,
    show: Callable[[Any, Sequence[Entry]], None],
    running: str = "trainer.running",
) -> None:
    """How far the job is, and a button that ends it; `show` draws how it goes, by its settings and entries.

    `running` is the label of its progress.  Of a job of another lesson there are the losses alone.
    """
    if not job.active:
        st.rerun()
    own = job.task == task
    if not own:
        page.text("trainer.elsewhere", lesson=page.label(f"lesson.{job.task.name}"))
    entries, position = list(job.entries), job.position  # they grow while this is drawn
    if entries:
        st.progress(entries[-1].share, progress(page, entries[-1], running if own else "trainer.running"))
    else:
        st.progress(0.0, page.label("trainer.waiting" if position else "trainer.starting", position=f"{position}"))
    st.button(page.label("trainer.cancel"), key="cancel", on_click=jobs().cancel, args=(job,))
    if entries and own:
        show(job.settings, entries)
    elif entries:
        follow(page, job.settings, entries, None)


def progress(page: Page, entry: Entry, told: str) -> str:
    """A job's progress in words."""
    return page.label(
        told, run=name_of(page, entry.run), epoch=f"{entry.losses.epoch}", epochs=f"{entry.epochs}",
        train=loss(entry.losses.train), valid=loss(entry.losses.valid), seconds=f"{math.ceil(left(entry))}",
    )  # fmt: skip


def loss(value: float) -> str:
    return number(value, 4) if math.isfinite(value) else "∞"
