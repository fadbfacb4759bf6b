"""A tab whose server goes away and comes back, with or without a stage on the page: all is as if it had stayed."""

import pytest
from playwright.sync_api import expect

from tests.support.server import Server
from tests.support.stage_page import ANSWERED, StagePage, core, printed, rows, wait_until_idle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_server():
    """The server that these tests kill and start again."""
    with Server() as running:
        yield running


@pytest.fixture
def lesson(new_context, own_server):
    """Open a lesson on that server, wholly: ``lesson(path, query)``. What its console says meanwhile is no fault."""
    if own_server.process.poll() is not None:
        own_server.start()

    def opened(path: str, query: str = "") -> StagePage:
        page = StagePage(new_context(viewport={"width": 1280, "height": 1000}).new_page(), own_server.address)
        page.page.add_init_script(ANSWERED)
        page.open(path, query)
        page.page.locator(".st-key-turn").wait_for()
        wait_until_idle(page.page)
        return page

    return opened


def restart(server: Server, page: StagePage) -> None:
    """Kill the server, start it again, and wait until the tab has found it."""
    server.kill()
    with page.page.expect_websocket() as again:
        server.start()
    again.value.wait_for_event("framereceived")


CHARTS = 3  # of the lesson `gradients`


def test_what_waits_for_the_first_picture_comes_back_with_the_server(lesson, own_server):
    page = lesson("gradients")
    charts = page.page.locator(".js-plotly-plot")
    expect(charts).to_have_count(CHARTS)
    restart(own_server, page)
    wait_until_idle(page.page)
    expect(charts).to_have_count(CHARTS)


@pytest.mark.parametrize("path", ["memory", "fourday"])
def test_a_tab_asks_its_server_anew(lesson, own_server, path):
    """Only a page with a fragment does: a lesson without a stage has that of the frame alone."""
    page = lesson(path)
    restart(own_server, page)
    heading = page.page.locator("h1").first
    before = heading.inner_text()
    page.page.get_by_role("radio", name="VI").or_(page.button("VI")).first.click()
    expect(heading).not_to_have_text(before)


@pytest.fixture
def held(lesson):
    """The lesson `fourday` with one weight moved, and the hand on the forget gate's bias."""
    page = lesson("fourday", "at=4.6&show=B&i=2,1.65,-1")
    expect(page.page.locator(".gw-task-status")).to_contain_text("input, bias")
    page.slider("forget, bias").focus()
    return page


def expect_moved(page: StagePage, forget_bias: float) -> None:
    """The slider, the stage and what follows from it agree."""
    trace = core({"b_i": -1.0, "b_f": forget_bias})["B"]
    expect(page.slider("forget, bias")).to_have_value(f"{forget_bias:g}")
    expect(page.result).to_have_text(printed(trace["h"][-1].item(), 4))
    page.expect_rows(rows(trace))
    expect(page.page.locator(".gw-task-status")).to_contain_text("2 sliders have moved")
    loss = (trace["h"][-1].item() - 1) ** 2
    expect(page.losses).to_contain_text(f"{loss:.6f} for Company B")
    assert page.query["i"] == "2,1.65,-1"


def test_the_first_moves_after_a_restart_are_followed(held, own_server):
    restart(own_server, held)
    wait_until_idle(held.page)
    held.page.keyboard.press("PageDown")
    expect_moved(held, 0.62)
    held.box("forget, bias").fill("-3")
    held.box("forget, bias").press("Enter")
    expect_moved(held, -3.0)


def test_a_move_made_while_the_server_is_away_is_followed_when_it_is_back(held, own_server):
    own_server.kill()
    held.page.keyboard.press("PageDown")
    own_server.start()
    expect_moved(held, 0.62)
