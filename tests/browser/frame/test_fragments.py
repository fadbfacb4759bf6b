"""Nothing a reader does is lost, in whichever message the browser tells of it."""

import pytest
from playwright.sync_api import expect

from tests.support.server import Server

pytestmark = pytest.mark.browser

CLICKS = """(order) => {
  for (const name of order) document.querySelector(`input[aria-label="${name}"]`).click();
}"""


@pytest.mark.parametrize("order", [("whole", "part"), ("part", "whole")])
def test_changes_of_one_moment_are_all_drawn(browser, order):
    with Server("tests/support/fragments_page.py") as running:
        page = browser.new_page()
        page.goto(running.address)
        expect(page.get_by_text("part: False")).to_be_visible()
        page.wait_for_timeout(500)
        page.evaluate(CLICKS, order)
        for name in order:
            expect(page.get_by_text(f"{'page' if name == 'whole' else name}: True")).to_be_visible()
        page.close()
