"""How networks learn, for a reader to watch: what they say of one sample, epoch by epoch, beside their losses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from app.charts.losses import losses
from app.controls.settings import choice
from app.formatting import scientific
from app.page import views
from app.page.page import Page
from app.page.settings import sliders_last
from app.training.records import Facts, Settings
from app.training.saved import Losses, Run, Trained, Weights, kind_of
from app.training.worker import Entry
from cells import CELLS

Said = Mapping[str, Sequence[float]]  # what networks say of a sample, by their kinds
WORSE = 1.05  # times the smallest validation loss, at the end: from there on it is overfitting
DIGITS = 3  # of a loss


@dataclass(frozen=True)
class Sample:
    """What the networks of a lesson are watched on while they learn.

    Attributes
    ----------
    snapshot
        What a network says of it, by the settings, the name of its run and its weights; that of the task's `train.py`.
    show
        Draws what the networks say, by the settings.
    """

    snapshot: Callable[[Any, str, Weights], Sequence[float]]
    show: Callable[[Any, Said], None]


def name_of(page: Page, run: str) -> str:
    """A run's name for the reader: its kind, then what else distinguishes it."""
    kind = kind_of(run)
    rest = [part for part in run.split("-") if part != kind]
    return f"{page.label(f'run.{kind}')} ({', '.join(rest)})" if rest else page.label(f"run.{kind}")


def follow(page: Page, settings: Settings, entries: Sequence[Entry], sample: Sample | None) -> None:
    """A training under way: what each kind's latest network says of the sample, if it is this page's; the losses."""
    asked = [entry for entry in entries if entry.snapshot]
    curves: dict[str, list[Losses]] = {}
    for entry in entries:
        curves.setdefault(entry.run, []).append(entry.losses)
    with page.part("figures-learning"):
        if sample and asked:
            with page.part("figure-sample"):
                now = asked[-1]
                run, epoch = name_of(page, now.run), f"{now.losses.epoch}"
                page.text("learning.now", run=run, epoch=epoch, epochs=f"{now.epochs}")
                sample.show(settings, {kind_of(entry.run): entry.snapshot for entry in asked})
        with page.part("figure-losses"):
            draw(page, curves, max(entry.epochs for entry in entries), [entries[-1].run])


def replay(page: Page, trained: Trained[Facts], sample: Sample) -> None:
    """A training that has ended, to go through: the networks of each epoch that was kept, and the losses."""
    runs = {name: run for name, run in trained.runs.items() if name in CELLS}
    epochs = sorted({epoch for run in runs.values() for epoch in run.checkpoints})
    setting = choice("after", epochs, epochs[-1])

    @st.fragment(key="replay")
    @sliders_last()
    def drawn() -> None:
        epoch = page.slider(setting, page.label("learning.epoch"), ("replay",))
        page.text("learning.after" if epoch else "learning.before", epoch=f"{epoch}", epochs=f"{epochs[-1]}")
        with page.part("figures-learning"):
            with page.part("figure-sample"):
                said = {
                    kind: sample.snapshot(trained.facts.settings, kind, run.checkpoints[reached(run, epoch)])
                    for kind, run in runs.items()
                }
                sample.show(trained.facts.settings, said)
            with page.part("figure-losses"):
                curves = {name: run.losses for name, run in trained.runs.items()}
                draw(page, curves, epochs[-1], runs, epoch)

    drawn()


def reached(run: Run, epoch: int) -> int:
    """The last checkpoint of a run up to an epoch."""
    return max(each for each in run.checkpoints if each <= epoch)


def draw(
    page: Page, runs: Mapping[str, Sequence[Losses]], epochs: int, best: Collection[str], at: int | None = None
) -> None:
    """The losses of some runs, as far as they go; the smallest in validation of the runs `best` are marked."""
    page.text("losses.notice")
    points = {name: np.array([[x.epoch, x.train, x.valid] for x in run], float) for name, run in runs.items()}
    kinds, words = {name: kind_of(name) for name in runs}, page.labels("losses") | page.labels("run")
    views.draw(losses(points, kinds, epochs, words, page.dark, best, at), "losses", words["alt"], save=False)


def overfitting(page: Page, trained: Trained[Facts], best: str) -> None:
    """Whether a network went on learning its training part while it judged the validation part worse."""
    found = trained.runs[best].losses
    least = min(found, key=lambda epoch: epoch.valid)
    state = "yes" if found[-1].valid > WORSE * least.valid else "no"
    numbers = {"least": least.valid, "end": found[-1].valid, "before": found[0].train, "after": found[-1].train}
    page.text(
        f"overfit.{state}", best=page.label(f"run.{best}"), epoch=f"{least.epoch}", last=f"{found[-1].epoch}",
        **{name: scientific(value, DIGITS) for name, value in numbers.items()},
    )  # fmt: skip
