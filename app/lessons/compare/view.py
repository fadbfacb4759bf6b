"""What the lesson `compare` asks and shows below its stage."""

import streamlit as st

from app.controls.kinds import KINDS
from app.controls.settings import Setting
from app.formatting import number
from app.lessons.compare.model import PATTERN, Figures, count, figures, goal
from app.page.page import Page
from app.page.views import table
from cells import GRU, LSTM

UNITS, MATCH = Setting("units", 1, 128, 16), Setting("match", 1, 64, PATTERN)
ROWS = ("parameters", "memory", "microseconds", "reach")


@st.cache_data(max_entries=64, show_spinner=False)
def measured(units: int) -> dict[str, Figures]:
    return {name: figures(name, units) for name in KINDS}


def costs(page: Page, units: int) -> None:
    """The three cells' figures, a row for each, with what it means for a choice."""
    found = measured(units)
    head = ["", *(page.label(f"series.{name}") for name in KINDS), page.label("row.so")]
    rows = []
    for row in ROWS:
        digits = 1 if row == "microseconds" else 0
        numbers = [number(getattr(found[name], row), digits) for name in KINDS]
        rows.append([page.label(f"row.{row}"), *numbers, page.label(f"so.{row}")])
    table(head, rows, words=(0, len(head) - 1))


def challenge(page: Page) -> None:
    """A GRU as large as an LSTM's parameters allow."""
    units = page.number(MATCH, page.label("match.label"))
    counts = {"units": units, "gru": count(GRU, units), "lstm": count(LSTM, PATTERN)}
    page.challenge(goal(units), "match", **{name: f"{value}" for name, value in counts.items()})


def units_of(page: Page) -> int:
    """The number of units a reader asks the table for."""
    return page.slider(UNITS, page.label("row.units"), ("follow",))
