"""What the lesson `writing` asks, and how good its networks are."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.picture import picture
from app.formatting import number
from app.lessons.writing.corpus import SOURCES, seen
from app.lessons.writing.model import Writer, measured, odds, shipped
from app.lessons.writing.pictures import bits_curve
from app.lessons.writing.records import Measured
from app.lessons.writing.view import BEGIN, MOST, SOURCE, asked_for
from app.page.page import Page
from app.page.views import table
from cells import run

LEARNED = ("rnn", "lstm", "gru")  # kinds, in the order in which they are told
SURE = 0.95  # of the letter to come: the challenge


def bits_of(page: Page) -> dict[str, float]:
    """Bits per letter on what is held back: of the best counting, and of each network."""
    facts = of_course(page)
    return {"ngram": facts.best, **{kind: facts.bits[kind] for kind in LEARNED}}


def of_course(page: Page) -> Measured:
    """What was measured on the text of the course that is shown, or on its first beside a reader's own."""
    source = page.shown(SOURCE)
    return measured(shipped(source if source in SOURCES else SOURCES[0]))


def predict(page: Page) -> None:
    """Who needs the fewest bits per letter?"""

    @st.fragment(key="best")
    def fragment() -> None:
        bits = bits_of(page)
        told = {name: number(value, 2) for name, value in bits.items()}
        page.predict("best", list(bits), min(bits, key=bits.__getitem__), parts=("measured", "best"), **told)

    fragment()


def how_good(page: Page) -> None:
    """The bits per letter of counting and of the networks; covered until the reader has guessed."""

    @st.fragment(key="measured")
    def fragment() -> None:
        if not page.guessed("best"):
            page.cover("bits")
            return
        facts = of_course(page)
        names = page.labels("kind")
        learned = {kind: facts.bits[kind] for kind in LEARNED}
        picture(bits_curve(facts.ngrams, learned, names | page.labels("bits.picture")), "bits")
        rows = [
            [page.label("bits.ngram", n=f"{n}") if n else page.label("bits.none"), number(bits, 3)]
            for n, bits in enumerate(facts.ngrams)
        ]
        rows += [[f"**{names[kind]}**", f"**{number(bits, 3)}**"] for kind, bits in learned.items()]
        with st.expander(page.label("bits.fold")):
            table(page.label("bits.head").split("|"), rows)
        page.text("bits.notice", learned=f"{facts.learned}", held=f"{facts.held}")

    fragment()


def challenge(page: Page) -> None:
    """A beginning of the reader's own after which the next letter is nearly certain."""

    @st.fragment(key="goal")
    def fragment() -> None:
        network, begin = asked_for(page).writer, page.shown(BEGIN)
        if not begin:
            page.challenge("elsewhere")
            return
        likely = after(network, begin[:MOST])
        best = int(likely.argmax())
        state = "solved" if likely[best] >= SURE else "open"
        page.challenge(state, odd=number(100 * float(likely[best]), 1), letter=visible(network.letters[best]))

    fragment()


def after(network: Writer, text: str) -> np.ndarray:
    """The odds of the letter after a text, (letters,)."""
    x = network.one_hot(network.indices(seen(text)))
    return odds(network.scores(run(network.cell, x)["h"][-1]))


def visible(letter: str) -> str:
    return {" ": "␣", "\n": "↵"}.get(letter, letter)
