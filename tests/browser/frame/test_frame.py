"""A reader in the frame around the stage: theme, language, links, questions, a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from app.lessons.fourday.model import PRESETS
from tests.support.axe import faults
from tests.support.stage_numbers import expect_diagram
from tests.support.stage_page import LONG, StagePage, core, printed, rows

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def answer(company: str, weights=None) -> str:
    return printed(core(weights)[company]["h"][-1].item())


# ---- theme and language ----------------------------------------------------------------------------------------------


def test_the_system_and_streamlits_own_menu_turn_the_stage_dark_and_light(tab):
    page = tab(query="at=3.2")
    for theme in ("light", "dark", "light"):  # the system's
        page.page.emulate_media(color_scheme=theme)
        expect(page.stage).to_have_attribute("data-theme", theme)
    for theme in ("Dark", "Light"):
        page.page.get_by_role("button", name="Main menu").click()
        page.page.get_by_role("menuitemradio", name=theme).click()
        expect(page.stage).to_have_attribute("data-theme", theme.lower())
        page.page.keyboard.press("Escape")
    expect_diagram(page, core()["A"], 3, 2)


def test_a_language_keeps_the_picture(tab):
    page = tab(query="at=2.4&show=AB")
    page.box("forget, bias").fill("-2.5")
    page.box("forget, bias").press("Enter")
    traces = core({"b_f": -2.5})
    expect_diagram(page, traces["B"], 2, 4, company=1)
    page.page.get_by_role("radio", name="vi").click()
    expect(page.page.get_by_role("heading", level=1)).to_have_text("Bốn ngày, một câu trả lời")
    expect(page.page).to_have_title("Bốn ngày, một câu trả lời · Gatewalk")
    expect(page.stage).to_have_attribute("aria-label", "Ô LSTM, ngày 2 trên 4")
    expect(page.page.locator(".gw-step").first).to_have_accessible_name(re.compile("quên"))
    for k, company in enumerate("AB"):
        expect_diagram(page, traces[company], 2, 4, company=k)
    page.expect_query(lambda query: query == {"at": "2.4", "show": "AB", "lang": "vi", "f": "2.7,1.63,-2.5"})
    assert page.page.evaluate("() => document.documentElement.lang") == "vi"


def test_streamlits_own_words_are_in_the_readers_language(tab):
    page = tab(query="lang=vi").page
    page.get_by_role("button", name="Main menu").click()
    words = labels("vi")
    for item, key in (("theme-Dark", "dark"), ("theme-System", "system"), ("print", "print")):
        found = page.get_by_test_id(f"stMainMenuItem-{item}")
        expect(found).to_be_visible()
        assert words[f"host.{key}"] in found.evaluate(
            "e => [e, ...e.querySelectorAll('*')].map((part) => getComputedStyle(part, '::after').content).join()"
        )


# ---- links -----------------------------------------------------------------------------------------------------------


def test_a_copied_link_and_a_reload_open_the_same_picture(tab):
    first = tab(query="at=2.4&show=AB&lang=vi&b=0.9,0.1,0.3")
    box = first.box("cổng vào, độ lệch", "ô nhập số")
    box.fill("-1.5")
    box.press("Enter")
    expected = core({"b_i": -1.5}, {"B": (0.9, 0.1, 0.3)})
    expect(first.result.nth(1)).to_have_text(printed(expected["B"]["c"][1].item(), 4))
    first.expect_query(lambda query: "i" in query)
    second = tab(query=first.page.url.partition("?")[2])
    expect(second.result.nth(1)).to_have_text(printed(expected["B"]["c"][1].item(), 4))
    assert second.timeline(1) == first.timeline(1)
    assert second.query == first.query
    second.page.reload()
    expect(second.result.nth(1)).to_have_text(printed(expected["B"]["c"][1].item(), 4))
    assert second.query == first.query
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Bốn ngày, một câu trả lời")


def test_back_and_forward_walk_through_the_changes(tab):
    page = tab(query="at=4.6")
    for typed in ("-1", "-4"):
        page.box("input, bias").fill(typed)
        page.box("input, bias").press("Enter")
        page.expect_rows(rows(core({"b_i": float(typed)})["A"]))
    page.page.go_back()
    page.expect_rows(rows(core({"b_i": -1.0})["A"]))
    expect(page.slider("input, bias")).to_have_value("-1")
    page.page.go_back()
    page.expect_rows(rows(core()["A"]))
    page.page.go_forward()
    page.expect_rows(rows(core({"b_i": -1.0})["A"]))
    page.expect_at(4, 6)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_everything_wrong_at_once_is_told_once(tab, language):
    page = tab(
        query=f"lang={language}&f=%3Cimg%20src=x%20onerror=alert(1)%3E&i=Infinity,0,0&g=1,,2&o=NaN&a=&b=1e999,1"
        f"&show=AA&at=-1.3&stray=1"
    )
    notice = page.page.locator(".st-key-notice")
    expect(notice).to_contain_text(labels(language)["problem.intro"])
    expect(notice.get_by_role("listitem")).to_have_count(8)
    expect_diagram_at_start(page)
    page.stage.focus()
    page.page.keyboard.press("End")
    page.expect_rows(rows(core()["A"]))
    assert page.page.get_by_test_id("stException").count() == 0
    assert page.page.locator("img[src=x]").count() == 0


def expect_diagram_at_start(page: StagePage) -> None:
    page.stage.focus()
    page.page.keyboard.press("1")
    expect_diagram(page, core()["A"], 1, 1)


def test_the_notice_goes_when_the_reader_goes_on(tab):
    page = tab(query="f=nonsense")
    notice = page.page.get_by_test_id("stAlert").filter(has_text="f:")
    expect(notice).to_be_visible()
    page.box("forget, bias").fill("1")
    page.box("forget, bias").press("Enter")
    expect(notice).to_be_hidden()
    page.expect_query(lambda query: query["f"] == "2.7,1.63,1")


def test_an_unknown_language_is_told_in_english(tab):
    page = tab(query="lang=xx&at=4.6")
    expect(page.page.get_by_text(labels("en")["problem.language"])).to_be_visible()
    page.expect_rows(rows(core()["A"]))


def test_from_home_into_the_lesson_and_back(tab):
    page = tab(path="", answered=False)
    page.page.get_by_role("link", name=re.compile("^Begin")).click()
    expect(page.page.get_by_role("heading", level=1)).to_have_text("Why memory is short")
    page.page.get_by_role("link", name=re.compile("^Gatewalk")).click()
    page.page.locator(".gw-groups").get_by_role("link", name=re.compile("Four days, one answer")).click()
    expect_diagram_at_start(page)


# ---- questions -------------------------------------------------------------------------------------------------------


def test_predictions_are_answered_from_the_weights_on_show(tab):
    page = tab(answered=False, viewport={"width": 1280, "height": 1000})
    page.box("output, bias").fill("-1.25")
    page.box("output, bias").press("Enter")
    page.expect_query(lambda query: "o" in query)
    changed = {"b_o": -1.25}
    reason = page.page.locator(".gw-task-reason")
    for option, texts in (("No, different", ["only the memory of day 1"]), ("Company B", ["Company B: it ends at"])):
        expect(page.page.locator(".gw-task")).not_to_contain_text(answer("B", changed))
        page.page.locator(".gw-option", has_text=option).click()
        page.button(re.compile("^Reveal")).first.click()
        for text in (*texts, answer("A", changed), answer("B", changed)):
            expect(reason).to_contain_text(text)
        page.button(re.compile("^(Next question|To the challenge)$")).click()


def test_the_picture_of_gradients_follows(tab):
    page = tab()
    part = page.page.locator(".st-key-part-gradients")
    lines = part.locator(".slope")
    expect(lines).to_have_count(4)
    before = lines.first.get_attribute("d")
    page.button("full").click()
    page.box("output, bias").fill("2")
    page.box("output, bias").press("Enter")
    error = (core(PRESETS["full"] | {"b_o": 2.0})["A"]["h"][-1].item() - 0) ** 2
    expect(page.losses).to_contain_text(f"{error:.6f} for Company A")
    expect(lines.first).not_to_have_attribute("d", before)


# ---- everybody -------------------------------------------------------------------------------------------------------


def open_days(page: StagePage, size: dict[str, int]) -> None:
    """On a phone the days are in a sheet."""
    if size == PHONE:
        page.page.locator("[data-tab=days]").click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, PHONE], ids=["desktop", "phone"])
def test_accessible_while_in_use(tab, theme, size):
    """Both companies, days under edit, a message, at the last stage."""
    page = tab(query="at=3.4&show=AB&lang=en", color_scheme=theme, viewport=size, bypass_csp=True)
    open_days(page, size)
    page.button("edit").click()
    day = page.page.get_by_role("textbox", name="Company A, day 2")
    day.fill("wet")
    day.press("Enter")
    expect(page.page.get_by_role("alert").filter(has_text="not a number")).to_be_visible()
    assert faults(page.page) == []


BESIDE = """(e) => {
  const scrolls = (one) => one && one !== e
    && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement))
  return [...e.querySelectorAll("button, input, .gw-card, .gw-picture")]
    .filter((one) => one.offsetParent && !scrolls(one.parentElement))
    .map((one) => one.getBoundingClientRect())
    .filter(({ left, right }) => left < 0 || right > innerWidth).length
}"""
"""How much lies beside the screen, and in nothing that scrolls."""


@pytest.mark.parametrize(
    "query", ["", "show=AB&lang=vi&at=4.6", f"b={LONG}&show=B", "f=-12.3456,-15.4321,-19.8765&at=3.1"]
)
def test_a_phone_needs_no_sideways_scrolling(tab, query):
    page = tab(query=query, viewport=PHONE)
    if "lang=vi" not in query:
        open_days(page, PHONE)
        page.button("edit").click()
    page.page.locator(".st-key-part-gradients svg.gw-unrolled").wait_for()
    page.page.mouse.move(200, 400)
    page.page.mouse.wheel(600, 0)
    main = page.page.get_by_test_id("stMain")
    assert main.evaluate("(e) => [e.scrollWidth - e.clientWidth, e.scrollLeft]") == [0, 0]
    wide = page.stage.evaluate(BESIDE)
    assert wide == 0


# ---- the server ------------------------------------------------------------------------------------------------------


def test_opening_the_lesson_loads_no_torch(tab, server):
    tab(query="at=3.2")
    maps = Path(f"/proc/{server.process.pid}/maps")
    if not maps.exists():
        pytest.skip("what a process has loaded is read from /proc")
    loaded = maps.read_text()
    assert "numpy" in loaded
    assert "torch" not in loaded
