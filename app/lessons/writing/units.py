"""Units that follow something in a text, found by correlation over that text; nothing else is claimed of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

VOWELS = frozenset("aeiouy")
MARKS = "\u0300\u0301\u0303\u0309\u0323"  # the tones of Vietnamese but the level one


def spaces(text: str) -> list[float]:
    """1 at a space or a new line."""
    return [float(letter in " \n") for letter in text]


def word(text: str) -> list[float]:
    """How many letters of the word there have been, this one included; 0 at a space."""
    return counted(text, lambda letter: not letter.isalpha())


def line(text: str) -> list[float]:
    """How many letters of the line there have been, this one included; 0 at a new line."""
    return counted(text, lambda letter: letter == "\n")


def vowels(text: str) -> list[float]:
    """1 at a vowel, whatever its marks."""
    return [float(unicodedata.normalize("NFD", letter)[0].lower() in VOWELS) for letter in text]


def capitals(text: str) -> list[float]:
    """1 at a capital letter."""
    return [float(letter.isupper()) for letter in text]


def quotation(text: str) -> list[float]:
    """1 from a double quotation mark to the next, both included."""
    inside, values = False, []
    for letter in text:
        values.append(float(inside or letter == '"'))
        inside ^= letter == '"'
    return values


def tones(text: str) -> list[float]:
    """1 at a letter with a tone mark."""
    return [float(any(mark in MARKS for mark in unicodedata.normalize("NFD", letter))) for letter in text]


def counted(text: str, ends: Callable[[str], bool]) -> list[float]:
    """How many letters there have been since one that ends the count."""
    values, so_far = [], 0
    for letter in text:
        so_far = 0 if ends(letter) else so_far + 1
        values.append(float(so_far))
    return values


FEATURES: Mapping[str, Callable[[str], list[float]]] = {
    each.__name__: each for each in (spaces, word, line, vowels, capitals, quotation, tones)
}


@dataclass(frozen=True)
class Found:
    """A unit that follows a feature: the correlation of its values with it over a text."""

    feature: str
    unit: int
    r: float


def found(text: str, values: np.ndarray) -> list[Found]:
    """Return the unit that follows each feature most, a unit once, the strongest first.

    Parameters
    ----------
    text : str
    values : numpy.ndarray
        (T, H): a value of every unit after each letter, such as its cell state.

    Notes
    -----
    Pearson's correlation; a feature or a unit that never changes has none.
    """
    wanted = np.array([feature(text) for feature in FEATURES.values()])
    r = np.abs(signed := correlations(wanted, values.T))
    chosen: list[Found] = []
    for feature, unit in zip(*np.unravel_index(np.argsort(-r, axis=None, kind="stable"), r.shape), strict=True):
        name = list(FEATURES)[feature]
        taken = any(each.feature == name or each.unit == unit for each in chosen)
        if not taken and r[feature, unit] > 0:
            chosen.append(Found(name, int(unit), float(signed[feature, unit])))
    return chosen


def strongest(text: str, values: np.ndarray) -> list[Found]:
    """Return what every unit follows most closely over a text; those of one feature together, the closest first.

    Parameters and notes as of `found`.
    """
    r = correlations(np.array([feature(text) for feature in FEATURES.values()]), values.T)
    best = np.abs(r).argmax(0)
    units = [Found(list(FEATURES)[feature], unit, float(r[feature, unit])) for unit, feature in enumerate(best)]
    closely = {name: max((abs(each.r) for each in units if each.feature == name), default=0) for name in FEATURES}
    return sorted(units, key=lambda each: (-closely[each.feature], each.feature, -abs(each.r)))


def correlations(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Pearson's correlation of every row of a with every row of b; 0 where one is constant."""
    parts = [each - each.mean(1, keepdims=True) for each in (a, b)]
    sizes = [np.linalg.norm(each, axis=1) for each in parts]
    scaled = [each / np.where(size > 1e-12, size, np.inf)[:, None] for each, size in zip(parts, sizes, strict=True)]
    return np.asarray(scaled[0] @ scaled[1].T)
