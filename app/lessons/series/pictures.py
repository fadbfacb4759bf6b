"""The end of a series, and what each forecast says follows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import scientific

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 340, 56, 142, 30, 34  # px
APART = 17  # px between two names
LABEL = 190  # px that the window's name needs to its left
TICKS, DATES = 5, 5  # at most so many on an axis


@dataclass(frozen=True)
class Axes:
    """Where a place in the series and a value are drawn."""

    count: int
    low: float
    high: float
    width: float = WIDTH  # of the whole picture

    def x(self, place: float) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * place / max(1, self.count - 1)

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - FOOT) * (self.high - value) / (self.high - self.low)


def forecasts(
    dates: Sequence[str],
    values: Sequence[float],
    origin: int,
    steps: int,
    found: Mapping[str, Sequence[float]],
    words: Mapping[str, str],
    width: float = WIDTH,
    intervals: Mapping[str, tuple[Sequence[float], Sequence[float]]] = MappingProxyType({}),
) -> Element:
    """Draw the end of a series and what follows an origin, as each forecast has it.

    Parameters
    ----------
    dates, values
        The part of the series that is shown; dates go on where a forecast goes past its end.
    origin
        The place among them of the last value that was known.
    steps
        How many values up to the origin a network has read: that window is shaded.
    found
        Forecasts of the values after the origin, by name: cells and baselines.
    words
        A name for each; ``truth``, ``window``, ``unit`` (of the values) and ``alt``.
    width
        Of the picture, px.
    intervals
        The lower and upper ends of some forecasts' intervals.
    """
    picture = canvas(width, HEIGHT, words["alt"], least=1)
    ends = [end for pair in intervals.values() for end in pair]
    every = [*values, *(value for following in (*found.values(), *ends) for value in following)]
    spare = 0.05 * (max(every) - min(every)) or 1.0
    axes = Axes(len(dates), min(every) - spare, max(every) + spare, width)
    begin = max(0, origin - steps + 1)
    at_end = origin + max(map(len, found.values()), default=0) >= len(dates) - 1
    picture.set("data-start", "1" if at_end else f"{axes.x(begin) / width:.3f}")  # what a phone shows first
    window(picture, axes, begin, origin, words)
    grid(picture, axes, dates)
    text(picture, 0, 19, words["unit"], "caption start")
    for name, (low, high) in intervals.items():
        band(picture, axes, origin, values[origin], (low, high), name)
    last = curve(picture, axes, dates, 0, values, words["truth"], "truth")
    told = {"truth": last} if len(dates) == len(values) else {}
    for name, following in found.items():
        told[name] = curve(picture, axes, dates, origin, [values[origin], *following], words[name], name)
    names(picture, axes, told, words)
    return picture


def band(
    picture: Element, axes: Axes, origin: int, value: float, ends: tuple[Sequence[float], Sequence[float]], kind: str
) -> None:
    """An interval, which opens from the last known value."""
    low, high = ([(origin + k, end) for k, end in enumerate(each, 1)] for each in ends)
    places = [(origin, value), *high, *low[::-1]]
    outline = "L".join(f"{axes.x(place):.1f} {axes.y(end):.1f}" for place, end in places)
    SubElement(picture, "path", {"class": f"band {kind}", "d": f"M{outline}Z"})


def window(picture: Element, axes: Axes, first: int, last: int, words: Mapping[str, str]) -> None:
    """What is read, shaded."""
    left, right = axes.x(first), axes.x(last)
    place = {"x": f"{left:.1f}", "y": f"{TOP}", "width": f"{right - left:.1f}", "height": f"{HEIGHT - TOP - FOOT}"}
    SubElement(picture, "rect", {"class": "window"} | place)
    if right < LABEL:  # at the picture's left end, where it would be cut
        text(picture, left + 4, TOP + 15, words["window"], "caption start")
    else:
        text(picture, right - 6, TOP + 15, words["window"], "caption end")


def grid(picture: Element, axes: Axes, dates: Sequence[str]) -> None:
    """The values at the left, the dates below."""
    right = axes.x(axes.count - 1)
    step = round_step((axes.high - axes.low) / TICKS)
    decimals = max(0, -math.floor(math.log10(step)))
    for k in range(math.ceil(axes.low / step), math.floor(axes.high / step) + 1):
        y = axes.y(k * step)
        SubElement(picture, "path", {"class": "grid", "d": f"M{LEFT} {y:.1f}H{right:.1f}"})
        text(picture, LEFT - 8, y + 4, f"{k * step:.{decimals}f}".replace("-", "\N{MINUS SIGN}"), "caption end")
    for k in range(0, axes.count, -(-axes.count // round(DATES * axes.width / WIDTH))):
        text(picture, axes.x(k), HEIGHT - 10, dates[k], "caption")


def round_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is at least so much."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)


def curve(
    picture: Element, axes: Axes, dates: Sequence[str], first: int, values: Sequence[float], name: str, kind: str
) -> tuple[float, float]:
    """Values from a place on; what they are is told when they are pointed at. Where they end."""
    places = [(axes.x(first + k), axes.y(value)) for k, value in enumerate(values)]
    polyline(picture, places, f"curve {kind}")
    for (x, y), value, date in zip(places, values, dates[first:], strict=False):
        dot = SubElement(picture, "circle", {"class": f"value {kind}", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"})
        SubElement(dot, "title").text = f"{name} · {date}: {scientific(value, 4)}"
    return places[-1]


def names(picture: Element, axes: Axes, ends: Mapping[str, tuple[float, float]], words: Mapping[str, str]) -> None:
    """The names beside the ends, none on another."""
    ordered = sorted(ends.items(), key=lambda item: item[1][1])
    last, foot = -math.inf, HEIGHT - FOOT - APART * (len(ends) - 1)
    for k, (name, (x, y)) in enumerate(ordered):
        last = max(min(y + 4, foot + APART * k), last + APART)
        SubElement(
            picture, "path", {"class": "tie", "d": f"M{x + 4:.1f} {y:.1f}L{axes.width - RIGHT + 12} {last - 4:.1f}"}
        )
        text(picture, axes.width - RIGHT + 16, last, words[name], f"name start {name}")
