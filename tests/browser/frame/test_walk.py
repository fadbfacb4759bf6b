"""A reader's way through the course by the search box and the browser's own buttons: no page disturbs another."""

import re

import pytest
from playwright.sync_api import expect

from app.i18n import LANGUAGES, labels
from app.page.registry import LESSONS
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser
ENDS = {
    "gradients": "scale=3&units=64&steps=200&seed=99",
    "gates": "scale=3&forget_bias=5&units=64&steps=200&seed=99",
    "layers": "layers=4&units=8&rate=1.5",
    "series": "steps=24&horizon=12&units=64&epochs=200&seed=99&share=80",
    "frameworks": "units=8&inputs=3&seed=20",
    "compare": "units=32&match=64",
    "lab": "sequence=noise&steps=200&seed=999&units=64",
    "memory": "gap=100",
    "text": "units=64&epochs=100",
}
"""Addresses with all controls of a page at the end of their range."""


@pytest.mark.parametrize(("nth", "language"), enumerate(LANGUAGES))
def test_pages_are_found_left_and_found_again(tab, nth, language):
    """Every other lesson in each language."""
    words = labels(language)
    page = tab(path="glossary", query=f"lang={language}").page

    def is_shown(key: str) -> None:
        page.wait_for_url(re.compile(rf"/{key}(\?|$)"))
        expect(page.locator("h1").first).to_be_visible()
        wait_until_idle(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_text("This app has encountered an error")).to_have_count(0)
        expect(page.locator(".st-key-lang [aria-checked=true]")).to_have_text(language)

    pairs = list(zip(LESSONS, [*LESSONS[1:], LESSONS[0]], strict=True))
    for key, after in pairs[nth :: len(LANGUAGES)]:
        page.goto(re.sub(r"/\w*(\?.*)?$", f"/{key}?lang={language}&{ENDS.get(key, '')}", page.url))
        is_shown(key)
        page.get_by_role("combobox", name=words["frame.find"]).fill(words[f"lesson.{after}"])
        page.get_by_role("listbox").get_by_role("option", name=words[f"lesson.{after}"]).first.click()
        is_shown(after)
        page.go_back()
        is_shown(key)
        page.go_forward()
        is_shown(after)
