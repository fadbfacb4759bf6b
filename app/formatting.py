"""Numbers as text, and which text is a number."""

import math
import re
import statistics
from collections.abc import Sequence

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
"""How a number may be written, in an address or a file; app/components/base/parse.js reads what is typed."""

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, decimals: int = 3) -> str:
    """A number as the stage prints it: fixed decimals, a true minus sign, and no negative zero."""
    printed = f"{value:.{decimals}f}"
    return f"{float(printed) + 0.0:.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def percent(share: float, trim: bool = True) -> str:
    """A share in per cent, without the sign, to one decimal: 90.4; trimmed, a whole one has none: 100."""
    printed = number(100 * share, 1)
    return printed.removesuffix(".0") if trim else printed


def spread(values: Sequence[float], decimals: int = 3) -> str:
    """The median of some values, and their lower and upper quartile: 8.3 (7.9–10.6)."""
    low, median, high = (number(cut, decimals) for cut in statistics.quantiles(values, n=4, method="inclusive"))
    return f"{median} ({low}–{high})"


def scientific(value: float, digits: int = 2) -> str:
    """A number so many digits long, whatever its size: 0.35, 12, 2.5 × 10⁻¹², 0, ∞."""
    if not math.isfinite(value) or value == 0:
        return {math.inf: "∞", -math.inf: "\N{MINUS SIGN}∞"}.get(value, "0" if value == 0 else "?")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    if -3 <= int(exponent) < 4:
        return f"{float(f'{value:.{digits}g}'):.{max(0, digits - 1 - int(exponent))}f}".replace("-", "\N{MINUS SIGN}")
    return f"{mantissa} × 10{superscript(int(exponent))}".replace("-", "\N{MINUS SIGN}")


def superscript(exponent: int) -> str:
    """A whole number as a superscript: ⁻¹²."""
    return str(exponent).translate(SUPERSCRIPTS)


# ---- cells of a table that a spreadsheet opens -----------------------------------------------------------------------

FORMULAS = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}",
            "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""What a text begins with that spreadsheets compute, after spaces as well."""


def as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: before a text that begins like one stands an apostrophe."""
    begins = cell.lstrip().startswith(FORMULAS) or cell.lstrip(" ").startswith(("\t", "\r", "\n"))
    return f"'{cell}" if begins else cell
