"""What the lesson `today` shows below its stage."""

import streamlit as st

from app.formatting import number
from app.lessons.today.model import LSTM_WEIGHTS, THE_LSTM, Later
from app.lessons.today.scan.view import scanned
from app.lessons.today.tasks import LONG, rounds
from app.page.page import Page
from app.trained.recalled import recalled
from cells.scan import rounds_of

ROUNDS = "rounds"  # the prediction, and the fragment that a guess has drawn again


def kept(page: Page, name: str) -> None:
    """What a cell keeps of the LSTM's idea."""
    with page.part("card-kept"):
        page.text(f"about.{name}")


def equations(page: Page, chosen: Later) -> None:
    """What a cell computes, and beside it what the LSTM does."""
    with page.part("card-equations"):
        page.say("equations")
        with page.part("beside-equations"):
            for key, cell in ((chosen.key, chosen.unit.cell(chosen.weights)), ("lstm", THE_LSTM.cell(LSTM_WEIGHTS))):
                with page.part(f"equations-{key}"):
                    page.write(f"**{page.label(f'series.{key}')}**")
                    page.equations(cell)


def all_at_once(page: Page, name: str) -> None:
    """How many rounds a scan takes: first the question, and once it is answered the scan itself."""
    with page.part("card-scan"):
        page.say("at_once")
        values = {"rounds": f"{rounds_of(LONG)}", "reached": number(2 ** rounds_of(LONG), 0), "loop": f"{LONG}"}
        page.predict(ROUNDS, rounds(), values["rounds"], parts=(ROUNDS,), **values)
        if page.guessed(ROUNDS):
            scanned(page, name)
        else:
            page.cover("scan")


def trained(page: Page) -> None:
    """What these cells learn of the lesson `recall`, folded."""
    with st.expander(page.label("trained.title")):
        recalled(page)
