"""Every number of the diagram, the arithmetic and the spoken text is the core's, wherever the playhead stands."""

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.stage_numbers import STAGES, bars, expect_arithmetic, expect_diagram, narration, read
from tests.support.stage_page import core, printed, rows

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]
PLACES = [(day, stage) for day in range(1, 5) for stage in range(1, 7)]


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
    matrix, gate = parameter.split("_")
    at = "UWb".index(matrix)
    page.expect_query(lambda query: gate in query and query[gate].split(",")[at] == f"{weights[parameter]:g}")
    page.stage.focus()
    for stage in range(1, 7):
        page.page.keyboard.press(str(stage))
        expect_diagram(page, trace, 3, stage)
        expect_arithmetic(page, trace, weights, 3, stage)
    page.show_all()
    page.expect_rows(rows(trace))
    expect(page.box(slider)).to_have_value(printed(weights[parameter], 2))


def test_presets_to_the_last_printed_digit_and_reset(tab):
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
    page.button("full").click()
    page.box("output, bias").fill("3")
    page.box("output, bias").press("Enter")
    page.expect_rows(rows(core(PRESETS["full"] | {"b_o": 3.0})["A"]))
    page.button("reset").first.click()
    page.expect_rows(rows(core()["A"]))
    page.expect_query(lambda query: set(query) <= {"at"})


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
    page.button(f"input gate {printed(read(trace, 'i', 3))}").hover()
    expect(tip).to_be_visible()
    page.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_keyboard_reaches_every_tooltip(tab):
    page = tab(query="at=3.6")
    page.page.locator(".gw-target.value").first.focus()
    told = []
    for k in range(12):
        if k:
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
