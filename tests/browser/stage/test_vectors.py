"""The stage of many units: what it displays of the selected one is the core's; every unit and weight can be reached."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from app.stage.layout import layout_of
from cells.equations import arithmetic
from tests.support.axe import faults
from tests.support.in_page import source
from tests.support.stage_page import printed
from tests.support.stage_site import VECTORS, vector_of
from tests.support.vector_stage_page import cards, core, expect_unit

pytestmark = pytest.mark.browser

FAULTS = [source("overlaps"), source("contrast")]
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def stage(new_page, site):
    """Open one cell's stage: ``stage(name, query)``, with Playwright's page options by name."""

    def opened(name: str, query: str = "at=3.1&unit=3", **options) -> Page:
        size = {"viewport": {"width": 1280, "height": 1300}, "reduced_motion": "reduce"}
        page = new_page(**(size | options))
        page.goto(f"{site}/?cell={name}&{query}")
        page.locator(".gw-chip").first.wait_for()
        page.locator(".gw").focus()
        return page

    return opened


@pytest.mark.parametrize("name", [name for name in VECTORS if name not in ("lstm-16", "lstm-64")])
def test_the_selected_units_numbers_are_the_cores(stage, name):
    page, trace = stage(name), core(name)
    page.locator(".gw-steps button").last.click()
    page.locator(".gw").focus()
    expect_unit(page, trace, 3, 3)
    page.keyboard.press("ArrowUp")
    expect(page.locator(".gw-head-day b").first).to_have_text("unit 3 selected")
    expect_unit(page, trace, 3, 2)


@pytest.mark.parametrize("unit", [0, 4])
def test_all_that_a_total_adds_up_is_displayed(stage, unit):
    """Mamba's output reads a sum over the whole state: each entry's factors and product, and these add up to it."""
    page, trace = stage("mamba-8", f"at=3.7&unit={unit}"), core("mamba-8")
    told = page.locator(".gw-say")
    expect(told).to_have_text(re.compile("^Output becomes .+ read off the whole state"))  # of no unit: it is one number
    table = page.locator(".gw-dot-table").first
    C, h, products = ([value(text) for text in row] for row in map(texts, table.locator("tbody tr").all()))
    shown = [trace["C"][2, 0], trace["h"][2, 0], [term.product[2] for term in arithmetic(trace, "read").terms]]
    for told, expected in zip((C, h, products), shown, strict=True):
        np.testing.assert_allclose(told, expected, atol=0.005001)
    total = value(page.locator(".gw-dot-sum b").first.text_content())
    assert total == pytest.approx(trace["read"][2, 0, 0], abs=0.00005001)
    assert sum(products) == pytest.approx(total, abs=8 * 0.005)


def texts(row):
    return row.locator("td").all_text_contents()


def value(text):
    """A number as it is displayed."""
    return float(text.replace("−", "-"))


def test_the_line_above_the_picture_says_what_is_looked_at(stage):
    page = stage("lstm-8")
    page.keyboard.press("2")
    expect(page.locator(".gw-head-top .gw-head-day")).to_have_text(
        "LSTM, 8 units · Company A · day 3 of 4 · unit 4 selected"
    )
    expect(page.locator(".gw-unit-name")).to_have_text("unit 4")
    expect(page.get_by_role("button", name=re.compile("^input gate, unit 4 of 8 ")).first).to_be_visible()


def test_a_click_on_a_cell_selects_its_unit_in_every_strip(stage):
    page, trace = stage("lstm-8"), core("lstm-8")
    page.keyboard.press("6")
    for unit in (6, 0):
        cell = page.locator(".gw-picture .card").first.locator(".strip rect:not(.unit-frame)").nth(unit).bounding_box()
        page.mouse.click(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
        expect(page.locator(".gw-head-day b").first).to_have_text(f"unit {unit + 1} selected")
        expect_unit(page, trace, 3, unit)
        places = page.locator(".gw-picture .card .unit-frame").evaluate_all(
            "all => all.map((one) => one.getAttribute('x'))"
        )
        assert set(places) == {f"{9.5 * unit - 1:g}"}


def test_the_arrows_stop_at_the_first_and_at_the_last_unit(stage):
    page = stage("rnn-8", "at=3.1&unit=0")
    head = page.locator(".gw-head-day b").first
    page.keyboard.press("ArrowUp")
    expect(head).to_have_text("unit 1 selected")
    page.keyboard.press("ArrowDown")
    second = printed(core("rnn-8")["a"][2, 0, 1])
    expect(page.locator("[aria-live]")).to_have_text(f"Unit 2 of 8, sum {second}")
    for _ in range(9):
        page.keyboard.press("ArrowDown")
    expect(head).to_have_text("unit 8 selected")
    assert "unit=8" in page.url


@pytest.mark.parametrize(
    ("name", "stage_key", "value", "matrix"),
    [("lstm-8", "2", "i", "U_i"), ("gru-8", "3", "Uh", "U_n"), ("rnn-8", "1", "a", "U_h")],
)
def test_a_dot_product_is_shown_column_by_column_and_adds_up(stage, name, stage_key, value, matrix):
    page, trace = stage(name), core(name)
    page.keyboard.press(stage_key)
    weights, hidden = trace.cell.parameters[matrix][3], trace.before("h")[2, 0]
    rows = page.locator(".gw-dot-table tbody tr")
    for row, numbers in zip(rows.all(), (weights, hidden, weights * hidden), strict=True):
        expect(row.locator("td")).to_have_text([printed(number, 2) for number in numbers])
    expect(page.locator(".gw-dot-sum b")).to_have_text(printed((weights * hidden).sum(), 4))
    expect(page.locator(".gw-dot-table [data-own=true]")).to_have_text("4")
    fold = page.get_by_role("button", name="weights × values")
    fold.click()
    expect(page.locator(".gw-dot-table")).to_have_count(0)
    expect(page.locator(".gw-waterfall")).to_be_visible()
    expect(fold).to_be_focused()
    fold.click()
    expect(page.locator(".gw-dot-table")).to_have_count(1)


def test_every_column_of_a_long_dot_product_can_be_reached(stage):
    page = stage("lstm-64", "at=3.1&unit=40")
    expect(page.locator(".gw-dot-table thead th")).to_have_count(64)
    scroller = page.locator(".gw-dot-scroller")
    own = page.locator(".gw-dot-table [data-own=true]")
    expect(own).to_have_text("41")
    expect(own).to_be_in_viewport()
    scroller.focus()
    scroller.evaluate("one => { one.scrollLeft = one.scrollWidth }")
    expect(page.locator(".gw-dot-table thead th").last).to_be_in_viewport()


def test_left_and_right_move_along_a_table_that_is_too_wide(stage):
    page = stage("lstm-64", "at=3.1&unit=0")
    scroller, playhead = page.locator(".gw-dot-scroller"), page.get_by_role("slider", name="Playhead")
    before = playhead.get_attribute("aria-valuetext")
    scroller.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => document.querySelector('#host').shadowRoot.querySelector('.gw-dot-scroller').scrollLeft > 50"
    )
    expect(playhead).to_have_attribute("aria-valuetext", before)
    page.locator(".gw").focus()
    page.keyboard.press("ArrowRight")
    expect(playhead).not_to_have_attribute("aria-valuetext", before)


def test_of_64_units_sixteen_are_drawn_around_the_selected_one(stage):
    page, trace = stage("lstm-64", "at=150.6&unit=30"), core("lstm-64")
    strips = page.locator(".gw-picture .card .strip")
    assert (
        strips.evaluate_all("all => all.map((one) => one.querySelectorAll('rect:not(.unit-frame)').length)")
        == [16] * 11
    )
    hidden = trace["h"][149, 0]
    expect(cards(page).last).to_have_text(printed(hidden[30], 2))
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(cards(page).last).to_have_text(printed(hidden[33], 2))
    expect(page.locator(".gw-chip")).to_have_text(printed(hidden[33], 4))


def test_a_long_run_is_a_band_for_each_value(stage):
    page = stage("lstm-64", "at=100.6&unit=0")
    page.get_by_role("button", name="All days").click()
    bands = page.locator(".gw-band")
    expect(bands).to_have_count(7)
    assert page.locator(".gw-grid .gw-cell").count() == 0
    veils = page.locator(".gw-band .gw-veil").evaluate_all("all => all.map((one) => one.style.transform)")
    assert veils == ["scaleX(0)"] + ["scaleX(0.5)"] * 6
    box = bands.nth(1).bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.2525, box["y"] + box["height"] / 2)
    expect(page.get_by_role("slider", name="Playhead")).to_have_attribute(
        "aria-valuetext", re.compile("^day 51, stage 1 ")
    )


# ---- weights --------------------------------------------------------------------------------------------------------


def test_the_selected_units_row_is_framed_in_every_map(stage):
    page = stage("lstm-8")
    maps = page.get_by_role("grid")
    expect(maps).to_have_count(12)
    assert set(maps.evaluate_all("all => all.map((one) => one.dataset.row)")) == {"4"}
    page.keyboard.press("ArrowDown")
    expect(page.locator(".gw-head-day b").first).to_have_text("unit 5 selected")
    for one in maps.all():
        row, frame = one.bounding_box(), one.locator(".gw-map-row").bounding_box()
        middle = (frame["y"] + frame["height"] / 2 - row["y"]) / row["height"] * 8
        assert 4 < middle < 5


def test_the_colours_of_a_map_are_its_weights(stage):
    page, cell = stage("lstm-8"), vector_of(*VECTORS["lstm-8"][:4])
    pixels = page.locator(".gw-map canvas").first.evaluate(
        "one => [...one.getContext('2d').getImageData(0, 0, one.width, one.height).data]"
    )
    red_less_blue = np.array(pixels).reshape(8, 8, 4)[..., 0] - np.array(pixels).reshape(8, 8, 4)[..., 2]
    weights = cell.parameters["U_f"]
    assert (np.sign(red_less_blue) == np.sign(weights))[np.abs(weights) > 0.02].all()
    order = np.argsort(weights[np.abs(weights) < 1])
    assert (np.diff(red_less_blue[np.abs(weights) < 1][order]) >= -2).all()


def test_a_weight_is_picked_by_keys_and_typed(stage):
    page = stage("lstm-8")
    page.keyboard.press("1")
    cell = page.get_by_role("grid", name="forget, weight on hidden state, 8 × 8").get_by_role("gridcell")
    cell.focus()
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    before = printed(vector_of(*VECTORS["lstm-8"][:4]).parameters["U_f"][3, 5], 2)
    name = "forget, weight on hidden state: from unit 6 to unit 4"
    expect(cell).to_have_attribute("aria-label", f"{name}: {before}")
    expect(cell).to_have_attribute("aria-selected", "true")
    box = page.get_by_role("textbox", name=f"{name}, typed")
    box.fill("1.25")
    box.press("Enter")
    expect(cell).to_have_attribute("aria-label", f"{name}: 1.25")
    page.locator(".gw").focus()
    page.keyboard.press("6")
    expect_unit(page, core("lstm-8", **{"U_f.4.6": 1.25}), 3, 3)
    page.get_by_role("button", name="reset").click()
    expect(cell).to_have_attribute("aria-label", f"{name}: {before}")
    expect_unit(page, core("lstm-8"), 3, 3)


def test_a_weight_is_picked_by_pointer_and_dragged(stage):
    page = stage("lstm-8")
    page.keyboard.press("6")
    place = page.locator(".gw-map").first.bounding_box()
    page.mouse.click(place["x"] + place["width"] * 1.5 / 8, place["y"] + place["height"] * 3.5 / 8)
    slider = page.get_by_role("slider", name="forget, weight on hidden state: from unit 2 to unit 4")
    track = slider.bounding_box()
    at = {"x": track["x"] + track["width"] * 0.5, "y": track["y"] + track["height"] / 2}
    page.mouse.move(**at)
    page.mouse.down()
    page.mouse.move(at["x"] + 30, at["y"])
    held = float(slider.input_value())
    assert held > 1
    live = core("lstm-8", **{"U_f.4.2": held})
    expect(cards(page).last).to_have_text(printed(live["h"][2, 0, 3], 2))
    page.mouse.up()
    expect_unit(page, core("lstm-8", **{"U_f.4.2": held}), 3, 3)


# ---- for everyone ---------------------------------------------------------------------------------------------------


def test_what_is_told_when_a_stage_ends_speaks_of_the_unit(stage):
    page, trace = stage("lstm-8"), core("lstm-8")
    page.keyboard.press("2")
    gate = trace["i"][2, 0, 3]
    live = page.locator("[aria-live]")
    expect(live).to_contain_text(
        "Unit 4 of 8, day 3, stage 2 of 6, input gate. 8 products with the hidden state add up to "
    )
    expect(live).to_contain_text(f"opens to {printed(100 * gate, 0)}%")
    page.keyboard.press("4")
    expect(live).to_contain_text("Unit 4 of 8, day 3, stage 4 of 6, cell update. Keep ")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["lstm-8", "gru-8", "rnn-2-inputs", "lstm-64"])
def test_assistive_technology_finds_no_fault(stage, name, theme):
    page = stage(name, f"at=3.2&unit=3&theme={theme}", color_scheme=theme)
    page.evaluate("() => { document.documentElement.lang = 'en'; document.title = 'Stage' }")
    rules = {key: {"enabled": False} for key in ("region", "landmark-one-main", "page-has-heading-one")}
    assert faults(page, every=True, rules=rules) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("name", "theme"), [(name, "light") for name in VECTORS] + [("lstm-8", "dark"), ("gru-8", "dark")]
)
def test_the_picture_of_many_units_is_clear(stage, name, theme, width):
    language = "vi" if theme == "dark" else "en"
    page = stage(
        name,
        f"at=3.1&unit=3&theme={theme}&lang={language}",
        viewport={"width": width, "height": 900},
        color_scheme=theme,
    )
    faults = []
    for number in range(1, len(layout_of(vector_of(*VECTORS[name][:4])).get("stages")) + 1):
        page.keyboard.press("ArrowRight" if number > 1 else "1")
        page.evaluate(FRAME)
        faults += [fault for look in FAULTS for fault in page.evaluate(look, number)]
    assert not faults, "\n".join(faults)
