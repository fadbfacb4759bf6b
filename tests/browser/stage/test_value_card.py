"""A value's card: the core's number, copied as `repr` prints it, and pinned through everything."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.stage_cards import card, cell, do, everything, pill
from tests.support.stage_numbers import read
from tests.support.stage_page import core, printed

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]


@pytest.mark.parametrize("key", ["f", "g", "c", "h", "keep", "squash", "x", "c-before"])
def test_a_card_has_the_core_s_number_and_copies_it_as_repr(tab, key):
    page = tab(query="at=3.6&show=B", permissions=["clipboard-read", "clipboard-write"])
    name, before = key.removesuffix("-before"), key.endswith("-before")
    value = read(core()["B"], name, 3, before)
    pill(page, key).click()
    expect(card(page).locator(".gw-card-number")).to_have_text(printed(value, 4))
    expect(card(page).locator(".gw-when")).to_have_text("day 2" if before else "day 3")
    do(page, "copy")
    expect(card(page).get_by_role("status")).to_contain_text("copied: ")
    copied = page.page.evaluate("() => navigator.clipboard.readText()")
    expect(card(page).get_by_role("status")).to_have_text(f"copied: {copied}")
    assert float(copied) == pytest.approx(value, rel=1e-12), "the browser's exp may differ in the last place"
    assert repr(float(copied)) == copied


def test_where_the_clipboard_is_refused_the_number_can_be_had(tab):
    page = tab(query="at=3.6")
    page.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error());"
        " document.execCommand = () => false; }"
    )
    pill(page, "f").click()
    do(page, "copy")
    expect(card(page).get_by_role("status")).to_contain_text(repr(read(core()["A"], "f", 3)))


def test_the_keyboard_opens_reads_and_leaves_a_card(tab):
    page = tab(query="at=3.6")
    pill(page, "c-before").focus()
    page.page.keyboard.press("Enter")
    expect(card(page)).to_have_attribute("aria-label", "cell state, day 2")
    expect(card(page)).to_be_focused()
    page.page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(pill(page, "c-before")).to_be_focused()
    page.stage.focus()
    page.page.keyboard.press("2")
    page.page.keyboard.press("Enter")
    expect(card(page)).to_have_attribute("aria-label", "input gate, day 3")
    page.page.keyboard.press("Escape")
    expect(page.stage).to_be_focused()


def test_terms_of_the_sum_and_the_timeline_open_the_cards_of_what_they_show(tab):
    page = tab(query="at=3.2")
    page.page.locator(".term[data-line='1'] [data-value='h']").press("Enter")
    expect(card(page)).to_have_attribute("aria-label", "hidden state, day 2")
    do(page, "go there")
    page.expect_at(2, 6)
    page.result.click()
    expect(card(page)).to_have_attribute("aria-label", "hidden state, day 2")
    page.page.keyboard.press("Escape")
    page.open_table()
    cell(page, "g", 3).click()
    page.expect_at(3, 3)
    expect(card(page)).to_have_count(0)
    cell(page, "g", 3).click()
    expect(card(page).locator(".gw-card-number")).to_have_text(printed(read(core()["A"], "g", 3), 4))


def test_a_card_of_a_value_to_come_gives_nothing_away(tab):
    page = tab(query="at=3.2")
    pill(page, "h").click()
    expect(card(page).locator(".gw-card-number")).to_have_text("not yet")
    expect(card(page).get_by_role("button", name="pin", exact=True)).to_have_count(0)
    assert printed(read(core()["A"], "h", 3), 4) not in everything(page)
    page.page.keyboard.press("End")
    expect(card(page).locator(".gw-card-number")).to_have_text(printed(read(core()["A"], "h", 3), 4))


def test_pins_stand_side_by_side_through_everything_and_follow_the_weights(tab):
    page = tab(query="at=2.6&show=B")
    for key in ("f", "keep"):
        pill(page, key).click()
        do(page, "pin")
        page.page.keyboard.press("Escape")
    pins = page.page.locator(".gw-pin")
    tops = [pins.nth(k).bounding_box()["y"] for k in range(2)]
    assert tops[0] == tops[1]
    page.stage.focus()
    page.page.keyboard.press("Home")
    page.page.keyboard.press("ArrowRight")

    def expect_pins(weights):
        trace = core(weights)["B"]
        h, x = read(trace, "h", 2, before=True), read(trace, "x", 2)
        expect(pins.locator(".gw-chip")).to_have_text(
            [printed(read(trace, "f", 2), 4), printed(read(trace, "keep", 2), 4)]
        )
        line = pins.nth(0).locator(".gw-line").inner_text().replace("(", "").replace(")", "")
        line = re.sub(r"\s", "", line)
        expected = f"=σ{printed(TWO['U_f'], 2)}·{printed(h, 4)}+{printed(TWO['W_f'], 2)}·{printed(x, 2)}+"
        assert line.startswith(expected), (line, expected)
        product = [printed(read(trace, "f", 2), 4), printed(read(trace, "c", 2, before=True), 4)]
        assert [part for part in product if part in pins.nth(1).locator(".gw-line").inner_text()] == product

    expect_pins({})
    page.box("input, bias").fill("-2")
    page.box("input, bias").press("Enter")
    expect(pins.locator(".gw-chip").nth(0)).to_have_text(printed(read(core({"b_i": -2.0})["B"], "f", 2), 4))
    expect_pins({"b_i": -2.0})
    page.button("Unpin forget gate, day 2").click()
    expect(pins).to_have_count(1)
    pill(page, "x").click()
    do(page, "pin")
    page.button("clear pins").click()
    expect(pins).to_have_count(0)


def test_a_pin_belongs_to_its_series(tab):
    page = tab(query="at=2.6&show=AB")
    for k in range(2):
        pill(page, "f", company=k).click()
        do(page, "pin")
        page.page.keyboard.press("Escape")
    pins = page.page.locator(".gw-pin")
    expect(pins.locator(".gw-when")).to_have_text(["day 2 · Company A", "day 2 · Company B"])
    expect(pins.locator(".gw-chip")).to_have_text([printed(read(core()[c], "f", 2), 4) for c in "AB"])
