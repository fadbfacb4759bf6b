"""A tab finds its server again when it comes back, with or without a stage on the page."""

import pytest
from playwright.sync_api import expect

from tests.support.server import Server
from tests.support.stage_page import StagePage

pytestmark = pytest.mark.browser


def test_what_waits_for_the_first_picture_comes_back_with_the_server(browser):
    with Server() as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{server.address}/gradients")
        charts = page.locator(".js-plotly-plot")
        expect(charts).to_have_count(10)
        server.kill()
        with page.expect_websocket():
            server.start()
        page.wait_for_timeout(2000)
        expect(charts).to_have_count(10)
        page.close()


@pytest.mark.parametrize("path", ["memory", "fourday"])
def test_a_tab_asks_its_server_anew(browser, path):
    """Only a page with a fragment does: a lesson without a stage has that of the frame alone."""
    with Server() as server:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = StagePage(context.new_page(), server.address).page
        page.goto(f"{server.address}/{path}")
        expect(page.locator(".st-key-turn")).to_be_visible()
        page.wait_for_timeout(1000)
        server.kill()
        with page.expect_websocket() as again:
            server.start()
        again.value.wait_for_event("framereceived")
        before = page.locator("h1").first.inner_text()
        page.get_by_role("radio", name="VI").or_(page.get_by_role("button", name="VI", exact=True)).first.click()
        expect(page.locator("h1").first).not_to_have_text(before)
        context.close()
