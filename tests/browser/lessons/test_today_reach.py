"""The sections `reach` and `attention` of the lesson `today` in the browser: what moves, and what fits a phone."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from app.controls.kinds import LATER
from app.formatting import number, scientific
from app.lessons.today.model import CHOICES, Beside
from app.lessons.today.reach.view import BIAS
from app.lessons.today.shares import shares
from app.untrained.curves import ends
from app.untrained.initial import Settings
from app.untrained.view import SCALE

pytestmark = pytest.mark.browser
SHORT = Settings(scale=SCALE.default, forget_bias=BIAS.default, steps=20)
PHONE = {"width": 390, "height": 844}
CARDS = ".st-key-part-card-reach, .st-key-part-card-attention"


def expect_ends(page, kind, settings):
    numbers = page.locator(".gw-reach .end-number.now")
    for value in ends(settings, (kind, "lstm", "gru")).values():
        expect(numbers.get_by_text(scientific(value), exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "name", "changes"),
    [
        ("min_gru", "bias of what keeps: minGRU", {"forget_bias": 3.25}),
        ("lru", "LRU: least r", {"ring": 0.01}),
        ("rwkv", "RWKV: least log w", {"decay": -4.75}),
        ("mamba", "Mamba: Δ", {"delta": 0.03}),
        ("slstm", "steps", {"steps": 21}),
    ],
)
def test_a_slider_redraws_the_curves_and_is_kept_in_the_address(tab, kind, name, changes):
    page = tab(path="today", query=f"cell={kind}&steps=20").page
    expect_ends(page, kind, SHORT)
    page.get_by_role("slider", name=re.compile(f"^{re.escape(name)}")).press("ArrowRight")
    expect_ends(page, kind, replace(SHORT, **changes))
    field, value = next(iter(changes.items()))
    page.wait_for_function("([field, value]) => location.search.includes(`${field}=${value}`)", arg=[field, f"{value}"])


def test_the_shares_follow_the_days(tab):
    page = tab(path="today", query="cell=rwkv&x=1,0.5,0.25,0").page
    card = page.locator(".st-key-part-cell-shares")
    controls = replace(CHOICES["rwkv"].address.defaults, days={"x": (1.0, 0.5, 0.25, 0.0)})
    found = shares(Beside(CHOICES["rwkv"], False).traces(controls)["rwkv"])[..., 0, 0]
    for share in found[-1].tolist():
        expect(card.get_by_text(number(share, 2), exact=True).first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", [LATER[0], LATER[-1]])
def test_nothing_is_wider_than_a_phone_or_too_small_to_read(tab, kind, language):
    page = tab(path="today", query=f"cell={kind}&lang={language}", viewport=PHONE).page
    expect(page.locator(".st-key-part-cell-shares svg")).to_be_visible()
    expect_ends(page, kind, replace(SHORT, steps=60))
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    for box in page.locator(CARDS).all():
        assert box.evaluate("card => card.scrollWidth <= card.clientWidth + 1")
    printed = page.locator(".gw-unrolled text, .gw-reach text")
    sizes = printed.evaluate_all("all => all.map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getCTM().a)")
    assert sizes
    assert min(sizes) >= 12
