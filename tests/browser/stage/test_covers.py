"""Predict first: a covered number is nowhere to be read until it is guessed or revealed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.stage_cards import card, cell, cover, do, everything, pill
from tests.support.stage_numbers import diagram, read
from tests.support.stage_page import core, printed, rows
from tests.support.stage_site import VECTORS
from tests.support.vector_stage_page import cards
from tests.support.vector_stage_page import core as core_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", "figcoh")
def test_a_covered_number_is_nowhere(tab, name):
    page = tab(query="at=3.6&show=B")
    page.show_all()
    page.button("All days").click()
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
    expect(card(page)).to_contain_text(f"You guessed 0.60; it is {printed(read(core()['B'], 'i', 3))}.")
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
    page.open_table()
    cell(page, "o", 2).click()  # a question mark is there to be answered
    expect(card(page)).to_have_attribute("aria-label", "output gate, day 2")
    page.expect_at(2, 5)
    page.page.keyboard.press("Escape")
    page.stage.focus()
    page.page.keyboard.press("End")
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
    expect(page.page.locator("[aria-live=polite]").first).to_contain_text("sigmoid gives covered.")


def test_what_follows_the_stage_does_not_give_it_away(tab):
    """The gradients and the losses are made of the same run: they wait."""
    page = tab(query="at=4.6&show=B")
    answer = printed(read(core()["B"], "h", 4))
    below, beneath = page.page.locator(".st-key-part-after"), page.page.locator(".st-key-part-gradients")
    loss = lambda weights=None: f"{(read(core(weights)['B'], 'h', 4) - 1) ** 2:.6f}"  # noqa: E731
    expect(page.losses).to_contain_text(loss())
    cover(page, "h")
    page.page.get_by_role("tab", name=re.compile("Predict")).click()  # the gauge is the reader's own to look at
    expect(below).to_contain_text("Something in the picture is covered.")
    expect(beneath).to_have_count(0)
    assert answer not in page.page.locator("body").inner_text()
    page.box("forget, bias").fill("1.5")  # another run: what follows still waits
    page.box("forget, bias").press("Enter")
    expect(page.page).to_have_url(re.compile(r"f=2\.7%2C1\.63%2C1\.5"))
    expect(beneath).to_have_count(0)
    expect(below).to_contain_text("Something in the picture is covered.")
    page.button("reveal all").click()
    expect(beneath).to_have_count(1)
    expect(page.losses).to_contain_text(loss({"b_f": 1.5}))


def test_covers_end_with_the_cell_they_lie_on_and_what_follows_is_back(tab):
    page = tab(path="gru", query="at=1.1")
    expect(page.page.locator(".st-key-part-conventions")).to_have_count(1)
    pill(page, "r").first.click()
    do(page, "cover every day")
    expect(page.page.locator(".st-key-part-conventions")).to_have_count(0)
    page.page.keyboard.press("Escape")
    page.page.get_by_role("radio", name="before U", exact=True).click()
    expect(page.page.locator(".st-key-part-conventions")).to_have_count(1)


@pytest.mark.parametrize("cell", ["gru", "rnn", "lstm-all", "cheat-sheet"])
def test_every_value_of_every_cell_has_a_card_and_can_be_covered(new_page, site, cell):
    page = new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(f"{site}/?cell={cell}&at=3.1")
    page.get_by_role("button", name="All days").click()
    page.get_by_role("button", name="show all").click()
    page.get_by_role("button", name="All days").click()
    for value in page.locator(".gw-target.value").all():
        number = page.locator(".layer-values .value:not(.stem) .number")
        value.click()
        expect(page.get_by_role("dialog").locator(".gw-card-number")).to_contain_text(re.compile(r"\d\.\d{4}"))
        page.keyboard.press("Escape")
    page.get_by_role("button", name="cover results").click()
    page.locator(".gw").focus()
    for stage in range(1, 7):
        page.keyboard.press(str(stage))
    shown = [text for text in number.all_text_contents() if text != "?"]
    assert all(re.fullmatch(r".?\d\.\d{3}", text) for text in shown)
    given = page.locator(".gw-target.value").evaluate_all("all => all.filter((one) => one.dataset.key === 'x').length")
    assert len(shown) == given
    assert errors == []


BARE = "all => all.every((one) => one.style.fill === 'var(--gw-card)')"


@pytest.mark.parametrize("name", [name for name in VECTORS if name != "lstm-16"])
def test_of_many_units_every_result_can_be_covered(new_page, site, name):
    page = new_page(viewport={"width": 1280, "height": 1300}, reduced_motion="reduce")
    page.goto(f"{site}/?cell={name}&at=3.1")
    shown = cards(page)
    expect(shown.filter(has_text=re.compile(r"\d"))).not_to_have_count(0)
    page.get_by_role("button", name="cover results").click()
    stages = page.locator(".gw-steps button")
    for stage in range(stages.count()):
        stages.nth(stage).click()
        expect(page.locator(".gw-chip")).to_have_text("?")
    assert {*shown.all_text_contents()} <= {"", "?"}
    strips = page.locator(".layer-values .card.role-h .strip rect:not(.unit-frame)")
    assert strips.count() > 1 or name in ("lstm-projection-8", "mamba-8")
    assert strips.evaluate_all(BARE)
    page.get_by_role("button", name="reveal all").click()
    expect(shown.filter(has_text="?")).to_have_count(0)


def test_a_guess_of_one_unit_is_of_that_unit(new_page, site):
    page = new_page(viewport={"width": 1280, "height": 1300}, reduced_motion="reduce")
    page.goto(f"{site}/?cell=lstm-8&at=3.1&unit=3")
    gate, dialog = page.locator('.gw-target.value[data-key="f"]'), page.get_by_role("dialog")
    gate.press("Enter")
    dialog.get_by_role("button", name="cover", exact=True).click()
    page.keyboard.press("Escape")
    told = page.locator(".gw-dot-table").first  # what the gate reads stays, of all units
    expect(told).to_contain_text(printed(core_of("lstm-8").before("h")[2, 0, 3], 2))
    expect(page.locator(".gw-chip")).to_have_text("?")
    gate.press("Enter")
    guess = dialog.get_by_role("textbox", name="your guess")
    guess.fill("0.5")
    guess.press("Enter")
    truth = core_of("lstm-8")["f"][2, 0]
    expect(dialog).to_contain_text(f"You guessed 0.50; it is {printed(truth[3])}.")
    page.keyboard.press("Escape")
    page.locator(".gw").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".gw-chip")).to_have_text(printed(truth[4], 4))
    gate.press("Enter")
    expect(dialog).to_contain_text(printed(truth[4], 4))
    expect(dialog).not_to_contain_text("You guessed")
