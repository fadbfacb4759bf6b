"""What the lesson `recall` asks and shows: the table of what was measured, a reader's own training, what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from statistics import median
from typing import TypeVar

import numpy as np
import streamlit as st

from app.components.picture import picture
from app.controls.kinds import KINDS
from app.controls.settings import choice
from app.formatting import number, percent, scientific
from app.lessons.recall.pictures import answered, success
from app.lessons.recall.records import DEFAULTS, TASK, RecallFacts, RecallSettings, Row, part
from app.lessons.recall.snapshot import sample, snapshot
from app.lessons.recall.tasks import (
    GATES,
    INITIALISERS,
    LENGTHS,
    PUZZLES,
    RATES,
    SEEDS,
    TEST,
    UNITS,
    units_of,
)
from app.page import views
from app.page.page import Page
from app.page.story import story
from app.trained.learning import Said, Sample
from app.trained.panel import ready, trainer
from app.trained.recalled import recalled
from app.training.saved import Run, Trained, outputs
from cells import CELLS

T = TypeVar("T")
Rows = Sequence[Row]
Samples = Mapping[str, tuple[np.ndarray, float]]  # sequences (T, D) and their answers, by name

TASKS = ("adding", "recall")  # first the one that tells the cells apart at any length
SOLVED = 0.95  # right answers from which a test counts as passed
FAR = max(LENGTHS)
ASKED = "recall"  # the test that the prediction is about
LETTERS = [*"ABCD", *"wxyz", "?"]  # symbols to recall, distractors, cue


def picked(
    rows: Rows, kind: str | None = None, task: str | None = None, n: int | None = None, seed: int | None = None
) -> Rows:
    """The rows of a kind, task, length and seed; of any where none is given."""
    return [
        row
        for row in rows
        if kind in (None, row.kind) and task in (None, row.task) and n in (None, row.n) and seed in (None, row.seed)
    ]


def measured() -> Rows:
    """The table that was made with the model of this lesson."""
    return ready(TASK).facts.table


# ---- what was measured -----------------------------------------------------------------------------------------------


def tell_story(page: Page) -> None:
    story(page, "who", (choice("task", TASKS),))


def task_of(page: Page) -> str:
    """Which test is looked at, with an example of what is read and answered."""
    task = page.choose("task", TASKS)
    x, answers = PUZZLES[task].make(LENGTHS[0], 1, np.random.default_rng(0))
    page.text(f"example.{task}", read=written(task, x[:, 0]), answer=named(task, answers[0]))
    return task


def written(task: str, x: np.ndarray) -> str:
    """A sequence x (T, D) as it is read: letters, or numbers of which the marked ones stand out."""
    if task == "recall":
        return " ".join(LETTERS[symbol] for symbol in x.argmax(1))
    return " · ".join(f"**{number(value, 2)}**" if marked else number(value, 2) for value, marked in x)


def named(task: str, answer: float) -> str:
    """An answer as a reader writes it."""
    return LETTERS[int(answer)] if task == "recall" else number(float(answer), 2)


def draw(page: Page, rows: Rows, key: str) -> None:
    """Success in the course of training, of rows that differ in cell and seed alone."""
    curves = {kind: [row.curve for row in picked(rows, kind=kind)] for kind in KINDS}
    chance, words = PUZZLES[rows[0].task].chance, page.labels("run") | page.labels("curve")
    picture(success(curves, ready(TASK).facts.epoch, DEFAULTS.updates, chance, words), key)


def curves(page: Page, task: str) -> None:
    """The measured curves at every length."""
    with page.part("figures-success"):
        for n in LENGTHS:
            with page.part(f"figure-success-{n}"):
                page.text("curve.title", n=f"{n}")
                if hidden(page, task, n):
                    page.cover("curves")
                    continue
                draw(page, picked(measured(), task=task, n=n), f"success-{n}")
    page.text(f"curve.why.{task}")
    page.text("curve.notice", chance=percent(PUZZLES[task].chance), seeds=f"{len(SEEDS)}")


def solved(kind: str, task: str | None = None, n: int | None = None) -> list[bool]:
    """Whether each seed's network passed a test, or all of them."""
    return [row.accuracy >= SOLVED for row in picked(measured(), kind, task, n)]


def verdict(task: str | None = None, n: int | None = None) -> str:
    """Who passes a test, or all, from every seed: all, gated (LSTM and GRU), lstm, none; or other."""
    sure = {kind for kind in KINDS if all(solved(kind, task, n))}
    known = {"all": set(KINDS), "gated": {"lstm", "gru"}, "lstm": {"lstm"}, "none": set()}
    return next((name for name, kinds in known.items() if sure == kinds), "other")


def predict(page: Page) -> None:
    """Which cells pass the test that is not shown first from every start, at the greatest length."""
    each = {kind: listed([row.accuracy for row in picked(measured(), kind, ASKED, FAR)]) for kind in KINDS}
    page.predict("who", ["all", "gated", "lstm", "none", "other"], verdict(ASKED, FAR), n=f"{FAR}", **each)


def hidden(page: Page, task: str, n: int) -> bool:
    """Whether a test's numbers are covered: the prediction asks for them."""
    return (task, n) == (ASKED, FAR) and not page.guessed("who")


def listed(shares: Sequence[float]) -> str:
    return " · ".join(map(percent, shares))


def table(page: Page, task: str) -> None:
    """Every number that was measured for a test."""
    page.say("table", test=f"{TEST}", updates=f"{DEFAULTS.updates}")
    head = [page.label(f"column.{name}") for name in ("n", "cell", "median", "seeds", "updates", "seconds")]
    lines = []
    for n in [n for n in LENGTHS if not hidden(page, task, n)]:
        for kind in KINDS:
            rows = picked(measured(), task=task, n=n, kind=kind)
            shares, updates = [row.accuracy for row in rows], median(row.updates for row in rows)
            seconds = median(row.seconds for row in rows)
            name, middle = page.label(f"run.{kind}"), f"**{percent(median(shares))}**"
            lines.append([f"{n}", name, middle, listed(shares), number(updates, 0), number(seconds, 1)])
    views.table(head, lines, words=[1])
    if hidden(page, task, FAR):
        page.cover("table")


def remember(page: Page) -> None:
    """What follows from the whole table."""
    page.say("remember")
    if page.guessed("who"):
        counts = {kind: f"{sum(solved(kind))}" for kind in KINDS} | {"total": f"{len(solved('rnn'))}"}
        each = {f"rnn_{task}": f"{sum(solved('rnn', task=task))}" for task in PUZZLES}
        page.text(f"remember.{verdict()}", **counts)
        page.text("remember.rnn", **each, half=f"{len(solved('rnn', task='recall'))}")
    else:
        page.cover("remember")
    page.say("starts", leaks=scientific((1 / (1 + np.exp(-1))) ** 30))


def later(page: Page) -> None:
    """The cells that came later on the same tests, folded; covered as long as the prediction is."""
    with st.expander(page.label("recalled.title")):
        if page.guessed("who"):
            recalled(page)
        else:
            page.cover("later")


# ---- a reader's own training -----------------------------------------------------------------------------------------


def ask(page: Page, task: str) -> RecallSettings:
    """What a reader wants to train."""
    page.say("training", epoch=f"{ready(TASK).facts.epoch}", batch=f"{DEFAULTS.batch}")
    with page.part("choices"):
        settings = RecallSettings(
            task=task,
            n=one_of(page, "n", LENGTHS, DEFAULTS.n),
            units=one_of(page, "units", UNITS, DEFAULTS.units),
            rate=one_of(page, "rate", RATES, DEFAULTS.rate),
            gates=one_of(page, "gates", GATES, DEFAULTS.gates),
            weights=one_of(page, "weights", INITIALISERS, DEFAULTS.weights),
            seed=one_of(page, "seed", SEEDS, DEFAULTS.seed),
        )
    page.text("sizes", **{kind: f"{units_of(kind, PUZZLES[task].inputs, settings.units)}" for kind in KINDS})
    return settings


def one_of(page: Page, name: str, values: Sequence[T], default: T) -> T:
    """One of some values of a setting, the default at first."""
    options = {str(value): value for value in values}
    return options[page.choose(name, list(options), default=str(default))]


def trained_on(page: Page, settings: RecallSettings) -> Trained[RecallFacts]:
    """The panel that trains, and the networks of the test that is looked at."""
    watched = Sample(snapshot, partial(said, page))
    return trainer(page, TASK, settings, watched, partial(part, task=settings.task))


def said(page: Page, settings: RecallSettings, found: Said) -> None:
    """What networks answered, while they learned, to some sequences."""
    task, (_, answers) = settings.task, sample(settings)
    page.text(f"learning.{task}")
    names = [named(task, answer) for answer in answers]
    wanted = [1.0] * len(names) if task == "recall" else answers.tolist()
    guess = PUZZLES[task].chance if task == "recall" else 0.5
    words = page.labels("run") | page.labels("answered") | {"scale": page.label(f"answered.scale.{task}")}
    picture(answered(found, names, wanted, guess, words), "learning")


def own_rows(trained: Trained[RecallFacts]) -> Rows:
    """The rows of the networks that are shown."""
    trial = trained.facts.settings
    return picked(trained.facts.table, task=trial.task, n=trial.n, seed=trial.seed)


def outcome(page: Page, trained: Trained[RecallFacts], shown: Samples) -> None:
    """What the trained networks reached, and what they answer."""
    trial, rows = trained.facts.settings, own_rows(trained)
    values = {"task": page.label(f"task.{trial.task}"), "n": f"{trial.n}", "seed": f"{trial.seed}"}
    with st.expander(page.label("outcome.title", **values)), page.part("figures-outcome"):
        draw(page, rows, "outcome")
        with page.part("figure-outcome"):
            reached(page, rows)
            page.say("answers")
            answers(page, trained, shown)


def reached(page: Page, rows: Rows) -> None:
    """The networks in numbers."""
    head = [page.label(f"column.{name}") for name in ("cell", "units", "parameters", "right", "updates", "seconds")]
    lines = []
    for row in rows:
        values = [f"{row.units}", f"{row.parameters}", f"**{percent(row.accuracy)}**", f"{row.updates}"]
        lines.append([page.label(f"run.{row.kind}"), *values, number(row.seconds, 1)])
    views.table(head, lines)


def challenge(page: Page, trained: Trained[RecallFacts], settings: RecallSettings) -> None:
    """Whether the reader's own RNN recalls at n = 30, and the LSTM beside it does not."""
    trial = trained.facts.settings
    shares = {row.kind: row.accuracy for row in own_rows(trained)}
    if trial.identity != settings.identity or (trial.task, trial.n) != ("recall", 30):
        state = "open"
    elif shares["rnn"] < SOLVED:
        state = "rnn"
    else:
        state = "lstm" if shares["lstm"] >= SOLVED else "solved"
    page.challenge(state, **{kind: percent(share) for kind, share in shares.items()})


# ---- what the trained networks answer --------------------------------------------------------------------------------


def readout(run_: Run, kind: str, x: np.ndarray) -> np.ndarray:
    """What a trained network reads out at the end of a sequence x (T, D), computed by the cell of this course."""
    return outputs(run_.weights, CELLS[kind], x[:, None])[-1, 0]


def answers(page: Page, trained: Trained[RecallFacts], shown: Samples) -> None:
    """What each network answers to each sample."""
    task = trained.facts.settings.task
    head, lines = [page.label("column.sample"), *(page.label(f"run.{kind}") for kind in trained.runs)], []
    for name, (x, answer) in shown.items():
        line = [name]
        for kind, run_ in trained.runs.items():
            output = readout(run_, kind, x)
            right = PUZZLES[task].right(output[None], np.array([answer]))
            text = named(task, float(output.argmax() if task == "recall" else output[0]))
            line.append(f"{text} {'✓' if right else '✗'}")
        lines.append(line)
    views.table(head, lines)
