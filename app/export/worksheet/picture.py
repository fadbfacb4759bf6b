"""A cell as its compact picture with empty boxes, to be filled in on paper: its published layout, closer together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import head
from app.stage.layout import layout_of
from app.stage.layout_types import Geometry, LayoutNode, LayoutValue, LayoutWire, Point
from cells import Cell
from cells.equations import curve
from cells.expression import Apply

ACROSS, DOWN = 0.8, 0.66  # of the wide layout's distances
CORNER, STRAND = 14.0, 4.0
PILL, ROOM = 30.0, 48.0  # a box's height, and how much of its width is left for a number
LETTER = 17.0  # 9.5 points, as the picture is printed
HALVES = {"op": (15.0, 15.0), "fn": (17.0, 17.0), "cat": (20.0, 13.0), "copy": (6.5, 6.5)}
SMALL = {"op": 13.0, "fn": 15.0, "copy": 5.0}
TABLE = 62, 40  # the least size of a layer


@dataclass(frozen=True)
class Box:
    """A node's place in the layout and in the picture, and half its size in each."""

    old: Point
    old_half: tuple[float, float]
    at: Point
    half: tuple[float, float]

    def moved(self, point: Point) -> Point | None:
        """Where a point of its edge comes to; None of a point that is elsewhere."""
        away = [point[k] - self.old[k] for k in (0, 1)]
        if any(abs(away[k]) > self.old_half[k] + 1 for k in (0, 1)):
            return None
        return [self.at[k] + away[k] * self.half[k] / self.old_half[k] for k in (0, 1)]


def scaled(point: Sequence[float]) -> Point:
    return [point[0] * ACROSS, point[1] * DOWN]


def picture(cell: Cell) -> Element:
    """The picture as a symbol of SVG; its classes are those of picture.css."""
    layout = layout_of(cell)
    geometry = layout["wide"]
    boxes = [box(node) for node in geometry["nodes"]]
    left, top, right, foot = edges(geometry)
    sides = f"{left:g} {top:g} {right - left:g} {foot - top:g}"
    drawing = Element("symbol", {"id": "cell", "viewBox": sides})
    x, y, width, height = geometry["body"]
    (x0, y0), (x1, y1) = scaled([x, y]), scaled([x + width, y + height])
    rectangle(drawing, [(x0 + x1) / 2, (y0 + y1) / 2], ((x1 - x0) / 2, (y1 - y0) / 2), 16, "body")
    wires(drawing, geometry["wires"], boxes)
    for node, place in zip(geometry["nodes"], boxes, strict=True):
        draw_node(drawing, cell, node, place)
    for badge in geometry["badges"]:
        stage = layout["stages"][badge["stage"] - 1]
        disc(drawing, scaled(badge["at"]), f"{badge['stage']}", stage["role"])
    for value in geometry["values"]:
        if shown(cell, value):
            pill(drawing, value)
    return drawing


def shown(cell: Cell, value: LayoutValue) -> bool:
    """Whether a value has a box: those with letters, and what is kept; the compact picture leaves out the rest."""
    return len(value["name"]) == 1 or value["name"] == "keep"


def edges(geometry: Geometry) -> tuple[float, float, float, float]:
    """What the picture covers: its body, and the boxes at its sides."""
    x, y, width, height = geometry["body"]
    ends = [scaled(value["at"]) for value in geometry["values"]]
    (left, top), (right, foot) = scaled([x, y]), scaled([x + width, y + height])
    reach = 38
    return (
        min(left, *(end[0] - reach for end in ends)) - 2,
        min(top, *(end[1] - PILL / 2 for end in ends)) - 2,
        max(right, *(end[0] + reach for end in ends)) + 2,
        max(foot, *(end[1] + PILL / 2 for end in ends)) + 2,
    )


def box(node: LayoutNode) -> Box:
    kind = node["kind"]
    half = HALVES.get(kind) or (node.get("width", 92) / 2, node.get("height", 56) / 2)
    new = (SMALL[kind],) * 2 if kind in SMALL else HALVES["cat"] if kind == "cat" else sized(half)
    return Box([node["x"], node["y"]], half, scaled([node["x"], node["y"]]), (new[0], new[1]))


def sized(half: tuple[float, float]) -> tuple[float, float]:
    """Half the size of a layer or a weight: legible, and no larger than its place."""
    return max(half[0] * ACROSS, 22), max(half[1] * DOWN, 15)


# ---- wires -----------------------------------------------------------------------------------------------------------


def wires(drawing: Element, lines: Sequence[LayoutWire], boxes: Sequence[Box]) -> None:
    """All wires; a layer's two inputs run beside each other, on one bus with those of the others."""
    ribbons = [(line, placed(line["points"], boxes)) for line in lines if line["kind"] == "ribbon"]
    ribbons.sort(key=lambda ribbon: max(x for x, _ in ribbon[1]))
    singles = [(line, placed(line["points"], boxes)) for line in lines if line["kind"] != "ribbon"]
    further = any(line["points"][0][0] == ribbon["points"][0][0] and line["points"][-1][0] > ribbon["points"][-1][0]
                  for line, _ in singles for ribbon, _ in ribbons[-1:])  # fmt: skip
    for number, (ribbon, points) in enumerate(ribbons):
        trunk = number == len(ribbons) - 1 and not further
        for role, distance in ((ribbon["role"], STRAND), ("x", -STRAND)):
            line = beside(points, distance)
            draw_line(drawing, line if trunk else line[-2:], f"strand role-{role}", arrow=True)
            if not trunk:
                SubElement(drawing, "circle", {"class": f"branch role-{role}", **centre(line[-2]), "r": "3"})
    for wire, points in singles:
        draw_line(drawing, points, f"{wire['kind']} role-{wire['role']}", wire["arrow"])


def placed(points: Sequence[Point], boxes: Sequence[Box]) -> list[Point]:
    """A wire's points in the picture: its ends where they were on the edges of nodes, its legs level or upright."""
    new = [scaled(point) for point in points]
    for end, beside_it in ((0, 1), (-1, -2)):
        for each in boxes:
            if (at := each.moved(points[end])) is not None:
                new[end] = at
                if len(new) > 2:
                    level = points[end][1] == points[beside_it][1]
                    new[beside_it][1 if level else 0] = at[1 if level else 0]
                break
    if len(new) == 2:  # a node's edge may have come nearer to its middle
        new[1][0 if points[0][0] == points[1][0] else 1] = new[0][0 if points[0][0] == points[1][0] else 1]
    return new


def beside(points: Sequence[Point], distance: float) -> list[Point]:
    """The line beside a route of level and upright legs, so far to the left of travel."""
    ways = [way(a, b) for a, b in pairwise(points)]
    moved = []
    for k, (x, y) in enumerate(points):
        for dx, dy in dict.fromkeys(ways[max(0, k - 1) : k + 1]):
            x, y = x + dy * distance, y - dx * distance
        moved.append([x, y])
    return moved


def way(start: Point, end: Point) -> tuple[float, float]:
    length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def draw_line(drawing: Element, points: Sequence[Point], kind: str, arrow: bool) -> None:
    """A line with rounded corners, and its arrowhead."""
    last = points[-1]
    if arrow:
        dx, dy = way(points[-2], last)
        points = [*points[:-1], [last[0] - 7 * dx, last[1] - 7 * dy]]
    SubElement(drawing, "path", {"class": f"line {kind}", "d": route(points)})
    if arrow:
        start, end = (points[-2][0], points[-2][1]), (last[0], last[1])
        SubElement(drawing, "path", {"class": f"head {kind}", "d": head(start, end)})


def route(points: Sequence[Point]) -> str:
    parts = [f"M{points[0][0]:.4g} {points[0][1]:.4g}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        (ux, uy), (vx, vy) = way(before, at), way(at, after)
        radius = min(CORNER, math.dist(before, at) / 2, math.dist(at, after) / 2)
        start, end = [at[0] - ux * radius, at[1] - uy * radius], [at[0] + vx * radius, at[1] + vy * radius]
        parts.append(f"L{start[0]:.4g} {start[1]:.4g}Q{at[0]:.4g} {at[1]:.4g} {end[0]:.4g} {end[1]:.4g}")
    return "".join([*parts, f"L{points[-1][0]:.4g} {points[-1][1]:.4g}"])


# ---- nodes and values ------------------------------------------------------------------------------------------------


def draw_node(drawing: Element, cell: Cell, node: LayoutNode, place: Box) -> None:
    kind, role, symbol = node["kind"], node["role"], node.get("symbol", "")
    x, y = place.at
    if kind in ("op", "fn"):
        circle(drawing, place.at, place.half[0], f"node role-{role}")
        draw_sign(drawing, x, y, symbol, role)
    elif kind == "copy":
        circle(drawing, place.at, place.half[0], f"branch role-{role}")
    elif kind == "cat":
        rectangle(drawing, place.at, place.half, 6, "node")
        text = words(drawing, x, y + 5, "", "sign")
        for piece, hue in (("[", ""), (role, f"letter role-{role}"), (", ", ""), ("x", "letter role-x"), ("]", "")):
            SubElement(text, "tspan", {"class": hue}).text = piece
    else:
        rectangle(drawing, place.at, place.half, 9, f"node role-{role}")
        layer(drawing, cell, node, place)


def layer(drawing: Element, cell: Cell, node: LayoutNode, place: Box) -> None:
    """A layer's function with its curve; of a weight, by what it multiplies."""
    (x, y), (half, up), role = place.at, place.half, node["role"]
    if node["kind"] == "chip":
        words(drawing, x, y + 6, node.get("parameter", "").split("_")[0], f"letter role-{role}")
        return
    made = cell.graph.values.get(node.get("value", ""))
    upright = node["kind"] == "plot"
    symbol = node.get("symbol", "")
    kind = "fn" if upright or len(symbol) < 3 else "fn small"
    words(drawing, x if upright else x - half / 2 + 1, y - up + 24 if upright else y + 6, symbol, kind)
    if isinstance(made, Apply):
        points = curve(made.function.name, 4)
        low, high = min(-1.0 if points[0][1] < -0.5 else 0.0, points[:, 1].min()), max(1.0, points[:, 1].max())
        left, right = (x - half + 8, x + half - 8) if upright else (x + 4, x + half - 6)
        top, foot = (y - up + 38, y + up - 12) if upright else (y - up + 7, y + up - 7)
        d = [f"{left + (a + 4) / 8 * (right - left):.1f} {foot - (v - low) / (high - low) * (foot - top):.1f}"
             for a, v in points]  # fmt: skip
        SubElement(drawing, "path", {"class": f"curve role-{role}", "d": "M" + "L".join(d)})


def draw_sign(drawing: Element, x: float, y: float, symbol: str, role: str) -> None:
    """×, + and words such as tanh."""
    strokes = {"×": "m-5 -5 10 10m0-10-10 10", "+": "m-6 0h12m-6-6v12"}
    if symbol in strokes:
        SubElement(drawing, "path", {"class": f"stroke role-{role}", "d": f"M{x:.4g} {y:.4g}{strokes[symbol]}"})
    else:
        words(drawing, x, y + 4.5, symbol, "fn tiny" if len(symbol) > 2 else "fn")


def pill(drawing: Element, value: LayoutValue) -> None:
    """A value's letter, and an empty box."""
    x, y = scaled(value["at"])
    if value["hangsFrom"]:
        hangs = scaled(value["hangsFrom"])
        SubElement(drawing, "path", {"class": "stem", "d": f"M{hangs[0]:.4g} {hangs[1]:.4g}V{y:.4g}"})
    side = 10 + 8.5 * sum(len(span["text"].strip()) for span in value["label"])
    half, edge = (side + ROOM) / 2, (side - ROOM) / 2
    role = value["role"]
    rectangle(drawing, [x, y], (half, PILL / 2), PILL / 2, f"pill role-{role}")
    SubElement(drawing, "path", {"class": f"divider role-{role}", "d": f"M{x + edge:.4g} {y - PILL / 2:.4g}v{PILL:g}"})
    text = words(drawing, x - half + side / 2 + 2, y + 5.5, "", "label")
    for span in value["label"]:
        kind = "fn" if span.get("upright") else "letter"
        SubElement(text, "tspan", {"class": f"{kind} role-{span.get('role', 'm')}"}).text = span["text"].strip()


def disc(drawing: Element, at: Point, number: str, role: str) -> None:
    circle(drawing, at, 10, f"disc role-{role}")
    words(drawing, at[0], at[1] + 5, number, "number")


def rectangle(drawing: Element, at: Point, half: Sequence[float], radius: float, kind: str) -> None:
    size = {"x": at[0] - half[0], "y": at[1] - half[1], "width": 2 * half[0], "height": 2 * half[1], "rx": radius}
    SubElement(drawing, "rect", {"class": kind, **{name: f"{number:.4g}" for name, number in size.items()}})


def circle(drawing: Element, at: Point, radius: float, kind: str) -> None:
    SubElement(drawing, "circle", {"class": kind, **centre(at), "r": f"{radius:g}"})


def centre(at: Point) -> dict[str, str]:
    return {"cx": f"{at[0]:.4g}", "cy": f"{at[1]:.4g}"}


def words(drawing: Element, x: float, y: float, text: str, kind: str) -> Element:
    element = SubElement(drawing, "text", {"x": f"{x:.4g}", "y": f"{y:.4g}", "class": kind})
    element.text = text
    return element
