"""Pictures of what a layer reads, keeps and gives back: a column for each step, a row for each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import colour, text
from app.formatting import number

COLUMN, ROW, LEFT, TOP = 50, 23, 4, 26  # px: a cell; where the cells begin, and the steps' numbers end
HEAD, GAP = 21, 12  # px: a strip's name above it, and what is left under it
GRAPH = 92  # px: the height of a curve


@dataclass(frozen=True)
class Strip:
    """Values of all units at all steps, (T, n); only the steps that are `shown` have something to show."""

    name: str
    role: str
    values: np.ndarray
    shown: Sequence[bool] | None = None


@dataclass(frozen=True)
class Curve:
    """A function, as points (n, 2)."""

    name: str
    points: np.ndarray


def grids(parts: Sequence[Strip | Curve], steps: Sequence[int], names: dict[str, str], title: str) -> Element:
    """The strips one below the other, under the numbers of their steps; functions come first."""
    width = 2 * LEFT + COLUMN * len(steps)
    height = TOP + sum(HEAD + GAP + tall(part) for part in parts)
    picture = Element(
        "svg",
        {
            "viewBox": f"0 0 {width} {height}",
            "class": "gw-grids",
            "role": "img",
            "aria-label": title,
            "style": f"max-width:{1.3 * width:.0f}px;min-width:{0.8 * width:.0f}px",
        },
    )
    y, numbered = 0, False
    for part in parts:
        if isinstance(part, Strip) and not numbered:
            for k, step in enumerate(steps):
                text(picture, LEFT + COLUMN * (k + 0.5), y + 14, f"t = {step}", "step")
            y, numbered = y + TOP, True
        text(picture, LEFT, y + 13, names[part.name], "name")
        if isinstance(part, Curve):
            curve(picture, part, y + HEAD, width)
        else:
            strip(picture, part, y + HEAD)
        y += HEAD + GAP + tall(part)
    return picture


def tall(part: Strip | Curve) -> int:
    return GRAPH if isinstance(part, Curve) else ROW * part.values.shape[1]


def strip(parent: Element, part: Strip, y: float) -> None:
    for t, column in enumerate(part.values.tolist()):
        shown = part.shown is None or part.shown[t]
        for unit, value in enumerate(column):
            box(parent, LEFT + COLUMN * t, y + ROW * unit, value if shown else None, part.role)


def box(parent: Element, x: float, y: float, value: float | None, role: str) -> None:
    """One number on its colour, or an empty place."""
    place = {"x": f"{x + 1:g}", "y": f"{y + 1:g}", "width": f"{COLUMN - 2}", "height": f"{ROW - 2}", "rx": "4"}
    if value is None:
        SubElement(parent, "rect", {"class": "none"} | place)
        return
    SubElement(parent, "rect", {"class": f"value {role}", "style": f"fill:{colour(value)}"} | place)
    text(parent, x + COLUMN / 2, y + ROW / 2 + 4.5, number(value, 2), "number")


def curve(parent: Element, part: Curve, y: float, width: float) -> None:
    """A function between its lowest and highest value, with its two axes."""
    (a, low), (b, high) = part.points.min(axis=0), part.points.max(axis=0)
    across, up = (width - 2 * LEFT) / (b - a), (GRAPH - 8) / (high - low)

    def place(u: float, v: float) -> str:
        return f"{LEFT + across * (u - a):.1f} {y + GRAPH - 4 - up * (v - low):.1f}"

    SubElement(parent, "path", {"class": "axis", "d": f"M{place(a, 0)}L{place(b, 0)}M{place(0, low)}L{place(0, high)}"})
    SubElement(parent, "path", {"class": "curve", "d": "M" + "L".join(place(u, v) for u, v in part.points.tolist())})
    text(parent, LEFT, y + 14, number(high, 1), "start")
    text(parent, width - LEFT, y + GRAPH - 8, number(low, 1), "end")
