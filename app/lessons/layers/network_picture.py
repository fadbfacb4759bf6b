"""A network unrolled: a box for every layer, direction and step, filled with its hidden state."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import arrow, canvas, colour, text
from app.formatting import number
from app.i18n import filled
from app.lessons.layers.reach import INPUT, JOINED, Part, Unrolled, reach
from cells.layers import StackTrace

LEFT, COLUMN = 66, {1: 72, 2: 104}  # px: the layers' names; from step to step, by the number of directions
BOX, ASIDE = (36, 34), 22  # px: a box; how far each direction is from the middle of its step
LAYER, BAR, BAR_OF_INPUT = {1: 80, 2: 138}, (80, 14), (52, 18)
LOWEST, APART = 36, 52  # px: a layer's first box above its bottom, its second above the first
FOOT = 64  # px under the lowest layer: the input and its step
GROWN, TALLEST = 1.6, 380  # a small network is drawn larger, up to so many px
WAYS = {0: "forward", 1: "backward", JOINED: "joined"}


def unrolled(trace: StackTrace, words: dict[str, str], lit: bool) -> Element:
    """The run of a stack: layers above each other, time from left to right; the largest state has the full colour.

    If `lit`, each part that is pointed at, focused or chosen lights all that can depend on it.
    """
    shape = Unrolled(trace.stack.depth, len(trace.stack.layer(0)), len(trace.output))
    height = 28 + LAYER[shape.ways] * shape.layers + FOOT
    most = min(GROWN, TALLEST / height)
    picture = canvas(LEFT + COLUMN[shape.ways] * shape.steps, height, words["network"], most=max(1.15, most))
    xs = next(iter(trace.traces.values())).x
    bottom = height - FOOT
    parts = groups(picture, shape, words, lit)
    for t in range(shape.steps):
        at = middle(t, shape.ways)
        slices(parts[Part(INPUT, 0, t)], (at, bottom + 24), BAR_OF_INPUT, xs[t], "x")
        text(picture, at, bottom + 54, filled(words["step"], {"n": f"{t + 1}"}), "caption")
    for level in range(shape.layers):
        y = bottom - LAYER[shape.ways] * level
        place = y - LAYER[2] / 2 + 6 if shape.ways == 2 else y - LOWEST + 4
        text(picture, LEFT / 2 - 4, place, filled(words["layer"], {"n": f"{level + 1}"}), "caption")
        layer(parts, shape, trace, level, y)
    return picture


def groups(picture: Element, shape: Unrolled, words: dict[str, str], lit: bool) -> dict[Part, Element]:
    """A group for each part, with the wires that leave it; `data-lights` lists what can depend on it."""
    if lit:
        picture.attrib |= {"role": "group", "data-row": f"{shape.steps}"}
    made, boxes = {}, {part for part in shape.parts() if part.layer != INPUT and part.way != JOINED}
    for part in shape.parts():
        made[part] = SubElement(picture, "g", {"class": "part"})
        if lit:
            found = reach(shape, part)
            values = {"layer": f"{part.layer + 1}", "step": f"{part.step + 1}"}
            counts = {"count": f"{len(found & boxes - {part})}", "total": f"{len(boxes)}"}
            name = filled(words["lit.input" if part.layer == INPUT else f"lit.{WAYS[part.way]}"], values)
            made[part].attrib |= {
                "data-part": named(part), "data-lights": " ".join(map(named, sorted(found))),
                "tabindex": "-1" if made.keys() - {part} else "0", "role": "button", "aria-pressed": "false",
                "aria-label": filled(words["lit.reaches"], counts | {"name": name}),
            }  # fmt: skip
    return made


def named(part: Part) -> str:
    return f"{part.layer}.{part.way}.{part.step}"


def middle(step: int, ways: int) -> float:
    return LEFT + COLUMN[ways] * (step + 0.5)


def top_state(trace: StackTrace) -> float:
    """The largest hidden value of all: the deepest colour."""
    return max(float(np.abs(each["h"]).max()) for each in trace.traces.values())


def layer(parts: Mapping[Part, Element], shape: Unrolled, trace: StackTrace, level: int, bottom: float) -> None:
    """One layer above `bottom`: its boxes, what they read, and what they pass on."""
    ways, full = shape.ways, top_state(trace)
    top = bottom - LAYER[ways]
    below = 24 - BAR_OF_INPUT[1] / 2 if level == 0 else 4 if ways == 2 else LAYER[1] - LOWEST - BOX[1] / 2
    states = [trace[f"{name}.h"] for name in trace.stack.layer(level)]
    for t in range(shape.steps):
        at, read, passed_on = middle(t, ways), parts[shape.output(level - 1, t)], parts[shape.output(level, t)]
        for way, h in enumerate(states):
            group = parts[Part(level, way, t)]
            x, y = at + (ASIDE * (2 * way - 1) if ways == 2 else 0), bottom - LOWEST - APART * way
            arrow(read, (x, bottom + below), (x, y + BOX[1] / 2), "h" if level else "x")
            sideways(group, (x, y), t, len(h), COLUMN[ways], back=way == 1)
            slices(group, (x, y), BOX, h[t], "h", upright=True, full=full)
            if ways == 2:
                arrow(group, (x, y - BOX[1] / 2), (x, top + BAR[1] + 4), "h")
        if ways == 2:
            joined = np.concatenate([h[t] for h in states])
            slices(passed_on, (at, top + 4 + BAR[1] / 2), BAR, joined, "h", full=full)
        if level == shape.layers - 1:
            end = top + 4 if ways == 2 else bottom - LOWEST - BOX[1] / 2
            arrow(passed_on, (at, end), (at, end - 22), "h")


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
