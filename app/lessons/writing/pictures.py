"""Bits per letter: of counting the last letters as a curve, of the networks as lines beside it."""

import math
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import number

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 336, 280, 30, 84, 40, 44  # px
APART = 17  # px between two names


def bits_curve(counting: Sequence[float], networks: Mapping[str, float], words: Mapping[str, str]) -> Element:
    """Draw bits per letter over the number of letters that are counted.

    Parameters
    ----------
    counting : sequence of float
        Bits per letter of counting the last 0, 1, … letters.
    networks : mapping of str to float
        Bits per letter by kind of cell.
    words : mapping of str to str
        Each kind's name; ``bits``, ``last``, ``counting`` and ``alt``.
    """
    picture, scale = canvas(WIDTH, HEIGHT, words["alt"]), scale_of([*counting, *networks.values()])
    axes(picture, len(counting), scale, words)
    for kind, bits in networks.items():
        line = polyline(picture, [(LEFT, y_of(bits, scale)), (WIDTH - RIGHT, y_of(bits, scale))], f"curve {kind}")
        SubElement(line, "title").text = f"{words[kind]}: {number(bits, 3)}"
    points = [(x_of(n, len(counting)), y_of(bits, scale)) for n, bits in enumerate(counting)]
    polyline(picture, points, "curve later")
    for n, ((x, y), bits) in enumerate(zip(points, counting, strict=True)):
        dot = SubElement(picture, "circle", {"class": "dot later", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"})
        SubElement(dot, "title").text = f"{words['counting']} {n}: {number(bits, 3)}"
    best = min(counting)
    x, y = points[counting.index(best)]
    text(picture, x, y - 12, f"{words['counting']} {number(best, 2)}", "name later")
    names(picture, networks, scale, words)
    return picture


def scale_of(bits: Sequence[float]) -> tuple[int, int]:
    """Whole bits that hold all of these."""
    return math.floor(min(bits)), math.ceil(max(bits))


def x_of(n: int, count: int) -> float:
    return LEFT + 12 + (WIDTH - LEFT - RIGHT - 24) * n / (count - 1)


def y_of(bits: float, scale: tuple[int, int]) -> float:
    low, high = scale
    return HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * (bits - low) / (high - low)


def axes(picture: Element, count: int, scale: tuple[int, int], words: Mapping[str, str]) -> None:
    """The bits, and how many letters are counted."""
    low, high = scale
    for bits in range(low, high + 1):
        SubElement(picture, "path", {"class": "grid", "d": f"M{LEFT} {y_of(bits, scale):.1f}H{WIDTH - RIGHT}"})
        text(picture, LEFT - 8, y_of(bits, scale) + 4, f"{bits}", "caption end")
    for n in range(count):
        text(picture, x_of(n, count), HEIGHT - FOOT + 19, f"{n}", "caption")
    text(picture, 0, 18, words["bits"], "caption start")
    text(picture, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, words["last"], "caption")


def names(picture: Element, networks: Mapping[str, float], scale: tuple[int, int], words: Mapping[str, str]) -> None:
    """The networks' names and bits beside their lines, none on another."""
    low = -math.inf
    for kind, bits in sorted(networks.items(), key=lambda item: -item[1]):
        low = max(y_of(bits, scale) + 4, low + APART)
        text(picture, WIDTH - RIGHT + 8, low, f"{words[kind]} {number(bits, 2)}", f"name start {kind}")
