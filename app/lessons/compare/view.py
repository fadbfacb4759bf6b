"""What the lesson `compare` asks and shows below its stage."""

from collections.abc import Sequence
from statistics import median

from app.controls.examples import FORGET_BIAS
from app.controls.kinds import KINDS
from app.controls.settings import Setting
from app.formatting import number, spread
from app.lessons.compare.model import DRAWS, PATTERN, RUNS, STEPS, TIMED, count, figures, goal, microseconds
from app.page.page import Page
from app.page.views import table
from app.timing import machine
from cells import GRU, LSTM

UNITS, MATCH = Setting("units", 1, 32, 16), Setting("match", 1, 64, PATTERN)


def costs(page: Page) -> None:
    """The three cells' figures, a row for each, with what it means for a choice."""
    values = {"bias": f"{FORGET_BIAS:g}", "steps": f"{STEPS}", "draws": f"{len(DRAWS)}", "runs": f"{RUNS}"}
    page.say("scales", timed=f"{TIMED}", machine=machine(), **values)
    units = page.slider(UNITS, page.label("row.units"), ("follow",))
    found, times = {name: figures(name, units) for name in KINDS}, microseconds(units)
    rows = {
        "parameters": [number(each.parameters, 0) for each in found.values()],
        "memory": [number(each.memory, 0) for each in found.values()],
        "microseconds": [spread(times[name], 1) for name in KINDS],
        "reach": [ranged(each.reach) for each in found.values()],
        "reach_open": [ranged(each.reach_open) for each in found.values()],
    }
    head = ["", *(page.label(f"series.{name}") for name in KINDS), page.label("row.so")]
    lines = [[page.label(f"row.{row}", **values), *texts, page.label(f"so.{row}")] for row, texts in rows.items()]
    table(head, lines, words=(0, len(head) - 1))


def ranged(steps: Sequence[int]) -> str:
    """The median of some numbers of steps, and the smallest and largest where they differ: 27 (26–31)."""
    low, high = min(steps), max(steps)
    return f"{median(steps):g}" + (f" ({low}–{high})" if low < high else "")


def challenge(page: Page) -> None:
    """A GRU as large as an LSTM's parameters allow."""
    units = page.number(MATCH, page.label("match.label"))
    counts = {"units": units, "gru": count(GRU, units), "lstm": count(LSTM, PATTERN)}
    page.challenge(goal(units), "match", **{name: f"{value}" for name, value in counts.items()})
