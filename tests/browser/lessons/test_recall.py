"""The lesson `recall` in the browser: a reader trains three cells for real, and solves the challenge with them."""

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser
WORDS = labels("en") | labels("en", "recall")


def test_a_reader_trains_an_lstm_whose_gates_do_not_help(tab):
    page = tab(path="recall", query="task=recall&gates=zero&rate=0.01").page
    page.locator(".gw-picture").first.wait_for()
    wait_until_idle(page)
    expect(page.get_by_text(WORDS["goal.open"])).to_be_visible()
    page.get_by_role("button", name=WORDS["trainer.train"], exact=True).click()
    expect(page.locator(".st-key-part-goal").get_by_text("Solved.")).to_be_visible()
    expect(page.get_by_text("Shown: your own model")).to_be_visible()
    expect(page.get_by_text("the same hidden states: the largest difference is")).to_be_visible()


def test_the_other_test_of_memory_redraws_curves_and_table(tab):
    page = tab(path="recall").page
    page.locator(".gw-picture").first.wait_for()
    wait_until_idle(page)
    expect(page.get_by_text("15.4 %")).to_be_visible()
    page.get_by_role("radio", name=WORDS["task.recall"]).click()
    page.wait_for_function("() => location.search.includes('task=recall')")
    expect(page.get_by_text("25 %")).to_be_visible()
    shown = page.locator("[class*=st-key-part-figure-success] .gw-still svg")
    expect(shown).to_have_count(2)  # that of n = 100 waits for the guess
    page.get_by_role("radio", name=WORDS["who.all"], exact=True).click()
    expect(shown).to_have_count(3)
