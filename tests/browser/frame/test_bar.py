"""The bar: what is found opens at its place, Back loses nothing, terms open cards, and a phone has all of it."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from app.page.registry import LESSONS
from tests.support.axe import faults
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def find(page: Page, query: str, name: str) -> None:
    """Choose something in the search by the keys."""
    box = page.get_by_role("combobox", name=re.compile("Find|Tìm"))
    box.fill(query)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text(name)
    box.press("Enter")


def in_view(page: Page, selector: str) -> bool:
    return page.locator(selector).evaluate(
        "(e) => e.getBoundingClientRect().top > 40 && e.getBoundingClientRect().bottom < innerHeight"
    )


def test_back_from_a_term_restores_the_lesson_in_one_step(tab):
    lesson = tab(query="f=2,1,1&at=3.4")
    page, shown = lesson.page, lesson.result.inner_text()
    before = page.evaluate("history.length")
    find(page, "sigm", "sigmoid")
    page.wait_for_url("**/glossary#term-sigmoid")
    entry = page.locator("#term-sigmoid")
    expect(entry).to_have_attribute("data-found", "")
    expect(entry).to_be_focused()
    assert in_view(page, "#term-sigmoid")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    page.wait_for_url("**/fourday?f=2,1,1&at=3.4")
    page.locator(".st-key-turn").wait_for()
    wait_until_idle(page)
    expect(page.get_by_role("slider", name="forget, weight on hidden state", exact=True).first).to_have_value("2")
    expect(lesson.result).to_have_text(shown)
    assert page.url.endswith("/fourday?f=2,1,1&at=3.4")
    page.go_forward()
    expect(page.locator("#term-sigmoid")).to_have_attribute("data-found", "")


def test_a_search_without_diacritics_finds_vietnamese_terms_and_a_heading_is_opened_at(tab):
    page = tab(path="lstm", query="lang=vi").page
    find(page, "cong quen", "cổng quên")
    page.wait_for_url("**/glossary?lang=vi#term-forget")
    expect(page.locator("#term-forget")).to_contain_text("cổng quên")
    find(page, "hai quy", "quy ước")
    heading = page.locator("[data-found]")
    expect(heading).to_contain_text("quy ước")
    assert "/gru?lang=vi#" in page.url


def test_what_is_no_term_is_not_answered_with_something_like_it(tab):
    page = tab(path="glossary").page
    box = page.get_by_role("combobox", name="Find")
    box.fill("epoch")
    names = page.get_by_role("listbox").get_by_role("option").all_inner_texts()
    assert names
    assert all("epoch" in name.lower() for name in names)
    box.fill("zebra")
    expect(page.get_by_role("status").filter(has_text="No results")).to_be_visible()
    box.press("Escape")
    expect(box).to_have_value("")


def test_an_entry_leads_to_its_first_use_and_its_card_back_to_it(tab):
    page = tab(path="glossary").page
    page.locator("#term-forget").get_by_role("link", name="The LSTM and its three gates").click()
    page.wait_for_url("**/lstm#term-forget")
    word = page.locator(".gw-term #term-forget")
    expect(word).to_be_focused()
    card = page.get_by_role("tooltip").filter(visible=True)
    expect(card).to_contain_text("near 1 it keeps")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    word.blur()
    word.focus()
    expect(card).to_have_count(1)
    page.keyboard.press("Tab")
    expect(card.get_by_role("link")).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary?lang=en#term-forget")


def test_a_card_opens_under_the_pointer_stays_there_and_closes_by_escape(tab):
    page = tab(path="memory").page
    wait_until_idle(page)  # nothing moves any more
    term = page.locator(".gw-term").first
    card = term.get_by_role("tooltip")
    term.locator("[tabindex]").hover()
    expect(card).to_be_visible()
    card.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_a_dash_names_its_lesson_and_leads_there(tab):
    page = tab(path="rnn").page
    dashes = page.locator(".gw-dashes a")
    expect(dashes).to_have_count(len(LESSONS))
    expect(dashes.nth(1)).to_have_attribute("data-state", "read")
    expect(dashes.nth(2)).to_have_attribute("data-state", "new")
    dashes.nth(3).hover()
    expect(dashes.nth(3).locator(".gw-tip")).to_be_visible()
    expect(dashes.nth(3)).to_have_accessible_name(re.compile(r"^4\. The LSTM"))
    dashes.nth(3).click()
    page.wait_for_url(re.compile(r"/lstm$"))
    expect(page.get_by_role("button", name=f"Lesson 4 of {len(LESSONS)}")).to_be_visible()


def test_a_task_that_is_done_is_counted_in_the_bar(tab):
    page = tab(path="rnn", answered=False).page
    page.get_by_role("button", name="yes, by 0.01 or more").click()
    page.get_by_role("button", name="Reveal the answer").click()
    expect(page.locator(".gw-dashes a").nth(1)).to_have_accessible_name(re.compile(r"· 1 of 2 tasks$"))


def test_a_phone_has_the_search_and_the_lessons_and_nothing_overlaps(tab):
    page = tab(path="fourday", viewport=PHONE).page
    page.get_by_role("button", name=f"5 of {len(LESSONS)}").click()
    link = page.get_by_role("navigation", name="Lessons").get_by_role("link", name=re.compile("The GRU"))
    box = link.bounding_box()
    assert box["height"] >= 44
    link.click()
    page.wait_for_url(re.compile(r"/gru$"))
    expect(page.get_by_role("button", name=f"6 of {len(LESSONS)}")).to_be_visible()
    page.get_by_role("button", name="Find").click()
    find(page, "update g", "update gate")
    page.wait_for_url("**/glossary#term-update")
    boxes = [page.locator(one).bounding_box() for one in (".gw-home", ".gw-where", ".gw-opener", ".st-key-lang")]
    boxes.append(page.get_by_test_id("stMainMenu").bounding_box())
    boxes.sort(key=lambda box: box["x"])
    assert all(a["x"] + a["width"] <= b["x"] + 0.5 for a, b in pairwise(boxes))
    assert boxes[-1]["x"] + boxes[-1]["width"] <= PHONE["width"]


def test_streamlits_own_sign_of_work_never_shows(tab):
    page = tab(path="gradients").page
    expect(page.get_by_test_id("stStatusWidget").filter(visible=True)).to_have_count(0)


def test_weights_of_a_cell_that_was_left_leave_the_address_and_history_alone(tab):
    page = tab(path="variants", query="f=2.7,1.63,1.62,0.5").page
    before = page.evaluate("history.length")
    page.get_by_role("radio", name="hard sigmoid").click()
    page.wait_for_url(re.compile(r"/variants\?cell=hard$"))
    assert page.evaluate("history.length") == before + 1
    expect(page.get_by_test_id("stAlert").filter(has_text="`f`")).to_have_count(0)
    page.go_back()
    page.wait_for_url(re.compile(r"/variants\?f=2\.7"))
    expect(page.get_by_test_id("stAlert").filter(has_text="address")).to_have_count(0)
