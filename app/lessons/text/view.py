"""What the lesson `text` asks and shows: a review read word by word, what was made of its words, what gates do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from app.components.sentence import sentence
from app.components.sentence.data import Row, Scale
from app.controls.settings import Typed, choice
from app.formatting import number
from app.i18n import labels
from app.lessons.text.charts import gates as gates_figure
from app.lessons.text.charts import running
from app.lessons.text.letters import is_mark, lower
from app.lessons.text.model import GATES, Reading, embedded, read, text_to_read, vocabulary
from app.lessons.text.records import OWN, SourceFacts
from app.lessons.text.tokens import Token
from app.messages import RefusedError
from app.page.page import Page
from app.page.story import story
from app.page.views import draw
from app.trained.stage import open_in_stage
from app.training.saved import Trained

TEXTS = ("plain", "negated", "mixed", OWN)
PAIRS = ("praise", "blame", "like")
LETTERS = 400  # characters of a text
MOST_TOLD = 6  # words whose change is told
STRANGE = 0.5  # of the words unknown: beyond it a verdict says nothing
TURNS = 2  # of the challenge
FEW = 12  # words of a table that is shown whole


def placeholder(name: str) -> Any:
    """A part of the page for what can only be drawn once the model is known."""
    return st.container(key=f"part-{name}")


def tell_story(page: Page) -> None:
    story(page, "ending", (choice("text", TEXTS),))


# ---- a text ----------------------------------------------------------------------------------------------------------


def ask(page: Page, trained: Trained[SourceFacts]) -> tuple[Reading | None, bool]:
    """The text a reader chose or typed as the networks read it, None after a message; and whether it was typed."""
    choice = page.choose("text", TEXTS)
    typed = page.label(f"example.{choice}")
    if choice == OWN:
        typed = st.text_input(page.label("typed"), max_chars=LETTERS, **page.bound(Typed("typed", typed)))
    try:
        return read(trained, typed[:LETTERS]), choice == OWN
    except RefusedError as refused:
        st.warning(page.message_text(refused.message))
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
    told_words(page, reading)
    lines = lines_of(page, reading)
    if page.painted:
        draw(lines, "running", words["alt"])
    else:
        st.container(key="running-place", height=lines.layout.height, border=False)


def told_words(page: Page, reading: Reading) -> None:
    """What was made of the words, and which of them say nothing to the networks."""
    changed = [token for token in reading.text.tokens if token.words != (lower(token.typed),)]
    if reading.text.unmarked:
        page.text("verdict.unmarked")
    elif changed:
        page.text("verdict.changed", count=f"{len(changed)}")
    if changed:
        more = ["…"] if len(changed) > MOST_TOLD else []
        st.text(" · ".join([*(change_of(page, token) for token in changed[:MOST_TOLD]), *more]))  # a reader's words
    if reading.unknown:
        page.text("verdict.strangers", count=f"{len(reading.unknown)}")
    words = [not is_mark(word[0]) for word in reading.words]
    if sum(words[at] for at in reading.unknown) > STRANGE * sum(words):
        st.warning(page.label("verdict.strange"))


def change_of(page: Page, token: Token) -> str:
    return f"{token.typed} → {' '.join(token.words)} ({why(page, token)})"


def why(page: Page, token: Token) -> str:
    """Why a token's words are others than those typed."""
    return ", ".join(page.label(f"why.{reason}") for reason in dict.fromkeys(token.reasons))


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
    typed = [(token, at == 0) for token in reading.text.tokens for at in range(len(token.words))]
    columns: dict[str, Any] = {
        page.label("table.typed"): [token.typed if first else "" for token, first in typed],
        page.label("table.word"): reading.words,
        page.label("table.why"): [why(page, token) if first else "" for token, first in typed],
        page.label("table.index"): reading.indices,
        page.label("table.known"): [known[index] for index in reading.indices],
    }
    names = [f"x{d + 1}" for d in range(vectors.shape[1])]
    columns |= dict(zip(names, vectors.T, strict=True))
    look = dict.fromkeys(names, st.column_config.NumberColumn(format="%.3f"))
    tall = len(reading.words) > FEW
    st.dataframe(pd.DataFrame(columns), hide_index=True, height=420 if tall else "content", column_config=look)
    page.text("table.notice", words=f"{len(known)}", numbers=f"{vectors.shape[1]}")


def inside(page: Page, reading: Reading) -> None:
    """The gates of one network over the words."""
    kind = page.choose("gates", list(GATES), group="run", default="lstm")
    names, words = labels(page.language, "stage"), page.labels("gate")
    with page.part("figures-gates"):
        for name, values in reading.by[kind].gates().items():
            with page.part(f"figure-gate-{name}"):
                st.markdown(f"### {names[f'value.{name}.name']}")
                draw(gates_figure(reading.words, values, words, page.dark), f"gate-{kind}-{name}", words["alt"])
    page.text(f"gate.notice.{kind}")


def pair(page: Page, trained: Trained[SourceFacts]) -> None:
    """One word in two sentences: in one by itself, in the other with a word before it that turns it."""
    choice = page.choose("pair", PAIRS)
    moved = {}
    with page.part("figures-pair"):
        for name in ("bare", "turned"):
            typed = page.label(f"couple.{choice}.{name}")
            before, word = typed.split("*")[:2]
            reading, at = read(trained, typed.replace("*", "")), len(words_of(trained, before))
            moved[name] = {kind: signed(change(one.verdicts, at)) for kind, one in reading.by.items()}
            with page.part(f"figure-{name}"):
                st.markdown(f"### {typed.replace('*', '')}")
                draw(lines_of(page, reading), f"pair-{name}", page.label("verdict.alt"))
                page.text("pair.moved", word=word, **moved[name])


def words_of(trained: Trained[SourceFacts], typed: str) -> Sequence[str]:
    return text_to_read(typed, trained.facts.measured.language).words


def change(verdicts: np.ndarray, at: int) -> float:
    """How far the word at a place moves the verdict."""
    return float(verdicts[at] - verdicts[at - 1])


def signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value, 2)


# ---- questions -------------------------------------------------------------------------------------------------------


def predict(page: Page, trained: Trained[SourceFacts]) -> None:
    """What is the LSTM’s verdict on a sentence that is not shown above?"""
    sentence = page.label("ending.sentence")
    reading = read(trained, sentence)
    verdicts = {kind: number(one.last) for kind, one in reading.by.items()}
    answer = "positive" if reading.by["lstm"].last > 0.5 else "negative"
    page.predict("ending", ["positive", "negative"], answer, sentence=sentence, **verdicts)


def challenge(page: Page, reading: Reading | None, own: bool) -> None:
    """A review of the reader's own whose verdict turns twice."""
    turns = reading.by["lstm"].turns if reading else 0
    state = "elsewhere" if not own or not reading else "solved" if turns >= TURNS else "open"
    page.challenge(state, turns=f"{turns}")


def on_stage(page: Page, trained: Trained[SourceFacts]) -> None:
    """The trained cells on the stage, reading reviews from the test."""
    known, kinds = vocabulary(trained), sorted(trained.runs, key=list(GATES).index, reverse=True)
    words = {review.text: words_of(trained, review.text) for review in trained.facts.measured.test}
    samples = {text: known.indices(read) for text, read in words.items()}
    open_in_stage(page, {kind: trained.runs[kind] for kind in kinds}, samples, words)
