"""The parts of written times as times. No streamlit, no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

Parts = Mapping[str, Sequence[str]]
Stamps = np.ndarray  # datetime64[us]
DAY, MINUTE = np.timedelta64(1, "D"), np.timedelta64(1, "m")
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
FIRST = {"excel1900": np.datetime64("1899-12-30", "us"), "excel1904": np.datetime64("1904-01-01", "us")}
UNIX = {"s": (9, 10), "ms": (12, 13), "us": (15, 16), "ns": (18, 19)}
COUNTED = 2001  # the year that stands for the first of years that are only counted: 1-01
NOWHEN = "1970-01-01"  # the day of times that have none


def ints(texts: Sequence[str], empty: int = 0) -> np.ndarray:
    return np.array([int(text) if text else empty for text in texts], dtype=np.int64)


def years(texts: Sequence[str], century: str) -> np.ndarray:
    """Years in full; of two digits as POSIX reads them, or all of one century."""
    plain = [text.lstrip("'") for text in texts]
    found = ints(plain)
    short = np.array([len(text) == 2 for text in plain])
    first = np.where(found < 69, 2000, 1900) if century == "posix" else int(century)
    return np.where(short, found + first, found)


def days_of(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> Stamps:
    """Dates; NaT where a month has no such day."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + (day - 1)
    return np.where(dates.astype("datetime64[M]") == months, dates, np.datetime64("NaT")).astype("datetime64[us]")


def clock_of(parts: Parts, length: int) -> np.ndarray:
    """The time since midnight, timedelta64[us]."""
    hour, minute, second = (ints(parts[part]) if part in parts else np.zeros(length, np.int64) for part in "HMS")
    if "half" in parts:
        late = np.array([text[:1] in "PpC" and bool(text) for text in parts["half"]])
        told = np.array([bool(text) for text in parts["half"]])
        hour = np.where(told, hour % 12 + 12 * late, hour)
    micro = ints([text[:6].ljust(6, "0") for text in parts["f"]]) if "f" in parts else np.zeros(length, np.int64)
    return (((hour * 60 + minute) * 60 + second) * 1_000_000 + micro).astype("timedelta64[us]")


def offsets_of(parts: Parts, length: int) -> np.ndarray | None:
    """Minutes ahead of UTC; nothing where no zone is written, or only names."""
    if "zone" not in parts:
        return None
    known = {text: offset(text) for text in set(parts["zone"])}
    return np.array([known[text] for text in parts["zone"]]) if None not in known.values() else None


def offset(zone: str) -> int | None:
    plain = zone.replace("UTC", "").replace("GMT", "").replace(" ", "").replace(":", "")
    if plain in ("Z", ""):
        return 0
    if plain[0] not in "+-":
        return None
    size = int(plain[1:3]) * 60 + int(plain[3:5] or 0)
    return -size if plain[0] == "-" else size


def weeks_of(year: np.ndarray, week: np.ndarray, day: np.ndarray) -> Stamps:
    """Days of ISO weeks: the first is the one with the fourth of January; NaT where a year has no such week."""
    fourth = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]") + 3
    monday = fourth - (fourth.astype(np.int64) + 3) % 7
    found = monday + 7 * (week - 1) + (day - 1)
    thursday = monday + 7 * (week - 1) + 3
    same = thursday.astype("datetime64[Y]") == (year - 1970).astype("datetime64[Y]")
    return np.where(same, found, np.datetime64("NaT")).astype("datetime64[us]")


def unix(texts: Sequence[str]) -> Stamps:
    """Times counted from 1970 in whichever unit has so many digits."""
    digits = max(len(text.partition(".")[0]) for text in texts)
    unit = next(unit for unit, sizes in UNIX.items() if digits <= sizes[1])
    whole = ints([text.partition(".")[0] for text in texts])
    found = whole.astype(f"datetime64[{unit}]").astype("datetime64[us]")
    if unit == "s" and any("." in text for text in texts):
        found = found + ints([text.partition(".")[2][:6].ljust(6, "0") for text in texts]).astype("timedelta64[us]")
    return found


def decimal(parts: Parts) -> Stamps:
    """Fractions of a year, as times in it."""
    year = (ints(parts["Y"]) - 1970).astype("datetime64[Y]")
    first, then = year.astype("datetime64[us]"), (year + 1).astype("datetime64[us]")
    part = np.array([float(f"0.{text}") for text in parts["part"]])
    return first + (part * (then - first).astype(np.int64)).astype("timedelta64[us]")


def serial(texts: Sequence[str], system: str) -> Stamps:
    """Days as Excel counts them."""
    return FIRST[system] + np.round(np.array([float(text) for text in texts]) * 86_400_000).astype("timedelta64[ms]")


def rolled(clock: np.ndarray) -> Stamps:
    """Times of day without a date: each that is earlier than the one before it is of the next day."""
    days = np.concatenate([[0], np.cumsum(np.diff(clock) < np.timedelta64(0))])
    return np.datetime64(NOWHEN, "us") + clock + days.astype("timedelta64[D]")


def stamps_of(name: str, parts: Parts, length: int, century: str, system: str) -> tuple[Stamps, str]:
    """Times, and the unit they are written in: Y, H (half years), Q, M, W, D or s; NaT where there is no such time.

    Parameters
    ----------
    name
        A pattern of :data:`app.lessons.series.table.patterns.PATTERNS` but ``xyz`` and ``step``.
    """
    year = years(parts["Y"], century) if "Y" in parts else np.full(length, COUNTED)
    if "i" in parts:
        year = COUNTED - 1 + ints(parts["i"])
    one = np.ones(length, np.int64)

    def starting(month: np.ndarray) -> Stamps:
        return days_of(year, month, one)

    period: dict[str, Callable[[], tuple[Stamps, str]]] = {
        "u": lambda: (unix(parts["u"]), "s"),
        "e": lambda: (serial(parts["e"], system), "s"),
        "part": lambda: (decimal(parts), "decimal"),
        "w": lambda: (weeks_of(year, ints(parts["w"]), ints(parts["wd"], 1) if "wd" in parts else one), "W"),
        "q": lambda: (starting(3 * ints(parts["q"]) - 2), "Q"),
        "roman": lambda: (starting(3 * np.array([ROMAN[text] for text in parts["roman"]]) - 2), "Q"),
        "h": lambda: (starting(6 * ints(parts["h"]) - 5), "H"),
        "j": lambda: (starting(one) + (ints(parts["j"]) - 1).astype("timedelta64[D]"), "D"),
    }
    if known := next((part for part in period if part in parts), None):
        return period[known]()
    if name in ("clock", "dots"):
        return rolled(clock_of(parts, length)), "s"
    if "m" not in parts:
        return starting(one), "Y"
    if "d" not in parts:
        return starting(ints(parts["m"])), "M"
    days = days_of(year, ints(parts["m"]), ints(parts["d"], 1))
    return (days + clock_of(parts, length), "s") if "H" in parts else (days, "D")
