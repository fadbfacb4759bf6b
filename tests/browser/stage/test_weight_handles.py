"""Weights pulled and typed where they stand, one light everywhere, phones, axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.axe import faults
from tests.support.stage_cards import card, cell, cover, do, grip, middle, pill
from tests.support.stage_numbers import expect_arithmetic, expect_diagram, read
from tests.support.stage_page import StagePage, core, printed

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]


def test_pulling_a_weight_on_its_wire(tab):
    page = tab(query="at=3.2&show=B")
    x, y = middle(grip(page, "input, bias"))
    frames = []
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x - 10, y)
    expect(page.result).not_to_have_text(printed(read(core()["B"], "i", 3), 4))
    for k in range(2, 9):
        page.page.mouse.move(x - 10 * k, y)
        page.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        frames.append(page.result.inner_text())
    assert len(set(frames)) > 5
    hand = round(0.62 - 0.02 * 80, 2)
    assert frames[-1] == printed(read(core({"b_i": hand})["B"], "i", 3), 4)
    page.page.mouse.up()
    trace = core({"b_i": hand})["B"]
    expect_diagram(page, trace, 3, 2)
    expect_arithmetic(page, trace, TWO | {"b_i": hand}, 3, 2)
    assert float(page.slider("input, bias").input_value()) == hand
    page.expect_query(lambda query: query.get("i", ",,").split(",")[2] == f"{hand:g}")


def test_typing_and_stepping_a_weight_on_its_wire(tab):
    page = tab(query="at=3.2&show=B")
    weight = grip(page, "input, weight on input")
    expect(weight).to_have_attribute("aria-valuetext", "1.65")
    weight.click()
    box = weight.locator("..").get_by_role("textbox")
    expect(box).to_be_focused()
    box.fill("x")
    box.press("Enter")
    expect(weight.locator("..").get_by_role("alert")).to_contain_text("not a number")
    box.press("Escape")
    expect(box).to_have_count(0)
    expect(weight).to_be_focused()
    weight.press("Enter")
    box.fill("-1.234")
    box.press("Enter")
    expect_arithmetic(page, core({"W_i": -1.234})["B"], TWO | {"W_i": -1.234}, 3, 2)
    expect(weight).to_be_focused()
    weight.press("Shift+ArrowRight")
    weight.press("ArrowUp")
    expect(weight).to_have_attribute("aria-valuetext", printed(-1.12, 2))
    expect_arithmetic(page, core({"W_i": -1.12})["B"], TWO | {"W_i": -1.12}, 3, 2)
    page.expect_at(3, 2)


def lit(page: StagePage) -> set[str]:
    """The kinds of places that are lit."""
    here = {
        "pill": ".gw-picture .value.marked",
        "gate": ".gw-picture .gate.marked",
        "wire": ".gw-picture .line.marked",
        "row": ".gw-value-row[data-hover=true]",
        "term": ".gw-arithmetic [data-hover=true]",
        "weights": ".gw-group[data-hover=true], .gw-weight[data-hover=true]",
    }
    return {kind for kind, selector in here.items() if page.page.locator(selector).count()}


def test_one_light_everywhere(tab):
    page = tab(query="at=3.1")
    every = {"pill", "gate", "wire", "row", "term", "weights"}
    cells, slider = cell(page, "f", 2), page.slider("forget, bias")
    for place in (
        pill(page, "f"),
        page.page.get_by_role("button", name=re.compile("^forget gate 0")),
        cells,
        slider,
        page.result,
    ):
        place.hover()
        assert lit(page) == every, place
        page.page.mouse.move(2, 2)
        assert lit(page) == set()
    slider.focus()
    assert lit(page) == every
    slider.blur()
    wire = page.page.locator('.hit[data-wire="f"]')
    x, y = middle(wire)
    page.page.mouse.move(x, y)
    assert lit(page) == every
    outline = page.page.locator(".gw-picture .value.marked .outline").first
    assert outline.evaluate("one => getComputedStyle(one).strokeWidth") == "3.2px"
    page.stage.focus()
    page.page.keyboard.press("5")
    page.page.mouse.click(x, y)
    page.expect_at(3, 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_with_card_pins_and_covers(tab, theme):
    page = tab(query="at=3.2", color_scheme=theme)
    for key in ("f", "i"):
        pill(page, key).click()
        do(page, "pin")
        page.page.keyboard.press("Escape")
    cover(page, "i")
    pill(page, "f").click()
    assert faults(page.page, every=True) == []
    page.page.keyboard.press("Escape")
    pill(page, "i").click()
    assert faults(page.page, every=True) == []


def test_a_phone_has_room_and_targets_for_it_all(tab):
    page = tab(query="at=3.2", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    pill(page, "f").tap()
    box = card(page).bounding_box()
    assert 0 <= box["x"] <= 390 - box["width"]
    for button in card(page).get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
    card(page).get_by_role("button", name="pin", exact=True).tap()
    card(page).get_by_role("button", name="Close").tap()
    picture, tray = (page.page.locator(f".gw-{name}").first.bounding_box()["y"] for name in ("picture", "tray"))
    assert picture < tray
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.page.locator("[data-tab=table]").tap()
    page.page.locator(".gw-value-row").nth(3).tap()
    assert {"pill", "row"} <= lit(page)  # a finger's light stays
    page.page.keyboard.press("Escape")
    page.page.locator(".gw-step-title").first.tap()
    assert lit(page) == set()


def test_the_weights_on_the_rnn_s_chips_can_be_pulled(new_page, site):
    page = new_page()
    page.goto(f"{site}/?cell=rnn&at=2.1")
    chips = page.get_by_role("spinbutton")
    expect(chips).to_have_count(3)
    expect(page.locator(".gw-grip")).to_have_count(3)
    before = float(chips.first.get_attribute("aria-valuenow"))
    x, y = middle(chips.first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 25, y, steps=5)
    page.mouse.up()
    hand = round(min(5, max(-5, min(5, max(-5, before)) + 0.5)), 2)
    handle = page.get_by_role("slider", name="sum, weight on hidden state", exact=True)
    assert float(handle.input_value()) == hand  # no Python answers here: it is what was committed
