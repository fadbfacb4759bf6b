"""A reader plays, steps and scrubs: what is displayed is what the core computes."""

import re

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.stage_cards import middle
from tests.support.stage_numbers import STAGES, diagram, expect_diagram, read
from tests.support.stage_page import core, printed, rows

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]
DAYS = range(1, 5)


def test_play_runs_to_the_last_day_and_reveals_the_core_s_numbers(tab):
    page = tab()
    page.button("Speed 1×").click()
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
    expect(page.button("Speed 2×")).to_be_visible()
    press(",")
    press(",")
    expect(page.button("Speed 0.5×")).to_be_visible()
    press(" ")
    expect(page.button("Pause")).to_be_visible()
    press(" ")
    expect(page.button("Play")).to_be_visible()


def test_a_gate_a_day_and_a_cell_of_the_timeline_are_places_to_go(tab):
    page = tab()
    page.page.get_by_role("button", name=re.compile("^output gate")).click()
    page.expect_at(1, 5)
    page.open_table()
    page.page.locator(".gw-value-row").nth(STAGES.index("g") + 1).locator(".gw-cell").nth(2).click()
    page.expect_at(3, 3)
    page.page.locator(".gw-day", has_text="day 2").click()
    page.expect_at(2, 6)
    page.button("0.25").click()
    page.expect_at(3, 6)
    expect_diagram(page, core()["A"], 3, 6)


def test_dragging_the_playhead(tab):
    page = tab()
    second, _, fourth = (day.bounding_box() for day in page.page.locator(".gw-span").all())  # the first is open
    to = lambda day, share: (day["x"] + day["width"] * share, day["y"] + 10)  # noqa: E731
    page.page.mouse.move(*middle(page.page.locator(".gw-steps")))
    page.page.mouse.down()
    page.page.mouse.move(*to(fourth, 0.6), steps=6)
    page.expect_at(4, 4)
    page.page.mouse.move(*to(second, 3.6 / 6), steps=6)
    page.page.mouse.up()
    page.expect_at(2, 4)
    assert page.query == {"at": "2.4"}
    expect_diagram(page, core()["A"], 2, 4)
    page.slider("Playhead").focus()
    page.page.keyboard.press("ArrowRight")
    page.expect_at(2, 5)
    assert page.query == {"at": "2.5"}


def test_a_weight_changed_during_play_does_not_stop_it(tab):
    page = tab(query="at=1.6")
    page.button("Speed 1×").click()
    page.button("2×").click()
    page.button("Play").click()
    page.box("input, bias").fill("-2")
    page.box("input, bias").press("Enter")
    weights = TWO | {"b_i": -2.0}
    expect(diagram(page).nth(4)).to_have_text(
        re.compile("|".join(printed(read(core(weights)["A"], "i", day)) for day in DAYS))
    )
    expect(page.button("Pause")).to_be_visible()
    expect(page.slider("Playhead")).to_have_attribute(
        "aria-valuetext", re.compile("^day 2, stage [4-6]"), timeout=15_000
    )
    page.button("Pause").click()
    page.stage.focus()
    page.page.keyboard.press("End")
    page.expect_rows(rows(core(weights)["A"]))


# Inside the page: how long each of three stages stands under the playhead, in ms.
STAGE_TIMES = """
(rail) => new Promise((done) => {
  const times = [];
  new MutationObserver((_, observer) => {
    times.push(performance.now());
    if (times.length < 4) return;
    observer.disconnect();
    done(times.slice(1).map((time, k) => time - times[k]));
  }).observe(rail, { attributeFilter: ["aria-valuetext"] });
})
"""


def test_double_speed_is_double(tab):
    page = tab()
    page.button("Speed 1×").click()
    page.button("2×").click()
    page.button("Play").click()
    for lasted in page.slider("Playhead").evaluate(STAGE_TIMES):
        assert lasted == pytest.approx((1800 + 250) / 2, abs=250)


def test_typing_is_not_steering(tab):
    page = tab(query="at=2.3")
    box = page.box("forget, bias")
    box.click()
    for key in ["Home", "5", " ", ".", ",", "ArrowLeft", "End", "Escape"]:
        box.press(key)
    page.expect_at(2, 3)
    expect(page.button("Play")).to_be_visible()
    expect(page.button("Speed 1×")).to_be_visible()
    page.expect_rows(
        {name: [n if n else re.compile("^(···)?$") for n in padded(row)] for name, row in upto(2, 3).items()}
    )


def upto(day: int, stage: int) -> dict[str, list[str]]:
    """The timeline's numbers that are revealed when a stage's result stands."""
    whole = rows(core()["A"])
    count = {name: day if STAGES.index(name) < stage else day - 1 for name in STAGES} | {"x": 4}
    return {name: row[: count[name]] for name, row in whole.items()}


def padded(row: list[str]) -> list[str]:
    return row + [""] * (4 - len(row))


def test_reduced_motion_shows_results_at_once_and_nothing_on_its_way(tab):
    page = tab(reduced_motion="reduce")
    moving = page.page.locator(".gw-picture .beads circle, .gw-picture .token")
    page.button("Play").click()
    expect_diagram(page, core()["A"], 1, 1)
    assert not any(one.is_visible() for one in moving.all())
    expect(page.slider("Playhead")).to_have_attribute("aria-valuetext", re.compile("stage 2"))
    expect_diagram(page, core()["A"], 1, 2)
    assert not any(one.is_visible() for one in moving.all())


def test_motion_without_that_wish(tab):
    page = tab()
    page.button("Play").click()
    expect(page.page.locator(".gw-picture .beads circle").first).to_be_visible()
    expect(page.page.locator(".gw-picture .token")).to_be_visible()
