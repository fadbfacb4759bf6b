"""Every lesson without a stage in a class: a student's page shows what the teacher's does, and asks its question."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_class import PROJECTOR, open_class

pytestmark = pytest.mark.browser

PAGES = ("memory", "gradients", "layers", "series", "text", "writing", "recall", "frameworks")
SHOWN = """() => {
  const own = (one) => [...one.childNodes].map((node) => (node.nodeType === 3 ? node.data.trim() : "")).join(" ")
  const said = (root) => [...root.querySelectorAll("*:not(script, style, title)")]
    .map((one) => own(one) + " " + (one.shadowRoot ? said(one.shadowRoot) : "") + " " + (one.value ?? "")).join(" ")
  const stage = document.querySelector(".st-key-part-stage")
  const numbers = (stage ? said(stage) : "").match(/\\d+\\.\\d{2,}/g) ?? []
  const sliders = [...(stage?.querySelectorAll("input[type=range]") ?? [])].map((one) => one.value)
  return [...new Set(numbers)].sort().join(" ") + " | " + sliders.join(" ")
}"""
"""The numbers in the middle of a page, and its sliders: ticks of axes depend on widths and have fewer digits."""
CHOICES = ".st-key-part-stage .stButtonGroup button"


def asked(page: Page) -> list[str]:
    """What the address of a page says beside the course's settings."""
    query = urlsplit(page.url).query
    return [one for one in query.split("&") if one.partition("=")[0] not in ("lang", "teach")]


def same_page(one: Page, other: Page) -> None:
    """Wait until a student's page shows what the teacher's shows."""
    for _ in range(240):  # a minute: recall computes anew what it shows
        shown = [page.evaluate(SHOWN) for page in (one, other)]
        if shown[0] == shown[1]:
            return
        one.wait_for_timeout(250)
    assert shown[0] == shown[1]


@pytest.mark.parametrize("lesson", PAGES)
def test_a_page_is_followed_and_asked(tab, new_page, server, lesson):
    teacher = tab("teach=true&lang=en", path=lesson, answered=False, viewport=PROJECTOR).page
    code = open_class(teacher)
    teacher.get_by_role("button", name="Close").click()
    desk = new_page(viewport=PROJECTOR)
    desk.goto(f"{server.address}/join?code={code}")
    desk.wait_for_url(re.compile(f"/{lesson}"))
    same_page(teacher, desk)

    teacher.get_by_role("button", name="Ask the class").click()
    question = desk.locator(".gw-question-panel")
    expect(question.get_by_role("heading")).to_have_text(teacher.locator(".gw-poll h2").inner_text())
    question.locator(".gw-answer").first.click()
    expect(teacher.locator(".gw-answered")).to_contain_text("1 of 1 have answered")
    teacher.keyboard.press("r")
    expect(question.get_by_text(re.compile("^You: "))).to_be_visible()
    same_page(teacher, desk)

    teacher.keyboard.press("n")  # the question is over
    expect(question.locator(".gw-answer")).to_have_count(0)
    teacher.keyboard.press("n")
    desk.wait_for_url(re.compile("step="))
    same_page(teacher, desk)

    choices = teacher.locator(f'{CHOICES}[aria-checked="false"]:visible')
    if choices.count():
        before = teacher.url
        choices.first.click()
        teacher.wait_for_function("(before) => location.href !== before", arg=before)
        desk.wait_for_function("(asked) => asked.every((one) => location.search.includes(one))", arg=asked(teacher))
        same_page(teacher, desk)
    assert desk.evaluate("document.scrollingElement.scrollWidth") == PROJECTOR["width"]
