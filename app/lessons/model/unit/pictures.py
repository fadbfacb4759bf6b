"""Why a number is what it is, as bars that follow each other; and which steps of the input move it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import canvas, polyline, text
from app.formatting import number
from app.lessons.model.model import Part, Reason

WIDTH, ROW, TOP = 500, 19, 4  # px
LABEL, FACTORS, BARS, END = (
    0,
    124,
    262,
    500,
)  # where a row's label and factors begin, its bar, and where its number ends
HUES = {"unit": "h", "input": "x", "bias": "i", "value": "c"}
SYMBOLS = {"sigmoid": "σ", "tanh": "tanh"}


def named(part: Part, words: Mapping[str, str], inputs: Sequence[str]) -> str:
    """What a row is called."""
    if part.count > 1:
        return words[f"{part.kind}_rest"].format(count=part.count)
    if part.kind == "input" and part.source is not None:
        return inputs[part.source] if part.source < len(inputs) else words["input"].format(n=part.source + 1)
    if part.kind == "unit" and part.source is not None:
        return words["unit"].format(n=part.source + 1)
    return words["bias"] if part.kind == "bias" else " · ".join(part.names)


def sum_of(reason: Reason, words: Mapping[str, str], inputs: Sequence[str], hue: str) -> Element:
    """Draw a sum: each product begins where the one before it ended."""
    parts = reason.parts
    height = TOP + ROW * (len(parts) + 2) + 12
    said = "; ".join(f"{named(part, words, inputs)} {number(part.product, 4)}" for part in parts)
    picture = canvas(WIDTH, height, f"{said}; {words['sum']} {number(reason.total, 4)}")
    picture.set("data-room", "wide")
    ends = np.cumsum([0.0, *(part.product for part in parts)])
    low, high = float(ends.min()), float(ends.max())

    def x_of(value: float) -> float:
        return BARS + 4 + (END - 66 - BARS) * (value - low) / ((high - low) or 1)

    polyline(picture, [(x_of(0), TOP), (x_of(0), TOP + ROW * len(parts))], "zero")
    for row, (part, begin, end) in enumerate(zip(parts, ends, ends[1:], strict=False)):
        y = TOP + ROW * row
        bar = {"x": f"{x_of(min(begin, end)):.1f}", "width": f"{max(1.0, abs(x_of(end) - x_of(begin))):.1f}"}
        shade = hue if part.kind in ("bias", "value") else HUES[part.kind]
        rect = {"y": f"{y + 3}", "height": f"{ROW - 6}", "style": f"fill:var(--gw-{shade})"}
        SubElement(picture, "rect", bar | rect)
        label = named(part, words, inputs)
        text(picture, LABEL, y + 14, label if len(label) < 20 else f"{label[:18]}…", "start")
        if len(part.factors) > 1:
            text(
                picture,
                FACTORS,
                y + 14,
                " · ".join(bracketed(number(each, 4)) for each in part.factors),
                "start caption",
            )
        text(picture, END, y + 14, number(part.product, 4), "end")
    foot = TOP + ROW * len(parts) + 1
    polyline(picture, [(0, foot), (WIDTH, foot)], "zero")
    text(picture, LABEL, foot + 15, words["sum"], "start")
    text(picture, END, foot + 15, number(reason.total, 4), "total")
    text(picture, LABEL, foot + 15 + ROW, outcome(reason), "start")
    return picture


def receipt(reason: Reason, words: Mapping[str, str], inputs: Sequence[str]) -> Element:
    """Draw a sum as a receipt, where there is no room for bars: each product's factors beneath its name."""
    width, row, small = 300, 20, 16
    tall = sum(row + (small if len(part.factors) > 1 else 0) for part in reason.parts)
    said = "; ".join(f"{named(part, words, inputs)} {number(part.product, 4)}" for part in reason.parts)
    picture = canvas(width, tall + 2 * row + 12, f"{said}; {words['sum']} {number(reason.total, 4)}")
    picture.set("data-room", "narrow")
    y = 0
    for part in reason.parts:
        label = named(part, words, inputs)
        text(picture, 0, y + 15, label if len(label) < 28 else f"{label[:26]}…", "start")
        text(picture, width, y + 15, number(part.product, 4), "end")
        y += row
        if len(part.factors) > 1:
            factors = " · ".join(bracketed(number(each, 4)) for each in part.factors)
            text(picture, 0, y + 11, factors, "start caption")
            y += small
    polyline(picture, [(0, y + 2), (width, y + 2)], "zero")
    text(picture, 0, y + 19, words["sum"], "start")
    text(picture, width, y + 19, number(reason.total, 4), "end total")
    text(picture, 0, y + 19 + row, outcome(reason), "start")
    return picture


def outcome(reason: Reason) -> str:
    """What becomes of the sum."""
    symbol = SYMBOLS.get(reason.function or "", reason.function or "")
    of_sum = f"{symbol}({number(reason.total, 4)}) = " if symbol else ""
    return f"{reason.name} = {of_sum}{number(reason.result, 4)}"


def bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text


def reach(norms: np.ndarray, step: int, alt: str) -> Element:
    """Draw how far each step's input moves a state: a bar for each, on a scale from zero to the largest."""
    width, height = 900, 96
    picture = canvas(width, height + 22, alt)
    largest = float(norms.max()) or 1.0
    wide = width / len(norms)
    bar = max(0.5, 0.85 * wide)
    tall = (height - 8) * norms / largest
    d = "".join(f"M{wide * k:.2f} {height}v{-each:.2f}h{bar:.2f}V{height}Z" for k, each in enumerate(tall.tolist()))
    SubElement(picture, "path", {"d": d, "style": "fill:var(--gw-h)"})
    polyline(picture, [(0, height), (width, height)], "zero")
    text(picture, 0, height + 17, "1", "start")
    text(picture, min(width - 14, max(16, wide * (step + 0.5))), height + 17, f"{step + 1}", "number")
    return picture


def saturation(
    shares: Mapping[str, tuple[np.ndarray, np.ndarray]], unit: int, roles: Mapping[str, str], words: Mapping[str, str]
) -> Element:
    """Draw each gate's units as Karpathy, Johnson & Li (2016) do: how often left of 0.1, how often right of 0.9.

    Parameters
    ----------
    shares : mapping of str to pair of numpy.ndarray
        By gate, of each unit: the share of steps below 0.1, and above 0.9.
    unit : int
        The selected one, which is marked.
    roles : mapping of str to str
        Of the gates.
    words : mapping of str to str
        ``left``, ``right``, ``alt``.
    """
    side, gap, left, top = 150, 46, 30, 24
    picture = canvas(left + len(shares) * (side + gap), top + side + 36, words["alt"])
    for k, (name, (shut, wide)) in enumerate(shares.items()):
        x0, y0, hue = left + k * (side + gap), top + side, roles.get(name, "h")
        polyline(picture, [(x0, top), (x0, y0), (x0 + side, y0)], "zero")
        polyline(picture, [(x0, top), (x0 + side, y0)], "grid")  # the shares add up to 1 at most
        text(picture, x0 + side / 2, top - 6, name, "letter")
        places = [(x0 + side * a, y0 - side * b) for a, b in zip(shut.tolist(), wide.tolist(), strict=True)]
        circles = "".join(f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0" for x, y in places)
        SubElement(picture, "path", {"d": circles, "style": f"fill:var(--gw-{hue});fill-opacity:0.45"})
        x, y = places[unit]
        mark = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5.5"}
        SubElement(picture, "circle", mark | {"style": "fill:none;stroke:var(--gw-ink);stroke-width:2"})
        text(picture, x0 + side / 2, y0 + 17, words["left"], "caption")
        SubElement(picture, "g", {"transform": f"translate({x0 - 8} {top + side / 2}) rotate(-90)"})
        text(picture[-1], 0, 0, words["right"], "caption")
    return picture
