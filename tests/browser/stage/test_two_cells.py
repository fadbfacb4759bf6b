"""Two or three cells on one playhead: each figure shows its own cell's numbers at the same day."""

import pytest
from playwright.sync_api import expect

from cells import run
from tests.support.stage_page import printed
from tests.support.stage_site import DAYS, VARIANTS, cell_of, column

pytestmark = pytest.mark.browser


@pytest.fixture
def page(new_page):
    return new_page()


def traces(*names):
    return {name: run(cell_of(*VARIANTS[name]), column(DAYS)) for name in names}


def opened(page, site, *names, query=""):
    page.goto(f"{site}/?cell={','.join(names)}&{query}")
    page.locator(".gw-chip").first.wait_for()
    return page


def test_every_cell_shows_its_own_numbers(page, site):
    names = ("lstm", "gru", "rnn")
    opened(page, site, *names)
    page.get_by_role("button", name="All days").click()
    page.get_by_role("button", name="show all").click()
    for grid, (_, trace) in zip(page.locator(".gw-grid").all(), traces(*names).items(), strict=True):
        for row in grid.locator(".gw-value-row").all():
            name = row.locator(".gw-maths").first.inner_text()
            expect(row.locator(".gw-number")).to_have_text([printed(v) for v in trace[name].ravel()])


def test_one_playhead_and_who_has_fewer_stages_waits(page, site):
    opened(page, site, "lstm", "gru", "rnn", query="at=2.1")
    page.locator(".gw[role=group]").focus()
    results = {
        name: [printed(v, 4) for v in trace["h"].ravel()] for name, trace in traces("lstm", "gru", "rnn").items()
    }
    page.keyboard.press("6")  # the LSTM's last stage; the others have stood at theirs for some time
    expect(page.locator(".gw-chip")).to_have_text([results[name][1] for name in results])
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".gw-chip")).to_have_text([results[name][2] for name in results])
    expect(page.locator(".gw-head-figure .gw-title")).to_have_text(["6Hidden state", "4Blend", "2Squash"])
    expect(page.get_by_role("slider", name="Playhead")).to_have_attribute("aria-valuemax", "24")


def test_variants_of_one_cell_beside_each_other(page, site):
    opened(page, site, "lstm", "lstm-peephole", query="at=4.6")
    results = [printed(trace["h"][-1, 0, 0], 4) for trace in traces("lstm", "lstm-peephole").values()]
    assert results[0] != results[1]
    expect(page.locator(".gw-chip")).to_have_text(results)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_out_of_the_page(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, site, "lstm", "gru", "rnn")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
