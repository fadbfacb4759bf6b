"""The lesson `today`: the picker by hand and by keyboard, and what the stage shows of every cell."""

import pytest
from playwright.sync_api import expect

from app.controls.kinds import LATER
from app.i18n import labels
from app.lessons.today.model import CHOICES, Beside
from tests.browser.frame.test_one_screen import SMALL
from tests.browser.frame.test_steps_and_tasks import APART, CUT, FRAME
from tests.support.axe import faults
from tests.support.stage_page import printed, wait_until_idle

pytestmark = pytest.mark.browser

LAPTOP, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
WORDS = labels("en", "today")


def last_states(name, beside=False):
    """What the LSTM, if wanted, and a cell output after the last day, as the arithmetic prints it."""
    later = CHOICES[name]
    traces = Beside(later, beside).traces(later.address.defaults)
    return [printed(trace[trace.cell.graph.output][-1].item(), 4) for trace in traces.values()]


def choose(page, name):
    """A cell or a companion, of the pickers above the stage."""
    page.page.get_by_role("radio", name=name, exact=True).click()


def test_every_cell_shows_its_own_last_state(tab):
    """From one to the next by the picker, without a reload, and without a notice."""
    page = tab(path="today", viewport=LAPTOP)
    for name in LATER:
        choose(page, WORDS[f"cell.{name}"])
        wait_until_idle(page.page)
        page.stage.focus()
        page.page.keyboard.press("End")
        expect(page.result).to_have_text(last_states(name))
        expect(page.page.locator(".stAlert")).to_have_count(0)
    choose(page, WORDS["beside.both"])
    wait_until_idle(page.page)
    page.stage.focus()
    page.page.keyboard.press("End")
    expect(page.result).to_have_text(last_states(LATER[-1], beside=True))
    for k, series in enumerate(("lstm", LATER[-1])):
        expect(page.page.locator(".gw-series-name").nth(k)).to_have_text(WORDS[f"series.{series}"])


def test_the_picker_is_led_by_arrow_keys(tab):
    page = tab(path="today", viewport=LAPTOP)
    page.page.get_by_role("radio", name="minGRU").focus()
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("Space")
    page.expect_query(lambda query: query.get("cell") == "min_lstm")
    expect(page.page.get_by_role("radio", name="minLSTM")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", LATER)
def test_every_stage_of_every_cell_is_whole_and_legible(tab, name, language):
    """Alone and beside the LSTM, at the smallest laptop's size; its sum is above the player."""
    found = []
    for beside in ("alone", "both"):
        page = tab(path="today", query=f"cell={name}&beside={beside}&lang={language}", viewport=LAPTOP)
        found += page.stage.evaluate(SMALL, 12)
        for stage in range(page.page.locator(".gw-step").count()):
            page.page.locator(".gw-step").nth(stage).click()
            page.page.evaluate(FRAME)
            faulty = page.stage.evaluate(CUT) + page.stage.evaluate(APART)
            player = page.page.locator(".gw-player").bounding_box()["y"]
            chips = [chip.bounding_box() for chip in page.page.locator(".gw-chip").all()]
            faulty += [f"{box} is cut" for box in chips if box["y"] + box["height"] > player + 0.5]
            found += [f"{beside}, stage {stage + 1}: {fault}" for fault in faulty]
        page.page.close()
    assert found == []


OVERLAP = """(root) => {
  const boxes = [...root.querySelectorAll(".gw-picture .value .body")].map((one) => one.getBoundingClientRect())
  const picture = root.querySelector(".gw-picture").getBoundingClientRect()
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  const cut = boxes.filter((b) => b.left < picture.left - 1 || b.right > picture.right + 1).length
  return [cut, boxes.flatMap((a, k) => boxes.slice(k + 1).filter((b) => meet(a, b))).length]
}"""
"""How many values of a picture are cut at its sides, and how many pairs lie on each other."""


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("name", LATER)
def test_no_value_lies_on_another_or_is_cut(tab, name, size):
    page = tab(path="today", query=f"cell={name}&at=4.1", viewport=size)
    page.stage.focus()
    page.page.keyboard.press("End")
    page.page.evaluate(FRAME)
    assert page.stage.evaluate(OVERLAP) == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_assistive_technology_finds_nothing_to_stumble_over(tab, scheme):
    page = tab(path="today", query="cell=slstm&beside=both", viewport=LAPTOP, color_scheme=scheme)
    page.page.locator(".st-key-turn").wait_for()
    wait_until_idle(page.page)
    assert faults(page.page) == []


def test_a_slider_that_keeps_solves_the_challenge_and_another_does_not(tab):
    page = tab(path="today", query="cell=rwkv", viewport=LAPTOP)
    status = page.page.locator(".gw-task")
    move(page, "value", "weight on input", "5")
    expect(status).to_contain_text("not how long it is kept")
    page.button("reset").first.click()
    move(page, "decay", "logarithm", "-3")
    expect(status).to_contain_text("Solved")


def move(page, group, weight, text):
    """A weight is typed, of a group that is folded."""
    page.page.locator(".gw-group-title", has_text=group).click()
    box = page.box(f"{group}, {weight}")
    box.fill(text)
    box.press("Enter")
