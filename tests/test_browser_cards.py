"""What a reader does with a value: reads its card, copies, pins and covers it, pulls a weight where it stands."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from app.companies import PRESETS
from tests.stage_numbers import diagram, expect_arithmetic, expect_diagram, read
from tests.stage_page import StagePage, core, printed, rows
from tests.stage_site import stage_site

pytestmark = pytest.mark.browser
TWO = PRESETS["two"]
NAMES = {"f": "forget gate", "i": "input gate", "g": "candidate", "c": "cell state", "o": "output gate"} | {
    "h": "hidden state"
}


def pill(page: StagePage, key: str, company: int = 0) -> Locator:
    """A value of the diagram; `c-before` is yesterday's."""
    return page.page.locator(".gw-figure").nth(company).locator(f'.gw-target.value[data-key="{key}"]')


def card(page: StagePage) -> Locator:
    return page.page.get_by_role("dialog")


def do(page: StagePage, name: str) -> None:
    """Press a button of the card."""
    card(page).get_by_role("button", name=name, exact=True).click()


def cover(page: StagePage, key: str, button: str = "cover", company: int = 0) -> None:
    pill(page, key, company).click()
    do(page, button)
    page.page.keyboard.press("Escape")


def cell(page: StagePage, name: str, day: int, company: int = 0) -> Locator:
    row = page.page.locator(".gw-grid").nth(company).locator(".gw-value-row").nth("xfigcoh".index(name))
    return row.locator(".gw-cell").nth(day - 1)


def everything(page: StagePage) -> str:
    """All text of the stage, whether it is shown or only told."""
    return page.stage.evaluate(
        "stage => stage.textContent + [...stage.querySelectorAll('*')].flatMap((one) =>"
        " [...one.attributes].filter(({ name }) => name.startsWith('aria-') || name === 'title')"
        ".map(({ value }) => value)).join(' ')"
    )


def grip(page: StagePage, name: str) -> Locator:
    return page.page.get_by_role("spinbutton", name=name, exact=True)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# ---- cards -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f", "g", "c", "h", "keep", "squash", "x", "c-before"])
def test_a_card_has_the_core_s_number_and_copies_it_as_repr(tab, key):
    page = tab(query="at=3.6&show=B", permissions=["clipboard-read", "clipboard-write"])
    name, before = key.removesuffix("-before"), key.endswith("-before")
    value = read(core()["B"], name, 3, before)
    pill(page, key).click()
    expect(card(page).locator(".gw-card-number")).to_have_text(printed(value, 4))
    expect(card(page).locator(".gw-when")).to_have_text("day 2" if before else "day 3")
    do(page, "copy")
    expect(card(page).get_by_role("status")).to_have_text(f"copied: {value!r}")
    assert page.page.evaluate("() => navigator.clipboard.readText()") == repr(value)
    assert float(repr(value)) == value


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
    page.stage.focus()
    page.page.keyboard.press("Tab")
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


# ---- pins ------------------------------------------------------------------------------------------------------------


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


# ---- covers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", "figcoh")
def test_a_covered_number_is_nowhere(tab, name):
    page = tab(query="at=3.6&show=B")
    page.show_all()
    cover(page, name)
    trace = core()["B"]
    number = abs(read(trace, name, 3))
    page.stage.focus()
    places = [(3, stage) for stage in range(1, 7)] + [(4, stage) for stage in range(1, 7)]
    for day, stage in places:
        page.page.keyboard.press("End" if day == 4 else "Home")
        if day == 3:
            page.page.keyboard.press("Shift+ArrowRight")
            page.page.keyboard.press("Shift+ArrowRight")
        page.page.keyboard.press(str(stage))
        page.expect_at(day, stage)
        told = everything(page)
        for decimals in (3, 4):
            assert printed(number, decimals) not in told, f"{name} on day {day}, stage {stage}"
    expect(cell(page, name, 3).locator(".gw-number")).to_have_text("?")
    expect(cell(page, name, 2).locator(".gw-number")).to_have_text(printed(read(trace, name, 2)))


def test_a_covered_gate_shows_no_point_on_its_curve_and_no_bar(tab):
    page = tab(query="at=3.1")
    dot = page.page.locator(".node.gate .dot").first
    assert float(dot.get_attribute("r")) > 0
    cover(page, "f")
    expect(dot).to_have_attribute("r", "0")
    fill = "all => all.every((one) => getComputedStyle(one).display === 'none')"
    assert cell(page, "f", 3).locator(".gw-fill").evaluate_all(fill)
    expect(page.result).to_have_text("?")
    expect(page.page.locator(".gw-say")).to_have_text("is covered. What do you expect it to be?")


def test_a_guess_stands_beside_the_truth(tab):
    page = tab(query="at=3.2&show=B")
    cover(page, "i")
    expect(page.button("input gate covered").first).to_be_attached()
    page.result.click()
    guess = card(page).get_by_role("textbox", name="your guess")
    expect(guess).to_be_focused()
    guess.fill("much")
    guess.press("Enter")
    expect(card(page).get_by_role("alert")).to_contain_text("“much” is not a number")
    guess.fill("0,6")
    guess.press("Enter")
    expect(card(page)).to_contain_text(f"You said 0.60, it is {printed(read(core()['B'], 'i', 3))}.")
    expect(page.result).to_have_text(printed(read(core()["B"], "i", 3), 4))
    page.page.keyboard.press("Escape")
    expect(page.result).to_be_focused()


def test_a_whole_row_and_all_results(tab):
    page = tab(query="at=4.6")
    cover(page, "g", "cover every day")
    timeline = rows(core()["A"])
    assert page.timeline() == timeline | {"g": [], "c": []}
    page.button("reveal all").click()
    page.expect_rows(timeline)
    page.button("cover results").click()
    assert page.timeline() == {name: timeline["x"] if name == "x" else [] for name in timeline}
    assert [text for text in diagram(page).all_text_contents() if text != "?"] == ["1.000"]  # x alone is shown
    pill(page, "h").click()
    do(page, "reveal")
    expect(cell(page, "h", 4).locator(".gw-number")).to_have_text(timeline["h"][3])
    expect(cell(page, "h", 3).locator(".gw-number")).to_have_text("?")
    do(page, "pin")
    expect(page.page.locator(".gw-pin .gw-chip")).to_have_text(printed(read(core()["A"], "h", 4), 4))
    expect(page.page.locator(".gw-pin .gw-line")).not_to_contain_text(re.compile(r"\d"))


def test_listeners_are_told_that_a_value_is_covered(tab):
    page = tab(query="at=3.2")
    cover(page, "f", "cover every day")
    expect(page.page.locator("table td").filter(has_text="covered")).to_have_count(5)  # f on three days, c on two
    page.stage.focus()
    page.page.keyboard.press("1")
    expect(page.page.locator("[aria-live=polite]").first).to_contain_text("Sigmoid gives covered.")


# ---- weights where they stand ----------------------------------------------------------------------------------------


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
    nearest = round(round(hand / 0.05) * 0.05, 9)
    assert frames[-1] == printed(read(core({"b_i": nearest})["B"], "i", 3), 4)
    page.page.mouse.up()
    trace = core({"b_i": hand})["B"]
    expect_diagram(page, trace, 3, 2)
    expect_arithmetic(page, trace, TWO | {"b_i": hand}, 3, 2)
    assert float(page.slider("input, bias").input_value()) == hand
    assert page.query["i"].split(",")[2] == f"{hand:g}"


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


# ---- one light -------------------------------------------------------------------------------------------------------


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
    found = Axe().run(page.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    page.page.keyboard.press("Escape")
    pill(page, "i").click()
    found = Axe().run(page.page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_a_phone_has_room_and_targets_for_it_all(tab):
    page = tab(query="at=3.2", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    pill(page, "f").tap()
    box = card(page).bounding_box()
    assert 0 <= box["x"] <= 390 - box["width"]
    for button in card(page).get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
    card(page).get_by_role("button", name="pin", exact=True).tap()
    card(page).get_by_role("button", name="Close").tap()
    bar, tray, timeline = (page.page.locator(f".gw-{name}").bounding_box()["y"] for name in ("bar", "tray", "timeline"))
    assert bar < tray < timeline
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.page.locator(".gw-value-row").nth(3).tap()
    assert {"pill", "row"} <= lit(page)  # a finger's light stays
    page.page.locator(".gw-subtitle").first.tap()
    assert lit(page) == set()


# ---- other cells -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["gru", "rnn", "lstm-all", "cheat-sheet"])
def test_every_value_of_every_cell_has_a_card_and_can_be_covered(browser, cell):
    with stage_site() as site:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{site}/?cell={cell}&at=3.1")
        page.get_by_role("button", name="show all").click()
        for pill in page.locator(".gw-target.value").all():
            number = page.locator(".layer-values .value:not(.stem) .number")
            pill.click()
            expect(page.get_by_role("dialog").locator(".gw-card-number")).to_contain_text(re.compile(r"\d\.\d{4}"))
            page.keyboard.press("Escape")
        page.get_by_role("button", name="cover results").click()
        page.locator(".gw").focus()
        for stage in range(1, 7):
            page.keyboard.press(str(stage))
        shown = [text for text in number.all_text_contents() if text != "?"]
        assert all(re.fullmatch(r".?\d\.\d{3}", text) for text in shown)
        given = page.locator(".gw-target.value").evaluate_all(
            "all => all.filter((one) => one.dataset.key === 'x').length"
        )
        assert len(shown) == given
        page.close()
    assert errors == []


def test_the_weights_on_the_rnn_s_chips_can_be_pulled(browser):
    with stage_site() as site:
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
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
        handle = page.get_by_role("slider", name="mix, weight on hidden state", exact=True)
        assert float(handle.input_value()) == hand  # no Python answers here: it is what was committed
        page.close()
