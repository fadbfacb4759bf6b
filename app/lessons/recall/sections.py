"""Sequences that the trained networks of the lesson `recall` have not seen, and the cells that read them."""

from __future__ import annotations

import numpy as np

from app.controls.kinds import GATED_FIRST
from app.formatting import number
from app.lessons.recall.records import RecallFacts
from app.lessons.recall.snapshot import some
from app.lessons.recall.tasks import PUZZLES
from app.lessons.recall.view import LETTERS, Samples, named
from app.page.page import Page
from app.trained.stage import open_in_stage
from app.training.saved import Trained


def samples(page: Page, trained: Trained[RecallFacts]) -> Samples:
    """Some sequences (T, D) of the test set with their answers: one for each symbol, or the first few."""
    trial = trained.facts.settings
    _, (x, answers) = PUZZLES[trial.task].held_back(trial.n, np.random.default_rng(trial.seed))
    at, name = some(trial.task, answers), f"sample.{trial.task}"
    return {
        page.label(name, place=f"{order}", answer=named(trial.task, answers[k])): (
            x[:, k].copy(),  # the page keeps it: not the whole test set with it
            float(answers[k]),
        )
        for order, k in enumerate(at, 1)
    }


def inside(page: Page, trained: Trained[RecallFacts], shown: Samples) -> None:
    """The trained cells on the stage, those with gates first."""
    runs = {kind: trained.runs[kind] for kind in GATED_FIRST}
    task = trained.facts.settings.task
    inputs = {name: x for name, (x, _) in shown.items()}
    open_in_stage(page, runs, inputs, {name: spelled(task, x) for name, x in inputs.items()})


def spelled(task: str, x: np.ndarray) -> list[str]:
    """What is read at each timestep of a sequence x (T, D): a symbol, or a number, in brackets if it is marked."""
    if task == "recall":
        return [LETTERS[symbol] for symbol in x.argmax(1)]
    return [f"[{number(value, 2)}]" if marked else number(value, 2) for value, marked in x]
