"""A reader's way from page to page: every page after every other, with all controls at an end of their range.

By links all pairs are tried; by the browser's history and by the search, which take the same way into Streamlit, each
page after two others.
"""

from functools import partial
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.testing.v1 import AppTest, local_script_runner

from app.page.registry import LESSONS, PLACES
from tests.frame.test_search import sent_places
from tests.page.test_every_page import FRAME
from tests.support import sliders

PAGES = ["home", *PLACES, *LESSONS]
HIDDEN = {"teach", "lang"}  # the frame's own

DEPENDENT = {"day"}  # what it can be depends on where other controls are


def circuit(pages: list[str]) -> list[str]:
    """A way through all ordered pairs of pages, each once (Hierholzer)."""
    left = {page: [other for other in pages if other != page] for page in pages}
    way, stack = [], [pages[0]]
    while stack:
        if left[stack[-1]]:
            stack.append(left[stack[-1]].pop())
        else:
            way.append(stack.pop())
    return way[::-1]


def neighbours(pages: list[str]) -> list[str]:
    """A way that opens each page after two others: in the order of the course, and over six of them."""
    far = [pages[k * 7 % len(pages)] for k in range(len(pages))]
    return [*pages, pages[0], *far[1:], pages[0]]


def ends(test: AppTest, end: int) -> dict[str, str]:
    """An address that puts the controls of a page at the first (0) or the last (-1) value they can have."""
    moved = {name: sliders.ends(one)[end] for name, one in sliders.sliders(test).items() if not one["disabled"]}
    typed = {one.key: f"{(one.min, one.max)[end]:g}" for one in test.number_input}
    switched = {one.key: ("false", "true")[end] for one in test.toggle}
    return {key: value for key, value in (moved | typed | switched).items() if key not in HIDDEN}


class Walker:
    """A session that goes to pages by their address."""

    def __init__(self, end: int, **frame: str):
        self.end, self.frame, self.addresses = end, frame, {}
        self.test = AppTest.from_file(str(FRAME), default_timeout=120)
        self.test.query_params.update(frame)
        self.test.run()
        for page in PAGES:
            self.go(page, {})
            first = ends(self.test, end)
            self.go(page, {name: text for name, text in first.items() if name not in DEPENDENT})
            self.addresses[page] = ends(self.test, end)

    def go(self, page: str, address: dict[str, str]) -> None:
        self.test.query_params.clear()
        self.test.query_params.update(self.frame | address)
        self.test.switch_page(f"../../pages/{page}.py").run()
        self.expect_whole(page)

    def search(self, page: str) -> None:
        lessons = [one["href"] for one in sent_places(self.test) if one["kind"] == "lesson"]
        href = next(each for each in lessons if each.startswith(page))
        self.go(page, dict(parse_qsl(urlsplit(href).query)))

    def expect_whole(self, page: str) -> None:
        assert not self.test.exception, (page, [error.message for error in self.test.exception])
        assert not self.test.warning, (page, [notice.value for notice in self.test.warning])

    def settings(self) -> dict[str, str]:
        moved = {name: one["text"] for name, one in sliders.sliders(self.test).items()}
        typed = {one.key: f"{one.value:g}" for one in self.test.number_input}
        return moved | typed | {one.key: f"{one.value}".lower() for one in self.test.toggle}


@pytest.mark.parametrize(
    ("end", "history", "way"), [(0, False, circuit), (-1, True, neighbours)], ids=["links", "history"]
)
def test_a_page_opens_after_every_other(end, history, way, monkeypatch):
    """By links, and by the browser's back and forward, which bring a page's own address with them."""
    walker = Walker(end)
    monkeypatch.setattr(local_script_runner, "RerunData", partial(RerunData, is_history_navigation=history))
    for page in way(PAGES):
        walker.go(page, walker.addresses[page])
        assert walker.settings().items() >= walker.addresses[page].items(), page


@pytest.mark.parametrize("frame", [{}, {"lang": "vi", "teach": "true"}], ids=["en", "vi-teach"])
def test_a_page_found_by_search_opens_with_its_own_settings(frame, monkeypatch):
    """The search pushes a page's address and has Streamlit read it as it reads one that is gone back to."""
    monkeypatch.setattr(local_script_runner, "RerunData", partial(RerunData, is_history_navigation=True))
    walker = Walker(-1 if frame else 0, **frame)
    fresh = {}
    for page in PAGES:
        walker.go(page, {})
        fresh[page] = walker.settings()
    for before, page in pairwise(neighbours(PAGES)):
        if page in LESSONS:
            walker.go(before, walker.addresses[before])
            walker.search(page)
            assert walker.settings() == fresh[page]
            kept = walker.test.query_params
            assert {key: kept.get(key) for key in frame} == frame
