"""Every step of every lesson with a stage fits its screen; its tasks give nothing away; a class sees what it needs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.lessons.gru import model as gru_model
from app.lessons.lstm import model as lstm_model
from tests.browser.frame.test_one_screen import PARTS, SIZES, SMALL
from tests.support.stage_cards import everything
from tests.support.stage_page import ANSWERED, StagePage, core, printed

pytestmark = pytest.mark.browser

APART = """(root) => {
  const names = [".gw-step-card", ".gw-show", ".gw-task", ".gw-weights", ".gw-company"]
  const inner = [".gw-picture", ".gw-working", ".gw-player"]
  const box = (name) => root.querySelector(name)?.getBoundingClientRect()
  const meet = (a, b) => a && b && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  return [names, inner].flatMap((all) =>
    all.flatMap((one, k) =>
      all.slice(k + 1).filter((other) => meet(box(one), box(other))).map((other) => `${one} meets ${other}`)))
}"""
"""Which parts lie on one another."""

CUT = """(root) => [...root.querySelectorAll(".gw-step-text, .gw-working, .gw-lines, .gw-side, .gw-told")]
  .filter((one) => getComputedStyle(one).visibility !== "hidden" && one.clientHeight > 1
    && one.scrollHeight > one.clientHeight + 2)
  .map((one) => `${one.className} ${one.scrollHeight} > ${one.clientHeight}`)"""
"""Which parts hold more than they show."""

FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("lesson", ["rnn", "lstm", "fourday", "gru"])
def test_every_step_of_a_lesson_fits(tab, lesson, language):
    """In both languages, at each size: what a step needs is seen, whole, on nothing else, and not tiny."""
    page = tab(path=lesson, query=f"lang={language}", viewport={"width": 1280, "height": 720})
    faults = []
    for size, (width, height) in SIZES.items():
        page.page.set_viewport_size({"width": width, "height": height})
        page.page.evaluate(FRAME)
        page.page.locator(".gw-step-list button").first.evaluate("(one) => one.click()")
        for step in range(page.page.locator(".gw-step-list button").count()):
            if step:
                page.page.locator(".gw-step-next").click()
            page.page.get_by_role("tab").last.click()  # the task that stays while weights are moved
            page.page.evaluate(FRAME)
            found = [
                f"{name} is not seen" for name, selector in PARTS.items() if not seen(page, selector, width, height)
            ]
            found += page.stage.evaluate(SMALL, 12) + page.stage.evaluate(APART)
            found += page.stage.evaluate(CUT) if size != "tablet" else []
            faults += [f"{size}, step {step + 1}: {fault}" for fault in found]
        if page.page.evaluate("() => document.documentElement.scrollWidth") > width:
            faults.append(f"{size} scrolls sideways")
    assert not faults, "\n".join(faults)


def seen(page: StagePage, selector: str, width: int, height: int) -> bool:
    if selector == ".gw-waterfall" and not page.page.locator(selector).count():
        return True  # a value of one term has none
    box = page.page.locator(selector).first.bounding_box()
    if not box:
        return False
    return min(box["x"], box["y"], width - box["x"] - box["width"], height - box["y"] - box["height"]) >= -0.5


@pytest.mark.parametrize("lesson", ["rnn", "lstm", "fourday", "gru", "variants", "compare", "today", "lab"])
def test_a_phone_is_never_wider_than_itself_and_has_targets_for_a_finger(tab, lesson):
    page = tab(path=lesson, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert page.page.evaluate("() => document.documentElement.scrollWidth") == 390
    assert page.stage.evaluate(SMALL, 12) == []
    for selector in (".gw-step-next", ".gw-play", ".gw-speed", "[data-tab=task]"):
        box = page.page.locator(selector).first.bounding_box()
        assert min(box["width"], box["height"]) >= 44, selector


@pytest.mark.parametrize(
    ("lesson", "covered"),
    [
        ("lstm", {("x", name, step) for name in ("f", "c", "h") for step in range(4, 8)}),
        ("gru", {("x", name, 3) for name in ("z", "keep", "write", "h")}),
    ],
)
def test_a_questions_answer_is_nowhere_before_the_guess(tab, lesson, covered):
    """Neither on the stage, nor in what is told, nor below it, nor in the address."""
    page = tab(path=lesson, answered=False, viewport={"width": 1280, "height": 720})
    trace = TRACES[lesson]()["x"]
    open_values = {("x", name, step) for name in trace.names for step in range(trace.steps)} - covered
    seen_before = {text for _, name, step in open_values for text in numbers(trace[name][step].item())}
    page.stage.focus()
    page.page.keyboard.press("End")
    for stage in range(1, page.page.locator(".gw-step").count() + 1):
        page.page.keyboard.press(str(stage))
        page.page.evaluate(FRAME)
        told = everything(page) + page.page.locator("body").inner_text() + page.page.url
        for _, name, step in covered:
            shown = numbers(trace[name][step].item()) - seen_before
            assert not [text for text in shown if text in told], (name, step)


def numbers(value: float) -> set[str]:
    """How a value may be printed."""
    return {printed(value, decimals) for decimals in (3, 4)}


TRACES = {
    "lstm": lambda: lstm_model.UNIT.traces(lstm_model.ADDRESS.defaults),
    "gru": lambda: gru_model.Blend("after", "keep").traces(gru_model.ADDRESS.defaults),
}


def test_a_guess_is_played_to(tab):
    page = tab(path="lstm", query="step=guess", answered=False, viewport={"width": 1280, "height": 720})
    page.page.get_by_role("button", name="hardly any").click()
    page.button("Play to the answer").click()
    expect(page.button("Pause")).to_be_visible()
    expect(page.page.locator(".gw-task-reason")).to_be_visible()
    page.expect_at(8, 6)
    expect(page.page.locator(".gw-task-reason")).to_contain_text("9%")
    expect(page.page.locator(".gw-option[data-right=true]")).to_contain_text("hardly any")
    page.button("To the challenge").hover()
    assert page.page.locator(".gw-side").evaluate("(one) => one.scrollHeight <= one.clientHeight")  # the days are seen


def test_all_eight_days_are_played_in_twenty_seconds_by_day(tab):
    page = tab(path="lstm", viewport={"width": 1280, "height": 720})
    page.button("Speed 1\N{MULTIPLICATION SIGN}").click()
    page.button("by day").click()
    begin = page.page.evaluate("() => performance.now()")
    page.button("Play").click()
    page.expect_at(8, 6)
    assert page.page.evaluate("() => performance.now()") - begin < 20_000


@pytest.mark.parametrize("lesson", ["rnn", "gru"])
def test_the_gauge_of_what_is_on_no_stage_follows_the_hand(tab, lesson):
    """A difference between two runs, and between two days: neither is a value of the picture."""
    page = tab(path=lesson, viewport={"width": 1280, "height": 1000})
    gauge = page.page.locator(".gw-gauge-number")
    before = gauge.inner_text()
    slider = page.page.locator(".gw-weight input[type=range]").first.bounding_box()
    page.page.mouse.move(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(slider["x"] + 8, slider["y"] + slider["height"] / 2, steps=5)
    expect(gauge).not_to_have_text(before)  # it is not let go of
    page.page.mouse.up()


def test_a_move_too_many_is_undone_and_a_solution_says_why(tab):
    page = tab(query="show=B&at=4.6", viewport={"width": 1280, "height": 1000})
    for name, value in (("input, bias", "-3"), ("output, bias", "1")):
        page.box(name).fill(value)
        page.box(name).press("Enter")
    status = page.page.locator(".gw-task-status")
    expect(status).to_contain_text("2 sliders have moved")
    page.button("Undo the last move").click()
    expect(page.box("output, bias")).to_have_value("0.59")
    expect(status).to_contain_text("Solved")
    gates = [core(weights)["B"]["i"].ravel() for weights in ({"b_i": -3.0}, None)]
    step = abs(gates[0] - gates[1]).argmax()
    now, then = (printed(gate[step]) for gate in gates)
    expect(status).to_contain_text(f"The input gate of day {step + 1} is now {now} instead of {then}.")
    expect(page.page.locator(".gw-task-actions .gw-primary")).to_have_text("Next: keep or erase")
    page.button("Again, another way").click()
    expect(status).to_contain_text("No slider has moved yet")


@pytest.mark.parametrize(("width", "height", "least"), [(1920, 1080, 1250), (1280, 720, 820)])
def test_a_class_sees_picture_question_and_way_on(tab, width, height, least):
    page = tab(query="teach=true&step=write", answered=False, viewport={"width": width, "height": height})
    page.expect_at(3, 2)
    assert page.page.locator(".gw-picture").bounding_box()["width"] >= least
    for part in (
        ".gw-picture",
        ".gw-told",
        ".gw-player",
        ".gw-hands",
        ".gw-task .gw-primary",
        ".gw-chip",
        ".gw-step-next",
    ):
        expect(page.page.locator(part).first).to_be_in_viewport(ratio=1)
    assert page.page.evaluate("() => document.documentElement.scrollHeight") <= height + 1
    assert page.stage.evaluate(CUT) == []
    if width == 1920:
        for part in (".gw-figures", ".gw-told", ".gw-task-body", ".gw-sums", ".gw-script", ".gw-scrubber"):
            assert page.page.locator(part).first.evaluate(SMALL, 20) == [], part
    more = page.page.get_by_role("button", name=re.compile("^One hand more")).first
    for _ in range(3):
        more.click()
    expect(page.page.locator(".gw-hands b").first).to_have_text("3")
    page.page.keyboard.press("PageDown")
    page.expect_at(3, 4)
    page.page.keyboard.press("PageUp")
    page.expect_at(3, 2)
    page.page.keyboard.press("r")
    expect(page.page.locator(".gw-task-reason")).to_be_in_viewport(ratio=1)
    page.page.locator("[data-tab=weights]").click()
    expect(page.page.locator(".gw-weights")).to_be_visible()


def test_an_answer_follows_the_readers_weights_without_a_rerun(new_page, server):
    page, frames = StagePage(new_page(viewport={"width": 1280, "height": 1000}), server.address), []
    page.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.page.add_init_script(ANSWERED)
    page.open("fourday")
    assert any(b'"limits"' in bytes_of(frame) for frame in frames)  # what tells a scene
    page.page.get_by_role("tab").first.click()
    reason = page.page.locator(".gw-task-reason")
    expect(reason).to_contain_text(printed(core()["B"]["h"][-1, 0, 0]))
    frames.clear()
    slider = page.page.locator(".gw-weight input[type=range]").first
    expect(slider).to_have_attribute("aria-label", "forget, weight on hidden state")
    slider.press("End")
    moved = core({"U_f": float(slider.get_attribute("max"))})["B"]["h"][-1, 0, 0]
    expect(reason).to_contain_text(printed(moved))
    assert not frames


def bytes_of(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
