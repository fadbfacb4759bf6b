"""A reader moves weights, edits days, switches companies: displayed numbers follow the core, bad input is told."""

import pytest
from playwright.sync_api import expect

from tests.support.stage_numbers import expect_diagram
from tests.support.stage_page import LONG, MINUS, core, printed, rows

pytestmark = pytest.mark.browser
BIAS = "forget, bias"


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
        weight = float(handle.input_value())
        trace = core({"b_i": weight})["B"]
        assert page.timeline() == rows(trace), f"at {weight}"
        assert page.result.inner_text() == printed(trace["h"][-1].item(), 4)
        seen.add(weight)
    assert len(seen) > 40
    page.page.mouse.up()
    page.expect_rows(rows(core({"b_i": float(handle.input_value())})["B"]))
    assert box.input_value() == printed(float(handle.input_value()), 2)


def test_typing_a_weight(tab):
    page = tab(query="at=4.6")
    for typed in ("-3.25", "12.5", "−20"):
        page.box(BIAS).fill(typed)
        page.box(BIAS).press("Enter")
        page.expect_rows(rows(core({"b_f": float(typed.replace(MINUS, "-"))})["A"]))


def test_a_bad_weight_is_told_and_changes_nothing(tab):
    page = tab(query="at=4.6")
    for typed, told in {"abc": "not a number", "21": "outside −20 … 20", "nan": "not a number"}.items():
        page.box(BIAS).fill(typed)
        page.box(BIAS).press("Enter")
        expect(page.page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        page.box(BIAS).press("Tab")
        assert page.box(BIAS).input_value() == "1.62"
        page.expect_rows(rows(core()["A"]))


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
    page.expect_query(lambda query: query.get("a") == "0.1,0.2,0.3,-0.4")
    paste.fill("1")
    paste.press("Enter")
    expect(page.page.get_by_role("alert").filter(has_text="2 to 30")).to_be_visible()
    page.expect_rows(rows(core(days={"A": (0.1, 0.2, 0.3, -0.4)})["A"]))
    page.button("reset").last.click()
    page.expect_rows(rows(core()["A"]))


def test_a_list_pasted_into_a_day(tab):
    page = tab(query="show=B")
    page.show_all()
    page.button("edit").click()
    day = page.page.get_by_role("textbox", name="Company B, day 1")
    day.focus()
    paste = "(box, text) => { const data = new DataTransfer(); data.setData('text', text);"
    paste += (
        " box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })) }"
    )
    day.evaluate(paste, "0.5\t-0.5\t2")
    page.expect_rows(rows(core(days={"B": (0.5, -0.5, 2)})["B"]))
    page.expect_query(lambda query: query.get("b") == "0.5,-0.5,2")


def test_a_bad_day_is_told_and_changes_nothing(tab):
    page = tab(query="at=4.6")
    page.button("edit").click()
    day = page.page.get_by_role("textbox", name="Company A, day 2")
    for typed, told in {"wet": "not a number", "11": "outside −10 … 10", "": "not a number"}.items():
        day.fill(typed)
        day.press("Enter")
        expect(page.page.get_by_role("alert").filter(has_text=told)).to_be_visible()
        expect(day).to_have_value("0.5")
        page.expect_rows(rows(core()["A"]))


def test_two_days_at_least_and_thirty_at_most(tab):
    page = tab(query=f"a=1,2&b={LONG}&at=2.6&show=AB")
    page.button("edit").click()
    expect(page.button("Remove the last day").first).to_be_disabled()
    expect(page.button("Add a day").first).to_be_enabled()
    expect(page.button("Add a day").last).to_be_disabled()
    longer = page.page.get_by_role("textbox", name="Paste a list: Company B")
    longer.fill(f"{LONG},1")
    longer.press("Enter")
    expect(page.page.get_by_role("alert").filter(has_text="this one has 31")).to_be_visible()


def test_thirty_days_are_all_there(tab):
    page = tab(query=f"b={LONG}&at=30.6&show=B")
    trace = core(days={"B": [float(x) for x in LONG.split(",")]})["B"]
    expect_diagram(page, trace, 30, 6)
    table = page.page.get_by_role("table", name="Values of Company B")
    hidden = table.get_by_role("row").filter(has_text="hidden state").get_by_role("cell")
    assert hidden.all_inner_texts() == rows(trace)["h"]


def test_companies_of_different_length_share_a_playhead(tab):
    page = tab(query="a=1,2&at=4.6&show=AB")
    expect_diagram(page, core()["B"], 4, 6, company=1)
    expect_diagram(page, core(days={"A": (1, 2)})["A"], 2, 6)


def test_the_switch_shows_one_the_other_and_both(tab):
    page = tab(query="at=4.6")
    for name, shown in {"A+B, both": "AB", "B": "B", "A": "A"}.items():
        page.button(name).click()
        expect(page.button(name)).to_have_attribute("aria-pressed", "true")
        expect(page.page.locator(".gw-grid")).to_have_count(len(shown))
        for k, company in enumerate(shown):
            page.expect_rows(rows(core()[company]), company=k)
            expect_diagram(page, core()[company], 4, 6, company=k)
        said = {"at": "4.6"} | ({} if shown == "A" else {"show": shown})
        page.expect_query(lambda query, said=said: query == said)
