"""The product as a chain: how much of the gradient arrives at each step back, and what each step multiplies it by."""

from collections.abc import Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

import numpy as np

from app.components.picture.shapes import arrow, canvas, hatched, text
from app.formatting import number, scientific

SHOWN = 8  # bars, the loss's among them
WIDTH, HEIGHT, GROUND, TALL, BAR, APART = 900, 128, 102, 78, 34, 94  # px


def chain(sizes: np.ndarray, words: Mapping[str, str], hidden: bool) -> Element:
    """Bars for the loss and the steps before it, an arrow with its factor between two, and what is left at the end.

    Parameters
    ----------
    sizes : numpy.ndarray
        ‖dL/dh‖ at every step, the loss last, (T,).
    words : mapping of str to str
        ``title``, ``loss``, ``back`` with its {n}, and ``last`` with its {n}.
    hidden : bool
        Whether the numbers are covered.
    """
    picture, back = canvas(WIDTH, HEIGHT, words["title"]), sizes[::-1]
    shown = back[:SHOWN]
    finite = shown[np.isfinite(shown)]
    most = float(finite.max()) if len(finite) else 1.0
    SubElement(picture, "path", {"class": "grid", "d": f"M4 {GROUND}H{APART * len(shown)}"})
    for k, size in enumerate(shown.tolist()):
        x = 12 + APART * k
        bar(picture, x, size / most if most else 0.0, hidden)
        text(picture, x + BAR / 2, top(size / most if most else 0.0, hidden) - 7,
             "?" if hidden else scientific(size), "number")  # fmt: skip
        text(picture, x + BAR / 2, GROUND + 18, words["back"].format(n=k) if k else words["loss"], "caption")
    for k, (one, other) in enumerate(pairwise(shown.tolist())):
        x = 12 + APART * k + BAR
        factor = "?" if hidden or not one > 0 or not np.isfinite(other) else number(other / one, 2)
        arrow(picture, (x + 8, GROUND - 8), (x + APART - BAR - 8, GROUND - 8), "h")
        text(picture, x + (APART - BAR) / 2, GROUND - 16, f"× {factor}", "caption")
    if len(back) > SHOWN:
        text(picture, APART * SHOWN + 20, GROUND - 8, "· · ·", "number start")
        text(picture, APART * SHOWN + 56, GROUND - 20, words["last"].format(n=len(back) - 1), "caption start")
        text(picture, APART * SHOWN + 56, GROUND, "?" if hidden else scientific(float(back[-1])), "number start")
    return picture


def top(share: float, hidden: bool) -> float:
    """Where a bar ends above."""
    return GROUND - (TALL / 2 if hidden else max(1.5, TALL * min(share, 1.0)))


def bar(picture: Element, x: float, share: float, hidden: bool) -> None:
    """One bar; hatched, and as high as any, where its number is covered."""
    y = top(share, hidden)
    if hidden:
        hatched(picture, (x, y), (x + BAR, GROUND), "cover")
    else:
        size = {"x": f"{x:g}", "y": f"{y:.1f}", "width": f"{BAR}", "height": f"{GROUND - y:.1f}"}
        SubElement(picture, "rect", size | {"class": "bar"})
