"""Every control of the lesson `gates` changes what is printed to what the core computes."""

import dataclasses
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from app.formatting import number, scientific
from app.lessons.gates.sections import splits, stepped
from app.lessons.gates.view import BIAS
from app.untrained.curves import curves, ends
from app.untrained.view import DEFAULTS

pytestmark = pytest.mark.browser
SMALL = dataclasses.replace(DEFAULTS, forget_bias=BIAS.default, units=4, steps=20)
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
        ("forget bias", "ArrowLeft", {"forget_bias": 2.75}),
    ],
)
def test_a_slider_redraws_the_curves(tab, name, key, changes):
    page = tab(path="gates", query=QUERY).page
    expect_ends(page, SMALL)
    page.get_by_role("slider", name=re.compile(f"^{re.escape(name)}")).press(key)
    expect_ends(page, dataclasses.replace(SMALL, **changes))
    field, value = next(iter(changes.items()))
    page.wait_for_function("([field, value]) => location.search.includes(`${field}=${value}`)", arg=[field, f"{value}"])


def test_the_sections_beneath_follow_once_the_hand_rests(tab):
    page = tab(path="gates", query=QUERY).page
    expect_ends(page, SMALL)
    moved = dataclasses.replace(SMALL, scale=0.6)
    told = page.locator(".st-key-part-figure-routes-lstm")
    along = scientific(float(splits(moved)["lstm"].sizes()["rest"][0]))
    expect(page.locator(".st-key-part-figure-routes-gru")).to_be_visible()
    expect(told.get_by_text(along)).to_have_count(0)
    slider = page.get_by_role("slider", name=re.compile("^recurrent scale"))
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect_ends(page, moved)
    expect(told.get_by_text(along).first).to_be_visible()


def test_every_step_can_be_read_by_hand_and_by_keyboard(tab):
    page = tab(path="gates", query=QUERY).page
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


def test_a_click_on_the_map_sets_the_sliders(tab):
    page = tab(path="gates", query=QUERY).page
    plot = page.locator(".st-key-part-figure-map-rnn .js-plotly-plot .nsewdrag")
    plot.wait_for()
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    page.wait_for_function("() => location.search.includes('scale=1.5') && location.search.includes('steps=5')")
    steps = int(parse_qs(urlsplit(page.url).query)["steps"][0])
    expect_ends(page, dataclasses.replace(SMALL, scale=1.5, units=16, steps=steps))


def test_a_guess_uncovers_the_rows_and_what_follows(tab):
    page = tab(path="gates", query=f"{QUERY}&forget_bias=0&jacobian=gru").page
    expect(page.locator(".gw-reach .end-number.now").get_by_text("?")).to_have_count(3)
    for section in ("routes", "jacobians"):
        expect(page.locator(f".st-key-part-{section} .st-key-part-cover-{section}")).to_be_visible()
    page.get_by_role("radio", name="less than a millionth").click()
    plain = dataclasses.replace(SMALL, forget_bias=0.0)
    expect_ends(page, plain)
    rate = stepped(plain, "gru")[0].rate
    page.locator(".st-key-part-jacobians summary").click()
    expect(page.locator(".st-key-part-jacobians").get_by_text(number(rate)).first).to_be_visible()
    expect(page.locator("[class*=st-key-part-cover-]")).to_have_count(0)
