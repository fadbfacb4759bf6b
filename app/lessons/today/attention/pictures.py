"""Shares as a picture: a square for each day that looks and each that is looked at, and the numbers kept."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import canvas, colour, text, titled
from app.formatting import number

LEFT, TOP, RIGHT, FOOT = 62, 40, 84, 6  # px: the days that look, those looked at, the numbers kept, below
SQUARE, LEAST = 46, 14  # px: a square is so large, or as small as many days make it
ROOM = 196  # px: of the squares side by side, as a phone has it
LEGIBLE = 30  # px: a smaller square has no number


def matrix(shares: np.ndarray, kept: Sequence[int], words: Mapping[str, str]) -> Element:
    """Draw shares (T, T) of which nothing is above the diagonal.

    Parameters
    ----------
    kept : sequence of int
        After each day.
    words : mapping of str to str
        ``title``, ``caption``, ``day`` with a place for n, ``kept`` and ``alt``.
    """
    days = len(shares)
    side = max(LEAST, min(SQUARE, ROOM // days))
    wide = LEFT + side * days
    drawing = canvas(wide + RIGHT, TOP + side * days + FOOT, words["alt"], most=1)
    text(drawing, wide + RIGHT / 2, TOP - 12, words["kept"], "caption")
    for t in range(days):
        middle = side * (t + 0.5)
        text(drawing, LEFT + middle, TOP - 12, label(words, t, side), "caption")
        text(drawing, LEFT - 12, TOP + middle + 4, words["day"].format(n=t + 1), "caption end")
        text(drawing, wide + RIGHT / 2, TOP + middle + 5, f"{kept[t]}", "number")
        for s in range(days):
            square(drawing, (LEFT + side * s, TOP + side * t), side, float(shares[t, s]) if s <= t else None)
    return titled(drawing, words["title"], words["caption"])


def label(words: Mapping[str, str], day: int, side: int) -> str:
    """The name of a column: a number alone where it is narrow."""
    return words["day"].format(n=day + 1) if side >= LEGIBLE else f"{day + 1}"


def square(drawing: Element, corner: tuple[float, float], side: int, share: float | None) -> None:
    """A share in its colour, with its number where there is room; None is a day that has not come yet."""
    x, y = corner
    size = {"x": f"{x + 1:g}", "y": f"{y + 1:g}", "width": f"{side - 2}", "height": f"{side - 2}", "rx": "5"}
    if share is None:
        SubElement(drawing, "rect", size | {"class": "none"})
        return
    drawn = SubElement(drawing, "rect", size | {"class": "share", "style": f"fill:{colour(share)}"})
    SubElement(drawn, "title").text = number(share)
    if side >= LEGIBLE:
        text(drawing, x + side / 2, y + side / 2 + 4.5, number(share, 2), "number")
