"""Pictures of a recurrent network in time: the loop, the chain it unrolls into, and the shapes of work it can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import arrow, canvas, colour, head, text
from app.formatting import number
from cells import Trace

COLUMN, BOX, LEFT = 92, (58, 40), 208  # px: from step to step, a step's box, where the chain begins
ROWS = {"answer": 26, "layer": 68, "out": 118, "state": 184, "in": 254}
OUTPUT = (92, 26)  # px: the output layer's box
LONGEST = 12  # steps drawn; of a longer run the last ones


def chain(trace: Trace, words: dict[str, str]) -> Element:
    """A run of one unit: the loop on the left, then the same box once for every step, with its numbers."""
    first = max(0, trace.steps - LONGEST)
    xs, hs, before = (a[first:, 0, 0].tolist() for a in (trace["x"], trace["h"], trace.before("h")))
    picture = canvas(LEFT + COLUMN * len(xs) + 70, 306, words["chain"])
    loop(picture, words)
    arrow(picture, (LEFT - 54, ROWS["state"]), (LEFT - BOX[0] / 2, ROWS["state"]), "h")
    pill(picture, LEFT - 78, ROWS["state"], number(before[0]), before[0], "h")
    for k, (x, h) in enumerate(zip(xs, hs, strict=True)):
        at, step = LEFT + COLUMN * k, first + k + 1
        arrow(picture, (at, ROWS["in"] - 16), (at, ROWS["state"] + BOX[1] / 2), "x")
        text(picture, at + 14, ROWS["state"] + BOX[1] / 2 + 18, "W", "weight")
        pill(picture, at, ROWS["in"], number(x), x, "x")
        text(picture, at, ROWS["in"] + 30, words["step"].format(n=step), "caption")
        end = at + COLUMN - BOX[0] / 2 if k < len(xs) - 1 else at + COLUMN - 34
        arrow(picture, (at + BOX[0] / 2, ROWS["state"]), (end, ROWS["state"]), "h")
        if k < len(xs) - 1:
            text(picture, at + COLUMN / 2 - 3, ROWS["state"] - 7, "U", "weight")
        cell(picture, at, ROWS["state"])
        arrow(picture, (at, ROWS["state"] - BOX[1] / 2), (at, ROWS["out"] + 14), "h")
        pill(picture, at, ROWS["out"], number(h), h, "h")
    answer(picture, at, h, words)
    return picture


def answer(picture: Element, at: float, h: float, words: dict[str, str]) -> None:
    """The layer that makes an answer of the last hidden state: here it passes it on as it is."""
    width, height = OUTPUT
    arrow(picture, (at, ROWS["out"] - 12), (at, ROWS["layer"] + height / 2), "h")
    place = {"x": f"{at - width / 2:g}", "y": f"{ROWS['layer'] - height / 2:g}"}
    SubElement(picture, "rect", {"class": "cell", "width": f"{width}", "height": f"{height}", "rx": "8"} | place)
    text(picture, at, ROWS["layer"] + 4.5, "y = 1 · h + 0", "number")
    text(picture, at - 116, ROWS["layer"] + 4, words["output"], "caption")
    arrow(picture, (at, ROWS["layer"] - height / 2), (at, ROWS["answer"] + 12), "h")
    pill(picture, at, ROWS["answer"], number(h), h, "h")
    text(picture, at - 116, ROWS["answer"] + 4, words["answer"], "caption")


def loop(picture: Element, words: dict[str, str]) -> None:
    """The network folded up: one box that feeds itself."""
    at, y = 44, ROWS["state"]
    SubElement(picture, "path", {"class": "wire h", "d": f"M{at + 29} {y}h14v-44h-86v44h10"})
    SubElement(picture, "path", {"class": "head h", "d": head((at - 34, y), (at - 29, y))})
    arrow(picture, (at, ROWS["in"] - 12), (at, y + BOX[1] / 2), "x")
    cell(picture, at, y)
    text(picture, at, ROWS["in"] + 4, "x", "letter x")
    text(picture, at + 14, y + BOX[1] / 2 + 18, "W", "weight")
    text(picture, at, y - 50, "U", "weight")
    text(picture, at, ROWS["in"] + 30, words["folded"], "caption")


@dataclass(frozen=True)
class Work:
    """A shape of work: the steps that read something, and the steps that answer."""

    steps: int
    reads: Sequence[int]
    says: Sequence[int]


WORK = {
    "one_many": Work(4, [0], [0, 1, 2, 3]),
    "many_one": Work(4, [0, 1, 2, 3], [3]),
    "equal": Work(4, [0, 1, 2, 3], [0, 1, 2, 3]),
    "unequal": Work(5, [0, 1, 2], [2, 3, 4]),
}


def work(shape: str, title: str) -> Element:
    """One shape of work; its steps light up one after the other."""
    plan = WORK[shape]
    gap = 220 / plan.steps
    picture = canvas(254, 150, title)
    for k in range(plan.steps):
        at = 44 + gap * k
        step = SubElement(picture, "g", {"class": "beat", "style": f"animation-delay:{0.7 * k:.1f}s"})
        if k in plan.reads:
            arrow(step, (at, 118), (at, 92), "x")
            SubElement(
                step,
                "rect",
                {"class": "token x", "x": f"{at - 13}", "y": "118", "width": "26", "height": "20", "rx": "6"},
            )
        if k in plan.says:
            arrow(step, (at, 60), (at, 34), "h")
            SubElement(
                step,
                "rect",
                {"class": "token h", "x": f"{at - 13}", "y": "14", "width": "26", "height": "20", "rx": "6"},
            )
        if k:
            arrow(step, (at - gap + 17, 76), (at - 17, 76), "h")
        SubElement(
            step, "rect", {"class": "cell", "x": f"{at - 17}", "y": "60", "width": "34", "height": "32", "rx": "8"}
        )
    return picture


def cell(parent: Element, x: float, y: float) -> None:
    width, height = BOX
    place = {
        "x": f"{x - width / 2:g}",
        "y": f"{y - height / 2:g}",
        "width": f"{width}",
        "height": f"{height}",
        "rx": "10",
    }
    SubElement(parent, "rect", {"class": "cell"} | place)
    text(parent, x, y + 5, "tanh", "function")


def pill(parent: Element, x: float, y: float, words: str, value: float, role: str) -> None:
    place = {"x": f"{x - 30:g}", "y": f"{y - 12:g}", "width": "60", "height": "24", "rx": "12"}
    SubElement(parent, "rect", {"class": f"pill {role}", "style": f"fill:{colour(value)}"} | place)
    text(parent, x, y + 4.5, words, "number")
