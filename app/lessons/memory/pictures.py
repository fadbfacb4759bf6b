"""How much each word still counts at the end, over how far back it is: one curve for each cell."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import Point, canvas, hatched, polyline, text
from app.formatting import superscript
from app.lessons.memory.model import FAINT, NEAR, Reading

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 330, 300, 40, 46, 26, 42  # px
Place = Callable[[float, float], Point]  # of words back and a decade, in px
LOW, HIGH = -9, 0.5  # decades of the axis; a curve ends where it leaves it
APART = 15  # px between the names of two curves


def influences(reading: Reading, words: Mapping[str, str], guessed: bool) -> Element:
    """The curves of a reading, thin those without the bias of the keeping gates; what is near, only after the guess.

    `words`: ``title``, ``back``, ``lost``, and each cell's name.
    """
    count = len(reading.text.words)
    picture, first = canvas(WIDTH, HEIGHT, words["title"]), 0 if guessed else min(NEAR, count)

    def place(back: float, decade: float) -> Point:
        across = (WIDTH - LEFT - RIGHT) * back / max(1, count - 1)
        return LEFT + across, TOP + (HEIGHT - TOP - FOOT) * (HIGH - decade) / (HIGH - LOW)

    axes(picture, words, place, count)
    if first:
        (x, y), (right, foot) = place(0, HIGH), place(min(first - 0.5, count - 1), LOW)
        hatched(picture, (x, y), (right, foot), "cover")
        text(picture, (x + right) / 2, (y + foot) / 2 + 5, "?", "number")
    for name, values in reading.plain.items():
        line(picture, values, first, place, f"curve thin {name}")
    ends = {}
    for name, values in reading.influences.items():
        ends[name] = line(picture, values, first, place, f"curve {name}")
    cue(picture, reading, first, place)
    names(picture, {name: end for name, end in ends.items() if end}, words)
    return picture


def axes(picture: Element, words: Mapping[str, str], place: Place, count: int) -> None:
    """The powers of ten, what counts as forgotten, and the words back from the end."""
    lost, corner = place(0, np.log10(FAINT)), place(max(1, count - 1), LOW)
    hatched(picture, lost, corner, "lost")
    for decade in range(-8, 1, 2):
        x, y = place(0, decade)
        SubElement(picture, "path", {"class": "grid", "d": f"M{x:g} {y:.1f}H{corner[0]:.1f}"})
        text(picture, x - 6, y + 4, f"10{superscript(decade)}" if decade else "1", "caption end")
    step = next(n for n in (1, 2, 5, 10, 20, 50) if count / n <= 7)
    for back in range(0, count, step):
        text(picture, place(back, LOW)[0], corner[1] + 17, f"{back}", "caption")
    text(picture, (LEFT + corner[0]) / 2, HEIGHT - 6, words["back"], "caption")
    far = count > 50  # the RNN's curve passes on its left, else above it
    x = corner[0] - 6 if far else place(min(NEAR, count - 1), 0)[0] + 4
    text(picture, x, corner[1] - 8, words["lost"], f"caption {'end' if far else 'start'}")
    text(picture, 0, 13, words["title"], "caption start")


def line(picture: Element, values: np.ndarray, first: int, place: Place, kind: str) -> Point | None:
    """One curve from the last word back, as far as it is on the axis; where it ends."""
    with np.errstate(divide="ignore"):
        points = [(back, float(decade)) for back, decade in enumerate(np.log10(values[::-1]))][first:]
    shown: list[tuple[float, float]] = []
    for point, after in pairwise([*points, points[-1]] if points else []):
        shown.append(point)
        if after[1] < LOW:  # it leaves the axis on the way there
            share = (point[1] - LOW) / (point[1] - after[1])
            shown.append((point[0] + share, LOW))
            break
    if not shown or shown[0][1] < LOW:
        return None
    places = [place(back, decade) for back, decade in shown]
    polyline(picture, places, kind)
    return places[-1]


def cue(picture: Element, reading: Reading, first: int, place: Place) -> None:
    """Where the cue is, and a dot on every curve there."""
    back = reading.text.back
    (x, top), (_, foot) = place(back, HIGH), place(back, LOW)
    SubElement(picture, "path", {"class": "mark", "d": f"M{x:.1f} {top:.1f}V{foot:.1f}"})
    for name, value in reading.cue.items():
        if back >= first and value > 10.0**LOW:
            at = place(back, np.log10(value))
            SubElement(picture, "circle", {"class": f"dot {name}", "cx": f"{x:.1f}", "cy": f"{at[1]:.1f}", "r": "4.5"})


def names(picture: Element, ends: Mapping[str, Point], words: Mapping[str, str]) -> None:
    """The curves' names at their ends, none on another."""
    last = -APART * 1.0
    for name, (x, y) in sorted(ends.items(), key=lambda item: item[1][1]):
        last = max(y, last + APART)
        text(picture, x + 8, min(last + 4, HEIGHT - FOOT + 4), words[name], f"name start {name}")
