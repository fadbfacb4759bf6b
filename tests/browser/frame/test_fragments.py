"""Nothing a reader does is lost, in whichever message the browser tells of it."""

import pytest
from playwright.sync_api import expect

from tests.support.server import Server
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser

CLICKS = """(order) => {
  for (const name of order) document.querySelector(`input[aria-label="${name}"]`).click();
}"""


@pytest.fixture(scope="module")
def own_server():
    with Server("tests/support/fragments_page.py") as running:
        yield running


@pytest.mark.parametrize("order", [("whole", "part"), ("part", "whole")])
def test_changes_of_one_moment_are_all_drawn(new_page, own_server, order):
    page = new_page()
    page.goto(own_server.address)
    expect(page.get_by_text("part: False")).to_be_visible()
    wait_until_idle(page)
    page.evaluate(CLICKS, order)
    for name in order:
        expect(page.get_by_text(f"{'page' if name == 'whole' else name}: True")).to_be_visible()
