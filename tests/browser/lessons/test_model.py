"""The page `model` in the browser: from a dropped file to one number of one unit, which the core gives too."""

import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from app.i18n import labels
from app.lessons.model.reading.inputs import made
from app.models import opened
from cells import run
from tests.lessons.model.test_view import lstm_file
from tests.support.axe import faults
from tests.support.stage_page import printed, wait_until_idle

pytestmark = pytest.mark.browser
WORDS = labels("en", "model")
UNITS, STEPS = 24, 200


def test_from_a_file_to_a_number(tab, tmp_path):
    path = tmp_path / "own.safetensors"
    path.write_bytes(lstm_file(units=UNITS, layers=2))
    page = tab(path="model").page
    page.locator(".st-key-part-drop-zone input[type=file]").set_input_files(path)
    overview = page.locator(".gw-overview")
    overview.wait_for()
    page.locator(".st-key-model-cell-0").get_by_text("2", exact=True).click()
    expect(overview.locator("h2")).to_contain_text("Layer 2")
    wait_until_idle(page)

    trace = run(opened(path, path.name).layers[0].made({}), made("pulse", STEPS, 2, 0)).traces["1.forward"]
    order = np.argsort(-np.abs(trace["c"]).mean(axis=0), kind="stable")
    sheet = overview.locator(".gw-map-sheet")
    box = sheet.bounding_box()
    rank, step = 7, 59
    unit = int(order[rank])
    sheet.click(position={"x": box["width"] * (step + 0.5) / STEPS, "y": box["height"] * (rank + 0.5) / UNITS})
    cell = overview.get_by_role("gridcell")
    expect(cell).to_be_focused()
    told = f"Unit {unit + 1}, rank {rank + 1} of {UNITS}, step {step + 1}: "
    expect(cell).to_have_attribute("aria-label", re.compile(f"^{told}"))

    def shown(unit, step):
        """The stage and the sum show the core's numbers of a unit at a step."""
        expect(page.locator(".gw-picture svg")).to_contain_text(printed(trace["f"][step, unit]))
        expect(page.locator(".gw-head-day")).to_contain_text(f"unit {unit + 1} selected")
        title = page.locator(".st-key-part-own-why h4")
        expect(title).to_have_text(f"Why f = {printed(trace['f'][step, unit])}?")

    shown(unit, step)
    cell.press("ArrowDown")
    cell.press("ArrowRight")
    shown(int(order[rank + 1]), step + 1)
    page.locator(".gw-player .gw-forward").click()  # the stage's next gate: the overview stays where it is
    overview.locator(".gw-sort", has_text=WORDS["sort.change"]).click()
    expect(cell).to_have_attribute("aria-label", re.compile(f"^Unit {int(order[rank + 1]) + 1}, "))
    wait_until_idle(page)
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    wait_until_idle(page)
    assert page.get_by_test_id("stMain").evaluate("(main) => main.scrollWidth") <= 390
    page.locator(".st-key-model-forget button").click()
    expect(page.locator(".gw-drop")).to_be_visible()
    expect(overview).to_have_count(0)
    other = tmp_path / "note.pt"
    other.write_text("no model")
    page.locator(".st-key-part-drop-zone input[type=file]").set_input_files(other)
    expect(page.get_by_role("alert").filter(has_text=WORDS["file.text"].split("**")[1])).to_be_focused()


def test_a_new_users_walk_from_a_file_to_a_gate_takes_less_than_a_minute(tab, tmp_path):
    """With a file and no manual: what can be seen at each moment leads on. The stopwatch is printed."""
    path = tmp_path / "own.safetensors"
    path.write_bytes(lstm_file(units=UNITS, layers=2))
    begin, walked = time.monotonic(), []

    def seen(what: str) -> None:
        walked.append(f"{time.monotonic() - begin:.1f} s {what}")

    page = tab(path="").page
    page.get_by_role("link", name=re.compile("^Look inside your own model")).first.click()
    page.get_by_role("button", name=WORDS["drop.choose"]).wait_for()
    seen("the page asks for a file")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=WORDS["drop.choose"]).click()
    chooser.value.set_files(path)
    page.locator(".gw-map-sheet").wait_for()
    seen("every unit at every step, of a pulse")
    expect(page.locator(".gw-head-top .gw-title")).to_contain_text("Forget gate")
    expect(page.locator(".st-key-part-own-why h4")).to_contain_text("Why f = ")
    seen("the gates of one unit, and why")
    page.locator(".gw-player .gw-forward").click()
    expect(page.locator(".gw-head-top .gw-title")).to_contain_text("Input gate")
    seen("the next gate")
    print("\n" + "\n".join(walked))
    assert time.monotonic() - begin < 60
