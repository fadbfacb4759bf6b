"""Every control of the lesson `gradients` changes what is printed to what the core computes."""

import csv
import dataclasses
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from app.formatting import scientific
from app.lessons.gradients.model import RNN
from app.untrained.curves import curves, ends
from app.untrained.view import DEFAULTS

pytestmark = pytest.mark.browser
SMALL = dataclasses.replace(DEFAULTS, units=4, steps=20)
QUERY = "units=4&steps=20"


def expect_end(page, settings):
    value = scientific(ends(settings, RNN)["rnn"])
    expect(page.locator(".gw-reach .end-number.now").get_by_text(value, exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("recurrent scale (spectral radius)", "ArrowRight", {"scale": 0.55}),
        ("units", "ArrowRight", {"units": 5}),
        ("steps", "ArrowLeft", {"steps": 19}),
    ],
)
def test_a_slider_redraws_the_curve_and_the_chain(tab, name, key, changes):
    page = tab(path="gradients", query=QUERY).page
    expect_end(page, SMALL)
    if "scale" not in changes:
        page.get_by_role("button", name="more settings").click()
    page.get_by_role("slider", name=re.compile(f"^{re.escape(name)}")).press(key)
    changed = dataclasses.replace(SMALL, **changes)
    expect_end(page, changed)
    back = curves(changed, RNN)["rnn"]["h"][::-1]
    for size in back[1:8]:
        expect(page.locator(".gw-still").get_by_text(scientific(size), exact=True).first).to_be_visible()
    field, value = next(iter(changes.items()))
    page.wait_for_function("([field, value]) => location.search.includes(`${field}=${value}`)", arg=[field, f"{value}"])


def test_presets_the_seed_and_the_loss(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="×3 explodes").click()
    expect_end(page, dataclasses.replace(SMALL, scale=3.0))
    page.get_by_role("button", name="more settings").click()
    box = page.get_by_role("spinbutton", name="seed")
    box.fill("7")
    box.press("Enter")
    expect_end(page, dataclasses.replace(SMALL, scale=3.0, seed=7))
    page.get_by_text("loss at every step").click()
    expect_end(page, dataclasses.replace(SMALL, scale=3.0, seed=7, every=True))


def test_what_is_covered_has_no_place_until_the_guess(tab):
    page = tab(path="gradients", query="scale=1").page
    board = page.locator(".gw-reach")
    expect(board.locator(".end-number.now")).to_have_text("?")
    expect(board.locator(".dot, .line.now:not([d=''])")).to_have_count(0)
    page.get_by_role("radio", name="less than a tenth").click()
    expect_end(page, dataclasses.replace(DEFAULTS, scale=1.0))
    expect(board.locator(".dot")).to_have_count(1)


def test_the_first_screen_has_the_chain_the_curve_and_how_the_challenge_stands(tab):
    page = tab(path="gradients", viewport={"width": 1280, "height": 720}).page
    expect_end(page, DEFAULTS)
    for part in (".st-key-part-controls", ".gw-still", ".gw-reach .board", ".st-key-part-goal .stAlert"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 720, part


def test_torch_says_the_same(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="Run PyTorch").click()
    expect(page.get_by_text("largest relative difference")).to_be_visible()


def test_the_bare_product_follows_its_sliders(tab):
    page = tab(path="gradients", query=f"{QUERY}&weight=2&times=50").page
    told = page.locator(".st-key-part-power")
    expect(told.get_by_text(scientific(2.0**50), exact=True)).to_be_visible()
    page.get_by_role("slider", name=re.compile("^number of times")).press("ArrowRight")
    expect(told.get_by_text(scientific(2.0**51), exact=True)).to_be_visible()
    told.get_by_role("radio", name="linear").click()
    expect(told.locator(".js-plotly-plot")).to_be_visible()
    page.wait_for_function("() => location.search.includes('axis=linear')")


def test_the_threshold_of_clipping(tab):
    page = tab(path="gradients", query=QUERY).page
    table = page.locator(".st-key-part-clipping table")
    shortened = scientific(0.1)
    expect(table.get_by_text(shortened, exact=True)).to_have_count(0)
    page.get_by_role("slider", name=re.compile("norm", re.IGNORECASE)).press("Home")
    expect(table.get_by_text(shortened, exact=True).first).to_be_visible()


def test_the_picture_and_the_numbers_can_be_taken_away(tab):
    page = tab(path="gradients", query=QUERY).page
    expect_end(page, SMALL)
    with page.expect_download() as taken:
        page.locator(".gw-reach .gw-png").click()
    assert Image.open(taken.value.path()).size[0] > 1000
    with page.expect_download() as taken:
        page.locator(".st-key-csv-gradients button").click()
    rows = list(csv.DictReader(taken.value.path().open()))
    assert [float(row["dL_dh_rnn"]) for row in rows] == curves(SMALL, RNN)["rnn"]["h"].tolist()
    assert [int(row["steps_back"]) for row in rows] == list(range(SMALL.steps))[::-1]
