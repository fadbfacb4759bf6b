"""Dates on the calendar in which they are even: places on it, what it lacks, and its season. No streamlit, no torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Stamps = np.ndarray  # datetime64[us]
US = np.timedelta64(1, "us")
DAY_US, HOUR_US, MINUTE_US = 86_400_000_000, 3_600_000_000, 60_000_000
SEASONS = {"day": 7, "week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1, "hour": 24}
"""Values in a season, by calendar; the rest is in `season_of`."""
PERIODS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # months
TYPICAL = {"week": (6.9, 7.1), "month": (28, 31.5), "quarter": (88, 93), "half": (180, 185), "year": (360, 371)}  # days
MANY = 14  # days from the first to the last by which one can tell on which weekdays nothing happens
OFTEN = 0.1  # of the values may be on a day, or at a time, at which otherwise none is


@dataclass(frozen=True, eq=False)
class Calendar:
    """Dates by their places on a calendar.

    Attributes
    ----------
    name
        ``count``, ``uneven``, ``business``, ``session``, ``steps`` (of any one length) or a key of `SEASONS`.
    places
        Whole numbers, (T,): neighbours follow one another. Of ``uneven`` dates they are floats, in typical steps.
    season
        Values in a season; 1 where one cannot tell.
    at
        The dates of some places.
    closed
        How many days from first to last, or times of day, the calendar itself does not have: weekends.
    rare
        Whether places that are absent are days that need not exist: holidays.
    """

    name: str
    places: np.ndarray
    season: int
    at: Callable[[np.ndarray], np.ndarray]
    closed: int = 0
    rare: bool = False


def calendar_of(stamps: Stamps, unit: str) -> Calendar:
    """The calendar in which ascending dates, all different, are even.

    Parameters
    ----------
    unit
        What the dates were written in: Y, H, Q, M, W, D, s, or n where they are counts.
    """
    if unit == "n":
        return counted(stamps)
    if unit == "decimal":
        return fractions(stamps)
    if named := {"Y": "year", "H": "half", "Q": "quarter", "M": "month"}.get(unit):
        return periods(stamps, named)
    gaps = np.diff(stamps) // US
    if unit == "W":
        return stepped(stamps, 7 * DAY_US, "week")
    days = stamps.astype("datetime64[D]")
    if (np.diff(days.astype(np.int64)) > 0).all() and len({*(stamps - days).tolist()}) == 1:
        return dated(stamps, days)
    return timed(stamps, days, gaps)


def counted(stamps: np.ndarray) -> Calendar:
    step = int(np.gcd.reduce(np.diff(stamps))) or 1
    return Calendar("count", (stamps - stamps[0]) // step, 1, lambda places: stamps[0] + places * step)


def fractions(stamps: Stamps) -> Calendar:
    """Fractions of a year are months where they are about a twelfth apart, and so on; each by the month it is in."""
    gap = float(np.median(np.diff(stamps) / US)) / DAY_US
    name = next((name for name, (low, high) in TYPICAL.items() if low <= gap <= high), "")
    if name in PERIODS:
        months = stamps.astype("datetime64[M]")
        moved = (stamps + np.timedelta64(15, "D")).astype("datetime64[M]")  # of 2020.0833 as 2020.08 may be rounded
        for each in (months, moved):
            if len(np.unique(places := periods(each.astype("datetime64[us]"), name).places)) == len(places):
                return periods(each.astype("datetime64[us]"), name)
    return uneven(stamps)


def periods(stamps: Stamps, name: str) -> Calendar:
    """One date in each period of so many months; the dates between are alike in their place in it."""
    size = PERIODS[name]
    months = stamps.astype("datetime64[M]")
    numbers = months.astype(np.int64)
    common = int(np.gcd.reduce(np.diff(numbers))) if len(stamps) > 1 else size
    size = max(size, common) if common % size == 0 else size
    places = (numbers - numbers[0]) // size
    days = (stamps.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    ends = (months + 1).astype("datetime64[D]") - 1
    last = bool((stamps.astype("datetime64[D]") == ends).all())
    clock = stamps[0] - stamps[0].astype("datetime64[D]")
    known = dict(zip(places.tolist(), stamps, strict=True))

    def at(wanted: np.ndarray) -> np.ndarray:
        month = months[0] + (wanted * size).astype("timedelta64[M]")
        end = (month + 1).astype("datetime64[D]") - 1
        day = end if last else np.minimum(month.astype("datetime64[D]") + int(np.median(days)), end)
        made = day.astype("datetime64[us]") + clock
        return np.array([known.get(int(k), one) for k, one in zip(wanted, made, strict=True)], "datetime64[us]")

    found = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(size, "steps")
    return Calendar(found, places, 12 // size if 12 % size == 0 else 1, at)


def stepped(stamps: Stamps, step: int, name: str = "") -> Calendar:
    """Steps of one length, in microseconds."""
    places = np.round((stamps - stamps[0]) / US / step).astype(np.int64)
    found = name or {DAY_US: "day", 7 * DAY_US: "week", HOUR_US: "hour"}.get(step, "steps")
    return Calendar(
        found, places, season_of(step), lambda wanted: stamps[0] + (wanted * step).astype("timedelta64[us]")
    )


def season_of(step: int) -> int:
    """Values in a season, of steps of one length: a week of days, a day of hours or minutes."""
    if step == 7 * DAY_US:
        return SEASONS["week"]
    if step == DAY_US:
        return SEASONS["day"]
    return DAY_US // step if MINUTE_US <= step < DAY_US and DAY_US % step == 0 else 1


def dated(stamps: Stamps, days: np.ndarray) -> Calendar:
    """One value on each of some days."""
    numbers = days.astype(np.int64)
    gaps = np.diff(numbers)
    common, typical = int(np.gcd.reduce(gaps)), float(np.median(gaps))
    if common == typical and common > 1 and common not in (365, 366):
        return stepped(stamps, common * DAY_US)
    name = next((name for name, (low, high) in TYPICAL.items() if low <= typical <= high), "")
    if name == "week":
        weeks = (numbers + 3) // 7
        if len(np.unique(weeks)) == len(weeks):
            return by_place(stamps, weeks - weeks[0], "week", SEASONS["week"], 7 * DAY_US)
    if name in PERIODS:
        found = periods(stamps, name)
        if len(np.unique(found.places)) == len(stamps):
            return found
    if typical <= 2 and numbers[-1] - numbers[0] >= MANY and (found_days := weekdays(stamps, numbers)):
        return found_days
    if typical == 1 and (len(gaps) > 1 or gaps[0] == 1):
        return stepped(stamps, DAY_US)
    return uneven(stamps)


def by_place(stamps: Stamps, places: np.ndarray, name: str, season: int, step: int) -> Calendar:
    """Known places have their own dates; others, the first's and so many steps."""
    known = dict(zip(places.tolist(), stamps, strict=True))

    def at(wanted: np.ndarray) -> np.ndarray:
        made = stamps[0] + (wanted * step).astype("timedelta64[us]")
        return np.array([known.get(int(k), one) for k, one in zip(wanted, made, strict=True)], "datetime64[us]")

    return Calendar(name, places, season, at)


def weekdays(stamps: Stamps, numbers: np.ndarray) -> Calendar | None:
    """Days of which some weekdays never, or hardly ever, have a value: those are no days of this calendar."""
    day = (numbers + 3) % 7  # Monday is 0
    weeks = (numbers[-1] - numbers[0]) / 7
    often = np.bincount(day, minlength=7) > OFTEN * weeks
    if often.all() or often.sum() < 2 or not often[day].all():
        return None
    mask = often.astype(bool)
    places = np.busday_count(numbers[0].astype("datetime64[D]"), numbers.astype("datetime64[D]"), weekmask=mask)
    if float(np.median(np.diff(places))) != 1:
        return None
    clock = stamps[0] - stamps[0].astype("datetime64[D]")

    def at(wanted: np.ndarray) -> np.ndarray:
        made = np.busday_offset(numbers[0].astype("datetime64[D]"), wanted, weekmask=mask)
        return made.astype("datetime64[us]") + clock

    closed = int(numbers[-1] - numbers[0] - places[-1])
    return Calendar("business", places.astype(np.int64), int(often.sum()), at, closed, rare=True)


def timed(stamps: Stamps, days: np.ndarray, gaps: np.ndarray) -> Calendar:
    """Several values on a day, or values at different times of day."""
    common, typical = int(np.gcd.reduce(gaps)), int(np.median(gaps))
    if typical > 20 * HOUR_US and (found := shifted(stamps)):
        return found
    if typical and common == typical:
        if gaps.max() > typical and (found := sessions(stamps, days, typical)):
            return found
        return stepped(stamps, typical)
    span = stamps[-1] - stamps[0]
    share = np.abs(gaps - typical) <= 0.02 * typical
    if typical and share.all() and span / US / typical < 100 * len(stamps):
        places = np.arange(len(stamps))  # of a clock that is not exact
        return by_place(stamps, places, stepped(stamps[:1], typical).name, season_of(rounded(typical)), typical)
    return uneven(stamps)


def shifted(stamps: Stamps) -> Calendar | None:
    """Dates whose time of day goes back and forth with summer time, by the days that they are nearest to."""
    clock = (stamps - stamps.astype("datetime64[D]")) // US
    offset = int((clock[0] + DAY_US // 2) % DAY_US) - DAY_US // 2  # of a midnight that was an hour before, −1 h
    moved = stamps - np.timedelta64(offset, "us") + np.timedelta64(DAY_US // 2, "us")
    days = moved.astype("datetime64[D]")
    off = np.abs((moved - days) // US - DAY_US // 2)
    if off.max() > 2 * HOUR_US or not (np.diff(days.astype(np.int64)) > 0).all():
        return None
    found = dated(days.astype("datetime64[us]"), days)
    return found if found.name != "uneven" else None


def rounded(step: int) -> int:
    """A length of a step to the nearest second, minute or hour that it is within two per cent of."""
    for size in (DAY_US, HOUR_US, MINUTE_US, 1_000_000):
        near = round(step / size) * size
        if near and abs(near - step) <= 0.02 * step:
            return near
    return step


def sessions(stamps: Stamps, days: np.ndarray, step: int) -> Calendar | None:
    """The same times on each of some days: hours at which nothing is open are no steps of this calendar."""
    clock = (stamps - days.astype("datetime64[us]")) // US
    slots, slot = np.unique(clock, return_inverse=True)
    dates, day = np.unique(days, return_inverse=True)
    if len(slots) >= DAY_US // step or len(dates) < 2 or len(slots) < 2:
        return None
    if len(stamps) < (1 - OFTEN) * len(slots) * len(dates):
        return None
    places = day * len(slots) + slot

    def at(wanted: np.ndarray) -> np.ndarray:
        row, column = np.divmod(wanted, len(slots))
        every = np.append(dates, days_after(dates, int(row.max()) + 1 - len(dates)))
        return every[row].astype("datetime64[us]") + slots[column].astype("timedelta64[us]")

    closed = int((stamps[-1] - stamps[0]) // US // step) - int(places[-1] - places[0])
    return Calendar("session", places - places[0], len(slots), lambda wanted: at(wanted + places[0]), closed)


def days_after(days: np.ndarray, count: int) -> np.ndarray:
    """The days that follow some days, on their days of the week; of few days, on working days where all are."""
    seen = np.bincount((days.astype(np.int64) + 3) % 7, minlength=7) > 0  # Monday is 0
    if days[-1] - days[0] < np.timedelta64(MANY, "D"):
        seen = np.array([True] * 5 + [bool(seen[5:].any())] * 2)
    return np.busday_offset(days[-1], np.arange(1, max(0, count) + 1), weekmask=seen)


def uneven(stamps: Stamps) -> Calendar:
    """No calendar: places in typical steps, which are no whole numbers."""
    gaps = np.diff(stamps) / US
    step = float(np.median(gaps)) or 1.0
    near = next((size for size in (1 / 24, 1.0, 7.0) if abs(step / DAY_US - size) <= 0.1 * size), 0.0)
    season = season_of(round(near * DAY_US)) if near else 1
    places = (stamps - stamps[0]) / US / step

    def at(wanted: np.ndarray) -> np.ndarray:
        return stamps[0] + np.round(wanted * step).astype("timedelta64[us]")

    return Calendar("uneven", places, season, at)


def evenness(stamps: Stamps) -> float:
    """How even dates are on their calendar, of 1; less where they are not in order."""
    if len(stamps) < 3:
        return 0.5
    gaps = np.diff(stamps) // US
    ordered = max((gaps > 0).mean(), (gaps < 0).mean())
    months = np.diff(stamps.astype("datetime64[M]").astype(np.int64))
    days = stamps.astype("datetime64[D]")
    work = np.diff(np.busday_count(days[0], days))
    same = len(np.unique((days - days.astype("datetime64[M]")).astype(np.int64))) == 1
    kinds = [gaps, work, *([months] if same else [])]
    return float(ordered) * max(float(np.unique(each, return_counts=True)[1].max()) / len(each) for each in kinds)
