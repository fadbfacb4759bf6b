"""A network unrolled: a box for every layer, direction and step, filled with its hidden state."""

from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import arrow, canvas, colour, text
from app.formatting import number
from cells.layers import StackTrace

LEFT, COLUMN = 66, {1: 72, 2: 104}  # px: the layers' names; from step to step, by the number of directions
BOX, ASIDE = (36, 34), 22  # px: a box; how far each direction is from the middle of its step
LAYER, BAR, INPUT = {1: 80, 2: 138}, (80, 14), (52, 18)
LOWEST, APART = 36, 52  # px: a layer's first box above its bottom, its second above the first
FOOT = 64  # px under the lowest layer: the input and its step


def unrolled(trace: StackTrace, words: dict[str, str]) -> Element:
    """The run of a stack: layers above each other, time from left to right; the largest state has the full colour."""
    steps, depth, ways = len(trace.output), trace.stack.depth, len(trace.stack.layer(0))
    height = 28 + LAYER[ways] * depth + FOOT
    picture = canvas(LEFT + COLUMN[ways] * steps, height, words["network"])
    xs = next(iter(trace.traces.values())).x
    bottom = height - FOOT
    for t in range(steps):
        slices(picture, (middle(t, ways), bottom + 24), INPUT, xs[t], "x")
        text(picture, middle(t, ways), bottom + 54, words["step"].replace("{n}", f"{t + 1}"), "caption")
    for level in range(depth):
        y = bottom - LAYER[ways] * level
        place = y - LAYER[2] / 2 + 6 if ways == 2 else y - LOWEST + 4
        text(picture, LEFT / 2 - 4, place, words["layer"].replace("{n}", f"{level + 1}"), "caption")
        layer(picture, trace, level, y)
    return picture


def middle(step: int, ways: int) -> float:
    return LEFT + COLUMN[ways] * (step + 0.5)


def top_state(trace: StackTrace) -> float:
    """The largest hidden value of all: the deepest colour."""
    return max(float(np.abs(each["h"]).max()) for each in trace.traces.values())


def layer(picture: Element, trace: StackTrace, level: int, bottom: float) -> None:
    """One layer above `bottom`: its boxes, what they read, and what they pass on."""
    names, strongest = trace.stack.layer(level), top_state(trace)
    ways, top = len(names), bottom - LAYER[len(names)]
    below = 24 - INPUT[1] / 2 if level == 0 else 4 if ways == 2 else LAYER[1] - LOWEST - BOX[1] / 2
    states = [trace[f"{name}.h"] for name in names]
    for t in range(len(states[0])):
        at = middle(t, ways)
        for way, h in enumerate(states):
            x, y = at + (ASIDE * (2 * way - 1) if ways == 2 else 0), bottom - LOWEST - APART * way
            arrow(picture, (x, bottom + below), (x, y + BOX[1] / 2), "h" if level else "x")
            sideways(picture, (x, y), t, len(h), COLUMN[ways], back=way == 1)
            slices(picture, (x, y), BOX, h[t], "h", upright=True, full=strongest)
            if ways == 2:
                arrow(picture, (x, y - BOX[1] / 2), (x, top + BAR[1] + 4), "h")
        if ways == 2:
            slices(
                picture, (at, top + 4 + BAR[1] / 2), BAR, np.concatenate([h[t] for h in states]), "h", full=strongest
            )
        if level == trace.stack.depth - 1:
            end = top + 4 if ways == 2 else bottom - LOWEST - BOX[1] / 2
            arrow(picture, (at, end), (at, end - 22), "h")


def sideways(picture: Element, at: tuple[float, float], step: int, steps: int, far: int, back: bool) -> None:
    """The hidden state on its way to the step that is read next."""
    ahead = -1 if back else 1
    if 0 <= step + ahead < steps:
        (x, y), role = at, "h back" if back else "h"
        arrow(picture, (x + ahead * BOX[0] / 2, y), (x + ahead * (far - BOX[0] / 2), y), role)


def slices(
    parent: Element,
    middle: tuple[float, float],
    size: tuple[int, int],
    values: np.ndarray,
    role: str,
    upright: bool = False,
    full: float = 1,
) -> None:
    """A box cut into one slice for each number, coloured by its share of `full`; a pointer reads the number."""
    (x, y), (width, height) = middle, size
    left, top, n = x - width / 2, y - height / 2, len(values)
    across, down = (width, height / n) if upright else (width / n, height)
    for k, value in enumerate(values.tolist()):
        place = {
            "x": f"{left + (0 if upright else across * k):.2f}",
            "y": f"{top + (down * k if upright else 0):.2f}",
            "width": f"{across:.2f}",
            "height": f"{down:.2f}",
        }
        slice_ = SubElement(parent, "rect", {"class": "slice", "style": f"fill:{colour(value / full)}"} | place)
        SubElement(slice_, "title").text = f"{k + 1}: {number(value)}"
    frame = {"x": f"{left:g}", "y": f"{top:g}", "width": f"{width}", "height": f"{height}", "rx": "3"}
    SubElement(parent, "rect", {"class": f"frame {role}", "pointer-events": "none"} | frame)
