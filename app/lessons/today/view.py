"""What the lesson `today` shows below its stage."""

import streamlit as st

from app.controls.one_unit import OneUnit
from app.formatting import number
from app.lessons.today.model import LSTM_WEIGHTS, Later
from app.lessons.today.tasks import LONG, rounds
from app.page.page import Page
from app.trained.recalled import recalled
from cells import LSTM
from cells.scan import rounds_of

ROUNDS = "rounds"  # the prediction, and what a guess has drawn again


def equations(page: Page, chosen: Later) -> None:
    """What a cell computes, and beside it what the LSTM does."""
    page.say("equations")
    with page.part("beside-equations"):
        with page.part("equations"):
            page.equations(OneUnit(chosen.kind).cell(chosen.weights))
        with page.part("equations-lstm"):
            page.equations(OneUnit(LSTM).cell(LSTM_WEIGHTS))


def all_at_once(page: Page, name: str) -> None:
    """How many rounds a scan takes: first the question, and once it is answered the scan itself."""
    page.say("at_once")
    values = {"rounds": f"{rounds_of(LONG)}", "reached": number(2 ** rounds_of(LONG), 0), "loop": f"{LONG}"}
    page.predict(ROUNDS, rounds(), values["rounds"], parts=(ROUNDS,), long=f"{LONG}", **values)
    if not page.guessed(ROUNDS):
        page.cover("scan")


def trained(page: Page) -> None:
    """What these cells learn of the lesson `recall`, folded."""
    with st.expander(page.label("recalled.title")):
        recalled(page)
