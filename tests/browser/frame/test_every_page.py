"""Every page in both languages, both themes, on a desk and on a phone; and what only a browser shows of the course."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from app.lessons.compare import model as choosing
from app.page.registry import LESSONS, PLACES
from tests.support.axe import faults
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
LOOKS = {"en": [("light", "desk"), ("dark", "phone")], "vi": [("light", "phone"), ("dark", "desk")]}
"""Four of the eight looks of a page, in which every pair of a language, a theme and a size occurs; of a language, the
first is that in which the page is opened."""


def test_every_pair_of_two_dimensions_occurs():
    looks = [(language, *look) for language, both in LOOKS.items() for look in both]
    for one, other in itertools.combinations(range(3), 2):
        assert len({(look[one], look[other]) for look in looks}) == 4


@pytest.mark.parametrize("language", LOOKS)
@pytest.mark.parametrize("key", ["", *PLACES, *LESSONS])
def test_every_page_is_whole(tab, key, language):
    (theme, size), other = LOOKS[language]
    page = tab(path=key, query=f"lang={language}", viewport=SIZES[size], color_scheme=theme).page
    page.locator("h1").wait_for()
    if key in LESSONS:
        page.locator(".st-key-turn").wait_for()  # `gradients` makes its map the first time
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    is_whole(page, size)
    theme, size = other
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        "(theme) => getComputedStyle(document.querySelector('.stApp')).colorScheme === theme", arg=theme
    )
    is_whole(page, size)


def is_whole(page, size):
    wait_until_idle(page)
    width = SIZES[size]["width"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth") <= width
    assert faults(page) == []


def test_what_is_done_is_kept_in_the_browser_and_can_be_cleared(tab):
    page = tab(path="rnn", answered=False).page
    page.get_by_role("button", name="yes, by 0.01 or more").click()
    page.get_by_role("button", name="Reveal the answer").click()
    page.wait_for_function("() => localStorage.getItem('gatewalk.progress')")
    page.goto(page.url.split("/rnn")[0])
    page.locator(".gw-course").get_by_text("1 of 2 tasks").wait_for()
    page.reload()
    page.locator(".gw-course").get_by_text("1 of 2 tasks").wait_for()
    page.get_by_role("button", name="Clear it").click()
    expect(page.locator(".gw-course").get_by_text("1 of 2 tasks")).to_have_count(0)


def test_a_challenge_without_the_stage_is_kept_too(tab):
    page = tab(path="compare").page
    units = page.locator(".st-key-match input")
    units.fill(str(choosing.most_units()))
    units.press("Enter")
    page.locator(".st-key-part-goal [data-testid=stAlertContentSuccess]").wait_for()
    page.wait_for_function("() => localStorage.getItem('gatewalk.progress')?.includes('compare.match')")


def test_what_is_drawn_again_explains_what_it_explained(tab):
    page = tab(path="fourday").page
    terms = page.locator(".st-key-part-gradients .gw-term > [tabindex]")
    expect(terms).not_to_have_count(0)
    explained = terms.all_inner_texts()
    page.locator(".gw-weight input[type=range]").first.press("ArrowRight")
    page.wait_for_function("() => location.search.length > 1")
    wait_until_idle(page)
    expect(terms).to_have_text(explained)


def test_a_valve_is_dragged_and_moved_by_keys(tab):
    page = tab(path="lstm").page
    board = page.get_by_role("slider", name=re.compile("^σ, a valve"))
    board.scroll_into_view_if_needed()
    expect(board).to_have_attribute("aria-valuetext", "σ(2.00) = 0.881 · 88%")
    board.focus()
    page.keyboard.press("Home")
    expect(board).to_have_attribute("aria-valuetext", "σ(−6.00) = 0.002 · 0%")
    box = board.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 40)
    page.mouse.up()
    expect(board).to_have_attribute("aria-valuetext", "σ(6.00) = 0.998 · 100%")


def test_the_words_of_a_sentence_are_text_whatever_they_are(tab):
    page = tab(path="memory", query="text=own").page
    box = page.locator("textarea")
    box.fill("<img src=x onerror=alert(1)> *cue* <b>bold</b>")
    box.press("Control+Enter")
    page.get_by_text("<b>bold</b>").first.wait_for()
    assert page.locator(".gw-line img, .gw-line b").count() == 0
    expect(page.locator(".gw-word[data-marked=true]").first).to_have_text("cue")


def test_embedded_the_frame_is_gone(tab):
    page = tab(path="gru", query="embed=true").page
    assert page.locator(".st-key-bar, .st-key-turn").count() == 0


def test_a_choice_of_convention_changes_the_picture_and_the_link(tab):
    page = tab(path="gru")
    page.page.get_by_role("radio", name="before U").click()
    page.page.wait_for_function("() => location.search.includes('reset=before')")
    page.page.reload()
    expect(page.page.get_by_role("radio", name="before U")).to_be_checked()


def test_after_another_cell_a_key_counts_once(tab):
    page = tab(path="gru", query="at=2.1")
    page.page.get_by_role("radio", name="before U").click()
    page.page.wait_for_function("() => location.search.includes('reset=before')")
    wait_until_idle(page.page)
    page.stage.focus()
    page.page.keyboard.press("Shift+ArrowRight")
    page.expect_at(3, 1)
