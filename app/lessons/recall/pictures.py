"""How often a network is right in the course of its training: every seed thin, their median thick."""

import math
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import number, percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 304, 256, 36, 44, 38, 46  # px
TICKS = (25, 100, 400, 1500)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
APART = 16  # px between two names

Curves = Mapping[str, Sequence[Sequence[float]]]


def median(curves: Sequence[Sequence[float]]) -> np.ndarray:
    """The median at every epoch; a run that ended, for it had solved the test, stays where it was."""
    longest = max(map(len, curves))
    return np.median([[*curve, *[curve[-1]] * (longest - len(curve))] for curve in curves], axis=0)


def success(curves: Curves, epoch: int, updates: int, chance: float, words: Mapping[str, str]) -> Element:
    """Draw the share of right answers over the updates, on a scale of powers.

    Parameters
    ----------
    curves : mapping of str to sequence of sequences of float
        By kind of cell: for each seed the share, 0 to 1, after every epoch.
    epoch, updates : int
        Updates of an epoch, and of the whole budget.
    chance : float
        The share that guessing reaches, drawn as a dotted line.
    words : mapping of str to str
        Each kind's name; ``updates``, ``right``, ``chance`` and ``alt``.
    """
    picture = canvas(WIDTH, HEIGHT, words["alt"])
    axes(picture, epoch, updates, chance, words)
    ends = {}
    for kind, seeds in curves.items():
        for seed in seeds if len(seeds) > 1 else ():
            line(picture, seed, epoch, updates, f"curve thin {kind}")
        middle = median(seeds)
        thick = line(picture, middle, epoch, updates, f"curve {kind}")
        said = f"{words[kind]}: {percent(middle[-1])} {words['right']} · {epoch * len(middle)} {words['updates']}"
        SubElement(thick, "title").text = said
        ends[kind] = x_of(epoch * len(middle), epoch, updates), y_of(middle[-1])
    names(picture, ends, words)
    return picture


def x_of(update: float, epoch: int, updates: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(update / epoch) / math.log(max(updates / epoch, 2))


def y_of(share: float) -> float:
    return HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * share


def axes(picture: Element, epoch: int, updates: int, chance: float, words: Mapping[str, str]) -> None:
    """The shares, the updates, and what guessing reaches."""
    right = x_of(updates, epoch, updates)
    for share in SHARES:
        SubElement(picture, "path", {"class": "grid", "d": f"M{LEFT} {y_of(share):.1f}H{right:.1f}"})
        text(picture, LEFT - 8, y_of(share) + 4, percent(share), "caption end")
    for update in TICKS:
        if epoch <= update <= updates:
            text(picture, x_of(update, epoch, updates), HEIGHT - FOOT + 19, f"{update}", "caption")
    text(picture, (LEFT + right) / 2, HEIGHT - 6, words["updates"], "caption")
    text(picture, 0, 20, words["right"], "caption start")
    SubElement(picture, "path", {"class": "mark", "d": f"M{LEFT} {y_of(chance):.1f}H{right:.1f}"})
    text(picture, right, y_of(chance) + 15, words["chance"], "caption end")


def line(picture: Element, shares: Sequence[float] | np.ndarray, epoch: int, updates: int, kind: str) -> Element:
    """One curve, a point an epoch."""
    points = [(x_of(epoch * (k + 1), epoch, updates), y_of(share)) for k, share in enumerate(shares)]
    return polyline(picture, points, kind)


def names(picture: Element, ends: Mapping[str, tuple[float, float]], words: Mapping[str, str]) -> None:
    """The kinds' names beside the ends of their curves, none on another."""
    written: list[tuple[float, float]] = []
    for kind, (x, y) in sorted(ends.items(), key=lambda item: item[1][1]):
        for other, at in written:
            if abs(x - other) < RIGHT:
                y = max(y, at + APART)
        written.append((x, y))
        text(picture, x + 6, y + 4, words[kind], f"name start {kind}")


# ---- some sequences --------------------------------------------------------------------------------------------------


def answered(
    found: Mapping[str, Sequence[float]],
    names: Sequence[str],
    wanted: Sequence[float],
    guess: float,
    words: Mapping[str, str],
) -> Element:
    """Draw what networks answer to some sequences: a column each, with a bar at what is wanted.

    Parameters
    ----------
    found : mapping of str to sequence of float
        By kind of cell: an answer to each sequence, on a scale from 0 to 1.
    names : sequence of str
        What each sequence is called.
    guess : float
        What the best guess answers, drawn as a dotted line.
    words : mapping of str to str
        Each kind's name; ``scale``, ``wanted``, ``guess`` and ``alt``.
    """
    picture = canvas(WIDTH, HEIGHT, words["alt"], least=0.95)
    right, width = WIDTH - RIGHT, (WIDTH - LEFT - RIGHT) / len(names)
    text(picture, 0, 20, words["scale"], "caption start")
    for share in SHARES:
        SubElement(picture, "path", {"class": "grid", "d": f"M{LEFT} {y_of(share):.1f}H{right}"})
        text(picture, LEFT - 8, y_of(share) + 4, f"{share:g}", "caption end")
    SubElement(picture, "path", {"class": "mark", "d": f"M{LEFT} {y_of(guess):.1f}H{right}"})
    text(picture, right + 4, y_of(guess) + 4, words["guess"], "caption start")
    for place, (name, target) in enumerate(zip(names, wanted, strict=True)):
        left = LEFT + width * place
        text(picture, left + width / 2, HEIGHT - FOOT + 19, name, "caption")
        bar = [(left + 4, y_of(target)), (left + width - 4, y_of(target))]
        SubElement(polyline(picture, bar, "curve truth"), "title").text = f"{words['wanted']}: {number(target, 3)}"
        for order, (kind, values) in enumerate(found.items()):
            x = left + width * (order + 1) / (len(found) + 1)
            y = y_of(min(max(values[place], -0.06), 1.06))
            where = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4.5"}
            dot = SubElement(picture, "circle", {"class": f"dot {kind}"} | where)
            SubElement(dot, "title").text = f"{words[kind]} · {name}: {number(values[place], 3)}"
    for order, kind in enumerate(found):
        text(picture, LEFT + 62 * order, HEIGHT - 6, words[kind], f"name start {kind}")
    return picture
