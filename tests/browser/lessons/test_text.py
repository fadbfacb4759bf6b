"""The lesson `text` in the browser: a review as a reader types it, and networks that learn a reader's own lines."""

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(tab):
    """The lesson in a tab of its own, opened wholly: ``lesson(query)``."""

    def open_lesson(query="", **options):
        page = tab(query, path="text", **options).page
        page.locator(".gw-picture").first.wait_for()
        wait_until_idle(page)
        return page

    return open_lesson


def test_typed_words_are_text_and_strange_ones_look_strange(lesson):
    page = lesson("lang=vi&text=own")
    box = page.locator(".st-key-typed input")
    box.fill("Món <b>zaxo</b> rất ngon")
    box.press("Enter")
    strange = page.locator('.gw-sentence .gw-line >> nth=0 >> .gw-word[data-unknown="true"]')
    page.locator(".gw-sentence").get_by_text("zaxo").first.wait_for()
    words = page.locator(".gw-sentence .gw-line >> nth=0 >> .gw-word")
    expect(words).to_have_text(["món", "<", "b", ">", "zaxo", "<", "/", "b", ">", "rất", "ngon"])
    expect(strange.filter(has_text="zaxo")).to_have_count(1)
    strange.last.hover()
    expect(page.locator(".gw-sentence .gw-readout")).to_contain_text(labels("vi", "text")["verdict.unknown"])


def test_a_readers_own_lines_are_learned(lesson):
    page = lesson("lang=en&source=own&text=own")
    lines = [f"{label}, {word} number {n}" for n in range(12) for label, word in (("good", "plim"), ("bad", "plom"))]
    page.locator(".st-key-lines textarea").fill("\n".join(lines))
    page.locator(".st-key-lines textarea").press("Control+Enter")
    page.get_by_text(labels("en", "text")["paste.ready"].format(count=24, good=12, bad=12).split("**")[1]).wait_for()
    page.locator(".st-key-train button").click()
    page.get_by_text("your own model").wait_for()
    tables = page.locator(".st-key-part-training table")
    measured = tables.filter(has_text=labels("en", "text")["measured.majority"])
    expect(measured).to_contain_text("(4\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}4)")


def test_nothing_is_wider_than_a_phone(lesson):
    page = lesson("lang=vi&text=mixed", viewport={"width": 390, "height": 900})
    page.locator(".st-key-part-remember").wait_for()
    wait_until_idle(page)
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
