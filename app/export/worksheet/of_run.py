"""The worksheet of a run: its weights and its first days, to be worked by hand."""

from __future__ import annotations

from decimal import Decimal

from app.controls.examples import COMPANIES
from app.export.sequence import Sequence
from app.export.worksheet.cells import CELLS, name_of
from app.export.worksheet.document import Sheet, html
from app.export.worksheet.exercise import MOST_STEPS, Exercise, cell_of, short
from app.messages import Message, RefusedError
from cells import Trace


def refused(trace: Trace) -> Message | None:
    """Why there is no worksheet of a run, if there is none."""
    plain = set(trace.cell.sizes.values()) == {1} and not trace.reverse
    return None if plain and name_of(trace.cell) else Message("refused.worksheet")


def exercise(shown: Sequence) -> Exercise:
    """The first days of a run; of a company's days whole, how far the answer is from where it should be."""
    name, trace = name_of(shown.cell), shown.trace
    if name is None or refused(trace):
        raise RefusedError("refused.worksheet")
    days = tuple(shown.x.ravel().tolist())
    company = next((key for key, each in COMPANIES.items() if each == days), "")
    target = Decimal(repr(shown.target)) if company and shown.target is not None else None
    weights = {key: value.item() for key, value in shown.cell.parameters.items()}
    return Exercise(
        cell_of(CELLS[name], weights), short(days[:MOST_STEPS]), company=company, target=target,
        left_out=len(days) > MOST_STEPS,
    )  # fmt: skip


def worksheet(shown: Sequence, language: str) -> str:
    """The document, with its key."""
    asked = exercise(shown)
    return html([Sheet(asked)], name_of(shown.cell) or "", language)
