"""What the lesson `today` shows of attention: its shares of the days, beside those of the chosen cell."""

from collections.abc import Sequence

import numpy as np

from app.components.picture import picture
from app.formatting import number, percent
from app.lessons.today.attention.pictures import matrix
from app.lessons.today.shares import shares
from app.page.page import Page
from app.untrained.attention import over_days
from app.untrained.curves import states_of
from cells import Trace

PER_DAY = 2  # numbers that attention keeps of a day: a key and a value
UNIT = 0


def attention(page: Page, trace: Trace) -> None:
    """How much of every day each day has, in attention and in a cell of one unit that has read the same days."""
    days, kind = trace.x.ravel().tolist(), trace.cell.kind.key
    name = page.label(f"cell.{kind}")
    carried = len(states_of(trace.cell.graph))
    own, theirs = np.abs(shares(trace)[..., 0, UNIT]), over_days(days)[1]
    page.say("attention", cell=name)
    with page.part("figures-shares"):
        with page.part("attention-shares"):
            grown = [PER_DAY * n for n in range(1, len(days) + 1)]
            drawn(page, theirs, grown, "attention", page.label("attention.name"))
        with page.part("cell-shares"):
            drawn(page, own, [carried] * len(days), "cell", name)
        with page.part("shares-told"):
            first = {"own": percent(float(own[-1, 0])), "theirs": percent(float(theirs[-1, 0]))}
            kept = {"kept": f"{carried}", "grown": f"{grown[-1]}"}
            page.text(f"attention.says.{kind}")
            page.text("attention.first", cell=name, day=f"{len(days)}", **first, **kept)


def drawn(page: Page, found: np.ndarray, kept: Sequence[int], what: str, name: str) -> None:
    """One matrix of shares, and what it shows in words: the last day's row."""
    words = page.labels("attention.picture")
    row = ", ".join(number(share, 2) for share in found[-1].tolist())
    titles = {"title": page.label(f"attention.title.{what}", cell=name), "caption": words[f"caption.{what}"]}
    alt = page.label("attention.picture.alt", name=name, day=f"{len(found)}", row=row)
    picture(matrix(found, kept, words | titles | {"alt": alt}), f"shares-{what}")
