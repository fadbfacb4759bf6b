"""What each column is for: guesses with their reasons, or what a reader chose. No streamlit, no torch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from app.lessons.series.table.layout import Body, shape
from app.lessons.series.table.numerals import Hints, is_missing, numbers_of
from app.lessons.series.table.patterns import fits, is_clock, plain
from app.lessons.series.table.records import Asked, TableError
from app.lessons.series.table.times import Rows, numeric_forms, part_of
from app.lessons.series.table.words import INDEXES, MONTH, day_first, is_target, key, kind_of

SAMPLE = 150  # cells
FEW = 15  # different numbers: a column of so few is rather a kind of something
PARTS = ("year", "quarter", "month", "week", "yearday", "day", "hour", "minute")
MOST_GROUPS = 200  # series in a long table


@dataclass(frozen=True)
class Kind:
    """What a column's cells can be, judged by some of them."""

    kind: str  # time, number, text or empty
    sample: list[str]


def kinds_of(body: Body) -> list[Kind]:
    found = list[Kind]()
    for place, column in enumerate(body.columns):
        said = [cell for cell in column[:: max(1, len(column) // SAMPLE)] if not is_missing(cell)]
        said = said or [cell for cell in column if not is_missing(cell)][:SAMPLE]
        shapes = [shape(cell) for cell in said]
        if not said:
            kind = "empty"
        elif shapes.count("T") > 0.5 * len(said) or all(len(cell) > 14 and fits("unix", cell) for cell in said):
            kind = "time"
        elif numbers_of(said, place, Hints(), Asked({})).share > 0.5:
            kind = "number"
        else:
            kind = "text"
        found.append(Kind(kind, said))
    return found


def hints_of(body: Body, kinds: Sequence[Kind]) -> Hints:
    """What all columns together say of the decimal mark."""
    cells = [cell for kind in kinds if kind.kind == "number" for cell in kind.sample]
    comma = any(re.search(r"^[^.]*\d,(\d{1,2}|\d{4,})(?!\d)[^.,]*$|\.\d{3},\d|^\D?0,\d", cell) for cell in cells)
    point = any(re.search(r"^[^,]*\d\.(\d{1,2}|\d{4,})(?!\d)[^.,]*$|,\d{3}\.\d|^\D?0\.\d", cell) for cell in cells)
    if comma != point:
        return Hints("," if comma else ".", body.exact)
    if body.delimiter == ";":
        return Hints(",", body.exact)
    return Hints("", body.exact, grouped=foreign(body))


def foreign(body: Body) -> bool:
    return day_first(" ".join(body.names))


def rows_of(body: Body, place: int) -> Rows:
    return Rows(body.lines, body.columns[place], place, body.names[place], foreign(body))


# ---- when ------------------------------------------------------------------------------------------------------------


def time_of(body: Body, kinds: Sequence[Kind]) -> tuple[tuple[int, ...], str]:
    """The columns that say when, and why: a reason's name."""
    numeric = {place: forms for place, kind in enumerate(kinds) if kind.kind == "number"
               and (forms := numeric_forms(kind.sample[:80], body.names[place], place))}  # fmt: skip
    written = [place for place, kind in enumerate(kinds) if kind.kind == "time"]
    clocks = [place for place in written if all(is_clock(plain(cell)) for cell in kinds[place].sample[:20])]
    dates = [place for place in written if place not in clocks]
    months = [
        place for place, kind in enumerate(kinds) if kind.kind == "text" and all(key(c) in MONTH for c in kind.sample)
    ]
    named = {kind_of(body.names[place]): place for place in [*numeric, *written, *months][::-1]}
    if dates:
        best = next((place for place in dates if kind_of(body.names[place])), dates[0])
        reason = "heading" if kind_of(body.names[best]) else "written"
        return with_clock(body, kinds, best, clocks, numeric), reason
    parts = tuple(named[part] for part in PARTS if part in named)
    if "year" in named and len(parts) > 1:
        return parts, "parts"
    if parts := unnamed(body, kinds):
        return parts, "parts"
    compact = [place for place, forms in numeric.items() if forms[0] in ("compact", "unix")]
    if compact:
        best = next((place for place in compact if kind_of(body.names[place])), compact[0])
        if kind_of(body.names[best]) or numeric[best][0] == "compact" or rising(body.columns[best]):
            return with_clock(body, kinds, best, clocks, numeric), "numbers"
    if clocks:
        return (clocks[0],), "written"
    for place, forms in numeric.items():
        named_so = kind_of(body.names[place]) or (not body.names[place] and rising(body.columns[place]))
        if forms[0] != "step" and named_so:
            return (place,), "numbers"
    for place, forms in numeric.items():
        if "step" in forms and counts(body, place):
            return (place,), "counted"
    return (), "none"


def with_clock(
    body: Body, kinds: Sequence[Kind], date: int, clocks: Sequence[int], numeric: dict[int, list[str]]
) -> tuple[int, ...]:
    """A column of dates, and one of times of day beside it if the dates alone are not different."""
    cells = body.columns[date]
    if ":" in cells[0] or len(set(cells)) == len(cells):
        return (date,)
    others = [
        *clocks,
        *(place for place in numeric if kind_of(body.names[place]) in ("hour", "time") and place != date),
    ]
    for other in others:
        pairs = set(zip(cells, body.columns[other], strict=True))
        if len(pairs) > len(set(cells)) and part_of(rows_of(body, other)) in ("clock", "hour"):
            return (date, other)
    return (date,)


def rising(cells: Sequence[str]) -> bool:
    """Whether numbers go one way all along, or the first and last of them do where some repeat."""
    try:
        numbers = np.array([float(cell) for cell in cells])
    except ValueError:
        return False
    steps = np.diff(numbers)
    return len(numbers) > 1 and bool((steps > 0).all() or (steps < 0).all())


def counts(body: Body, place: int) -> bool:
    """Whether a column only numbers the rows."""
    if key(body.names[place]) not in INDEXES and kind_of(body.names[place]) != "time" and place:
        return False
    return rising(body.columns[place]) and steady(body.columns[place])


def dated(body: Body, place: int) -> bool:
    """Whether a column is the time once more, as years with decimals."""
    cells = body.columns[place]
    return all(fits("decimal", cell) for cell in cells[:50]) and rising(cells)


def unnamed(body: Body, kinds: Sequence[Kind]) -> tuple[int, ...]:
    """The first columns, without a heading, where they are year and month, or year, month and day."""
    if any(body.names):
        return ()
    for places in ((0, 1), (0, 1, 2)):
        if len(body.columns) > len(places) and all(kinds[place].kind == "number" for place in places):
            parts = [part_of(rows_of(body, place)) for place in places]
            different = len(set(zip(*(body.columns[place] for place in places), strict=True))) == len(body.lines)
            if different and parts == ["year", "month", "day"][: len(places)]:
                return places
    return ()


def steady(cells: Sequence[str]) -> bool:
    steps = np.diff([float(cell) for cell in cells])
    return bool((np.abs(steps) == np.abs(steps).min()).mean() > 0.9)


# ---- what ------------------------------------------------------------------------------------------------------------


def target_of(body: Body, kinds: Sequence[Kind], taken: Sequence[int]) -> tuple[int, str]:
    """The column that is forecast, and why.

    Raises
    ------
    TableError
        ``numbers``: no column has any.
    """
    free = [place for place, kind in enumerate(kinds) if kind.kind == "number" and place not in taken]
    good = [place for place in free if len(free) == 1 or not (counts(body, place) or dated(body, place))]
    good = [place for place in good if len(set(kinds[place].sample)) > 1] or good or free
    many = [place for place in good if len(set(kinds[place].sample)) > FEW]
    if not good:
        place = next((place for place in range(len(kinds)) if place not in taken), 0)
        raise TableError("numbers", body.columns[place][0], body.lines[0])
    if len(good) == 1:
        return good[0], "only"
    named = [place for place in good if is_target(body.names[place])]
    closing = [place for place in named if "adj" not in body.names[place].casefold()]
    return ((closing or named)[0], "heading") if named else ((many or good)[0], "first")


def groups_of(body: Body, kinds: Sequence[Kind], stamps: np.ndarray, time: Sequence[int]) -> tuple[int, ...]:
    """The fewest columns that tell apart the rows of one date, where several rows have it: of a long table."""
    dates = np.unique(stamps, return_inverse=True)[1].tolist()
    few = list[int]()
    for place, kind in enumerate(kinds):
        values = len(set(body.columns[place]))
        whole = kind.kind == "text" or not any(re.search(r"\d[.,]\d", cell) for cell in kind.sample)
        if place not in time and kind.kind != "empty" and whole and 1 < values <= MOST_GROUPS:
            few.append(place)
    few.sort(key=lambda place: (kinds[place].kind != "text", place))
    for count in (1, 2, 3):
        for places in combinations(few[:8], count):
            rows = set(zip(dates, *(body.columns[place] for place in places), strict=True))
            if (
                len(rows) == len(dates)
                and len(set(zip(*(body.columns[p] for p in places), strict=True))) <= MOST_GROUPS
            ):
                return tuple(sorted(places))
    return ()
