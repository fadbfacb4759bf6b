"""Still pictures drawn in Python: a tree of SVG elements, set in the page's colours."""

from typing import Any
from xml.etree.ElementTree import Element

from app.components import component


def picture(drawing: Element, key: str) -> None:
    """Draw an SVG element; its `aria-label` says what it shows, its classes are those of picture.css.

    A part of it with `data-part` and `data-lights` lights the parts that are listed there (lights.js).
    """
    component("picture")(key=key, data=plain(drawing, key))


def plain(drawing: Element, key: str) -> list[Any]:
    """A picture as lists (of its tag, attributes, text, and children), which names itself in `data-key`."""
    tag, attributes, *rest = listed(drawing)
    return [tag, attributes | {"data-key": key}, *rest]


def listed(element: Element) -> list[Any]:
    return [element.tag, dict(element.attrib), element.text or "", [listed(child) for child in element]]
