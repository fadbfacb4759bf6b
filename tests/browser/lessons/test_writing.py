"""The lesson `writing` in the browser: the same text by any link, one step on all parts, the map of units."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.lessons.writing.model import shipped, write, writer
from app.lessons.writing.view import BEGINNINGS
from tests.support.axe import faults
from tests.support.stage_page import wait_until_idle

pytestmark = pytest.mark.browser

READY = ".gw-writing-grid .gw-main"


@pytest.fixture
def lesson(tab):
    """The lesson in a tab of its own, opened wholly: ``lesson(query)``."""

    def open_lesson(query="", **options) -> Page:
        page = tab(f"lang=en&{query}", path="writing", **options).page
        page.locator(READY).wait_for()
        wait_until_idle(page)
        return page

    return open_lesson


def text(page: Page) -> str:
    """The letters on the page, as the network reads its own."""
    return "".join(page.locator(".gw-letter").all_text_contents()).replace("↵", "\n")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def expect_one_step(page: Page, letter: int) -> None:
    """Wait until text, stage, timeline and odds show the step of a letter, from 1."""
    now = page.locator(".gw-letter[data-now]")
    expect(page.locator(".gw-open small b")).to_have_text(re.compile(rf"\b{letter}$"))
    expect(now).to_have_count(1)
    place = now.evaluate("(cell) => [...cell.closest('.gw-letters').querySelectorAll('.gw-letter')].indexOf(cell)")
    assert place == letter - 1
    inside, body = now.bounding_box(), page.locator(".gw-letters").bounding_box()
    assert body["y"] - 1 <= inside["y"] <= body["y"] + body["height"] - inside["height"] + 1
    shown = {" ": "␣", "\n": "↵"}.get(now.inner_text(), now.inner_text()) or "␣"
    assert page.locator(".gw-last-letter[data-now]").inner_text() == shown
    assert page.locator(".gw-odds-card header span").inner_text().endswith(f"{shown}”")
    assert page.locator(".gw-write-stage .gw-picture g.value.role-x").first.text_content().endswith(shown)
    state = page.locator(".gw-last-cell.role-c[data-now]").get_attribute("title").removeprefix("c ")
    said = page.locator(".gw-unit-said").inner_text()
    assert said.endswith(f"{state}.")


def test_the_page_writes_what_the_core_writes_and_a_link_the_same(lesson):
    page = lesson("text=english&temperature=0.8&draw=7&count=120")
    begin = BEGINNINGS["english"]
    expected = begin + write(writer(shipped("english"), "lstm"), begin, 120, 0.8, 7)
    assert text(page) == expected
    press(page, "Write to the end of the line")
    page.locator(".gw-letter").nth(40).click()
    expect_one_step(page, 41)
    longer, address = text(page), page.url
    assert longer.startswith(expected)
    assert len(longer) > len(expected)
    other = lesson(address.partition("?")[2])
    assert text(other) == longer
    expect_one_step(other, 41)


def test_reload_story_and_back_keep_the_text(lesson):
    page = lesson("text=english")
    press(page, "Write to the end of the line")
    first = text(page)
    press(page, "draw 1")
    second = text(page)
    assert first != second
    assert len(first) == len(second)
    page.get_by_role("slider", name="Temperature").press("PageUp")
    press(page, "Write one letter")
    third = text(page)
    page.wait_for_timeout(600)  # what is done is told to the server once it has rested
    for step, onward in (("odds", "the odds"), ("units", "inside")):
        press(page, f"Next: {onward}")
        page.wait_for_url(re.compile(f"step={step}"))
        assert {"count=1", "draw=2", "temperature=0.63"} <= set(page.url.partition("?")[2].split("&"))
    page.reload()
    page.locator(READY).wait_for()
    wait_until_idle(page)
    assert text(page) == third
    for steps, expected in ((2, third), (1, second), (1, first)):
        for _ in range(steps):
            page.go_back()
            page.wait_for_timeout(300)
        expect(page.locator(".gw-letter")).to_have_count(len(expected))
        page.wait_for_function(
            "(expected) => [...document.querySelectorAll('*')].some((e) => e.shadowRoot && "
            "[...e.shadowRoot.querySelectorAll('.gw-letter')].map((l) => l.textContent).join('') === expected)",
            arg=expected.replace("\n", "↵"),
        )


def test_everything_is_reached_by_the_keyboard(lesson):
    page = lesson("count=40")
    body = page.locator(".gw-letters")
    body.focus()
    for key in ("End", "ArrowLeft", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    length = page.locator(".gw-letter").count()
    expect_one_step(page, length - 12)
    slider = page.get_by_role("slider", name="Temperature")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("sharper"))
    page.get_by_role("button", name="Write one letter", exact=True).focus()
    page.keyboard.press("Enter")
    expect_one_step(page, length - 11)  # it goes on behind the letter that was looked at
    expect(page.locator(".gw-letter")).to_have_count(length - 11)
    page.locator(".gw-unit-chips button").nth(1).focus()
    page.keyboard.press("Space")
    expect(page.locator(".gw-unit-chips button").nth(1)).to_have_attribute("aria-pressed", "true")


def test_the_stage_leads_the_text_too(lesson):
    page = lesson("count=40&at=20.4")
    expect_one_step(page, 20)
    page.locator(".gw-write-stage .gw[role=group]").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_timeout(300)
    at = int(re.search(r"\d+", page.locator(".gw-open small b").inner_text())[0])
    expect_one_step(page, at)
    assert at != 20
    before = page.locator(".gw-unit-card h3").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".gw-unit-card h3")).not_to_have_text(before)
    unit = re.search(r"\d+", page.locator(".gw-unit-card h3").inner_text())[0]
    expect(page.locator(".gw-write-stage .gw-head-top")).to_contain_text(f"unit {unit} selected")


def test_reduced_motion_writes_a_line_at_a_time(lesson):
    page = lesson("text=english", reduced_motion="reduce")
    length = page.locator(".gw-letter").count()
    press(page, "Write on")
    page.wait_for_function(
        "(before) => [...document.querySelectorAll('*')].some((e) => "
        "e.shadowRoot?.querySelectorAll('.gw-letter').length > before)",
        arg=length,
    )
    press(page, "Pause")
    assert page.locator(".gw-letter").count() >= length + 10
    assert text(page).endswith("\n") or (page.locator(".gw-letter").count() - length) % 80 == 0


def test_all_units_are_a_map_that_chooses_one(lesson):
    page = lesson("text=english&count=100")
    opener = page.get_by_role("button", name="All 160", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("All 160 units over 60 letters")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    told = dialog.locator(".gw-unit-told").inner_text()
    unit, r, letter = re.match(r"Unit (\d+), follows .* with r ([+−][\d.]+); letter (\d+)", told).groups()
    expect(dialog.locator(".gw-unit-tag")).to_contain_text(f"unit {unit}")
    expect(dialog.locator(".gw-unit-tag")).to_contain_text(f"r {r}")
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    expect(page.locator(".gw-unit-card h3")).to_contain_text(f"Unit {unit} ")
    expect_one_step(page, int(letter))
    opener.click()
    dialog.locator(".gw-map-sheet").click(position={"x": 5, "y": 200})
    chosen = re.match(r"Unit (\d+)", dialog.locator(".gw-unit-told").inner_text())[1]
    page.keyboard.press("Enter")
    expect(page.locator(".gw-unit-card h3")).to_contain_text(f"Unit {chosen} ")


@pytest.mark.parametrize("temperature", ["0", "0.2", "0.5", "1", "2"])
def test_the_printed_odds_sum_to_a_hundred(lesson, temperature):
    page = lesson(f"text=english&count=60&temperature={temperature}")
    shown = page.locator(".gw-odds li > span:last-child").all_inner_texts()
    assert len(shown) == 8
    assert round(sum(float(one.rstrip("%")) for one in shown), 6) == 100


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("text=english&count=300&temperature=0", r"The best letter, always.*It repeats itself: \d+ letters, \d times"),
        ("text=english&count=60&temperature=2", r"bits of choice, as learned .*All but the best 7 letters share"),
        ("cell=untrained&count=60&temperature=1", r"It has learned nothing: 7.0 of the 7.0 bits that 130 letters"),
        ("count=600", "600 letters: enough for one page"),
    ],
)
def test_what_happens_is_said_with_numbers(lesson, query, said):
    page = lesson(query)
    words = page.locator(".gw-odds-words")
    expect(words).to_be_visible()
    assert re.search(said, " ".join(words.all_inner_texts()).replace("\n", " "))


def test_what_a_reader_types_is_read_letter_by_letter(lesson):
    page = lesson()
    box = page.get_by_role("textbox", name="Begin with")
    box.fill("e\u0302\u0301 😀👩\u200d👧 שw\r\nq")
    cells = page.locator(".gw-letter")
    expect(cells).to_have_text(["ế", " ", "😀", "👩\u200d👧", " ", "ש", "w", "↵", "q"])
    expect(page.locator(".gw-letter[data-other]")).to_have_count(4)
    expect(page.locator(".gw-begin-note")).to_contain_text("“😀” read as ␣")
    box.fill("ab " * 1700)
    expect(page.locator(".gw-begin-note")).to_contain_text("The first 200 of 5100 letters are taken")
    expect(cells).to_have_count(200)
    box.press("Tab")
    page.wait_for_url(re.compile(r"begin=ab\+ab"))
    wait_until_idle(page)
    assert page.locator(".gw-letter").count() == 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_broken_or_wider_than_the_page(lesson, scheme, width):
    page = lesson("count=80&lang=vi", color_scheme=scheme, viewport={"width": width, "height": 844})
    page.locator(".st-key-part-remember").wait_for()
    wait_until_idle(page)
    assert faults(page) == []
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= width
