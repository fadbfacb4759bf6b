"""How times are written: patterns of a cell, by name, and what they find in it. No streamlit, no torch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from app.lessons.series.table.records import SHOWN
from app.lessons.series.table.words import MONTH, WEEKDAY, key

CLOCK = (
    r"(?:(?:[T ,_:]|\s)\s*(?P<H>\d{1,2})(?:[:h](?P<M>\d\d))?(?::(?P<S>\d\d))?(?:[.,](?P<f>\d{1,9}))?"
    r"\s?(?P<half>[AaPp]\.?[Mm]\.?|SA|CH)?"
    r"(?:\s?(?P<zone>Z|[A-Z]{2,5}|(?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?)(?:\s?[\[(][^\])]{1,40}[\])])?)?)?"
)
ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
YEAR = r"(?P<Y>\d{4}|'?\d\d)"
SEPARATED = r"(?P<s>[-/. ])"
PATTERNS: dict[str, str] = {
    "ymd": r"(?P<Y>\d{4})" + SEPARATED + r"(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})" + CLOCK,
    "cjk": r"(?P<Y>\d{4})[年년]\s?(?P<m>\d{1,2})[月월](?:\s?(?P<d>\d{1,2})[日일])?",
    "xyz": r"(?P<a>\d{1,2})" + SEPARATED + r"\s?(?P<b>\d{1,2})(?P=s)\s?(?P<c>\d{4}|\d\d)" + CLOCK,
    "dny": r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?[-/ ,.]{0,2}(?:de )?" + NAME + r"[-/ ,.]{0,2}(?:de )?" + YEAR + CLOCK,
    "ndy": NAME + r"[-/ ]{0,2}(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[-/ ]{1,2}" + YEAR + CLOCK,
    "ctime": NAME + r" (?P<d>\d{1,2}) (?P<H>\d\d):(?P<M>\d\d):(?P<S>\d\d) (?:(?P<zone>[A-Z]{2,4}(?:[+-]\d{4})?) )?"
    r"(?P<Y>\d{4})(?: (?P<zone2>(?:GMT)?[+-]\d{4}).{0,40})?",
    "ynd": r"(?P<Y>\d{4})[-/ ]" + NAME + r"[-/ ](?P<d>\d{1,2})" + CLOCK,
    "compact": r"(?P<Y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?)?(?:\.0+)?",
    "stamped": r"(?P<Y>\d{4})(?P<m>\d\d)(?P<d>\d\d)[T _](?P<H>\d\d):?(?P<M>\d\d):?(?P<S>\d\d)?" + ZONE,
    "ordinal": r"(?P<Y>\d{4})-(?P<j>\d{3})",
    "yq": r"(?P<Y>\d{4})[-/ :.]?\s?(?:[QqTt]|Quý |Quartal |quarter )(?P<q>[1-4])",
    "qy": r"(?:[Qq]|Quý ?|QUÝ ?|quý ?|[Qq]uarter ?)(?P<q>[1-4])[-/ .,']{0,2}" + YEAR,
    "qdoty": r"(?P<q>[1-4])(?:\.|st|nd|rd|th|e|er)? ?(?:[QqT]|[Qq]uarter|Quartal|Kwartaal|[Tt]rim\w{0,7}\.?)"
    r"[-/ .,']{0,2}" + YEAR,
    "roman": r"(?P<roman>I|II|III|IV)[-/ .]" + YEAR,
    "yw": r"(?P<Y>\d{4})[-/ ]?\s?(?:[Ww]|KW|[Ww]eek|S|[Tt]uần) ?(?P<w>\d{1,2})(?:-(?P<wd>[1-7]))?",
    "wy": r"(?:[Ww]|KW|[Ww]eek|[Ss]emaine|[Tt]uần|S) ?(?P<w>\d{1,2})[-/ .,']{1,2}(?P<Y>\d{4})",
    "yh": r"(?P<Y>\d{4})[-/ ]?H(?P<h>[12])",
    "hy": r"H(?P<h>[12])[-/ ']?" + YEAR,
    "ym": r"(?P<Y>\d{4})(?:[-/ ]|\.(?=\d\d$))(?P<m>\d{1,2})",
    "yMm": r"(?P<Y>\d{4})[-/ ]?[Mm](?P<m>\d{1,2})",
    "my": r"(?P<m>\d{1,2})[-/. ](?P<Y>\d{4})",
    "tmy": r"[TtMm](?P<m>\d{1,2})[-/. ]{1,2}(?P<Y>\d{4})",
    "ny": NAME + r"(?:[-/ .,']{1,2}(?:de )?)?" + YEAR,
    "yn": r"(?P<Y>\d{4})[-/ .]?" + NAME,
    "span": r"(?P<Y>\d{4})\s?[/–-]\s?(?P<then>\d{4}|\d\d)",
    "fiscal": r"(?:FY|CY|AD|Năm|năm|Year|Jahr) ?'?" + YEAR,
    "index": r"(?P<i>\d{1,2})-(?P<m>\d{1,2})",
    "indexname": r"(?P<i>\d{1,2})[- ]" + NAME,
    "clock": r"(?P<H>\d{1,2})[:h](?P<M>\d\d)(?::(?P<S>\d\d))?(?:[.,](?P<f>\d{1,9}))?"
    r"\s?(?P<half>[AaPp]\.?[Mm]\.?|SA|CH)?",
    "dots": r"(?P<H>\d{1,2})\.(?P<M>\d\d)\.(?P<S>\d\d)",
    # written as numbers: only where a heading, a reader or the numbers themselves say that they are times
    "month6": r"(?P<Y>\d{4})(?P<m>\d\d)",
    "year": r"(?P<Y>\d{4})(?:\.0+)?",
    "ydotm": r"(?P<Y>\d{4})\.(?P<m>0[1-9]|1[0-2])",
    "decimal": r"(?P<Y>\d{4})\.(?P<part>\d{1,12})",
    "unix": r"(?P<u>\d{9,10}(?:\.\d{1,9})?|\d{12,13}(?:\.0+)?|\d{15,16}|\d{18,19})",
    "serial": r"(?P<e>\d{5}(?:\.\d{1,12})?)",
    "step": r"(?P<n>-?\d{1,15})(?:\.0+)?",
}  # fmt: skip
NUMERIC = ("compact", "month6", "year", "ydotm", "decimal", "unix", "serial", "step")
COMPILED = {name: re.compile(pattern, re.ASCII if name in NUMERIC else 0) for name, pattern in PATTERNS.items()}
LINES = {name: re.compile(f"^{each.pattern}$", each.flags | re.MULTILINE) for name, each in COMPILED.items()}
VIETNAMESE = re.compile(r"\b(?:tháng|thg|thang|th)\.?\s?(\d{1,2})\b", re.IGNORECASE)
BETWEEN = re.compile(r"\s?(?:-|–|/|~|\bto\b|\bbis\b|đến)\s?")
ENGLISH = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(cell: str) -> str:
    """A cell without weekday, with spaces of one kind and months of Vietnamese by their English names."""
    if cell.isascii() and cell[:1].isdigit() and "  " not in cell and "h" not in cell:
        return cell
    cell = " ".join(cell.translate({0x2212: "-", 0x2011: "-"}).strip("\"'[]").split())
    first, _, rest = cell.partition(" ")
    word = key(first)
    if rest and word in WEEKDAY and (word not in MONTH or first.endswith(",")):
        cell = rest
    found = VIETNAMESE.search(cell) if "t" in cell.casefold() else None
    if found and 1 <= int(found[1]) <= 12:
        cell = cell[: found.start()] + ENGLISH[int(found[1])] + cell[found.end() :]
    return cell


def parts_of(name: str, cells: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """What a pattern finds in some cells, by part; and the first cell that is not written so, -1 if all are."""
    pattern = COMPILED[name]
    joined = "\n".join(cells)
    if len(cells) > 50 and joined.count("\n") == len(cells) - 1 and pattern.groups > 1:
        found = LINES[name].findall(joined)  # a third of the time of a match for each cell
        if len(found) == len(cells):
            columns = list(zip(*found, strict=True))
            return renamed({part: list(columns[place - 1]) for part, place in pattern.groupindex.items()})
    matches = list[tuple[str, ...]]()
    for place, cell in enumerate(cells):
        match = pattern.fullmatch(cell) if len(cell) <= SHOWN else None
        if not match:
            return {}, place
        matches.append(match.groups(default=""))
    columns = list(zip(*matches, strict=True))
    return renamed({part: list(columns[place - 1]) for part, place in pattern.groupindex.items()})


def renamed(parts: dict[str, list[str]]) -> tuple[dict[str, list[str]], int]:
    """Months by their numbers; one zone; parts that are nowhere are left out."""
    if "name" in parts:
        known = {name: f"{MONTH.get(key(name), '')}" for name in set(parts["name"])}
        parts["m"] = [known[name] for name in parts.pop("name")]
        if "" in known.values():
            return {}, parts["m"].index("")
    if "zone2" in parts:
        parts["zone"] = [one or other for one, other in zip(parts.pop("zone"), parts.pop("zone2"), strict=True)]
    return {part: texts for part, texts in parts.items() if any(texts)}, -1


LIMITS = {"m": (1, 12), "d": (1, 31), "H": (0, 24), "M": (0, 59), "S": (0, 60), "w": (1, 53), "j": (1, 366),
          "e": (10_000, 80_000)}  # fmt: skip


def impossible(name: str, parts: Mapping[str, Sequence[str]]) -> np.ndarray:
    """Which cells have a part that no calendar has."""
    length = len(next(iter(parts.values())))
    wrong = np.zeros(length, bool)
    for part, (low, high) in LIMITS.items():
        if part in parts:
            numbers = np.array([int(text.partition(".")[0] or low) for text in parts[part]])
            wrong |= (numbers < low) | (numbers > high)
    if name == "span":
        wrong |= [(int(a) + 1) % 10 ** len(b) != int(b) for a, b in zip(parts["Y"], parts["then"], strict=True)]
    if name in NUMERIC and "Y" in parts:
        wrong |= [not 1500 <= int(year) <= 2200 for year in parts["Y"]]
    if name == "xyz":
        wrong |= [not any(triple(*each)) for each in zip(parts["a"], parts["b"], parts["c"], strict=True)]
    return wrong


def triple(a: str, b: str, c: str) -> tuple[bool, bool, bool]:
    """Whether three numbers can be day month year, month day year, year month day."""
    x, y, z, short = int(a), int(b), int(c), len(c) == 2
    return (1 <= x <= 31 and 1 <= y <= 12, 1 <= x <= 12 and 1 <= y <= 31, short and 1 <= y <= 12 and 1 <= z <= 31)


def fits(name: str, cell: str) -> bool:
    parts, bad = parts_of(name, [cell])
    return bad < 0 and not impossible(name, parts)[0]


def halves(cell: str) -> tuple[str, str]:
    """A cell cut at the mark that is nearest to its middle."""
    cuts = [found.span() for found in BETWEEN.finditer(cell)]
    if not cuts:
        return cell, ""
    first, then = min(cuts, key=lambda span: abs(span[0] + span[1] - len(cell)))
    return cell[:first], cell[then:]


def range_of(cell: str) -> tuple[str, str] | None:
    """The two ends of a period that is written as such."""
    one, other = halves(cell)
    return (one, other) if min(len(one), len(other)) > 5 and pattern_of(one) and pattern_of(other) else None


def pattern_of(cell: str, numeric: bool = False) -> str:
    """The first pattern that a cell fits, or nothing."""
    cell = plain(cell)
    return next((name for name in COMPILED if (name in NUMERIC) == numeric and fits(name, cell)), "")


def is_clock(cell: str) -> bool:
    """Whether a cell is a time of day without a date."""
    return fits("clock", cell) or fits("dots", cell)


def is_time(cell: str) -> bool:
    """Whether a cell by itself is a time, written as no number is."""
    if len(cell) > SHOWN or not any(sign.isdigit() for sign in cell):
        return False
    return bool(pattern_of(cell)) or range_of(plain(cell)) is not None
