"""A lesson whose server goes away and comes back."""

import pytest
from playwright.sync_api import expect

from tests.support.server import Server
from tests.support.stage_page import StagePage, core, printed, rows

pytestmark = pytest.mark.browser


@pytest.fixture
def restarting(browser):
    """A server of one's own, and a tab at its lesson with the hand on the forget gate's bias."""
    with Server() as server:
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page = StagePage(context.new_page(), server.address)
        page.open(query="at=4.6&show=B&i=2,1.65,-1")
        expect(page.page.locator(".st-key-part-goal")).to_contain_text("input, bias")
        page.slider("forget, bias").focus()
        yield server, page
        context.close()


def expect_moved(page: StagePage, forget_bias: float) -> None:
    """The slider, the stage and what follows from it agree."""
    trace = core({"b_i": -1.0, "b_f": forget_bias})["B"]
    expect(page.slider("forget, bias")).to_have_value(f"{forget_bias:g}")
    expect(page.result).to_have_text(printed(trace["h"][-1].item(), 4))
    page.expect_rows(rows(trace))
    expect(page.page.locator(".st-key-part-goal")).to_contain_text("2 sliders have moved")
    assert page.query["i"] == "2,1.65,-1"


def test_the_first_move_after_a_restart_is_followed(restarting):
    server, page = restarting
    server.kill()
    with page.page.expect_websocket():  # the tab has found its server again
        server.start()
    page.page.wait_for_timeout(1000)
    page.page.keyboard.press("PageDown")
    expect_moved(page, 0.62)


def test_a_move_made_while_the_server_is_away_is_followed_when_it_is_back(restarting):
    server, page = restarting
    server.kill()
    page.page.keyboard.press("PageDown")
    server.start()
    expect_moved(page, 0.62)
