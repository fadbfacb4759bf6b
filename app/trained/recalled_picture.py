"""How often each cell is right on a test of memory, by its length: a dot for every start, a bar at their median."""

from collections.abc import Mapping, Sequence
from statistics import median
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import percent

LEFT, STRIP, APART, RIGHT = 66, 66, 24, 14  # px: the cells' names, a length's strip, between two strips, after the last
TOP, ROW, FOOT = 36, 24, 40  # px: the lengths, a cell's row, the scale
SHARES = (0.0, 0.5, 1.0)
FAN = 5  # px from the dot of one start to that of the next

Shares = Mapping[str, Mapping[int, Sequence[float]]]  # by kind of cell and length: of every start, 0 to 1


def strips(shares: Shares, older: Sequence[str], chance: float, words: Mapping[str, str]) -> Element:
    """Draw a row for each cell and a strip for each length.

    Parameters
    ----------
    older : sequence of str
        The kinds that have hues of their own; all others share one.
    chance : float
        The share that guessing reaches, drawn as a dotted line.
    words : mapping of str to str
        Each kind's name; ``length`` with a place for n, ``right``, ``chance`` and ``alt``.
    """
    lengths = list(next(iter(shares.values())))
    foot = TOP + ROW * len(shares)
    picture = canvas(x_of(len(lengths) - 1, 1) + RIGHT, foot + FOOT, words["alt"])
    for place, n in enumerate(lengths):
        text(picture, x_of(place, 0.5), TOP - 16, words["length"].format(n=n), "caption strong")
        for share in SHARES:
            x = x_of(place, share)
            SubElement(picture, "path", {"class": "grid", "d": f"M{x:g} {TOP - 4}V{foot}"})
            text(picture, x, foot + 15, percent(share), "caption")
        SubElement(picture, "path", {"class": "mark", "d": f"M{x_of(place, chance):.1f} {TOP - 4}V{foot}"})
    text(picture, x_of(0, 0), foot + 33, f"{words['right']} · ┆ {words['chance']}", "caption start")
    for row, (kind, by_length) in enumerate(shares.items()):
        hue, y = kind if kind in older else "later", TOP + ROW * (row + 0.5)
        text(picture, 0, y + 4, words[kind], f"name start {hue}")
        for place, values in enumerate(by_length.values()):
            starts(picture, [x_of(place, value) for value in values], y, hue)
            title = f"{words[kind]} · {words['length'].format(n=lengths[place])}: {', '.join(map(percent, values))} %"
            SubElement(bar(picture, x_of(place, median(values)), y, hue), "title").text = title
    return picture


def x_of(place: int, share: float) -> float:
    """Where a share stands in the strip of a length."""
    return LEFT + place * (STRIP + APART) + STRIP * share


def starts(picture: Element, places: Sequence[float], y: float, hue: str) -> None:
    """A dot for every start, one below the other."""
    for order, x in enumerate(places):
        at = y + FAN * (order - (len(places) - 1) / 2)
        SubElement(picture, "circle", {"class": f"dot seed {hue}", "cx": f"{x:.1f}", "cy": f"{at:.1f}", "r": "3"})


def bar(picture: Element, x: float, y: float, hue: str) -> Element:
    """The median of the starts."""
    return polyline(picture, [(x, y - ROW / 2 + 3), (x, y + ROW / 2 - 3)], f"curve median {hue}")
