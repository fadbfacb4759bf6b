"""Each lesson, opened once: its length, its print, the way to play by keyboard, what its steps light and set."""

import re

import pytest
from playwright.sync_api import expect

from app.i18n import LANGUAGES, labels
from app.page.guide import script
from app.page.registry import LESSONS
from tests.page.test_every_page import STAGED
from tests.support.in_page import source
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
SCREENS = 5  # that a lesson is long at most, with its folds closed
LEAST = 11.95  # px of print
STOPS = 8  # of the Tab key, from the bar to play
FOCUSED = """() => {
  let one = document.activeElement
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  return one?.className ?? ""
}"""
LIT = """(light) => {
  const found = [...document.querySelectorAll(`.st-key-${light}`)]
  for (const { shadowRoot } of document.querySelectorAll("*"))
    found.push(...(shadowRoot?.querySelectorAll(`[part=${light}]`) ?? []))
  return found.some((one) => one.getBoundingClientRect().height > 0 && getComputedStyle(one).outlineStyle === "solid")
}"""


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_is_short_legible_and_led_through(tab, key):
    language = [*LANGUAGES][LESSONS.index(key) % len(LANGUAGES)]
    page = tab(path=key, query=f"lang={language}", viewport=DESK).page
    page.locator(".st-key-turn").wait_for()
    wait_until_idle(page)
    tall = page.get_by_test_id("stMain").evaluate("(main) => main.scrollHeight")
    assert tall <= SCREENS * DESK["height"]
    assert page.evaluate(source("small_text"), LEAST) == []
    if key in STAGED:
        expect(page.locator(".gw-step-card")).to_be_in_viewport(ratio=0.9)
        expect(page.locator(".gw-picture").first).to_be_in_viewport()
        reach_play(page)
    else:
        walk(page, key, language)
    page.set_viewport_size(PHONE)
    wait_until_idle(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    assert page.evaluate(source("small_text"), LEAST) == []


def reach_play(page):
    """By the Tab key, from the last of the bar."""
    page.locator(".st-key-lang button").last.focus()
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if "gw-play" in page.evaluate(FOCUSED):
            return
    raise AssertionError("play is too far for a keyboard")


def walk(page, key, language):
    """Each step in turn: it is the address's, the page is set as it has it, and what it speaks of is lit."""
    words = labels(language, "stage")
    steps = script(key)
    expect(page.locator(".st-key-story .gw-step-next")).to_be_in_viewport(ratio=1)
    expect(page.locator(".gw-step-task")).to_have_count(2)
    for task in page.locator(".gw-step-task").all():
        expect(task).to_be_in_viewport(ratio=1)
        expect(task).to_have_attribute("data-state", "open")
    for at, step in enumerate(steps):
        expect(page.locator(".st-key-story .gw-step-title")).to_have_text(
            labels(language, key)[f"step.{step['id']}.title"]
        )
        for light in step["light"]:
            page.wait_for_function(LIT, arg=light)
        if at:
            page.wait_for_function("(id) => new URLSearchParams(location.search).get('step') === id", arg=step["id"])
        wait_until_idle(page)
        expect(page.locator(".st-key-story .gw-step-again")).to_be_hidden()
        if at + 1 < len(steps):
            page.locator(".st-key-story .gw-step-next").click()
    expect(page.locator(".st-key-story .gw-step-next")).to_have_text(re.compile(re.escape(words["script.predict"])))


@pytest.mark.parametrize("key", ["memory", "gates"])
def test_how_the_challenge_stands_is_on_the_first_screen(tab, key):
    page = tab(path=key, viewport=DESK).page
    expect(page.locator(".st-key-part-goal [data-testid=stAlert]")).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-story .gw-step-next")).to_be_in_viewport(ratio=1)


def test_a_task_is_a_click_away_and_says_that_it_is_done(tab):
    page = tab(path="recall", answered=False, viewport=DESK).page
    wait_until_idle(page)
    predict = page.locator(".gw-step-task").first
    predict.click()
    options = page.locator(".st-key-part-predict button")
    expect(options.first).to_be_focused()
    options.first.click()
    expect(predict).to_have_attribute("data-state", "done")
    expect(predict).to_have_accessible_name("Predict: done")


def test_a_step_that_was_left_leads_back_and_the_browser_goes_back_too(tab):
    page = tab(path="memory", query="step=keep", viewport=DESK).page
    title = page.locator(".st-key-story .gw-step-title")
    expect(title).to_have_text("How the gates begin")
    page.get_by_role("slider").first.press("ArrowLeft")
    again = page.get_by_role("button", name="Back to step 3")
    again.click()
    page.wait_for_function("() => !location.search.includes('gap')")
    page.get_by_role("button", name=re.compile("^Next: your own")).click()
    expect(page.locator("textarea")).to_be_visible()
    page.go_back()
    expect(title).to_have_text("How the gates begin")
    expect(page.locator("textarea")).to_have_count(0)
