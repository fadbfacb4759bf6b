"""A reader's CSV file of dates and values → an even series, or what is wrong with it and where. No torch."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

import numpy as np
import pandas as pd

from app.formatting import NUMBER
from app.lessons.series.resampling import RESAMPLERS, even, grid_of, median_gap
from app.lessons.series.sources import Series
from app.messages import Message, RefusedError

MOST = 5 * 2**20  # bytes
LONGEST = 2000  # values that are used: the last ones
SPARSE = 50  # times as many even steps as values: more is no series
LARGEST = 1e15  # a value may be; sums of such squares are still numbers
DELIMITERS = ",;\t|"
MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "?", "."}
FORMATS = {"iso": "ISO8601", "day": "%d/%m/%Y", "month": "%m/%d/%Y", "slash": "%Y/%m/%d", "dot": "%d.%m.%Y"}
DAY = np.timedelta64(1, "D")
SEASONS = ((1 / 24, 24), (1, 7), (7, 52), (30.5, 12), (91, 4))  # days between values, and how many make a season
SHOWN = 60  # characters of a cell that a message repeats


@dataclass(frozen=True)
class Row:
    """A line of the file, by its number in it."""

    line: int
    date: str
    value: str


def read(data: bytes, way: str) -> tuple[Series, list[Message]]:
    """Read a file of dates and values; uneven dates are put on an even grid.

    Parameters
    ----------
    data
        The file: two columns, with or without a heading; , ; tab or | between them.
    way
        How uneven dates are resampled: a key of :data:`app.lessons.series.resampling.RESAMPLERS`.

    Raises
    ------
    RefusedError
        Says what is wrong, and in which line.
    """
    rows = headless(list(rows_of(text_of(data))))
    if not rows:
        raise problem("empty")
    seen, notes = filled(rows)
    if len(seen) < 2:
        raise problem("short", count=len(seen))
    values = np.array([number_of(row) for row in seen])
    dates, date_notes = dates_of(seen)
    order = np.argsort(dates, kind="stable")
    if (order != np.arange(len(order))).any():
        first = seen[int(np.flatnonzero(np.diff(dates) < np.timedelta64(0))[0]) + 1]
        notes.append(Message("upload.note.unsorted", line=first.line))
    dates, values = dates[order], values[order]
    same = np.flatnonzero(dates[1:] == dates[:-1])
    if len(same):
        one, other = sorted(seen[order[same[0] + k]].line for k in (0, 1))
        raise problem("twice", seen[order[same[0]]].date, line=other, first=one)
    made, uneven = evened(dates, values, way)
    return made, [*notes, *date_notes, *uneven]


def problem(reason: str, cell: str = "", **values: object) -> RefusedError:
    """Why a file is not accepted; `cell` is the text that was found there, as the reader wrote it."""
    return RefusedError(f"upload.problem.{reason}", cell=cell[:SHOWN], **values)


def text_of(data: bytes) -> str:
    """The file as text, without a byte-order mark."""
    if len(data) > MOST:
        raise problem("large", size=f"{len(data) / 2**20:.1f}", most=f"{MOST // 2**20}")
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise problem("encoding", line=line) from None


def delimiter_of(text: str) -> str:
    """What stands between the columns: the mark that the first line, or the second, has exactly one of."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    for line in reversed(lines):
        for mark in sorted(DELIMITERS, key=DELIMITERS.find):
            if len(next(csv.reader([line], delimiter=mark))) == 2 and not (mark == "," and ";" in line):
                return mark
    if not lines:
        raise problem("empty")
    if any(mark in lines[-1] for mark in DELIMITERS):
        mark = max(DELIMITERS, key=lines[-1].count)
        raise problem("columns", lines[-1], line=len(lines), count=len(next(csv.reader([lines[-1]], delimiter=mark))))
    raise problem("delimiter", lines[0], line=1)


def rows_of(text: str) -> Iterator[Row]:
    """Every line that says something."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        for cells in reader:
            plain = [cell.strip() for cell in cells]
            if not any(plain):
                continue
            if len(plain) != 2:
                raise problem("columns", " ".join(plain), line=reader.line_num, count=len(plain))
            yield Row(reader.line_num, *plain)
    except csv.Error:
        raise problem("quotes", line=reader.line_num) from None


def headless(rows: list[Row]) -> list[Row]:
    """The rows without a heading: a first line whose value is a word and whose date has no figure in it."""
    named = rows and not any(c.isdigit() for c in rows[0].date + rows[0].value)
    return rows[1:] if named else rows


def filled(rows: Sequence[Row]) -> tuple[list[Row], list[Message]]:
    """The rows that have a value, and a note about those that have none."""
    gone = [row.line for row in rows if row.value.casefold() in MISSING]
    kept = [row for row in rows if row.value.casefold() not in MISSING]
    lines = ", ".join(f"{line}" for line in gone[:8]) + (" …" if len(gone) > 8 else "")
    return kept, [Message("upload.note.missing", count=len(gone), lines=lines)] if gone else []


def number_of(row: Row) -> float:
    plain = row.value.replace("\N{MINUS SIGN}", "-")
    if "." not in plain and plain.count(",") == 1:
        plain = plain.replace(",", ".")  # a decimal comma
    value = float(plain) if NUMBER.fullmatch(plain) else math.nan
    if not abs(value) <= LARGEST:
        raise problem("number", row.value, line=row.line)
    return value


def dates_of(rows: Sequence[Row]) -> tuple[np.ndarray, list[Message]]:
    """The dates, in whichever way of writing them all are readable."""
    texts = pd.Series([row.date for row in rows])
    best: tuple[int, str, pd.Series] | None = None
    for name, form in FORMATS.items():
        found = pd.to_datetime(texts, format=form, errors="coerce", utc=True)
        good = int(found.notna().sum())
        if best is None or good > best[0]:
            best = (good, name, found)
    assert best is not None  # there are formats
    good, name, found = best
    if good < len(rows):
        row = rows[int(found.isna().to_numpy().argmax())]
        raise problem("date", row.date, line=row.line)
    dates = found.dt.tz_localize(None).to_numpy("datetime64[s]")
    return dates, [Message(f"upload.note.read_{name}")] if name in ("day", "month") else []


def evened(dates: np.ndarray, values: np.ndarray, way: str) -> tuple[Series, list[Message]]:
    """An even series of at most LONGEST values, the last ones."""
    notes, days = [], (dates - dates[0]) / DAY
    monthly = bool((day_of_month(dates) == day_of_month(dates[:1])).all())
    times = (dates.astype("datetime64[M]") - dates[0].astype("datetime64[M]")).astype(float) if monthly else days
    season = season_of(median_gap(days))
    if not even(times):
        step = median_gap(times)
        if times[-1] / step > SPARSE * len(times):
            raise problem("sparse", count=len(times), steps=f"{times[-1] / step:.0f}")
        grid = grid_of(times, step)
        notes.append(Message("upload.note.uneven", count=len(values), steps=len(grid)))
        values, dates = RESAMPLERS[way](times, values, grid), placed(dates[0], grid, monthly)
    if len(values) > LONGEST:
        notes.append(Message("upload.note.long", count=len(values), most=LONGEST))
        values, dates = values[-LONGEST:], dates[-LONGEST:]
    whole = dates.astype("datetime64[D]")
    return Series(whole if (dates == whole).all() else dates, values, season), notes


def day_of_month(dates: np.ndarray) -> np.ndarray:
    """The time since each month began."""
    return dates - dates.astype("datetime64[M]")


def placed(first: np.datetime64, grid: np.ndarray, monthly: bool) -> np.ndarray:
    """The dates of a grid of days, or of months, after the first."""
    if not monthly:
        return first + (grid * 86400).round().astype("timedelta64[s]")
    month = first.astype("datetime64[M]")
    return (month + grid.round().astype("timedelta64[M]")).astype("datetime64[s]") + (first - month)


def season_of(days: float) -> int:
    """How many values make a season, judged by the days between two of them; 1 where one cannot tell."""
    return next((count for typical, count in SEASONS if abs(days - typical) <= 0.1 * typical), 1)
