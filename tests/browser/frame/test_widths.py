"""What the width of a screen does to words and tables."""

import pytest
from playwright.sync_api import expect

from tests.support.in_page import source
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("path", ["", "glossary"])
@pytest.mark.parametrize("viewport", [PHONE, {"width": 1280, "height": 720}], ids=["phone", "desk"])
def test_no_text_is_smaller_than_twelve_pixels(tab, path, language, viewport):
    page = tab(path=path, query=f"lang={language}", viewport=viewport).page
    wait_until_idle(page)
    assert page.evaluate(source("small_text"), 11.95) == []


def test_a_wide_table_is_a_list_of_terms_and_values_on_a_phone(tab):
    page = tab(path="frameworks", viewport=PHONE).page
    table = page.locator(".st-key-part-names table")
    expect(table).to_have_attribute("data-listed", "")
    row = table.locator("tbody tr").first
    cells = row.locator("td")
    heads = table.locator("thead th").all_inner_texts()
    assert [cells.nth(k).get_attribute("data-head") for k in range(1, len(heads))] == [
        table.locator("thead th").nth(k).evaluate("(e) => e.textContent.trim()") for k in range(1, len(heads))
    ]
    tops = [cells.nth(k).bounding_box()["y"] for k in range(len(heads))]
    assert tops == sorted(set(tops))
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(table).not_to_have_attribute("data-listed", "")


def test_words_and_tables_take_the_whole_width_of_their_card(tab):
    page = tab(path="gates", viewport={"width": 1280, "height": 720}).page
    words = page.locator(".st-key-part-routes .stMarkdown").first
    first, last = words.locator("p").first.bounding_box(), words.locator("p").last.bounding_box()
    card = page.locator(".st-key-part-routes").bounding_box()
    assert last["x"] > first["x"] + first["width"]
    assert last["x"] + last["width"] > card["x"] + 0.9 * card["width"]
    page.goto(page.url.replace("/gates", "/frameworks"))
    table = page.locator(".st-key-part-names table").bounding_box()
    assert table["width"] > 0.95 * (page.locator(".st-key-part-names").bounding_box()["width"] - 42)
