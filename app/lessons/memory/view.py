"""What the lesson `memory` asks and shows: the text to read, its words coloured, one training step."""

import streamlit as st

from app.components.sentence import sentence
from app.components.sentence.data import Row, Scale
from app.controls.settings import Setting, Typed
from app.formatting import number, scientific
from app.lessons.memory.model import CLEAR, DECADES, FAINT, LONGEST, Reading, Text, read, stretched, text_of
from app.messages import RefusedError
from app.page.page import Page
from app.page.redraw import redraw
from app.page.settings import sliders_last
from app.page.views import table

TEXTS = ("short", "long", "review", "own")
GAP = Setting("gap", 0, 100, 0)  # words of filler
LETTERS = 8 * LONGEST  # of a typed text


def board(page: Page) -> Reading | None:
    """The text a reader chose or typed, and how it is read; None after a message when it cannot be."""
    words = page.labels("reading")
    choice = page.choose("text", TEXTS)
    if choice == "own":
        typed = st.text_area(words["typed"], max_chars=LETTERS, **page.bound(Typed("typed", words["example"])))
        before, after = parted(typed[:LETTERS])
    else:
        before, _, after = words[f"{choice}.text"].partition("{gap}")

    @st.fragment(key="reading")
    @sliders_last()
    def draw() -> Reading | None:
        text = lengthened(page, before, after, fixed=choice == "review")
        reading = read(text) if text else None
        if reading:
            show(page, reading)
        return reading

    return draw()


def lengthened(page: Page, before: str, after: str, fixed: bool) -> Text | None:
    """A text with as many words of filler as a reader chose, unless it is fixed."""
    words = page.labels("reading")
    filled = not fixed and bool(before.strip())
    gap = page.slider(GAP, words["gap"], disabled=not filled)
    try:
        return text_of(stretched(before, after, words["filler"].split(), gap if filled else 0))
    except RefusedError as refused:
        st.warning(page.told(refused.message))
        return None


def parted(typed: str) -> tuple[str, str]:
    """A typed text up to its cue, marked by stars or else its first word, and the rest."""
    end = typed.rfind("*") + 1 or len(typed.split(maxsplit=1)[0]) if typed.strip() else 0
    return typed[:end], typed[end:]


def show(page: Page, reading: Reading) -> None:
    """The text once for each cell, coloured by how much every word still moves its last state."""
    strengths, words = reading.strengths(), page.labels("reading")
    rows: list[Row] = [
        {
            "name": words[f"cell.{cell}"],
            "note": page.label("reading.cue", word=reading.text.words[reading.text.cue], number=scientific(value)),
            "strengths": strengths[cell].tolist(),
            "numbers": [scientific(v) for v in reading.influences[cell].tolist()],
        }
        for cell, value in reading.cue.items()
    ]
    scale: Scale = {
        "title": words["scale"],
        "low": scientific(reading.top * 10.0**-DECADES),
        "high": scientific(reading.top),
        "word": words["word"],
    }
    sentence(reading.text.words, rows, scale, key="sentence", marked=reading.text.cue)


def training(page: Page, reading: Reading) -> None:
    """What one training step would change, for the gradient of the cue, in one weight of each cell.

    The verdict is that of the challenge, by what is left of the cue, not by the digits that are printed.
    """
    page.tell("step.limits", faint=scientific(FAINT), clear=scientific(CLEAR))
    head = [page.label(f"step.{name}") for name in ("cell", "weight", "gradient", "new", "change")]
    rows = []
    for cell, step in reading.steps.items():
        verdict = page.label(f"step.learned.{reading.verdicts[cell]}", change=scientific(step.change))
        numbers = [number(step.weight, 6), scientific(step.gradient), number(step.new, 6)]
        rows.append([page.label(f"reading.cell.{cell}"), *numbers, verdict])
    table(head, rows, words=range(len(head)))


def challenge(page: Page, reading: Reading) -> None:
    """Whether the gap is long enough for the RNN to have forgotten the cue, and the LSTM not."""
    rnn, lstm = (reading.verdicts[cell] for cell in ("rnn", "lstm"))
    state = "near" if rnn != "lost" else "solved" if lstm == "clear" else "far"
    page.challenge(state, "reading.goal", **{name: scientific(value) for name, value in reading.cue.items()})


def keep(page: Page) -> None:
    """Which words of a review a reader would keep."""
    words = page.labels("reading")["review.text"].split()
    options = [f"{k + 1} {word}" for k, word in enumerate(words)]
    kept = st.pills(page.label("reading.keep"), options, selection_mode="multi", key="keep",
                    format_func=lambda option: option.split(" ", 1)[1], on_change=redraw)  # fmt: skip
    if kept:
        st.markdown(page.label("reading.kept", count=f"{len(kept)}", total=f"{len(words)}"))
