"""The rounds of a scan: what is printed is the loop's, by mouse, by keyboard, without motion and on a phone."""

import pytest
from playwright.sync_api import expect

from app.formatting import number, scientific
from app.lessons.today.scan.model import numbers, one_unit, shown
from app.lessons.today.scan.view import STEPS
from tests.support.axe import faults

pytestmark = pytest.mark.browser


def opened(tab, cell="min_gru", query="", **options):
    """The scan of a cell, once the question is answered."""
    page = tab(path="today", query=f"cell={cell}{query}", **options).page
    expect(page.locator(".gw-scan")).to_have_count(0)
    page.locator(".st-key-asked-today-rounds").get_by_text("10 rounds").click()
    expect(page.locator(".gw-scan .board svg")).to_be_visible()
    return page


def states(page, kind):
    """What the nodes that are there print as states, row after row."""
    return [text.replace("\u200a", " ") for text in page.locator(f".gw-scan .node.{kind} .state").all_text_contents()]


def printed(values):
    return [number(value, 2) for value in values.tolist()]


def test_the_last_round_and_the_loop_print_the_same(tab):
    page, found = opened(tab), shown(one_unit("min_gru"), numbers(STEPS.default))
    scrubber = page.get_by_role("slider", name="clock of scan and loop")
    told = page.locator(".gw-scan [role=status]")
    expect(told).to_contain_text("Each step alone")
    scrubber.press("ArrowRight")
    expect(told).to_contain_text("Round 1:")
    assert states(page, "whole.shown") == printed(found.loop[:1]) + printed(found.loop[:2]) + printed(found.loop[:1])
    scrubber.press("End")
    expect(told).to_contain_text("8 ticks of the clock instead of 3")
    expect(page.locator(".gw-scan .difference")).to_contain_text(scientific(found.difference))
    expect(page.locator(".gw-scan .equal.shown")).to_have_count(8)
    last = states(page, "shown")[-16:]
    assert last[:8] == last[8:] == printed(found.loop)
    for button in ("one tick back",) * 5:
        page.get_by_role("button", name=button).click()
    expect(told).to_contain_text("Round 3 is the last")
    expect(page.locator(".gw-scan .difference")).to_be_empty()


def test_it_plays_to_the_end_and_from_the_beginning_again(tab):
    page = opened(tab, query="&timesteps=2")
    page.get_by_role("button", name="play", exact=True).last.click()
    told = page.locator(".gw-scan [role=status]")
    expect(page.get_by_role("button", name="pause", exact=True)).to_be_visible()
    expect(told).to_contain_text("The loop has arrived as well")
    play = page.locator(".gw-scan .gw-play")
    expect(play).to_have_accessible_name("play")
    play.click()
    expect(told).to_contain_text("Each step alone")
    play.click()
    expect(play).to_have_accessible_name("play")


def test_a_node_tells_what_it_joins_by_mouse_and_by_keyboard(tab):
    page, found = opened(tab), shown(one_unit("min_gru"), numbers(STEPS.default))
    scrubber = page.get_by_role("slider", name="clock of scan and loop")
    scrubber.press("ArrowRight")
    scrubber.press("ArrowRight")
    a, b = found.rounds[1]
    said = f"{number(a[4], 4)} × {number(b[2], 4)} + {number(b[4], 4)} = {number(found.rounds[2][1][4], 4)}"
    detail = page.locator(".gw-scan .told[aria-hidden=true]")
    node = page.get_by_role("button", name=said)
    node.hover()
    expect(detail).to_contain_text(said)
    expect(page.locator(".gw-scan .edge.cone")).to_have_count(6)
    page.locator(".gw-scan .name").first.hover()
    expect(detail).to_be_empty()
    node.focus()
    page.keyboard.press("ArrowUp")
    expect(detail).to_contain_text("Round 1, step 5 joins 4 with 5")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(detail).to_contain_text("Step 1 includes every step from 1 already")
    for key in ("ArrowDown", "ArrowDown", "End"):
        page.keyboard.press(key)
    expect(detail).to_contain_text("Step 2 of the loop")
    page.keyboard.press("Tab")
    expect(detail).to_be_empty()


def test_another_length_has_other_rounds_and_keeps_the_clock(tab):
    page = opened(tab)
    page.get_by_role("button", name="one tick on").click()
    page.get_by_role("slider", name="timesteps").press("ArrowRight")
    expect(page.locator(".gw-scan .slot")).to_have_count(6 * 9)
    expect(page.locator(".gw-scan [role=status]")).to_contain_text("Round 1:")
    page.wait_for_function("() => location.search.includes('timesteps=9')")


def test_gates_that_read_the_state_leave_the_loop_alone(tab):
    page = opened(tab, "slstm")
    expect(page.get_by_text("no scan, only the loop")).to_be_visible()
    expect(page.locator(".gw-scan .slot")).to_have_count(8)
    page.get_by_role("slider", name="clock of scan and loop").press("End")
    assert states(page, "shown") == printed(shown(one_unit("slstm"), numbers(8)).loop)


@pytest.mark.parametrize("cell", ["min_gru", "lru"])
def test_on_a_phone_without_motion_all_fits(tab, cell):
    page = opened(tab, cell, "&timesteps=16", viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.get_by_role("slider", name="clock of scan and loop").press("End")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    duration = page.locator(".gw-scan .node.shown").last.evaluate("n => getComputedStyle(n).transitionDuration")
    assert duration == "0s"
    sizes = page.locator(".gw-scan text").evaluate_all("all => all.map(t => parseFloat(getComputedStyle(t).fontSize))")
    assert min(sizes) >= 12
    wide = page.locator(".gw-scan .node.shown").evaluate_all(
        "all => all.filter(n => [...n.querySelectorAll('text')].some(t => "
        "t.getBoundingClientRect().width > n.querySelector('.box').getBoundingClientRect().width)).length"
    )
    assert wide == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_assistive_technology(tab, theme):
    page = opened(tab, color_scheme=theme)
    page.get_by_role("slider", name="clock of scan and loop").press("End")
    page.wait_for_timeout(1000)  # what fades in has not its contrast before
    assert faults(page) == []
