"""A learning rate's way downhill: the loss over the weight, and a dot for every step of training."""

from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from app.components.picture.shapes import canvas, text
from app.formatting import number
from app.lessons.layers.descent import EDGE, Descent, curve

WIDTH, HEIGHT, LEFT, FOOT, TOP = 320, 210, 40, 40, 8  # px
HIGH = 1.5  # the loss up to which the picture goes

Point = tuple[float, float]


def downhill(way: Descent, words: dict[str, str]) -> Element:
    """The loss curve, and the weights that one learning rate goes through; beyond HIGH they are out of the picture."""
    picture = canvas(WIDTH, HEIGHT, words["title"])
    for loss in (0.0, 0.5, 1.0, HIGH):
        (x0, y), (x1, _) = place((-EDGE, loss)), place((EDGE, loss))
        SubElement(picture, "path", {"class": "grid", "d": f"M{x0:.1f} {y:.1f}H{x1:.1f}"})
        text(picture, LEFT - 14, y + 4, number(loss, 1), "caption")
    for weight in (-2, -1, 0, 1, 2):
        text(picture, place((weight, 0))[0], HEIGHT - FOOT + 16, number(weight, 0), "caption")
    text(picture, (LEFT + WIDTH) / 2, HEIGHT - 6, words["axes"], "caption")
    hill = [(w, loss) for w, loss in zip(*(a.tolist() for a in curve()), strict=True) if loss <= HIGH]
    SubElement(picture, "path", {"class": "hill", "d": "M" + "L".join(written(point) for point in hill)})
    points = list(zip(way.weights, way.losses, strict=True))
    for start, end in pairwise(points):
        if min(start[1], end[1]) <= HIGH:
            SubElement(
                picture, "path", {"class": "step", "d": f"M{written(cut(start, end))}L{written(cut(end, start))}"}
            )
    for k, point in enumerate(points):
        if point[1] <= HIGH:
            x, y = place(point)
            SubElement(picture, "circle", {"class": "dot", "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4" if k else "6"})
    return picture


def place(point: Point) -> Point:
    """The place of a weight and its loss, in px."""
    weight, loss = point
    across = (WIDTH - LEFT - 12) * (weight + EDGE) / (2 * EDGE)
    return LEFT + across, HEIGHT - FOOT - 4 - (HEIGHT - FOOT - 4 - TOP) * loss / HIGH


def written(point: Point) -> str:
    x, y = place(point)
    return f"{x:.1f} {y:.1f}"


def cut(point: Point, other: Point) -> Point:
    """The point, or where the way to it from the other leaves the picture."""
    if point[1] <= HIGH:
        return point
    share = (HIGH - other[1]) / (point[1] - other[1])
    return other[0] + share * (point[0] - other[0]), HIGH
