"""A slider that is answered while it moves: by mouse, keys, number and touch; its address; what axe says of it."""

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from tests.support.axe import faults

pytestmark = pytest.mark.browser

GAP = labels("en", "memory")["reading.gap"]
ERRORS = labels("en", "stage")
PHONE = {"width": 390, "height": 844}
FIRST = 5  # words of the sentence without a gap
FIVE_KEYS = "range => { for (let k = 0; k < 5; k += 1) { range.stepUp(); range.dispatchEvent(new Event('input')) } }"
"""A key that is held, which a busy machine would send too slowly."""


@pytest.fixture
def memory(tab):
    """The lesson `memory`, its slider ready."""

    def opened(query="", **options):
        page = tab(path="memory", query=query, **options).page
        page.get_by_role("slider", name=GAP).wait_for()
        page.locator(".st-key-turn").wait_for()
        return page

    return opened


def words(page):
    """The words of one row of the picture."""
    return page.locator(".gw-sentence .gw-line").first.locator("button")


def gap(page):
    """What the address says; None where it says nothing."""
    return parse_qs(urlsplit(page.url).query).get("gap", [None])[0]


def expect_at(page, value):
    """The slider, its number, the picture and the address agree."""
    expect(words(page)).to_have_count(FIRST + value)
    expect(page.get_by_role("slider", name=GAP)).to_have_value(f"{value}")
    expect(box_of(page)).to_have_value(f"{value}")
    page.wait_for_function(
        "value => (new URLSearchParams(location.search).get('gap') ?? '20') === value", arg=f"{value}"
    )


def box_of(page):
    return page.get_by_role("textbox", name=ERRORS["typed"].format(name=GAP))


def drag(page, places):
    """Press the mouse at the left end and move it to some shares of the track; return what is shown meanwhile."""
    track = page.get_by_role("slider", name=GAP).bounding_box()
    y, shown = track["y"] + track["height"] / 2, []
    page.mouse.move(track["x"] + 8, y)
    page.mouse.down()
    for place in places:
        page.mouse.move(track["x"] + 8 + place * (track["width"] - 16), y)
        page.wait_for_timeout(250)
        shown.append(words(page).count())
    return shown


def test_the_picture_follows_the_mouse_and_the_address_its_release(memory):
    page = memory()
    shown = drag(page, [k / 20 for k in range(1, 13)])
    assert len(set(shown)) >= 3  # a busy machine answers late
    assert all(earlier <= later for earlier, later in pairwise(shown))
    expect(words(page)).to_have_count(FIRST + int(page.get_by_role("slider", name=GAP).input_value()))
    assert gap(page) is None  # one entry of the history for the whole drag
    page.mouse.up()
    value = int(page.get_by_role("slider", name=GAP).input_value())
    assert 55 <= value <= 65
    expect_at(page, value)
    page.go_back()
    expect_at(page, 20)
    page.go_forward()
    expect_at(page, value)
    page.reload()
    expect_at(page, value)


def test_keys(memory):
    page = memory("gap=30")
    expect_at(page, 30)
    slider = page.get_by_role("slider", name=GAP)
    slider.evaluate(FIVE_KEYS)
    expect_at(page, 35)
    page.go_back()  # keys in a row are one change
    expect_at(page, 30)
    for key, value in (("End", 100), ("PageDown", 90), ("ArrowLeft", 89), ("Home", 0)):
        slider.press(key)
        expect_at(page, value)
        expect(slider).to_have_attribute("aria-valuetext", f"{value}")


def test_a_number_is_typed_and_a_wrong_one_changes_nothing(memory):
    page = memory()
    box = box_of(page)
    box.fill("42")
    box.press("Enter")
    expect_at(page, 42)
    for text, error in (("101", "range"), ("x", "number"), ("1.5", "whole")):
        box.fill(text)
        box.press("Enter")
        said = ERRORS[f"error.{error}"].format(text=text, value=text, low=0, high=100)
        expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
        expect_at(page, 42)
    page.get_by_role("slider", name=GAP).press("ArrowRight")
    expect(page.locator(".gw-live .gw-message")).to_be_empty()
    expect_at(page, 43)


def test_what_the_address_asks_in_vain_is_told_until_the_slider_moves(memory):
    page = memory("gap=x")
    notice = page.get_by_role("alert").filter(has_text="gap")
    expect(notice).to_be_visible()
    page.get_by_role("slider", name=GAP).press("ArrowRight")
    expect_at(page, 21)
    expect(notice).to_have_count(0)


def test_a_touch_moves_it_on_a_phone(memory):
    page = memory(viewport=PHONE, has_touch=True, is_mobile=True)
    slider = page.get_by_role("slider", name=GAP)
    track = slider.bounding_box()
    assert track["height"] >= 44
    assert box_of(page).bounding_box()["height"] >= 44
    page.touchscreen.tap(track["x"] + track["width"] / 2, track["y"] + track["height"] / 2)
    expect_at(page, 50)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_accessible(memory, theme):
    page = memory("gap=10", color_scheme=theme)
    expect_at(page, 10)
    assert faults(page) == []


def test_after_a_restart_it_is_answered_again(memory):
    page = memory()
    page.get_by_role("slider", name=GAP).focus()
    page.context.set_offline(True)
    page.get_by_role("slider", name=GAP).press("End")
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    expect_at(page, 100)
