"""The lesson `writing` in the browser: a reader's own text is learned, writes on, and is gone with the page."""

import re

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from app.lessons.writing.corpus import beginning, corpus
from app.lessons.writing.view import COUNT
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser

WORDS = labels("en", "writing")
TEXT = corpus("english")[:3000]
LONG = corpus("english")[:60_000]  # that is still learned when a reader stops it
PANEL = ".st-key-part-own"
SLOW = 180_000  # ms: workers give way to whatever else the machine does


@pytest.fixture
def panel(tab):
    """The page with the panel unfolded."""
    page = tab("lang=en&own-cell=rnn&own-units=32", path="writing").page
    page.locator(".gw-write-play").wait_for()
    page.locator(f"{PANEL} summary").first.click()
    page.locator(".st-key-own-typed textarea").wait_for()
    wait_until_idle(page)
    return page


def give(page, text):
    box = page.locator(".st-key-own-typed textarea")
    box.fill(text)
    box.press("Control+Enter")


def test_a_readers_own_text_is_learned_writes_on_and_is_gone_with_the_page(panel):
    train = panel.locator(".st-key-train button")
    expect(train).to_be_disabled()
    give(panel, "too short")
    expect(panel.locator(PANEL).get_by_text(WORDS["own.problem.short"].partition("{")[0])).to_be_visible()
    give(panel, LONG)
    expect(train).to_be_enabled()

    train.click()
    samples = panel.locator(".gw-samples li")
    samples.first.wait_for(timeout=SLOW)
    panel.locator(".st-key-cancel button").click()
    expect(panel.get_by_text(labels("en")["trainer.ended.stopped"])).to_be_visible()
    expect(panel.locator(".st-key-own-typed textarea")).to_have_value(LONG)  # nothing that was typed is lost

    give(panel, TEXT)
    expect(train).to_be_enabled()
    train.click()
    samples.nth(1).wait_for(timeout=SLOW)
    write = panel.locator(".st-key-own-write button")
    write.wait_for(timeout=SLOW)
    expect(panel.locator(f"{PANEL} table")).to_be_visible()
    write.click()
    mine = panel.locator('[data-key="own"]')
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(panel).to_have_url(re.compile("text=own"))
    letters = panel.locator(".gw-letter")
    before = len(beginning(TEXT)) + COUNT.default
    expect(letters).to_have_count(before)
    panel.get_by_role("button", name=WORDS["writer.write.letter"], exact=True).click()
    expect(letters).to_have_count(before + 1)
    panel.locator('[data-key="kieu"]').click()  # and back: it is one of three
    expect(panel.locator('[data-key="gru"]')).to_be_visible()
    mine.click()
    expect(panel.locator('[data-key="gru"]')).to_have_count(0)

    panel.reload()
    expect(panel.get_by_text(WORDS["own.gone"])).to_be_visible(timeout=SLOW)
    expect(mine).to_have_count(0)
    panel.locator(f"{PANEL} summary").first.click()
    expect(panel.locator(".st-key-own-typed textarea")).to_have_value("")


def test_a_file_is_read_into_the_box_and_a_pdf_is_refused(panel):
    file = panel.locator(".st-key-own-file input[type=file]")
    file.set_input_files({"name": "mine.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 ..."})
    expect(panel.get_by_text(WORDS["own.problem.pdf"])).to_be_visible()
    give(panel, "mine")
    file.set_input_files({"name": "mine.txt", "mimeType": "text/plain", "buffer": TEXT.encode("utf-16")})
    expect(panel.get_by_text(WORDS["own.read.sure"].format(encoding="UTF-16"))).to_be_visible()
    expect(panel.locator(".st-key-own-typed textarea")).to_have_value(TEXT)
