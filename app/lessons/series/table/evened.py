"""Values at dates → an even series on the dates' calendar; what is missing is told from what does not exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.lessons.series.resampling import RESAMPLERS
from app.lessons.series.sources import AFTER, Series
from app.lessons.series.table.calendars import Calendar, calendar_of
from app.lessons.series.table.records import LONGEST, Asked, TableError, listed
from app.lessons.series.table.times import Times

SPARSE = 50  # times as many even steps as values: more is no series
HOUR, SECOND = np.timedelta64(1, "h"), np.timedelta64(1, "s")
TURNS = (3, 4, 9, 10, 11)  # months in which clocks are changed, on a Sunday before four


@dataclass(frozen=True, eq=False)
class Dated:
    """Rows in the order of their times.

    `stamps` are the times that are shown, `clock` those that are counted by; values and inputs are NaN where missing.
    """

    lines: np.ndarray
    stamps: np.ndarray
    clock: np.ndarray
    values: np.ndarray
    inputs: Mapping[int, np.ndarray]
    unit: str

    def only(self, which: np.ndarray) -> Dated:
        inputs = {place: values[which] for place, values in self.inputs.items()}
        return Dated(self.lines[which], self.stamps[which], self.clock[which], self.values[which], inputs, self.unit)


def dated(
    times: Times, lines: Sequence[int], values: np.ndarray, inputs: Mapping[int, np.ndarray], asked: Asked
) -> Dated:
    """The rows in the order of their times, each time once."""
    stamps, clock = times.stamps, times.clock
    if times.unit != "n":
        whole = len({*(stamps - stamps.astype("datetime64[D]")).tolist()}) == 1
        clock = stamps if whole else turned(clock, asked)
    rows = Dated(np.array(lines), stamps, clock, values, inputs, times.unit)
    order = np.argsort(clock, kind="stable")
    steps = np.diff(clock.astype(np.int64))
    if (steps <= 0).all() and (steps < 0).any():
        order = np.arange(len(clock))[::-1]
        asked.note("descending")
    elif (steps < 0).any():
        asked.note("unsorted", line=lines[int(np.flatnonzero(steps < 0)[0]) + 1])
    return once(rows.only(order), asked)


def turned(stamps: np.ndarray, asked: Asked) -> np.ndarray:
    """Times on a clock that is not changed in spring and autumn, where those of a file without zones are."""
    if len(stamps) < 3:
        return stamps
    falling = stamps[0] > stamps[-1]
    ordered = stamps[::-1] if falling else stamps
    steps = np.diff(ordered)
    typical = np.median(steps.astype(np.int64)).astype("timedelta64[us]")
    if not np.timedelta64(0) < typical <= HOUR:
        return stamps
    months = ordered[1:].astype("datetime64[M]").astype(np.int64) % 12 + 1
    days = ordered[1:].astype("datetime64[D]")
    sunday = (days.astype(np.int64) + 3) % 7 == 6
    turning = sunday & np.isin(months, TURNS) & (ordered[1:] - days < 4 * HOUR)
    back, ahead = turning & (steps == typical - HOUR), turning & (steps == typical + HOUR)
    if not (back | ahead).any():
        return stamps
    asked.note("clock", day=f"{days[np.flatnonzero(back | ahead)[0]]}")
    moved = ordered + np.concatenate([[0], np.cumsum(back.astype(int) - ahead.astype(int))]) * HOUR
    return moved[::-1] if falling else moved


def once(rows: Dated, asked: Asked) -> Dated:
    """Each time once: rows that say the same are one; of others, what a reader chooses."""
    same = np.flatnonzero(rows.clock[1:] == rows.clock[:-1])
    if not len(same):
        return rows
    equal = (rows.values[same + 1] == rows.values[same]) | np.isnan(rows.values[same]) & np.isnan(rows.values[same + 1])
    if equal.all():
        asked.note("alike", lines=listed((rows.lines[same + 1]).tolist()))
        return rows.only(np.setdiff1d(np.arange(len(rows.clock)), same + 1))
    one, other = sorted(rows.lines[[same[0], same[0] + 1]].tolist())
    way = asked.choose("twice", ["stop", "mean", "sum", "first", "last"], line=other, first=one)
    if way == "stop":
        raise TableError("twice", shown(rows.stamps[same[0]]), other, first=one)
    starts = np.flatnonzero(np.concatenate([[True], rows.clock[1:] != rows.clock[:-1]]))
    ends = np.append(starts[1:], len(rows.clock))
    kept = rows.only(starts)
    values = joined(rows.values, starts, ends, way)
    inputs = {place: joined(each, starts, ends, way) for place, each in rows.inputs.items()}
    return Dated(kept.lines, kept.stamps, kept.clock, values, inputs, kept.unit)


def joined(values: np.ndarray, starts: np.ndarray, ends: np.ndarray, way: str) -> np.ndarray:
    """One value of those from each start to before its end."""
    if way in ("first", "last"):
        return values[starts if way == "first" else ends - 1]
    found = np.where(np.isnan(values), 0, values)
    sums, counts = np.add.reduceat(found, starts), np.add.reduceat((~np.isnan(values)).astype(float), starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(counts > 0, sums if way == "sum" else sums / counts, np.nan)


def shown(stamp: np.generic) -> str:
    """A time as text, without a time of day at midnight."""
    if not isinstance(stamp, np.datetime64):
        return f"{stamp}"
    return str(stamp.astype("datetime64[D]" if stamp == stamp.astype("datetime64[D]") else "datetime64[s]"))


def series_of(rows: Dated, names: Mapping[int, str], known: Collection[int], asked: Asked) -> Series:
    """An even series of at most LONGEST values, the last ones, and the dates that follow.

    Parameters
    ----------
    names
        Of the inputs, by the places of their columns.
    known
        Inputs that are known in advance: rows after the last value count for them.

    Raises
    ------
    TableError
        ``short``: fewer than two values; ``sparse``: too few for an even grid.
    """
    seen = np.flatnonzero(~np.isnan(rows.values))
    holes = rows.lines[np.isnan(rows.values)]
    if len(holes):
        asked.note("missing", count=len(holes), lines=listed(sorted(holes.tolist())))
    if len(seen) < 2:
        raise TableError("short", count=len(seen))
    rows, later = rows.only(np.arange(seen[0], seen[-1] + 1)), rows.only(np.arange(seen[-1] + 1, len(rows.values)))
    calendar = calendar_of(rows.clock, rows.unit)
    kept = ~np.isnan(rows.values)
    absent = int(calendar.places[-1]) + 1 - len(rows.clock) if calendar.name != "uneven" else len(rows.clock)
    if calendar.closed:
        asked.note(f"closed.{calendar.name}", count=calendar.closed)
    if not absent and kept.all():
        made, grid = rows.values, calendar.places
    else:
        made, grid = filled(rows, calendar, kept, absent, asked)
    inputs = {place: beside(values, rows, calendar, grid, place, asked) for place, values in rows.inputs.items()}
    after = calendar.at(grid[-1] + np.arange(1, AFTER + 1))
    for place in {*inputs} & {*known}:
        inputs[place] = np.concatenate([inputs[place], going_on(later, place, after, inputs[place][-1])])
    dates = rounded(dates_at(grid, rows, calendar))
    shift = rows.stamps[-1] - rows.clock[-1]  # of a clock that is changed in summer
    if len(made) > LONGEST:
        asked.note("long", count=len(made), most=LONGEST)
    short = slice(max(0, len(made) - LONGEST), None)
    return Series(
        dates[short], made[short], calendar.season, calendar.name,
        inputs={names[place]: values[short] for place, values in inputs.items()},
        known=tuple(names[place] for place in inputs if place in known),
        after=(after + shift).astype(dates.dtype),
    )  # fmt: skip


def filled(
    rows: Dated, calendar: Calendar, kept: np.ndarray, absent: int, asked: Asked
) -> tuple[np.ndarray, np.ndarray]:
    """Values with what is missing filled, or left out so that neighbours follow one another; and their places."""
    places, values = calendar.places[kept], rows.values[kept]
    steps = int(places[-1] + 1e-9) + 1
    sparse = steps > SPARSE * len(places)
    ways = [*RESAMPLERS, "skip"]
    first = "skip" if calendar.rare or sparse or calendar.name == "session" else "hold"
    way = asked.choose(
        "gaps", [first, *(each for each in ways if each != first)], absent=absent, empty=int((~kept).sum())
    )
    if way == "skip":
        asked.note("skipped" if calendar.name != "uneven" else "rows", count=len(values), absent=absent)
        return values, places
    if sparse:
        raise TableError("sparse", count=len(places), steps=steps)
    grid = np.arange(steps).astype(places.dtype)
    asked.note("uneven" if calendar.name == "uneven" else "filled", count=len(values), steps=steps)
    return RESAMPLERS[way](places, values, grid), grid


def beside(
    values: np.ndarray, rows: Dated, calendar: Calendar, grid: np.ndarray, place: int, asked: Asked
) -> np.ndarray:
    """An input at the places of the series: the last value known there; before the first, that one."""
    seen = ~np.isnan(values)
    if not seen.any():
        raise TableError("column", column=place + 1)
    at = np.searchsorted(calendar.places[seen], grid, side="right") - 1
    if missing := int((~np.isin(grid, calendar.places[seen])).sum()):
        asked.note("input", count=missing, column=place + 1)
    return values[seen][np.maximum(at, 0)]


def going_on(later: Dated, place: int, after: np.ndarray, last: float) -> np.ndarray:
    """An input at the dates after the last value, as far as the file goes on: the last value known at each."""
    seen = ~np.isnan(later.inputs[place])
    clock, values = later.clock[seen], np.append(later.inputs[place][seen], last)
    reached = after[after <= clock[-1]] if len(clock) else after[:0]
    return values[np.searchsorted(clock, reached, side="right") - 1]  # before the first, -1: what it was so far


def dates_at(grid: np.ndarray, rows: Dated, calendar: Calendar) -> np.ndarray:
    """The dates of places: those of the file where it has them, if they are in order."""
    if len(grid) == len(rows.stamps) and np.array_equal(grid, calendar.places):
        found = rows.stamps.copy()
    else:
        made = calendar.at(grid)
        known = dict(zip(calendar.places.tolist(), rows.stamps.tolist(), strict=True))
        kept = [known.get(k) for k in grid.tolist()]
        found = np.array(
            [one if one is not None else other for one, other in zip(kept, made.tolist(), strict=True)], made.dtype
        )
    if rows.unit == "decimal":
        return calendar.at(grid)
    for k in np.flatnonzero(np.diff(found.astype(np.int64)) <= 0) + 1:  # the hour that comes twice in autumn
        found[k] = max(found[k], found[k - 1] + SECOND)
    return found


def rounded(dates: np.ndarray) -> np.ndarray:
    """Dates without a time of day where there is none, and without parts of a second."""
    if dates.dtype.kind != "M":
        return dates
    for unit in ("datetime64[D]", "datetime64[s]", "datetime64[ms]"):
        if (dates.astype(unit) == dates).all():
            return dates.astype(unit)
    return dates
