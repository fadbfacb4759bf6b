"""A reader plays, steps, scrubs and hovers: what is displayed is what the core computes."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.stage_page import core, printed, rows

pytestmark = pytest.mark.browser


def test_play_runs_to_the_last_day_and_reveals_the_core_s_numbers(tab):
    page = tab()
    page.button("2×").click()
    page.button("Play").click()
    expect(page.button("Pause")).to_be_visible()
    expect(page.slider("Playhead")).to_have_attribute("aria-valuetext", re.compile("^day 4, stage 6"))
    expect(page.button("Play")).to_be_visible()
    page.expect_rows(rows(core()["A"]))
    page.button("Play").click()  # from the end: once more from the first day
    page.expect_at(1, 1)


def test_pause_freezes(tab):
    page = tab()
    page.button("Play").click()
    expect(page.slider("Playhead")).to_have_attribute("aria-valuetext", re.compile("stage 2"))
    page.button("Pause").click()
    before = page.stage.inner_text()
    page.page.wait_for_timeout(700)
    assert page.stage.inner_text() == before


def test_values_stay_hidden_until_their_stage(tab):
    page = tab(query="at=2.3")
    shown, whole = page.timeline(), rows(core()["A"])
    assert shown["x"] == whole["x"]
    assert {name: len(shown[name]) for name in "figcoh"} == {"f": 2, "i": 2, "g": 2, "c": 1, "o": 1, "h": 1}
    assert all(shown[name] == whole[name][: len(shown[name])] for name in "figcoh")
    page.show_all()
    page.expect_rows(whole)


def test_buttons_step_by_stages(tab):
    page = tab()
    page.button("Next stage").click()
    page.button("Next stage").click()
    page.expect_at(1, 2)
    expect(page.result).to_have_text(printed(core()["A"]["i"][0].item(), 4))
    page.button("Previous stage").click()
    page.expect_at(1, 1)
    page.button("stage 5 of 6: output").click()
    page.expect_at(1, 5)
    page.button("Back to the start").click()
    page.expect_at(1, 1)


def test_keyboard_alone(tab):
    page = tab()
    press = page.page.keyboard.press
    page.stage.focus()
    for key, place in {
        "ArrowRight": (1, 1), "End": (4, 6), "ArrowLeft": (4, 5), "Shift+ArrowLeft": (3, 5), "3": (3, 3),
        "Shift+ArrowRight": (4, 3), "Home": (1, 1), "6": (1, 6),
    }.items():  # fmt: skip
        press(key)
        page.expect_at(*place)
    press(".")
    expect(page.button("2×")).to_have_attribute("aria-pressed", "true")
    press(",")
    press(",")
    expect(page.button("0.5×")).to_have_attribute("aria-pressed", "true")
    press(" ")
    expect(page.button("Pause")).to_be_visible()
    press(" ")
    expect(page.button("Play")).to_be_visible()


def test_scrubbing_with_mouse_and_arrows(tab):
    page = tab()
    rail = page.slider("Playhead")
    box = rail.bounding_box()
    page.page.mouse.click(box["x"] + box["width"] * 14.02 / 24, box["y"] + box["height"] / 2)
    page.expect_at(3, 2)
    expect(page.result).to_have_text("0.6984")
    rail.focus()
    page.page.keyboard.press("ArrowRight")
    page.expect_at(3, 3)
    assert page.query["at"] == "3.3"


@pytest.mark.parametrize("stage", range(1, 7))
def test_arithmetic_of_each_stage_is_the_core_s(tab, stage):
    page = tab(query=f"at=3.{stage}&show=B")
    trace, name = core()["B"], "figcoh"[stage - 1]
    expect(page.result).to_have_text(printed(trace[name][2].item(), 4))
    told = page.page.locator(".gw-arithmetic").inner_text()
    inside = {"f": "a_f", "i": "a_i", "g": "a_g", "o": "a_o", "c": "keep", "h": "squash"}[name]
    assert printed(trace[inside][2].item(), 4) in told


def test_hovering_a_gate_tells_its_equation_and_four_decimals(tab):
    page = tab(query="at=3.2")
    page.page.get_by_role("button", name="input gate 0.698").hover()
    tip = page.page.locator(".gw-tooltip")
    expect(tip).to_contain_text("iₜ = σ(U_i·hₜ₋₁ + W_i·xₜ + b_i)")
    expect(tip).to_contain_text(printed(core()["A"]["i"][2].item(), 4))
    page.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Day 3, stage 3 of 6, candidate."), ("vi", "Ngày 3, bước 3 trên 6")]
)
def test_a_screen_reader_is_told_each_stage(tab, language, told):
    page = tab(query=f"at=3.2&lang={language}")
    page.stage.focus()
    page.page.keyboard.press("ArrowRight")
    live = page.page.locator("[aria-live=polite]").first
    expect(live).to_contain_text(told)
    expect(live).to_contain_text(printed(core()["A"]["g"][2].item()))


def test_reduced_motion_moves_nothing(tab):
    page = tab(reduced_motion="reduce")
    page.button("Play").click()
    expect(page.result).to_have_text("0.8348")
    assert page.page.locator(".gw-token:visible").count() == 0
    page.button("Pause").click()


def test_two_companies_on_one_playhead(tab):
    page = tab(query="at=4.6&show=AB")
    traces = core()
    for k, company in enumerate("AB"):
        page.expect_rows(rows(traces[company]), company=k)
        expect(page.result.nth(k)).to_have_text(printed(traces[company]["h"][-1].item(), 4))
