"""What only a browser shows of the lessons `frameworks` and `layers`: the program taken away, the pictures redrawn."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.i18n import labels
from app.lessons.frameworks.programs import example
from app.lessons.layers.networks import STEPS

pytestmark = pytest.mark.browser


def test_the_program_is_downloaded_as_it_is_printed(tab):
    page = tab(path="frameworks", query="cell=gru&code=keras&units=2&seed=4").page
    with page.expect_download() as waiting:
        page.get_by_role("button", name=labels("en", "frameworks")["code.download"]).click()
    assert waiting.value.suggested_filename == "gru_keras.py"
    assert Path(waiting.value.path()).read_text(encoding="utf-8") == example("gru", 2, 2, 4).program("keras")


def test_the_proof_runs_torch_in_place(tab):
    page = tab(path="frameworks").page
    page.get_by_role("button", name="Run torch.nn.LSTM now").click()
    expect(page.get_by_text(labels("en", "frameworks")["prove.found"])).to_be_visible()


def test_an_argument_chosen_is_pictured_and_in_the_link(tab):
    page = tab(path="frameworks")
    page.page.locator(".st-key-part-arguments summary").click()
    page.page.get_by_role("radio", name="go_backwards", exact=True).click()
    page.page.wait_for_function("() => location.search.includes('argument=go_backwards')")
    heads = page.page.locator(".st-key-go_backwards-True .step")
    expect(heads).to_have_text(["t = 5", "t = 4", "t = 3", "t = 2", "t = 1"])


def test_reading_both_ways_redraws_the_network(tab):
    page = tab(path="layers", query="layers=1").page
    boxes = page.locator(".st-key-network .frame")
    expect(boxes).to_have_count(2 * STEPS)
    page.get_by_role("radio", name="both ways").click()
    expect(boxes).to_have_count(4 * STEPS)
    page.wait_for_function("() => location.search.includes('ways=both')")


def test_a_part_lights_what_can_depend_on_it(tab):
    """After the guess: by pointer, by click, by keyboard; and the parts are one tab stop."""
    page = tab(path="layers", query="layers=1").page
    network, lit = page.locator(".st-key-network"), page.locator(".st-key-network .part.lit")
    expect(network.locator("[data-part]")).to_have_count(0)
    page.get_by_role("radio", name="nothing").click()
    expect(network.locator("[data-part]")).to_have_count(2 * STEPS)
    last = network.locator(f'[data-part="-1.0.{STEPS - 1}"]')
    last.hover()
    expect(lit).to_have_count(2)
    page.mouse.move(0, 0)
    expect(lit).to_have_count(0)
    last.click()
    page.mouse.move(0, 0)
    expect(lit).to_have_count(2)
    last.press("ArrowLeft")
    expect(lit).to_have_count(3)
    expect(network.locator('[tabindex="0"][data-part]')).to_have_attribute("data-part", f"-1.0.{STEPS - 2}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(network.locator('[aria-pressed="true"]')).to_have_attribute("data-part", f"0.0.{STEPS - 2}")
    expect(lit).to_have_count(2)
