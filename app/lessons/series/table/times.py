"""One column of times, or several that say when together: how they are written, decided from all their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.lessons.series.table.calendars import evenness
from app.lessons.series.table.numerals import is_missing
from app.lessons.series.table.patterns import (
    NUMERIC,
    PATTERNS,
    fits,
    halves,
    impossible,
    is_clock,
    parts_of,
    plain,
    range_of,
    triple,
)
from app.lessons.series.table.records import Asked, TableError
from app.lessons.series.table.stamps import clock_of, days_of, offsets_of, stamps_of, unix, years
from app.lessons.series.table.words import kind_of

SURE = 30  # two figures below are of this century
SAMPLE = 80  # cells by which the way of writing is found
ORDERS = {"day": "abc", "month": "bac", "year": "cba"}  # which of three numbers is the day, the month, the year


@dataclass(frozen=True, eq=False)
class Times:
    """When each row is: datetime64[us], or whole numbers where `unit` is n; `form` is the way of writing.

    `clock` is the same on a clock that is never put forward or back, where zones say so.
    """

    stamps: np.ndarray
    unit: str
    form: str
    clock: np.ndarray


@dataclass(frozen=True)
class Rows:
    """Cells with the numbers of their lines, and where they stand."""

    lines: Sequence[int]
    cells: Sequence[str]
    place: int
    name: str = ""
    foreign: bool = False  # the file's language writes the day first

    def refused(self, at: int, reason: str = "date") -> TableError:
        return TableError(reason, self.cells[at], self.lines[at])


def times_of(rows: Rows, asked: Asked) -> Times:
    """The times of a column.

    Raises
    ------
    TableError
        ``date``: a cell is not written as most are, or there is no such day.
    """
    cells = [plain(cell) for cell in rows.cells]
    empty = next((k for k, cell in enumerate(cells) if is_missing(cell)), -1)
    if empty >= 0:
        raise rows.refused(empty)
    form = form_of(cells, rows, asked)
    if form == "range":
        side = ("start", "end").index(asked.choose("range", ["start", "end"], rows.place))
        cells = [halves(cell)[side] for cell in cells]
        form = form_of(cells, rows, asked)
    parts, bad = parts_of(form, cells)
    if bad < 0:
        wrong = np.flatnonzero(impossible(form, parts))
        bad = int(wrong[0]) if len(wrong) else -1
    if bad >= 0:
        raise rows.refused(bad)
    if form == "step":
        numbers = np.array([int(cell.partition(".")[0]) for cell in cells])
        return Times(numbers, "n", form, numbers)
    length = len(cells)
    century = century_of(parts["Y"], rows.place, asked) if "Y" in parts else "posix"
    system = asked.choose("excel", ["excel1900", "excel1904"], rows.place) if form == "serial" else ""
    if form == "xyz":
        stamps, unit = ordered(parts, rows, asked)
    else:
        stamps, unit = stamps_of(form, parts, length, century, system)
    if np.isnat(stamps).any():
        raise rows.refused(int(np.isnat(stamps).argmax()))
    if (
        "i" in parts and (np.diff(stamps.astype("datetime64[M]").astype(int)) == 1).mean() < 0.5
    ):  # a day and a month, it seems, of a year that is not told
        raise rows.refused(0)
    return zoned(stamps, parts, unit, form, rows.place, asked)


def form_of(cells: Sequence[str], rows: Rows, asked: Asked) -> str:
    """The name of the pattern that most cells fit."""
    unique = list(dict.fromkeys(cells))
    sample = unique[:: max(1, len(unique) // SAMPLE)]
    numeric = numeric_forms(sample, rows.name, rows.place)
    if numeric:
        return asked.choose("form", numeric, rows.place)
    counts = {name: sum(fits(name, cell) for cell in sample) for name in PATTERNS if name not in NUMERIC}
    counts["range"] = sum(range_of(cell) is not None for cell in sample)
    best = max(counts, key=lambda name: counts[name])
    if 2 * counts[best] <= len(sample):
        at = next((k for k, cell in enumerate(cells) if not counts[best] or not fits_any(best, cell)), 0)
        raise rows.refused(at)
    if best in ("index", "indexname", "tmy") and counts[best] == len(sample):
        return best
    return best


def fits_any(name: str, cell: str) -> bool:
    return range_of(cell) is not None if name == "range" else fits(name, cell)


def numeric_forms(sample: Sequence[str], name: str, place: int) -> list[str]:
    """The ways in which numbers can be times, the likeliest first."""
    good = [form for form in NUMERIC if all(fits(form, cell) for cell in sample)]
    if not good:
        return []
    kind = kind_of(name)
    if "unix" in good and not 0 < int(unix(sample[:1]).astype(np.int64)[0]) < 4_200_000_000_000_000:
        good.remove("unix")
    if "serial" in good and kind in ("", "year") and place:
        good.remove("serial")
    if (
        "year" in good
        and kind not in ("year", "date", "time")
        and (place or "step" not in good or not steady(sample, 1800))
    ):
        good = [form for form in good if form != "year"] + ["year"]
    if sure := {"compact", "unix", "month6", "ydotm"} & {*good}:
        good = [form for form in good if form in sure or form in ("year", "serial")]
    for likelier, other in (("compact", "unix"), ("year", "decimal")):
        if likelier in good and other in good:
            good.remove(other)
    if "step" in good and kind in ("date", "time", "year", "month") and good != ["step"]:
        good.remove("step")
    if "decimal" in good and kind not in ("year", "date", "time") and place:
        good.remove("decimal")
    return good


def steady(sample: Sequence[str], least: int) -> bool:
    numbers = [int(float(cell)) for cell in sample]
    return min(numbers) >= least


def ordered(parts: dict[str, list[str]], rows: Rows, asked: Asked) -> tuple[np.ndarray, str]:
    """Three numbers as a date: the order that all cells allow; of several, the one in which dates are even."""
    triples = list(zip(parts["a"], parts["b"], parts["c"], strict=True))
    allowed = {each: triple(*each) for each in set(triples)}
    counts = {name: sum(allowed[each][k] for each in triples) for k, name in enumerate(ORDERS)}
    possible = [name for name, count in counts.items() if count == len(triples)]
    if not possible:
        best = max(counts, key=lambda name: counts[name])
        k = [*ORDERS].index(best)
        raise rows.refused(next(at for at, each in enumerate(triples) if not allowed[each][k]))
    dots = parts["s"][0] == "."

    clock = clock_of(parts, len(triples))

    def stamps(name: str, century: str) -> np.ndarray:
        day, month, year = (parts[part] for part in ORDERS[name])
        return days_of(years(year, century), np.array(month, np.int64), np.array(day, np.int64)) + clock

    found = {name: stamps(name, "posix") for name in possible}
    whole = [name for name in possible if not np.isnat(found[name]).any()]
    if not whole:
        raise rows.refused(int(np.isnat(found[possible[0]]).argmax()))
    even = {name: evenness(found[name]) for name in whole}

    def likelihood(name: str) -> tuple[float, bool, bool]:
        first = "day" if dots or rows.foreign or parts["s"][0] == "-" else "month"
        return even[name] if even[name] in (0, 1) else min(even[name], 0.9), name == first, name == "day"

    best = max(whole, key=likelihood)
    likely = [name for name in whole if name in ("day", "month", best) or (not dots and even[name] >= 0.9 * even[best])]
    order = asked.choose("order", sorted(likely, key=likelihood, reverse=True), rows.place)
    century = century_of(parts[ORDERS[order][2]], rows.place, asked)
    return stamps(order, century), "s" if "H" in parts else "D"


def century_of(years: Sequence[str], place: int, asked: Asked) -> str:
    """Which century two figures are of: asked where they may be of the last one, or are of both."""
    short = {int(year.lstrip("'")) for year in years if len(year.lstrip("'")) == 2}
    return asked.choose("century", ["posix", "2000", "1900"], place) if short and max(short) >= SURE else "posix"


def zoned(stamps: np.ndarray, parts: dict[str, list[str]], unit: str, form: str, place: int, asked: Asked) -> Times:
    """Times as the file's own clock shows them, or in UTC if a reader wants that."""
    offsets = offsets_of(parts, len(stamps))
    if offsets is None or not offsets.any():
        return Times(stamps, unit, form, stamps)
    universal = stamps - offsets.astype("timedelta64[m]")
    texts = list(dict.fromkeys(parts["zone"]))
    if asked.choose("zone", ["file", "utc"], place, zone=", ".join(texts[:3])) == "utc":
        return Times(universal, unit, form, universal)
    return Times(stamps, unit, form, universal + offsets[0].astype("timedelta64[m]"))


def together(columns: Sequence[Rows], asked: Asked) -> Rows:
    """Several columns as one of written times: year, month and day; a date and a time of day.

    Raises
    ------
    TableError
        ``parts``: they do not make a date.
    """
    first = columns[0]
    kinds = {part_of(column): column for column in columns}
    texts = dict[str, Sequence[str]]({kind: column.cells for kind, column in kinds.items()})
    length = len(first.cells)
    if "year" in texts:
        year = [cell.removesuffix(".0") for cell in texts["year"]]
        if "month" in texts:
            numeric = all(cell.removesuffix(".0").isdigit() for cell in texts["month"])
            months = [cell.removesuffix(".0").zfill(2) if numeric else cell for cell in texts["month"]]
            dates = [f"{y}-{m}" for y, m in zip(year, months, strict=True)]
            if "day" in texts:
                dates = [f"{date}-{d.removesuffix('.0').zfill(2)}" for date, d in zip(dates, texts["day"], strict=True)]
        elif other := next((kind for kind in ("quarter", "week", "yearday") if kind in texts), ""):
            sign = {"quarter": "-Q", "week": "-W", "yearday": "-"}[other]
            width = {"quarter": 1, "week": 2, "yearday": 3}[other]
            dates = [f"{y}{sign}{cell.lstrip('QqWw').removesuffix('.0').zfill(width)}"
                     for y, cell in zip(year, texts[other], strict=True)]  # fmt: skip
        else:
            dates = year
    elif "date" in texts:
        dates = list(texts["date"])
    else:
        raise TableError("parts", " ".join(first.cells[:1]), first.lines[0])
    if "clock" in texts:
        dates = [f"{date} {hours(clock)}" for date, clock in zip(dates, texts["clock"], strict=True)]
    elif "hour" in texts:
        minutes = [cell.removesuffix(".0").zfill(2) for cell in texts.get("minute", ["00"] * length)]
        whole = [cell.removesuffix(".0").zfill(2) for cell in texts["hour"]]
        dates = [f"{date} {hour}:{minute}" for date, hour, minute in zip(dates, whole, minutes, strict=True)]
    return Rows(first.lines, dates, first.place, first.name, first.foreign)


def part_of(rows: Rows) -> str:
    """Which part of a time a column is, by its heading or else its cells."""
    kind = kind_of(rows.name)
    sample = [plain(cell) for cell in rows.cells[:50]]
    if all(is_clock(cell) for cell in sample) or (
        kind == "time" and all(cell.isdigit() and len(cell) in (4, 6) for cell in sample)
    ):
        return "clock"
    if kind in ("year", "month", "day", "hour", "minute", "quarter", "week", "yearday") and all(
        len(c) < 10 for c in sample
    ):
        return kind
    if all(cell.isdigit() for cell in sample):
        numbers = [int(cell) for cell in sample]
        if max(numbers) < 2200 and min(numbers) >= 1500:
            return "year"
        return (
            "month"
            if min(numbers) >= 1 and max(numbers) <= 12
            else "day"
            if min(numbers) >= 1 and max(numbers) <= 31
            else "date"
        )
    return "date"


def hours(clock: str) -> str:
    """A time of day with colons: 093000 and 0930 are written without, 09.30.00 with points."""
    if clock.isdigit() and len(clock) in (4, 6):
        return ":".join(clock[k : k + 2] for k in range(0, len(clock), 2))
    return clock.replace(".", ":") if clock.count(".") == 2 else clock
