"""A reader's file and choices → how its columns are understood, and the series in it. No streamlit, no torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from app.lessons.series.table.cutting import Cut, cut
from app.lessons.series.table.decoding import text_of
from app.lessons.series.table.evened import dated, series_of, shown
from app.lessons.series.table.layout import Body, laid_out
from app.lessons.series.table.numerals import Hints, Numbers, is_missing, numbers_of
from app.lessons.series.table.records import (
    INPUTS,
    MOST,
    PREVIEW,
    Asked,
    Choices,
    Column,
    Overview,
    Reading,
    TableError,
    listed,
)
from app.lessons.series.table.roles import Kind, groups_of, hints_of, kinds_of, rows_of, target_of, time_of
from app.lessons.series.table.times import Times, times_of, together
from app.lessons.series.table.unfolded import unfolded
from app.lessons.series.table.workbook import is_workbook, sheet_of
from app.messages import Message


def read(data: bytes, choices: Choices | None = None) -> Reading:
    """Read a table of any kind: guess what its columns are, follow a reader's choices, make an even series.

    Parameters
    ----------
    data
        The file: .csv, .txt, .tsv or .xlsx; what it is, is seen from its bytes.
    choices
        What a reader chose; all is guessed without.

    Raises
    ------
    TableError
        For any bytes of which no series can be made: what is wrong, in which line, the cell there, and what was
        understood all the same.
    """
    table = Table(choices or Choices())
    try:
        return table.read(data)
    except TableError as error:
        error.overview = table.overview()
        raise


@dataclass
class Table:
    """A file while it is read: what is known of it so far."""

    choices: Choices

    def __post_init__(self) -> None:
        self.asked = Asked(self.choices.answers)
        self.columns, self.rows = list[Column](), list[tuple[int, tuple[str, ...]]]()

    def overview(self) -> Overview:
        used = {column.place for column in self.columns if column.role not in ("unused", "group")}
        doubts = tuple(each for each in self.asked.doubts if each.column is None or each.column in used)
        return Overview(tuple(self.columns), tuple(self.rows), doubts, tuple(self.asked.notes))

    def read(self, data: bytes) -> Reading:
        if len(data) > MOST:
            raise TableError("large", size=f"{len(data) / 2**20:.1f}", most=f"{MOST // 2**20}")
        cells = cells_of(data, self.asked)
        body = laid_out(cells, self.asked)
        if cells.begins and falls(body):
            self.asked = Asked(self.choices.answers)
            body = laid_out(cells_of(data, self.asked, "first"), self.asked)
        body = unfolded(body, self.asked)
        first = [tuple(column[:PREVIEW]) for column in body.columns]
        self.rows = list(zip(body.lines[:PREVIEW], zip(*first, strict=True), strict=True))
        kinds = kinds_of(body)
        self.columns = [Column(place, body.names[place], kind.kind, "unused", Message(f"upload.why.unused.{kind.kind}"))
                        for place, kind in enumerate(kinds)]  # fmt: skip
        self.see_time(body, kinds)
        target, reason = self.chosen_target(body, kinds)
        self.mark((target,), "target", reason)
        time = self.places("time")
        beside = [k for k in self.choices.inputs or () if k < len(kinds) and k not in (target, *time)]
        self.mark(beside[:INPUTS], "input", "chosen")
        hints = hints_of(body, kinds)
        numbers = {place: self.numbers(body, place, hints) for place in (target, *self.places("input"))}
        body, numbers = self.without_total(body, numbers, target)
        times = self.times(body)
        which = self.grouped(body, kinds, times, target)
        for place in numbers:
            self.refuse_bad(body, numbers[place], place)
        lines = [body.lines[k] for k in which]
        part = replace(times, stamps=times.stamps[which], clock=times.clock[which])
        inputs = {place: numbers[place].values[which] for place in self.places("input")}
        rows = dated(part, lines, numbers[target].values[which], inputs, self.asked)
        names = {place: body.names[place] or f"{place + 1}" for place in inputs}
        if len({*names.values()}) < len(names):
            names = {place: f"{name} ({place + 1})" for place, name in names.items()}
        series = series_of(rows, names, self.choices.known, self.asked)
        return Reading(self.overview(), replace(series, name=body.names[target]))

    # ---- columns -----------------------------------------------------------------------------------------------------

    def places(self, role: str) -> tuple[int, ...]:
        return tuple(column.place for column in self.columns if column.role == role)

    def mark(self, places: Sequence[int], role: str, reason: str) -> None:
        for place in places:
            self.columns[place] = replace(self.columns[place], role=role, reason=Message(f"upload.why.{role}.{reason}"))

    def see_time(self, body: Body, kinds: Sequence[Kind]) -> None:
        """Mark the columns that say when."""
        if self.choices.time is not None:
            places, reason = tuple(k for k in self.choices.time if k < len(kinds)), "chosen"
        else:
            places, reason = time_of(body, kinds)
        self.mark(places, "time", reason)
        self.order = places

    def chosen_target(self, body: Body, kinds: Sequence[Kind]) -> tuple[int, str]:
        target = self.choices.target
        if target is not None and target < len(kinds) and target not in self.places("time"):
            return target, "chosen"
        return target_of(body, kinds, self.places("time"))

    def numbers(self, body: Body, place: int, hints: Hints) -> Numbers:
        found = numbers_of(body.columns[place], place, hints, self.asked)
        first = next((f"{number:.12g}" for number in found.values[:PREVIEW] if not math.isnan(number)), "")
        self.columns[place] = replace(self.columns[place], form=found.form, example=first)
        return found

    def refuse_bad(self, body: Body, found: Numbers, place: int) -> None:
        if found.bad >= 0:
            raise TableError("number", body.columns[place][found.bad], body.lines[found.bad], column=place + 1)

    # ---- rows --------------------------------------------------------------------------------------------------------

    def without_total(self, body: Body, numbers: dict[int, Numbers], target: int) -> tuple[Body, dict[int, Numbers]]:
        """The table without a last row that has no date and the sum of all values."""
        time, values = self.places("time"), numbers[target].values
        if not time or len(values) < 3 or not all(is_missing(body.columns[place][-1]) for place in time):
            return body, numbers
        if not math.isclose(float(np.nansum(values[:-1])), float(values[-1]), rel_tol=1e-6):
            return body, numbers
        self.asked.note("footer", lines=listed(body.lines[-1:]), text=body.columns[target][-1])
        shorter = replace(body, lines=body.lines[:-1], columns=[column[:-1] for column in body.columns])
        return shorter, {place: replace(found, values=found.values[:-1]) for place, found in numbers.items()}

    def times(self, body: Body) -> Times:
        """When each row is; counted where no column says so."""
        length = len(body.lines)
        if not self.order:
            count = np.arange(1, length + 1)
            return Times(count, "n", "none", count)
        rows = [rows_of(body, place) for place in self.order]
        found = times_of(rows[0] if len(rows) == 1 else together(rows, self.asked), self.asked)
        for place in self.order:
            self.columns[place] = replace(self.columns[place], form=found.form, example=shown(found.stamps[0]))
        return found

    def grouped(self, body: Body, kinds: Sequence[Kind], times: Times, target: int) -> np.ndarray:
        """The rows of one series, where a table has several one below the other."""
        every = np.arange(len(body.lines))
        if len(np.unique(times.stamps)) > 0.75 * len(every):
            return every
        places = groups_of(body, kinds, times.stamps, (*self.order, target, *self.places("input")))
        if not places:
            return every
        self.mark(places, "group", "group")
        labels = [" · ".join(parts) for parts in zip(*(body.columns[place] for place in places), strict=True)]
        chosen = self.asked.choose("group", list(dict.fromkeys(labels)))
        return np.flatnonzero([label == chosen for label in labels])


def falls(body: Body) -> bool:
    """Whether the latest rows stand first."""
    ends = [*range(40), *range(len(body.lines) - 40, len(body.lines))]
    columns = [[column[k] for k in ends] for column in body.columns]
    part = replace(body, lines=[body.lines[k] for k in ends], columns=columns)
    try:
        places, _ = time_of(part, kinds_of(part))
        stamps = times_of(rows_of(part, places[0]), Asked({})).stamps if places else np.zeros(1)
    except TableError:
        return False
    return bool(stamps[0] > stamps[-1])


def cells_of(data: bytes, asked: Asked, latest: Literal["last", "first"] = "last") -> Cut:
    if is_workbook(data):
        lines, rows = sheet_of(data, asked)
        return Cut(lines, rows, exact=True)
    return cut(text_of(data, asked), asked, latest)
