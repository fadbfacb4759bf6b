"""What a file calls things, as a sentence may show it: short, in one line, and without marks of its own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice


def word(text: object, most: int = 60) -> str:
    """Return a name out of a file, fit for a text: printable, without backticks, cut in its middle."""
    plain = "".join(letter if letter.isprintable() and letter != "`" else "·" for letter in str(text)[:1000])
    half = (most - 1) // 2
    return plain if len(plain) <= most else f"{plain[:half]}…{plain[-half:]}"


def listed(names: Iterable[object], most: int = 6) -> str:
    """Return some names, and a sign that there are more."""
    first = list(islice(names, most + 1))
    return ", ".join(word(name) for name in first[:most]) + (", …" if len(first) > most else "")


def shape_text(shape: Iterable[int]) -> str:
    """Return a shape as it is read: ``"512 × 96"``."""
    return " × ".join(str(size) for size in shape) or "1"
