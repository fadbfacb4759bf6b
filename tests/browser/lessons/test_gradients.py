"""Every control of the lesson `gradients` changes what is printed to what the core computes."""

import csv
import dataclasses
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from app.formatting import number, scientific
from app.lessons.gradients.curves import curves, ends
from app.lessons.gradients.sections import splits, stepped
from app.lessons.gradients.view import DEFAULTS

pytestmark = pytest.mark.browser
SMALL = dataclasses.replace(DEFAULTS, units=4, steps=20)
QUERY = "units=4&steps=20"


def expect_ends(page, settings):
    for value in ends(settings).values():
        expect(
            page.locator(".gw-reach .end-number.now").get_by_text(scientific(value), exact=True).first
        ).to_be_visible()


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("recurrent scale (spectral radius)", "ArrowRight", {"scale": 0.55}),
        ("forget bias", "ArrowLeft", {"forget_bias": 1.75}),
        ("units", "ArrowRight", {"units": 5}),
        ("steps", "ArrowLeft", {"steps": 19}),
    ],
)
def test_a_slider_redraws_the_curves(tab, name, key, changes):
    page = tab(path="gradients", query=QUERY).page
    expect_ends(page, SMALL)
    page.get_by_role("slider", name=re.compile(f"^{re.escape(name)}")).press(key)
    expect_ends(page, dataclasses.replace(SMALL, **changes))
    field, value = next(iter(changes.items()))
    page.wait_for_function("([field, value]) => location.search.includes(`${field}=${value}`)", arg=[field, f"{value}"])


def test_presets_the_seed_and_the_loss(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="explode ×3").click()
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0))
    box = page.get_by_role("spinbutton", name="seed")
    box.fill("7")
    box.press("Enter")
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0, seed=7))
    page.get_by_text("loss at every step").click()
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0, seed=7, every=True))


def test_torch_says_the_same(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="Run PyTorch").click()
    expect(page.get_by_text("largest relative difference")).to_be_visible()


def test_the_sections_beneath_follow_once_the_hand_rests(tab):
    page = tab(path="gradients", query=QUERY).page
    expect_ends(page, SMALL)
    moved = dataclasses.replace(SMALL, scale=0.6)
    share = number(100 * float(splits(moved)["lstm"].shares()["along"][0]), 1)
    expect(page.locator(".st-key-part-figure-routes-gru")).to_be_visible()
    expect(page.get_by_text(f"{share} %").first).not_to_be_visible()
    slider = page.get_by_role("slider", name=re.compile("^recurrent scale"))
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect_ends(page, moved)
    expect(page.get_by_text(f"{share} %").first).to_be_visible()


def test_every_step_can_be_read_by_hand_and_by_keyboard(tab):
    page = tab(path="gradients", query=QUERY).page
    expect_ends(page, SMALL)
    board = page.locator(".gw-reach .board")
    board.focus()
    for key in ("End", "ArrowLeft"):
        board.press(key)
    said = [scientific(float(values[1])) for states in curves(SMALL).values() for values in states.values()]
    assert page.locator(".gw-reach .pill-number").all_text_contents() == said
    assert all(value in board.get_attribute("aria-valuetext") for value in said)
    box = board.locator("svg").bounding_box()
    page.mouse.move(box["x"] + 210, box["y"] + 150)
    expect(page.locator(".gw-reach .at")).to_have_text("0 back")


def test_the_picture_and_the_numbers_can_be_taken_away(tab):
    page = tab(path="gradients", query=QUERY).page
    expect_ends(page, SMALL)
    with page.expect_download() as taken:
        page.locator(".gw-reach .gw-png").click()
    assert Image.open(taken.value.path()).size[0] > 1000
    with page.expect_download() as taken:
        page.locator(".st-key-csv-gradients button").click()
    rows = list(csv.DictReader(taken.value.path().open()))
    for kind, states in curves(SMALL).items():
        for state, values in states.items():
            assert [float(row[f"dL_d{state}_{kind}"]) for row in rows] == values.tolist()
    assert [int(row["steps_back"]) for row in rows] == list(range(SMALL.steps))[::-1]


def test_the_bare_product_follows_its_sliders(tab):
    page = tab(path="gradients", query=f"{QUERY}&weight=2&times=50").page
    told = page.locator(".st-key-part-power")
    expect(told.get_by_text(scientific(2.0**50), exact=True)).to_be_visible()
    page.get_by_role("slider", name=re.compile("^number of times")).press("ArrowRight")
    expect(told.get_by_text(scientific(2.0**51), exact=True)).to_be_visible()
    told.get_by_role("radio", name="linear").click()
    expect(told.locator(".js-plotly-plot")).to_be_visible()
    page.wait_for_function("() => location.search.includes('axis=linear')")


def test_a_click_on_the_map_sets_the_sliders(tab):
    page = tab(path="gradients", query=QUERY).page
    plot = page.locator(".st-key-part-figure-map-rnn .js-plotly-plot .nsewdrag")
    plot.wait_for()
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_function("() => location.search.includes('scale=1.5') && location.search.includes('steps=5')")
    steps = int(parse_qs(urlsplit(page.url).query)["steps"][0])
    expect_ends(page, dataclasses.replace(SMALL, scale=1.5, units=16, steps=steps))


def test_the_sections_own_controls(tab):
    page = tab(path="gradients", query=QUERY).page
    told = page.locator(".st-key-part-jacobians")
    told.get_by_role("radio", name="GRU").click()
    rate = stepped(SMALL, "gru")[0].rate
    expect(told.get_by_text(number(rate)).first).to_be_visible()
    table = page.locator(".st-key-part-clipping table")
    shortened = scientific(0.1)
    expect(table.get_by_text(shortened, exact=True)).to_have_count(0)
    page.get_by_role("slider", name=re.compile("norm", re.IGNORECASE)).press("Home")
    expect(table.get_by_text(shortened, exact=True).first).to_be_visible()
