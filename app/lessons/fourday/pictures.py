"""How an error depends on the states of every day: its gradients, one line a sequence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import number
from cells import Gradients

WIDTH, LEFT, RIGHT = 640, 64, 604  # px: of the picture; the first and the last day
TALL, GAP, TOP = 118, 66, 40  # of a row, between two rows, above the first
ROOM = 0.12  # of the range, kept free at both ends for numbers
NAMED, PRINTED = 6, 10  # days whose ticks say "day"; whose numbers have room: others are shown when pointed at


def gradients(grads: Mapping[str, Gradients], said: str, words: Mapping[str, str]) -> Element:
    """The gradient of each sequence's loss at every day: by h above, by c below.

    Parameters
    ----------
    grads : mapping of str to Gradients
        By sequence.
    said : str
        The line below.
    words : mapping of str to str
        The sequences' names, ``h`` and ``c`` as titles, ``day``.
    """
    picture = canvas(WIDTH, TOP + 2 * TALL + GAP + 78, f"{words['h']}; {words['c']}", least=0.95)
    text(picture, LEFT, TOP + 2 * TALL + GAP + 62, said, "title")
    for order, role in enumerate("hc"):
        lines = {name: g[role][:, 0, 0].tolist() for name, g in grads.items()}
        row(picture, role, TOP + order * (TALL + GAP), lines, words)
    return picture


Lines = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Axes:
    """Where a row draws a day and a gradient."""

    top: float
    days: int
    low: float
    high: float

    @classmethod
    def of(cls, top: float, lines: Lines) -> Axes:
        every = [0.0, *(value for values in lines.values() for value in values)]
        spare = ROOM * (max(every) - min(every)) or 1.0
        return cls(top, max(map(len, lines.values())), min(every) - spare, max(every) + spare)

    def x(self, day: int) -> float:
        return LEFT + (RIGHT - LEFT) * (day / (self.days - 1) if self.days > 1 else 0.5)

    def y(self, value: float) -> float:
        return self.top + TALL * (self.high - value) / (self.high - self.low)


def row(picture: Element, role: str, top: float, lines: Lines, words: Mapping[str, str]) -> None:
    """One value's gradients: a title, the axis, and a line a sequence."""
    axes = Axes.of(top, lines)
    text(picture, LEFT, top - 20, words[role], f"title {role}")
    SubElement(picture, "path", {"class": "zero", "d": f"M{LEFT} {axes.y(0):.2f}H{RIGHT}"})
    text(picture, LEFT - 16, axes.y(0) + 4, "0", "caption")
    for day in range(axes.days):
        name = f"{words['day']} {day + 1}" if axes.days <= NAMED else f"{day + 1}"
        if axes.days <= PRINTED or (day + 1) % 5 == 0:
            text(picture, axes.x(day), top + TALL + 26, name, "caption")
    for order, name in enumerate(lines):
        line(picture, f"{role} s{order}", axes, name, lines, words)


def line(picture: Element, kind: str, axes: Axes, name: str, lines: Lines, words: Mapping[str, str]) -> None:
    """One sequence's gradients; its class gives it a dash and a mark of its own. The larger number stands above."""
    points = [(axes.x(day), axes.y(value)) for day, value in enumerate(lines[name])]
    polyline(picture, points, f"slope {kind}")
    earlier = list(lines)[: list(lines).index(name)]
    for day, (value, (x, y)) in enumerate(zip(lines[name], points, strict=True)):
        mark = SubElement(picture, "circle", {"class": f"point {kind}", "cx": f"{x:.2f}", "cy": f"{y:.2f}", "r": "4.5"})
        SubElement(mark, "title").text = f"{words[name]} · {words['day']} {day + 1}: {number(value, 6)}"
        if axes.days <= PRINTED:
            others = [(values[day], other in earlier) for other, values in lines.items() if day < len(values)]
            below = any(other > (value, False) for other in others)
            text(picture, x, y + (19 if below else -10), number(value), f"number {kind}")
    text(picture, points[-1][0] + 16, points[-1][1] + 4, name, f"letter {kind}")
