"""The class that a tab is in, on every page; and the address where its students join, as a QR code."""

from urllib.parse import urljoin

import segno
import streamlit as st

from app.components.class_room import class_room, code
from app.components.class_room.data import Code, Data
from app.i18n import labels
from app.page.redraw import redraw
from app.page.registry import LESSONS, TEACH, address_of, language

QUIET = 4  # modules of white around a QR code, without which it is not found
FRAGMENT = "class"


def draw_class(key: str) -> None:
    """Draw the class over the page of a lesson, or over another."""

    @st.fragment(key=FRAGMENT)
    def draw() -> None:
        shown = code()
        class_room(sent(key, qr_of(shown) if shown else None), lambda: redraw(FRAGMENT))

    draw()


def sent(key: str, qr: Code | None) -> Data:
    """What the class is sent, on a page by its key."""
    titles = labels(language())
    return {
        "lesson": key if key in LESSONS else "",
        "teach": bool(st.session_state.get(TEACH)),
        "lessons": [{"key": each, "title": titles[f"lesson.{each}"], "href": address_of(each)} for each in LESSONS],
        "qr": qr,
        "words": labels(language(), "room"),
    }


def qr_of(shown: str) -> Code:
    """The address where students join, in which nothing of the teacher's is."""
    link = urljoin(st.context.url or "", "join")
    code = segno.make_qr(f"{link}?code={shown}", error="m", boost_error=False)
    rows = ["".join("1" if dark else "0" for dark in row) for row in code.matrix_iter(border=QUIET)]
    return {"code": shown, "link": link, "rows": rows}
