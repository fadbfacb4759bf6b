"""In the strip above an open model: how near its numbers are to those of the program that made it."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import Future

import numpy as np
import streamlit as st

from app.formatting import scientific
from app.lessons.model.held import Held, key_of
from app.lessons.model.proof import measured
from app.lessons.model.proof.measured import Measured
from app.lessons.model.proof.program import program
from app.lessons.model.reading.starts import states_of
from app.lessons.model.reference import reference_of
from app.lessons.model.shown import Shown
from app.models import Answers, Found
from app.page.page import Page
from app.page.waiting import arrived, wait

SOON = 0.1  # seconds that an answer is waited for


def proof(page: Page, held: Held, shown: Shown) -> None:
    """What was measured; of what was not, only how it can be."""
    assert held.file is not None
    layer = shown.layer
    kept = reference_of(held.file, layer.found)
    said = held.answer(
        ("kept", layer.index, *sorted(layer.answers.items())),
        lambda: measured.beside(layer.found, shown.trace.stack, layer.answers, kept) if kept else None,
    )
    if said:
        told(page, layer.found, said, "proof.file")
    if theirs := measured.program_of(layer.found):
        ask(page, held, shown, theirs)
    elif not said:
        unmeasured(page, held, shown)


def told(page: Page, found: Found, said: Measured, key: str, **values: str) -> None:
    """A measured difference; where it is large, which other answer it would be small with."""
    words = {"difference": scientific(said.difference), "steps": f"{said.steps}", **values}
    page.text(f"{key}.equal" if said.near else f"{key}.differs", **words)
    if said.better is not None:
        options = page.labels("option")
        answers = ", ".join(options.get(f"{name}.{each}", each) for name, each in changed(found, said.better))
        page.text("proof.better", answers=answers, difference=scientific(said.then))


def changed(found: Found, better: Answers) -> list[tuple[str, str]]:
    """What a reader would have to answer, question by question."""
    return [(question.name, better[question.name]) for question in found.questions]


def ask(page: Page, held: Held, shown: Shown, theirs: str) -> None:
    """What the maker's program computes of this input, once it has answered."""
    layer, x = shown.layer, shown.reading.x
    start = states_of(shown.reading.start, layer.found, shown.trace.stack)
    key = theirs, key_of(layer.index, layer.answers, x, start)
    make: Callable[[], Future[np.ndarray]] = lambda: measured.asked(layer.found, layer.answers, x, start)  # noqa: E731
    answer = held.answer(key, make)
    arrived(answer, SOON)

    @st.fragment(key="proof")
    def line() -> None:
        if not arrived(answer):
            page.text("proof.asking", program=theirs)
            wait(answer, "proof")
            return
        compared = None if answer.exception() else measured.measured(shown.trace, answer.result())
        if compared:
            told(page, layer.found, compared, "proof.program", program=theirs)
        else:
            page.text("proof.silent", program=theirs)

    line()


def unmeasured(page: Page, held: Held, shown: Shown) -> None:
    """That nothing was measured, and a program that would."""
    assert held.file is not None
    page.text("proof.none")
    found = program(held.file.format, held.file.name, shown.layer.found, shown.trace.output)
    if found:
        theirs, text = found
        with st.popover(page.label("proof.compare", program=theirs)):
            st.code(text, language="python")
            file = io.BytesIO()
            np.save(file, shown.reading.x)
            st.download_button(page.label("proof.input"), file.getvalue(), "x.npy", key="model-x", on_click="ignore")
