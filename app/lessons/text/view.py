"""What the lesson `text` asks and shows: a review read word by word, what the networks learned from, what gates do."""

from __future__ import annotations

from dataclasses import asdict, astuple
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from app.components.sentence import sentence
from app.components.sentence.data import Row, Scale
from app.controls.settings import Setting, Typed, choice
from app.formatting import number, percent
from app.i18n import labels
from app.lessons.text.charts import gates as gates_figure
from app.lessons.text.charts import running
from app.lessons.text.corpus import Review, pasted
from app.lessons.text.model import GATES, Reading, embedded, part, read, vocabulary, wilson, words_of
from app.lessons.text.records import OWN, TASK, SourceFacts, TextSettings
from app.lessons.text.snapshot import sample, snapshot
from app.messages import Message, RefusedError
from app.page.page import Page
from app.page.redraw import redraw
from app.page.story import story
from app.page.views import draw, table
from app.trained.learning import Said, Sample, overfitting
from app.trained.panel import trainer
from app.trained.stage import open_in_stage
from app.training.saved import Trained

UNITS = Setting("units", 4, 64, TextSettings.units, 4)
EPOCHS = Setting("epochs", 10, 100, TextSettings.epochs, 10)
TEXTS = ("plain", "negated", "mixed", OWN)
PAIRS = ("praise", "blame", "like")
LETTERS, LINES, MOST_LISTED = 400, 100_000, 8  # characters of a text, of pasted lines; wrong lines that are listed
TURNS = 2  # of the challenge
NBSP = "\N{NO-BREAK SPACE}"
FEW = 12  # words of a table that is shown whole


def placeholder(name: str) -> Any:
    """A part of the page for what can only be drawn once the model is known."""
    return st.container(key=f"part-{name}")


def tell_story(page: Page) -> None:
    story(page, "ending", (choice("text", TEXTS),))


# ---- the model -------------------------------------------------------------------------------------------------------


def trained_on(page: Page) -> Trained[SourceFacts]:
    """The panel that trains, and the networks that are shown."""
    with page.part("choices"):
        source = page.choose("source", ["course", OWN])
    lines = paste(page) if source == OWN else ()
    with page.part("sliders"):
        units = page.slider(UNITS, page.label("size.units"), live=False)
        epochs = page.slider(EPOCHS, page.label("size.epochs"), live=False)
    settings = TextSettings((OWN if lines else page.language,), lines, units, epochs=epochs)
    watched = Sample(snapshot, partial(said, page))
    trained = trainer(page, TASK, settings, watched, partial(part, language=page.language))
    right = trained.facts.measured.right
    overfitting(page, trained, max(right, key=lambda kind: right[kind].valid))
    return trained


def said(page: Page, settings: TextSettings, found: Said) -> None:
    """The verdicts of networks, while they learned, on one review."""
    words, _ = sample(settings.sources[0], settings.lines)
    verdicts = {kind: np.array(values) for kind, values in found.items()}
    page.tell("learning.sample")
    labels = page.labels("run") | page.labels("verdict")
    draw(running(words, verdicts, labels, page.dark), "learning", labels["alt"], save=False)


def paste(page: Page) -> tuple[Review, ...]:
    """The reader's own reviews; none while something is missing."""
    typed = st.text_area(
        page.label("paste.label"),
        key="lines",
        height=170,
        max_chars=LINES,
        placeholder=page.label("paste.example"),
        on_change=redraw,
    )
    if not typed.strip():
        st.info(page.label("paste.empty"))
        return ()
    reviews, wrong = pasted(typed[:LINES])
    if wrong:
        st.warning(page.label("paste.wrong", count=f"{len(wrong)}"))
        lines = [line_notice(page, *each) for each in list(wrong.items())[:MOST_LISTED]]
        st.text("\n".join(lines))  # a reader's words: plain text
    ready = 0 not in wrong
    page.tell("paste.ready" if ready else "paste.waiting", count=f"{len(reviews)}")
    return tuple(reviews) if ready else ()


def line_notice(page: Page, line: int, message: Message) -> str:
    """What is wrong with a pasted line; line 0 is the whole."""
    notice = page.told(message)
    return page.label("paste.line", line=f"{line}", told=notice) if line else notice


def measured(page: Page, trained: Trained[SourceFacts]) -> None:
    """How many reviews each network judges as their writers do, and how sure that is of the test."""
    measured = trained.facts.measured
    count = measured.count
    head = [page.label(f"measured.{name}") for name in ("network", "train", "valid", "test", "interval")]
    rows = []
    for kind, right in measured.right.items():
        low, high = wilson(right.test, count.test)
        shares = (some / whole for some, whole in zip(astuple(right), astuple(count), strict=True))
        train, valid, test = (f"{percent(share, trim=False)}{NBSP}%" for share in shares)
        of = f"({right.test}{NBSP}/{NBSP}{count.test})"
        interval = f"{percent(low, trim=False)}{NBSP}– {percent(high, trim=False)}{NBSP}%"
        rows.append([page.label(f"run.{kind}"), train, valid, f"**{test}** {of}", interval])
    table(head, rows)
    page.tell("measured.of", **{name: f"{value}" for name, value in asdict(count).items()})


# ---- a text ----------------------------------------------------------------------------------------------------------


def ask(page: Page) -> tuple[tuple[str, ...] | None, bool]:
    """The words of the text a reader chose or typed, None after a message; and whether it was typed."""
    choice = page.choose("text", TEXTS)
    typed = page.label(f"example.{choice}")
    if choice == OWN:
        typed = st.text_input(page.label("typed"), max_chars=LETTERS, **page.bound(Typed("typed", typed)))
    try:
        return words_of(typed[:LETTERS]), choice == OWN
    except RefusedError as refused:
        st.warning(page.told(refused.message))
        return None, False


def show(page: Page, reading: Reading) -> None:
    """The words, coloured by the verdict after each, and the same as lines."""
    words = page.labels("run") | page.labels("verdict")
    rows: list[Row] = [
        {
            "name": words[kind],
            "note": page.label("verdict.note", verdict=side(page, one.last), share=number(one.last)),
            "strengths": (2 * one.verdicts - 1).tolist(),
            "numbers": [number(value) for value in one.verdicts.tolist()],
        }
        for kind, one in reading.by.items()
    ]
    scale: Scale = {
        "title": words["scale"],
        "low": words["negative"],
        "high": words["positive"],
        "word": words["word"],
        "unknown": words["unknown"],
        "sides": True,
    }
    sentence(reading.words, rows, scale, key="verdicts", unknown=reading.unknown)
    if reading.unknown:
        page.tell("verdict.strangers", count=f"{len(reading.unknown)}")
    lines = lines_of(page, reading)
    if page.painted:
        draw(lines, "running", words["alt"])
    else:
        st.container(key="running-place", height=lines.layout.height, border=False)


def side(page: Page, share: float) -> str:
    return page.label("verdict.positive" if share > 0.5 else "verdict.negative")


def lines_of(page: Page, reading: Reading) -> Any:
    verdicts = {kind: one.verdicts for kind, one in reading.by.items()}
    return running(reading.words, verdicts, page.labels("run") | page.labels("verdict"), page.dark)


def numbers(page: Page, trained: Trained[SourceFacts], reading: Reading) -> None:
    """From words to indices to vectors, as a table."""
    kind = page.choose("network", list(trained.runs), group="run", default="lstm")
    vectors = embedded(trained.runs[kind], reading.indices)
    known = vocabulary(trained).words
    columns: dict[str, Any] = {
        page.label("table.word"): reading.words,
        page.label("table.index"): reading.indices,
        page.label("table.known"): [known[index] for index in reading.indices],
    }
    names = [f"x{d + 1}" for d in range(vectors.shape[1])]
    columns |= dict(zip(names, vectors.T, strict=True))
    look = dict.fromkeys(names, st.column_config.NumberColumn(format="%.3f"))
    tall = len(reading.words) > FEW
    st.dataframe(pd.DataFrame(columns), hide_index=True, height=420 if tall else "content", column_config=look)
    page.tell("table.told", words=f"{len(known)}", numbers=f"{vectors.shape[1]}")


def inside(page: Page, reading: Reading) -> None:
    """The gates of one network over the words."""
    kind = page.choose("gates", list(GATES), group="run", default="lstm")
    names, words = labels(page.language, "stage"), page.labels("gate")
    with page.part("figures-gates"):
        for name, values in reading.by[kind].gates().items():
            with page.part(f"figure-gate-{name}"):
                st.markdown(f"### {names[f'value.{name}.name']}")
                draw(gates_figure(reading.words, values, words, page.dark), f"gate-{kind}-{name}", words["alt"])
    page.tell(f"gate.told.{kind}")


def pair(page: Page, trained: Trained[SourceFacts]) -> None:
    """One word in two sentences: in one by itself, in the other with a word before it that turns it."""
    choice = page.choose("pair", PAIRS)
    moved = {}
    with page.part("figures-pair"):
        for name in ("bare", "turned"):
            typed = page.label(f"couple.{choice}.{name}")
            before, word = typed.split("*")[:2]
            reading, at = read(trained, words_of(typed.replace("*", ""))), len(words_of(before))
            moved[name] = {kind: signed(change(one.verdicts, at)) for kind, one in reading.by.items()}
            with page.part(f"figure-{name}"):
                st.markdown(f"### {typed.replace('*', '')}")
                draw(lines_of(page, reading), f"pair-{name}", page.label("verdict.alt"))
                page.tell("pair.moved", word=word, **moved[name])


def change(verdicts: np.ndarray, at: int) -> float:
    """How far the word at a place moves the verdict."""
    return float(verdicts[at] - verdicts[at - 1])


def signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value, 2)


# ---- questions -------------------------------------------------------------------------------------------------------


def predict(page: Page, trained: Trained[SourceFacts]) -> None:
    """What is the LSTM’s verdict on a sentence that is not shown above?"""
    reading = read(trained, words_of(page.label("ending.sentence")))
    verdicts = {kind: number(one.last) for kind, one in reading.by.items()}
    answer = "positive" if reading.by["lstm"].last > 0.5 else "negative"
    page.predict("ending", ["positive", "negative"], answer, **verdicts)


def challenge(page: Page, reading: Reading | None, own: bool) -> None:
    """A review of the reader's own whose verdict turns twice."""
    turns = reading.by["lstm"].turns if reading else 0
    state = "elsewhere" if not own or not reading else "solved" if turns >= TURNS else "open"
    page.challenge(state, turns=f"{turns}")


def on_stage(page: Page, trained: Trained[SourceFacts]) -> None:
    """The trained cells on the stage, reading reviews from the test."""
    known, kinds = vocabulary(trained), sorted(trained.runs, key=list(GATES).index, reverse=True)
    words = {review.text: words_of(review.text) for review in trained.facts.measured.test}
    samples = {text: known.indices(read) for text, read in words.items()}
    open_in_stage(page, {kind: trained.runs[kind] for kind in kinds}, samples, words)
