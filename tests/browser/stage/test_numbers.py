"""Every number of the diagram, the arithmetic and the spoken text is the core's, wherever the playhead stands."""

import re

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.stage_numbers import STAGES, bars, diagram, expect_arithmetic, expect_diagram, narration, read
from tests.support.stage_page import core, printed, rows

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]
DAYS, PLACES = range(1, 5), [(day, stage) for day in range(1, 5) for stage in range(1, 7)]


def test_stepping_through_all_days_shows_every_number(tab):
    page = tab(query="at=1.1&show=B")
    page.stage.focus()
    for day, stage in PLACES:
        page.expect_at(day, stage)
        expect_diagram(page, core()["B"], day, stage)
        expect_arithmetic(page, core()["B"], TWO, day, stage)
        page.page.keyboard.press("ArrowRight")


@pytest.mark.parametrize(
    ("slider", "parameter"),
    [("forget, weight on hidden state", "U_f"), ("output, weight on input", "W_o"), ("candidate, bias", "b_g")],
)
def test_a_dragged_slider_moves_every_number(tab, slider, parameter):
    page = tab(query="at=3.1&show=B")
    handle = page.slider(slider)
    place = handle.bounding_box()
    page.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(place["x"] + place["width"] * 0.15, place["y"] + place["height"] / 2, steps=8)
    page.page.mouse.up()
    weights = TWO | {parameter: float(handle.input_value())}
    trace = core(weights)["B"]
    assert weights[parameter] != TWO[parameter]
    page.stage.focus()
    for stage in range(1, 7):
        page.page.keyboard.press(str(stage))
        expect_diagram(page, trace, 3, stage)
        expect_arithmetic(page, trace, weights, 3, stage)
    page.show_all()
    page.expect_rows(rows(trace))
    expect(page.box(slider)).to_have_value(printed(weights[parameter], 2))


def test_the_full_parameters_to_the_last_printed_digit(tab):
    page = tab(query="at=4.1")
    page.button("full").click()
    expect(page.button("full")).to_have_attribute("aria-pressed", "true")
    trace = core(PRESETS["full"])["A"]
    page.stage.focus()
    for stage in range(1, 7):
        page.page.keyboard.press(str(stage))
        expect_diagram(page, trace, 4, stage)
        expect_arithmetic(page, trace, PRESETS["full"], 4, stage)
    page.button("two decimals").click()
    expect_diagram(page, core()["A"], 4, 6)


def test_weights_and_inputs_beneath_the_lit_gate(tab):
    page = tab(query="at=3.2&show=B")
    h, x = read(core()["B"], "h", 3, before=True), read(core()["B"], "x", 3)
    notes = page.page.locator(".layer-notes")
    expect(notes.locator(".feed text")).to_have_text([printed(h), printed(x)])
    said = "".join(notes.locator(".weights").all_text_contents()).replace("\u00a0", " ")
    assert said.replace(" ", "") == "2.00·h21.65·x3+0.62"


def test_both_companies_have_their_own_sums(tab):
    page = tab(query="at=2.5&show=AB")
    for k, company in enumerate("AB"):
        trace = core()[company]
        expect_diagram(page, trace, 2, 5, company=k)
        receipt = page.page.locator(".gw-arithmetic").nth(k)
        *terms, total = bars(trace, TWO, 2, 5)
        expect(receipt.locator(".worth")).to_have_text(terms)
        expect(receipt.locator(".gw-receipt-sum b")).to_have_text(total)
        expect(page.result.nth(k)).to_have_text(printed(read(trace, "o", 2), 4))


def test_gates_and_states_tell_name_equation_and_four_decimals(tab):
    page = tab(query="at=3.6")
    trace = core()["A"]
    said = {
        "f": ("forget gate", "fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)"),
        "i": ("input gate", "iₜ = σ(U_i·hₜ₋₁ + W_i·xₜ + b_i)"),
        "g": ("candidate", "gₜ = tanh(U_g·hₜ₋₁ + W_g·xₜ + b_g)"),
        "c": ("cell state", "cₜ = fₜ·cₜ₋₁ + iₜ·gₜ"),
        "o": ("output gate", "oₜ = σ(U_o·hₜ₋₁ + W_o·xₜ + b_o)"),
        "h": ("hidden state", "hₜ = oₜ·tanh(cₜ)"),
    }
    tip = page.page.get_by_role("tooltip")
    for value, (name, equation) in said.items():
        page.button(f"{name} {printed(read(trace, value, 3))}").hover()
        expect(tip).to_be_visible()
        assert tip.inner_text().split("\n") == [name, equation, printed(read(trace, value, 3), 4)]
    page.page.mouse.move(2, 2)
    expect(tip).to_be_hidden()


def test_the_keyboard_reaches_every_tooltip(tab):
    page = tab(query="at=3.6")
    page.stage.focus()
    told = []
    for _ in range(12):
        page.page.keyboard.press("Tab")
        told.append(page.page.get_by_role("tooltip").inner_text().split("\n"))
    trace = core()["A"]
    assert told[0] == ["cell state", "from yesterday", printed(read(trace, "c", 3, before=True), 4)]
    assert told[-1][0] == "hidden state"
    assert sorted(number for *_, number in told) == sorted(
        [printed(read(trace, name, 3), 4) for name in ("x", "f", "i", "g", "keep", "write", "c", "o", "squash", "h")]
        + [printed(read(trace, name, 3, before=True), 4) for name in "ch"]
    )


def test_a_value_to_come_is_not_given_away(tab):
    page = tab(query="at=3.2")
    trace = core()["A"]
    page.button("output gate not yet").hover()
    expect(page.page.get_by_role("tooltip")).to_contain_text("not yet")
    whole = page.stage.aria_snapshot()
    for name in "gcoh":
        assert printed(read(trace, name, 3)) not in whole
        assert printed(read(trace, name, 4)) not in whole


def test_a_gate_a_day_and_a_cell_of_the_timeline_are_places_to_go(tab):
    page = tab()
    page.page.get_by_role("button", name=re.compile("^output gate")).click()
    page.expect_at(1, 5)
    page.page.locator(".gw-value-row").nth(STAGES.index("g") + 1).locator(".gw-cell").nth(2).click()
    page.expect_at(3, 3)
    page.page.locator(".gw-day", has_text="day 2").click()
    page.expect_at(2, 6)
    page.button("0.25").click()
    page.expect_at(3, 6)
    expect_diagram(page, core()["A"], 3, 6)


def test_dragging_the_playhead(tab):
    page = tab()
    rail = page.slider("Playhead").bounding_box()
    to = lambda share: (rail["x"] + rail["width"] * share, rail["y"] + rail["height"] / 2)  # noqa: E731
    page.page.mouse.move(*to(0.02))
    page.page.mouse.down()
    page.page.mouse.move(*to(0.9), steps=6)
    page.expect_at(4, 4)
    page.page.mouse.move(*to(10.1 / 24), steps=6)
    page.page.mouse.up()
    page.expect_at(2, 4)
    assert page.query == {"at": "2.4"}
    expect_diagram(page, core()["A"], 2, 4)


def test_a_weight_changed_during_play_does_not_stop_it(tab):
    page = tab(query="at=1.6")
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
    expect(page.button("1×")).to_have_attribute("aria-pressed", "true")
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


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_stage_is_told_in_words(tab, language):
    page = tab(query=f"at=1.6&show=B&lang={language}")
    page.stage.focus()
    live = page.stage.locator("[aria-live=polite]")
    for stage in range(1, 7):
        page.page.keyboard.press("ArrowRight")
        expect(live).to_have_text(narration(core()["B"], TWO, language, 2, stage))


def test_the_table_for_screen_readers_holds_what_is_revealed(tab):
    page = tab(query="at=2.6&show=AB")
    for company in "AB":
        table = page.page.get_by_role("table", name=f"Values of Company {company}")
        read_out = [row.get_by_role("cell").all_inner_texts() for row in table.get_by_role("row").all()[1:]]
        whole = rows(core()[company])
        assert read_out[0] == whole["x"]
        assert read_out[1:] == [[*whole[name][:2], "not yet", "not yet"] for name in STAGES]


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
