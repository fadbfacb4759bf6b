"""Nothing a reader does is lost, in whichever message the browser tells of it."""

import pytest
from playwright.sync_api import expect

from tests.server import Server

pytestmark = pytest.mark.browser

# `later` comes after the message of the part that looks again and again, and before the message about `first`.
CLICKS = """([first, later, busy]) => {
  const box = (name) => document.querySelector(`input[aria-label="${name}"]`);
  const start = performance.now();
  while (performance.now() - start < busy);
  if (busy) setTimeout(() => box(later).click(), 0);
  box(first).click();
  if (!busy) box(later).click();
}"""


@pytest.fixture(scope="module")
def pages():
    with Server("tests/parts_page.py") as running:
        yield running.address


@pytest.mark.parametrize("busy", [0, 400])
@pytest.mark.parametrize("order", [("whole", "part"), ("part", "whole")])
def test_changes_of_one_moment_are_all_drawn(browser, pages, order, busy):
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages)
    expect(page.get_by_text("again")).to_be_visible()
    page.wait_for_timeout(500)
    page.evaluate(CLICKS, [*order, busy])
    expect(page.get_by_text("page: True")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("part: True")).to_be_visible(timeout=15_000)
    context.close()
