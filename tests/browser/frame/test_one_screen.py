"""A lesson with a stage fits one screen: what must be visible is, at each size of the design, and nothing is tiny."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.support.stage_cards import everything
from tests.support.stage_page import core, printed

pytestmark = pytest.mark.browser

SIZES = {"laptop": (1280, 720), "desktop": (1440, 900), "tablet": (1024, 768)}
PARTS = {
    "step": ".gw-step-card",
    "next": ".gw-step-next",
    "picture": ".gw-picture",
    "result": ".gw-chip",
    "chart": ".gw-waterfall",
    "play": ".gw-play",
    "stages": ".gw-steps",
    "speed": ".gw-player .gw-speed",
    "direction": ".gw-player > .gw-way",
    "table": ".gw-table-key",
    "status": ".gw-task",
    "weights": ".gw-weights",
}
"""What has to be seen without scrolling."""

SMALL = """(root, least) => {
  const small = []
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement
    const box = one.getBoundingClientRect()
    if (!walk.currentNode.textContent.trim() || box.width < 2 || one.closest(".gw-hidden, [hidden]")) continue
    if (getComputedStyle(one).visibility === "hidden") continue
    const drawing = one.closest("svg")
    const scale = drawing?.viewBox.baseVal.width ? drawing.clientWidth / drawing.viewBox.baseVal.width : 1
    const size = parseFloat(getComputedStyle(one).fontSize) * scale * (one.currentCSSZoom ?? 1)
    if (size > 0 && size < least - 0.05) small.push(`${walk.currentNode.textContent.trim()} ${size.toFixed(1)}`)
  }
  return small
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_what_a_lesson_needs_is_on_one_screen(tab, size, scheme):
    width, height = SIZES[size]
    page = tab(query="step=write", viewport={"width": width, "height": height}, color_scheme=scheme)
    page.expect_at(3, 2)
    for name, selector in PARTS.items():
        box = page.page.locator(selector).first.bounding_box()
        assert box, name
        ends = [box["x"], box["y"], width - box["x"] - box["width"], height - box["y"] - box["height"]]
        assert min(ends) >= -0.5, name
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.stage.evaluate(SMALL, 12) == []


def test_the_picture_is_as_wide_as_its_card_at_1280(tab):
    page = tab(viewport={"width": 1280, "height": 720})
    assert page.page.locator(".gw-picture").bounding_box()["width"] >= 690


@pytest.mark.parametrize(("lesson", "cells"), [("compare", 3), ("variants", 2)])
def test_pictures_beside_each_other_are_whole_above_the_player(tab, lesson, cells):
    """And so is their arithmetic, at each stage; in one of the widths three pictures were cut by the player."""
    page = tab(path=lesson, query="at=3.1", viewport={"width": 1280, "height": 720})
    faults = []
    for width, height in SIZES.values():
        page.page.set_viewport_size({"width": width, "height": height})
        for stage in range(1, 7):
            page.stage.focus()
            page.page.keyboard.press(f"{stage}")
            page.expect_at(3, stage)
            player = page.page.locator(".gw-player").bounding_box()
            for selector in (".gw-picture", ".gw-chip"):
                boxes = [each.bounding_box() for each in page.page.locator(selector).all()]
                assert len(boxes) == cells
                cut = [b for b in boxes if b["y"] < 56 or b["y"] + b["height"] > player["y"] + 0.5]
                faults += [f"{width}, stage {stage}: {selector} {box}" for box in cut]
        assert player["y"] + player["height"] <= height
        expect(page.page.locator(".gw-step-text p").first).to_be_in_viewport(ratio=1)
        assert page.stage.evaluate(SMALL, 12) == []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("stage", range(1, 7))
def test_the_arithmetic_is_whole_at_every_stage(tab, stage):
    page = tab(query=f"at=3.{stage}", viewport={"width": 1280, "height": 720})
    expect(page.result).to_be_in_viewport(ratio=1)
    result, player = page.result.bounding_box(), page.page.locator(".gw-player").bounding_box()
    assert result["y"] + result["height"] <= player["y"]


def test_the_table_covers_neither_the_player_nor_the_status(tab):
    page = tab(query="at=3.2", viewport={"width": 1280, "height": 720})
    page.open_table()
    table, player = page.page.locator(".gw-timeline").bounding_box(), page.page.locator(".gw-player").bounding_box()
    assert table["y"] + table["height"] <= player["y"] + 1
    expect(page.page.locator(".gw-task-status")).to_be_in_viewport(ratio=1)
    page.button("Play").click()
    expect(page.page.locator(".gw-timeline")).to_be_hidden()


def test_all_weights_are_numbers_and_one_group_is_sliders(tab):
    page = tab(query="at=3.2", viewport={"width": 1280, "height": 720})
    expect(page.page.get_by_role("slider", name=re.compile("^input, "))).to_have_count(3)
    expect(page.page.locator(".gw-summary:visible span")).to_have_text(
        ["2.70", "1.63", "1.62", "1.41", "0.94", "\N{MINUS SIGN}0.32", "4.38", "\N{MINUS SIGN}0.19", "0.59"]
    )
    page.page.get_by_role("button", name=re.compile("^o ?output")).click()
    expect(page.page.get_by_role("slider", name=re.compile("^output, "))).to_have_count(3)


def test_steps_set_the_playhead_and_the_address_and_back_restores_them(tab):
    page = tab(viewport={"width": 1280, "height": 720})
    page.button("Next: keep or erase").click()
    page.expect_at(3, 1)
    assert page.query["step"] == "keep"
    expect(page.page.locator(".gw-step-text")).to_contain_text(printed(core()["A"]["f"][2].item()))
    page.button("Next stage").click()
    page.button("Back to step 2").click()
    page.expect_at(3, 1)
    page.button("Next: how much to write").click()
    page.expect_at(3, 2)
    page.button("Previous step").click()
    page.expect_at(3, 1)
    page.page.reload()
    page.expect_at(3, 1)
    expect(page.page.locator(".gw-step-title")).to_have_text("Keep or erase")


def test_no_answer_is_shown_before_the_guess(tab):
    page = tab(answered=False, query="step=answer", viewport={"width": 1280, "height": 720})
    page.expect_at(4, 6)
    answers = [core()[name]["h"][-1].item() for name in "AB"]
    expect(page.page.locator(".gw-task")).to_contain_text("nearer 1?")
    told = everything(page)
    assert not any(printed(answer, decimals) in told for answer in answers for decimals in (3, 4))
    page.button("Company A").click()
    page.button("Reveal").click()
    expect(page.page.locator(".gw-task-reason")).to_contain_text(printed(answers[1]))


def test_the_status_follows_the_hand_and_solving_is_told(tab):
    page = tab(query="show=B&at=4.6", viewport={"width": 1280, "height": 1000})
    status = page.page.locator(".gw-task-status")
    expect(status).to_contain_text("No slider has moved yet")
    slider = page.slider("input, bias").bounding_box()
    page.page.mouse.move(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(slider["x"] + 4, slider["y"] + slider["height"] / 2, steps=8)
    expect(status).to_contain_text("Solved, with one slider")  # before it is let go
    page.page.mouse.up()
    expect(page.page.get_by_role("tab", name=re.compile("Challenge"))).to_contain_text("\N{CHECK MARK}")


def test_a_phone_has_step_picture_player_and_sheets(tab):
    page = tab(query="step=write", viewport={"width": 390, "height": 844}, has_touch=True)
    page.expect_at(3, 2)
    for selector in (".gw-step-title", ".gw-picture", ".gw-play", ".gw-sheet-tabs"):
        expect(page.page.locator(selector).first).to_be_in_viewport(ratio=1)
    assert page.page.evaluate("() => document.documentElement.scrollWidth") == 390
    page.page.locator("[data-tab=weights]").click()
    expect(page.slider("input, bias")).to_be_visible()
    expect(page.page.locator(".gw-task-status")).to_be_in_viewport()
    page.page.keyboard.press("Escape")
    expect(page.slider("input, bias")).to_be_hidden()


def test_what_a_lesson_without_a_stage_asks_is_on_the_first_screen_too(tab):
    """Its question with every answer, and the challenge with its status, beneath the picture."""
    page = tab(path="gates", viewport={"width": 1280, "height": 720})
    for lesson in ("gates", "gradients", "memory"):
        page.open(lesson)
        for part in ("predict", "goal"):
            expect(page.page.locator(f".st-key-part-{part}").first).to_be_in_viewport(ratio=1)
