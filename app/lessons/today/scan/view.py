"""All timesteps of a cell at once: the rounds of a scan over the loop, or why there is none."""

import streamlit as st

from app.components.scan import scan
from app.controls.settings import Setting
from app.formatting import scientific
from app.lessons.today.scan.model import FIRST_YEAR, SCALE, SUNSPOTS, Shown, numbers, one_unit, shown, waiting
from app.lessons.today.tasks import LONG
from app.page.page import Page
from app.page.settings import sliders_last
from cells import Cell
from cells.scan import rounds_of

STEPS = Setting("timesteps", 2, len(SUNSPOTS), 8)
ABOUT = {"lru": "complex", "rwkv": "denominator", "mamba": "entry"}  # what else is to be said of a cell's state


def scanned(page: Page, name: str) -> None:
    """The rounds of the chosen cell, in a fragment of its own."""

    @st.fragment(key="scan")
    @sliders_last()
    def section() -> None:
        cell = one_unit(name)
        explained(page, name, cell)
        with st.container(width=360):
            steps = page.slider(STEPS, page.label("scan.timesteps"), ("scan",))
        x = numbers(steps)
        found = shown(cell, x)
        difference = page.label("scan.difference", difference=scientific(found.difference)) if found.rounds else ""
        words = page.labels("scan") | {"difference": difference}
        scan(x[:, 0], found.rounds, found.loop, "h" if found.states == ("h",) else "c", words, "scan")
        if found.rounds:
            work(page, found)

    section()


def explained(page: Page, name: str, cell: Cell) -> None:
    """What the picture shows, and what of the cell it leaves out."""
    named, gates = page.label(f"cell.{name}"), waiting(cell)
    told = [page.label("scan.reads", cell=named, year=f"{FIRST_YEAR}", scale=f"{SCALE}")]
    told += [page.label("scan.rows")] if not gates else []
    told += [page.label(f"scan.{ABOUT[name]}")] if name in ABOUT else []
    page.write(" ".join(told))
    if gates:
        page.text("scan.waits", cell=named, gates=", ".join(f"*{gate}*" for gate in gates))


def work(page: Page, found: Shown) -> None:
    """How much the scan did, and what it comes to for long sequences."""
    page.text("scan.work", rounds=f"{len(found.rounds) - 1}", joins=f"{found.joins}", steps=f"{len(found.loop)}")
    if page.guessed("rounds"):
        page.text("scan.general", rounds=f"{rounds_of(LONG)}", long=f"{LONG}")
