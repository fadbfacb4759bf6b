"""The tutorial runs with the wheel alone beside NumPy and torch, and prints what is stored in it."""

import nbformat
import pytest

from tests.support.axe import faults
from tests.support.wheel import built, installed
from tests.tools.tutorial import NOTEBOOK, executed


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tutorial")
    return executed(installed(built(folder)), folder)


def printed(notebook):
    """The text of each cell's outputs."""
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    return [[each.get("text") or each.data["text/plain"] for each in of_cell] for of_cell in outputs]


def shown(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]


def test_it_prints_what_is_stored(tutorial):
    stored = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(stored)
    assert printed(tutorial) == printed(stored)
    assert not shown(stored)
    assert NOTEBOOK.stat().st_size < 100_000


PLAYER = """(player) => {
  const steps = [...player.querySelectorAll(".gw-open, .gw-span, .gw-step")]
  const right = Math.max(...steps.map((step) => step.getBoundingClientRect().right))
  const { top, left } = player.querySelector(".gw-speed-place").getBoundingClientRect()
  const spans = player.querySelector(".gw-spans").getBoundingClientRect()
  return spans.top > top + 20 || right <= left
}"""
"""Whether the steps end before the next button, if they are beside it."""


@pytest.mark.browser
def test_its_stages_are_drawn_and_pass_axe(tutorial, new_page):
    html = shown(tutorial)
    assert len(html) == 3
    page = new_page(viewport={"width": 1280, "height": 720}, offline=True)
    page.set_content(f'<!doctype html><html lang="en"><title>Tutorial</title><main>{"".join(html)}</main></html>')
    assert faults(page, every=True, iframes=False) == [("page-has-heading-one", ['<html lang="en">'])]
    for frame in page.frames[1:]:
        frame.locator(".gw-picture svg").first.wait_for()
        assert faults(frame) == []
    for width in (700, 760, 860, 900, 1000):  # as notebooks have it
        page.set_viewport_size({"width": width, "height": 720})
        assert page.frames[1].locator(".gw-player").evaluate(PLAYER), width
        assert page.frames[1].locator(".gw-picture:visible").first.bounding_box()["height"] > 300, width
