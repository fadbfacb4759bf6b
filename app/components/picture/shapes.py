"""Shapes that several pictures draw: a canvas, words, arrows, and the colour of a value."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

Point = tuple[float, float]


def canvas(width: float, height: float, title: str, least: float = 0.96, most: float = 1.15) -> Element:
    """An empty picture; where there is less room than so much of its width, it scrolls, and it grows so far."""
    style = f"min-width:{least * width:.0f}px;max-width:{most * width:.0f}px"
    return Element(
        "svg",
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "class": "gw-unrolled",
            "role": "img",
            "style": style,
            "aria-label": title,
        },
    )


def titled(picture: Element, title: str, caption: str) -> Element:
    """The picture with a heading above it, and a line that says more."""
    picture.attrib |= {"data-title": title, "data-caption": caption}
    return picture


def text(parent: Element, x: float, y: float, words: str, kind: str) -> None:
    """Words at a place, in the style of a class of picture.css."""
    SubElement(parent, "text", {"x": f"{x:g}", "y": f"{y:g}", "class": kind}).text = words


def polyline(parent: Element, points: Iterable[Point], kind: str) -> Element:
    """A line through some points, in the style of a class."""
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return SubElement(parent, "path", {"class": kind, "d": d})


def colour(value: float) -> str:
    """A value's colour, from −1 to 1."""
    end, share = "neg" if value < 0 else "pos", 100 * min(1.0, abs(value)) ** 0.85
    return f"color-mix(in oklab, var(--gw-value-{end}) {share:.1f}%, var(--gw-value-zero))"


def arrow(parent: Element, start: Point, end: Point, role: str) -> None:
    """A straight wire with an arrowhead, in the colour of a role."""
    (x0, y0), (x1, y1) = start, end
    length = max(abs(x1 - x0), abs(y1 - y0))
    back = ((x1 - x0) / length * 7, (y1 - y0) / length * 7)
    SubElement(parent, "path", {"class": f"wire {role}", "d": f"M{x0:g} {y0:g}L{x1 - back[0]:g} {y1 - back[1]:g}"})
    SubElement(parent, "path", {"class": f"head {role}", "d": head(start, end)})


def head(start: Point, end: Point) -> str:
    """An arrowhead whose tip is the end."""
    (x0, y0), (x1, y1) = start, end
    length = max(abs(x1 - x0), abs(y1 - y0))
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    bx, by = x1 - 9 * dx, y1 - 9 * dy
    return f"M{x1:g} {y1:g}L{bx - 4.5 * dy:g} {by + 4.5 * dx:g}L{bx + 4.5 * dy:g} {by - 4.5 * dx:g}Z"


def hatched(parent: Element, corner: Point, opposite: Point, kind: str, gap: float = 9) -> None:
    """A rectangle between two corners, upper left and lower right, with slanted lines in the style of a class."""
    (left, top), (right, foot) = corner, opposite
    width, height = right - left, foot - top
    size = {"x": f"{left:.1f}", "y": f"{top:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    SubElement(parent, "rect", size | {"class": f"hatched {kind}"})
    lines = []
    start = gap
    while start < width + height:  # each begins on the upper or the right edge, and ends on the left or the lower one
        x0, y0 = min(start, width), max(0.0, start - width)
        x1, y1 = max(0.0, start - height), min(start, height)
        lines.append(f"M{left + x0:.1f} {top + y0:.1f}L{left + x1:.1f} {top + y1:.1f}")
        start += gap
    SubElement(parent, "path", {"class": f"hatch {kind}", "d": "".join(lines)})
