"""Every control of the lesson `gradients` changes what is printed to what the core computes."""

import dataclasses

import pytest
from playwright.sync_api import expect

from app.curves import ends
from app.fading import USUAL
from app.text import scientific

pytestmark = pytest.mark.browser
SMALL = dataclasses.replace(USUAL, units=4, steps=20)
QUERY = "units=4&steps=20"
PATIENCE = 90_000  # the map is made the first time


def expect_ends(page, settings):
    for value in ends(settings).values():
        expect(page.locator(".st-key-part-curves").get_by_text(scientific(value)).first).to_be_attached(
            timeout=PATIENCE
        )


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("recurrent scale (spectral radius)", "ArrowRight", {"scale": 0.55}),
        ("forget bias", "ArrowLeft", {"forget_bias": 1.75}),
        ("units", "ArrowRight", {"units": 5}),
        ("steps", "ArrowLeft", {"steps": 19}),
    ],
)
def test_a_slider_redraws_the_curves(tab, name, key, changes):
    page = tab(path="gradients", query=QUERY).page
    expect_ends(page, SMALL)
    page.get_by_role("slider", name=name, exact=True).press(key)
    expect_ends(page, dataclasses.replace(SMALL, **changes))
    field, value = next(iter(changes.items()))
    page.wait_for_function("([field, value]) => location.search.includes(`${field}=${value}`)", arg=[field, f"{value}"])


def test_presets_the_seed_and_the_loss(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="explode ×3").click()
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0))
    box = page.get_by_role("spinbutton", name="seed")
    box.fill("7")
    box.press("Enter")
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0, seed=7))
    page.get_by_text("loss at every step").click()
    expect_ends(page, dataclasses.replace(SMALL, scale=3.0, seed=7, every=True))


def test_torch_says_the_same(tab):
    page = tab(path="gradients", query=QUERY).page
    page.get_by_role("button", name="Run PyTorch").click(timeout=PATIENCE)
    expect(page.get_by_text("largest relative difference")).to_be_visible(timeout=PATIENCE)
