"""A reader moves weights, edits days, follows links: displayed numbers follow the core, bad input is told."""

import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import PRESETS
from tests.support.axe import faults
from tests.support.server import Server
from tests.support.stage_page import MINUS, StagePage, core, printed, rows

pytestmark = pytest.mark.browser
BIAS = "forget, bias"


def test_dragging_a_slider(tab):
    page = tab(query="at=4.6&show=B")
    handle = page.slider(BIAS)
    box = handle.bounding_box()
    at = lambda share: (box["x"] + box["width"] * share, box["y"] + box["height"] / 2)  # noqa: E731
    page.page.mouse.move(*at(0.66))
    page.page.mouse.down()
    page.page.mouse.move(*at(0.5), steps=5)
    page.page.mouse.move(*at(0.2), steps=5)
    page.page.mouse.up()
    value = float(handle.input_value())
    assert value < -1
    traces = core({"b_f": value})
    page.expect_rows(rows(traces["B"]))
    expect(page.result).to_have_text(printed(traces["B"]["h"][-1].item(), 4))
    assert page.query["f"].split(",")[2] == f"{value:g}"
    expect(page.page.locator(".st-key-part-goal")).to_contain_text(f"{traces['B']['h'][-1].item():.3f}")


def test_the_picture_follows_the_hand(tab):
    """Before the hand lets go, every number shown is the core's for the value shown; fifty places are looked at."""
    page = tab(query="at=4.6&show=B")
    handle, box = page.slider("input, bias"), page.box("input, bias")
    place = handle.bounding_box()
    page.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(place["x"] + 3, place["y"] + place["height"] / 2)
    expect(page.result).not_to_have_text("0.9694")
    seen = set()
    for k in range(50):
        page.page.mouse.move(place["x"] + 4 + k * (place["width"] - 8) / 49, place["y"] + place["height"] / 2)
        page.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        weight = round(round(float(handle.input_value()) / 0.05) * 0.05, 9)
        trace = core({"b_i": weight})["B"]
        assert page.timeline() == rows(trace), f"at {weight}"
        assert page.result.inner_text() == printed(trace["h"][-1].item(), 4)
        seen.add(weight)
    assert len(seen) > 40
    page.page.mouse.up()
    page.expect_rows(rows(core({"b_i": float(handle.input_value())})["B"]))
    assert box.input_value() == printed(float(handle.input_value()), 2)


@pytest.mark.parametrize("typed", ["-3.25", "12.5", "−20"])
def test_typing_a_weight(tab, typed):
    page = tab(query="at=4.6")
    page.box(BIAS).fill(typed)
    page.box(BIAS).press("Enter")
    page.expect_rows(rows(core({"b_f": float(typed.replace(MINUS, "-"))})["A"]))


@pytest.mark.parametrize(
    ("typed", "told"), [("abc", "not a number"), ("21", "outside −20 … 20"), ("nan", "not a number")]
)
def test_a_bad_weight_is_told_and_changes_nothing(tab, typed, told):
    page = tab(query="at=4.6")
    page.box(BIAS).fill(typed)
    page.box(BIAS).press("Enter")
    expect(page.page.get_by_role("alert").filter(has_text=told)).to_be_visible()
    page.box(BIAS).press("Tab")
    assert page.box(BIAS).input_value() == "1.62"
    page.expect_rows(rows(core()["A"]))


def test_presets_and_reset(tab):
    page = tab(query="at=4.6")
    page.button("full").click()
    page.expect_rows(rows(core(PRESETS["full"])["A"]))
    page.box("output, bias").fill("3")
    page.box("output, bias").press("Enter")
    page.expect_rows(rows(core(PRESETS["full"] | {"b_o": 3.0})["A"]))
    page.button("reset").first.click()
    page.expect_rows(rows(core()["A"]))
    assert set(page.query) <= {"at"}


def test_editing_days(tab):
    page = tab(query="at=1.1")
    page.show_all()
    page.button("edit").click()
    box = page.page.get_by_role("textbox", name="Company A, day 2")
    box.fill("0,75")  # a decimal comma, as many readers write it
    box.press("Enter")
    page.expect_rows(rows(core(days={"A": (0, 0.75, 0.25, 1)})["A"]))
    page.button("Add a day").click()
    page.expect_rows(rows(core(days={"A": (0, 0.75, 0.25, 1, 0)})["A"]))
    page.button("Remove the last day").click()
    paste = page.page.get_by_role("textbox", name="Paste a list: Company A")
    paste.fill("0.1; 0.2 0.3\t-0.4")
    paste.press("Enter")
    page.expect_rows(rows(core(days={"A": (0.1, 0.2, 0.3, -0.4)})["A"]))
    assert page.query["a"] == "0.1,0.2,0.3,-0.4"
    paste.fill("1")
    paste.press("Enter")
    expect(page.page.get_by_role("alert").filter(has_text="2 to 30")).to_be_visible()
    page.expect_rows(rows(core(days={"A": (0.1, 0.2, 0.3, -0.4)})["A"]))
    page.button("reset").last.click()
    page.expect_rows(rows(core()["A"]))


def test_switching_the_company_keeps_the_day(tab):
    page = tab(query="at=3.4")
    page.button("B").click()
    expect(page.result).to_have_text(printed(core()["B"]["c"][2].item(), 4))
    page.expect_at(3, 4)
    assert page.query == {"at": "3.4", "show": "B"}


def test_a_copied_link_opens_the_same_picture(tab):
    first = tab(query="at=2.4&show=AB&lang=vi&b=0.9,0.1,0.3")
    box = first.box("cổng vào, độ lệch", "ô nhập số")
    box.fill("-1.5")
    box.press("Enter")
    expected = core({"b_i": -1.5}, {"B": (0.9, 0.1, 0.3)})
    expect(first.result.nth(1)).to_have_text(printed(expected["B"]["c"][1].item(), 4))
    second = tab(query=first.page.url.partition("?")[2])
    expect(second.result.nth(1)).to_have_text(printed(expected["B"]["c"][1].item(), 4))
    assert second.timeline(1) == first.timeline(1)
    assert second.query == first.query
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Bốn ngày, một câu trả lời")


@pytest.mark.parametrize(
    "query",
    ["f=nan,1,2", "i=1,2", "o=99,0,0", "a=1", "b=" + ",".join(["1"] * 31), "show=Z", "at=9.9", "f=1" + "0" * 900],
)
def test_a_bad_link_is_told_and_falls_back(tab, query):
    page = tab(query=query)
    notice = page.page.get_by_test_id("stAlert").first
    expect(notice).to_contain_text(f"{query.partition('=')[0]}:")
    page.show_all()
    page.expect_rows(rows(core()["A"]))
    assert page.page.get_by_test_id("stException").count() == 0


def test_browser_back_undoes_a_change(tab):
    page = tab(query="at=4.6")
    page.box(BIAS).fill("-3")
    page.box(BIAS).press("Enter")
    page.expect_rows(rows(core({"b_f": -3.0})["A"]))
    page.page.go_back()
    page.expect_rows(rows(core()["A"]))


def test_prediction_and_challenge(tab):
    page = tab(query="at=4.6&show=B")
    page.page.get_by_role("radio", name="Company A").or_(page.button("Company A")).first.click()
    expect(page.page.locator(".st-key-part-predict")).to_contain_text(f"{core()['B']['h'][-1].item():.3f}")
    page.box("input, bias").fill("-4")
    page.box("input, bias").press("Enter")
    expect(page.page.locator(".st-key-part-goal")).to_contain_text("Solved, with one slider")


def test_language_and_theme_switch(tab):
    page = tab(query="at=3.2")
    page.page.get_by_role("radio", name="VI").or_(page.button("VI")).first.click()
    expect(page.page.get_by_role("heading", level=1)).to_have_text("Bốn ngày, một câu trả lời")
    expect(page.page.locator(".gw-step-name").first).to_have_text("quên")
    expect(page.result).to_have_text("0.6984")
    expect(page.stage).to_have_attribute("data-theme", "light")
    page.page.emulate_media(color_scheme="dark")
    expect(page.stage).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["", "fourday"])
def test_accessible_and_no_wider_than_the_screen(tab, theme, width, path):
    page = tab(path=path, color_scheme=theme, viewport={"width": width, "height": 844}, bypass_csp=True)
    page.page.locator(".st-key-turn").wait_for()
    assert faults(page.page) == []
    assert page.page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_a_restarted_server_leaves_no_dead_slider(browser):
    with Server() as server:
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page = StagePage(context.new_page(), server.address)
        page.open(query="at=4.6")
        server.kill()
        with page.page.expect_websocket() as again:  # the tab has found its server again
            server.start()
        again.value.wait_for_event("framereceived")
        page.box(BIAS).fill("-3")
        page.box(BIAS).press("Enter")
        page.expect_rows(rows(core({"b_f": -3.0})["A"]))
        context.close()
