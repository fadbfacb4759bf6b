"""A column of written numbers: one way of writing for the whole column, decided from all its cells. No streamlit."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.lessons.series.table.records import LARGEST, SHOWN, Asked
from app.lessons.series.table.symbols import CURRENCIES, FLAGS, MISSING, SCALES, SIGNS, UNITS

CELL = re.compile(
    r"([+-])?\s*([^\d\s.,()'+-][^\d()+]{0,7}?)?\s*([+-])?\s*(\d[\d.,' ]*|[.,]\d+)([eE][+-]?\d{1,3})?"
    r"\s*(-)?\s*([^\d\s()+][^\d()+]{0,19})?",
    re.ASCII,
)
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
NOTATIONS = {  # by name: the mark between thousands, and the decimal mark
    "point": ("", "."),
    "comma": ("", ","),
    "comma_point": (",", "."),
    "point_comma": (".", ","),
    "space_comma": (" ", ","),
    "space_point": (" ", "."),
    "quote_point": ("'", "."),
    "quote_comma": ("'", ","),
    "lakh": (",", "."),
}
CODES = (
    -9999.0,
    -999.0,
    -99.0,
    -999.9,
    -99.9,
    -9999.9,
    -99999.0,
    -8888.0,
    9999.0,
    99999.0,
    999.9,
    9999.9,
    -32768.0,
    -99.99,
    -9.99,
)
FAR = 3  # times their whole range away from all others is a code for a missing value


def body_of(name: str) -> re.Pattern[str]:
    group, mark = map(re.escape, NOTATIONS[name])
    whole = rf"\d{{1,3}}(?:{group}\d{{3}})+|\d+" if group else r"\d+"
    if name == "lakh":
        whole = rf"\d{{1,2}}(?:{group}\d\d)*{group}\d{{3}}|\d+"
    return re.compile(rf"(?:{whole})(?:{mark}\d*)?|{mark}\d+", re.ASCII)


BODIES = {name: body_of(name) for name in NOTATIONS}


@dataclass(frozen=True)
class Written:
    """A cell taken apart."""

    negative: bool
    parens: bool
    body: str
    exponent: str
    percent: bool
    scale: str
    unit: str
    bound: str  # < or >: the number is a limit


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column's numbers, (T,): NaN where one is missing.

    Attributes
    ----------
    bad
        The place of the first cell that is none and is not missing; -1 if there is none.
    form
        The notation: a key of `NOTATIONS`, or ``logical``.
    share
        How many of the cells that say something are numbers.
    """

    values: np.ndarray
    bad: int
    form: str
    share: float


def is_missing(cell: str) -> bool:
    if len(cell) > 11:
        return False
    plain = cell.casefold()
    return plain in MISSING or (not plain.isascii() and plain.translate(SIGNS).strip() in MISSING)


def is_number(cell: str) -> bool:
    """Whether a cell by itself is a number, with a unit that is well known if any."""
    if PLAIN.fullmatch(cell):
        return len(cell) < SHOWN
    found = apart(cell)
    if found is None or found.unit not in CURRENCIES | UNITS | {""}:
        return False
    return any(each.fullmatch(found.body) for each in BODIES.values())


def apart(cell: str) -> Written | None:
    """A cell's sign, digits and what stands around them."""
    if len(cell) > SHOWN:
        return None
    plain = cell.translate(SIGNS).strip()
    parens = plain.endswith(")") and plain.count("(") == plain.count(")") == 1
    found = CELL.fullmatch(plain.replace("(", " ").replace(")", "").strip() if parens else plain)
    if not found:
        return None
    sign, before, other, body, exponent, after, behind = found.groups(default="")
    if len(sign + other + after) > 1:
        return None
    percent, scale, bound, units = False, "", "", list[str]()
    for word in f"{before} {behind}".replace("%", " % ").replace("<", " < ").split():
        name = word.casefold()
        if word in ("<", ">", "≤", "≥"):
            bound = "<" if word in "<≤" else ">"
        elif word in "%％":
            percent = True
        elif name in SCALES and behind and name in behind.casefold() and not scale and word != "T":
            scale = name
        else:
            units.append(name)
    return Written("-" in sign + other + after, parens, body.strip(), exponent, percent, scale, " ".join(units), bound)


@dataclass(frozen=True)
class Hints:
    """What the rest of the file says of how its numbers are written: its decimal mark, if it is known."""

    decimal: str = ""
    exact: bool = False
    grouped: bool = False  # where it is not known: a mark before three digits stands between thousands


def numbers_of(cells: Sequence[str], place: int, hints: Hints, asked: Asked) -> Numbers:
    """A column's numbers, in whichever notation all cells are readable."""
    unique = dict.fromkeys(cells)
    said = [cell for cell in unique if not is_missing(cell)]
    if said and all(cell.casefold() in ("true", "false") for cell in said):
        found = {cell: float(cell.casefold() == "true") for cell in said}
        return Numbers(placed(cells, found), -1, "logical", 1.0)
    if (
        said
        and all(PLAIN.fullmatch(cell) and len(cell) < SHOWN for cell in said)
        and (hints.exact or not ambiguous(said))
    ):
        found = {cell: float(cell) for cell in said}
        return finished(cells, found, "point", place, asked)
    parts = {cell: each for cell in said if (each := apart(cell))}
    units = Counter(each.unit for each in parts.values())
    flags = {*units} & FLAGS if units[""] else set[str]()
    common = next((unit for unit, _ in units.most_common() if unit and unit not in flags), "")
    behind = len(units) == 1 and said[0].casefold().rstrip().endswith(common)  # C1, C2 are names
    known = common in CURRENCIES | UNITS or behind
    if flags and asked.choose("flag", ["number", "stop"], place, flags=", ".join(sorted(flags))) == "stop":
        flags = set()
    allowed = {"", *flags, *([common] if known else [])}
    parts = {cell: each for cell, each in parts.items() if each.unit in allowed}
    bodies = {each.body for each in parts.values()}
    powers = any(each.exponent for each in parts.values())
    form = notation(bodies, [parts[cell].body for cell in said if cell in parts], powers, place, hints, asked)
    parts = {cell: each for cell, each in parts.items() if BODIES[form].fullmatch(each.body)}
    ways = ways_of(parts, common if known else "", place, asked) if 2 * len(parts) > len(said) else {}
    found = {cell: value(each, form, ways) for cell, each in parts.items()} if ways.get("unit") != "text" else {}
    return finished(cells, found, form, place, asked)


def ambiguous(cells: Sequence[str]) -> bool:
    """Whether plain numbers may be thousands with a point: each has three digits after its only one, or none."""
    marked = [cell.lstrip("+-") for cell in cells if "." in cell]
    return bool(marked) and all(BODIES["point_comma"].fullmatch(cell) and cell[0] != "0" for cell in marked)


def notation(bodies: set[str], ordered: Sequence[str], powers: bool, place: int, hints: Hints, asked: Asked) -> str:
    """The way of writing that most of some digits fit; a choice where several give different numbers.

    `powers`: some are followed by a power of ten, before which nobody writes thousands.
    """
    fits = {name: sum(bool(each.fullmatch(body)) for body in bodies) for name, each in BODIES.items()}
    most = max(fits.values())
    options, known = list[str](), list[list[float]]()
    for name in (name for name in NOTATIONS if fits[name] == most):
        found = [digits(body, name) for body in bodies if BODIES[name].fullmatch(body)]
        if found not in known and not (NOTATIONS[name][0] and (powers or zero_first(bodies, NOTATIONS[name][0]))):
            options.append(name)
            known.append(found)
    if len(options) < 2:
        return (options or ["point"])[0]
    rough = {
        name: roughness([digits(body, name) for body in ordered if BODIES[name].fullmatch(body)]) for name in options
    }
    mixed = len({bool(re.search(r"[.,' ]", body)) for body in bodies}) == 2  # 999, 1,000: only one reading is smooth

    def unlikely(name: str) -> tuple[float, bool]:
        group, mark = NOTATIONS[name]
        wrong = not group if hints.grouped and not hints.decimal else mark != (hints.decimal or ".")
        return rough[name] if mixed else 0.0, wrong

    return asked.choose("marks", sorted(options, key=unlikely), place)


def zero_first(bodies: set[str], group: str) -> bool:
    """Whether a mark stands behind a leading 0, and so cannot be one between thousands."""
    return bool(group) and any(body[0] == "0" and group in body for body in bodies)


def digits(body: str, name: str) -> float:
    group, mark = NOTATIONS[name]
    plain = body.replace(group, "") if group else body
    return float(plain.replace(mark, ".") if mark != "." else plain)


def roughness(values: Sequence[float]) -> float:
    """How far values jump, as shares of themselves."""
    logs = np.log(np.abs(values) + 1e-9)
    return round(float(np.abs(np.diff(logs)).mean()), 6) if len(logs) > 1 else 0.0


def ways_of(parts: Mapping[str, Written], unit: str, place: int, asked: Asked) -> dict[str, str]:
    """How what stands around the digits is read."""
    found, each = dict[str, str](), parts.values()
    if unit:
        found["unit"] = asked.choose("unit", ["number", "text"], place, unit=unit)
    if any(one.percent for one in each):
        found["percent"] = asked.choose("percent", ["points", "share"], place)
    if scales := sorted({one.scale for one in each if one.scale}):
        found["scale"] = asked.choose("scale", ["times", "bare"], place, scales=", ".join(scales))
    if any(one.parens for one in each):
        found["parens"] = asked.choose("parens", ["negative", "positive"], place)
    if any(one.bound == "<" for one in each):
        found["bound"] = asked.choose("bound", ["half", "limit", "zero"], place)
    return found


def value(cell: Written, form: str, ways: Mapping[str, str]) -> float:
    """A cell's number; powers of ten are added as text, so that 2.3M is 2300000 exactly."""
    power = int(cell.exponent[1:] or 0)
    if ways.get("scale") == "times" and cell.scale:
        power += round(math.log10(SCALES[cell.scale]))
    if ways.get("percent") == "share" and cell.percent:
        power -= 2
    group, mark = NOTATIONS[form]
    size = float(f"{(cell.body.replace(group, '') if group else cell.body).replace(mark, '.')}e{power}")
    if cell.bound == "<":
        size *= {"half": 0.5, "limit": 1.0, "zero": 0.0}[ways.get("bound", "half")]
    return -size if cell.negative or (cell.parens and ways.get("parens") == "negative") else size


def placed(cells: Sequence[str], found: Mapping[str, float]) -> np.ndarray:
    return np.array([found.get(cell, math.nan) for cell in cells])


def finished(cells: Sequence[str], found: Mapping[str, float], form: str, place: int, asked: Asked) -> Numbers:
    """The column, with the codes for missing values left out if that is how they are read."""
    good = {cell: number for cell, number in found.items() if abs(number) <= LARGEST}
    values = placed(cells, good)
    holes = np.flatnonzero(np.isnan(values)).tolist()
    unread = [k for k in holes if cells[k] not in good and not is_missing(cells[k])]
    said = len(values) - len(holes) + len(unread)
    code = code_of(values)
    if code and asked.choose("code", ["missing", "value"], place, code=f"{code:g}") == "missing":
        values[values == code] = math.nan
    return Numbers(values, unread[0] if unread else -1, form, (said - len(unread)) / max(1, said))


def code_of(values: np.ndarray) -> float:
    """The number that stands for a missing value, if one does: far from all others; 0 if none does."""
    seen = values[np.isfinite(values)]
    for code in CODES:
        others = seen[seen != code]
        if 2 < len(others) < len(seen) and len(others) > len(seen) / 2:
            low, high = others.min(), others.max()
            if not low - FAR * max(high - low, 1) <= code <= high + FAR * max(high - low, 1):
                return code
    return 0.0
