"""The gradient played backward: every number on the screen is the core's, and the playhead runs to the first day."""

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.companies import ADDRESS, example
from tests.stage_page import MINUS

pytestmark = pytest.mark.browser
ROWS = "xfigcoh"
GRADIENTS = example(ADDRESS.defaults).gradients


def short(value: float, digits: int = 3) -> str:
    """A gradient as the stage prints it."""
    if value == 0 or abs(value) >= 0.5 * 10**-digits:
        return f"{value + 0.0:.{digits}f}".replace("-", MINUS)
    mantissa, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}·10{raised}".replace("-", MINUS)


def turn(page, name="gradient, backward"):
    page.button(name).click()
    expect(page.button(name)).to_have_attribute("aria-pressed", "true")
    page.page.locator("[data-way=back]" if "back" in name else "[data-way=forth]").wait_for()


@pytest.mark.parametrize("company", "AB")
def test_every_gradient_is_the_cores(tab, company):
    page = tab(query=f"show={company}&way=back")
    page.page.locator("[data-way=back]").wait_for()
    page.show_all()
    core = GRADIENTS[company]
    for name, row in zip(ROWS, page.page.locator(".gw-value-row").all(), strict=True):
        expect(row.locator(".gw-number")).to_have_text([short(v) for v in core[name].ravel().tolist()])
    numbers = page.page.locator(".layer-values .value.done .number").all_text_contents()
    assert short(core["f"][-1].item()) in numbers


def test_the_chain_rule_adds_up_and_names_the_loss(tab):
    page = tab(query="show=B&way=back&at=4.6")
    page.page.locator("[data-way=back]").wait_for()
    expect(page.page.locator(".gw-loss")).to_contain_text("(h − 1)²")
    expect(page.result).to_have_text(short(GRADIENTS["B"]["h"][-1].item(), 4))
    page.page.locator(".gw[role=group]").focus()
    page.page.keyboard.press("Shift+ArrowRight")  # the day before
    page.page.keyboard.press("4")
    worths = page.page.locator(".gw-receipt-row .worth").all_inner_texts()
    total = sum(float(text.replace(MINUS, "-").replace("·10⁻⁴", "e-4").replace("·10⁻⁵", "e-5")) for text in worths)
    assert total == pytest.approx(GRADIENTS["B"]["c"][2].item(), abs=1.1e-4)
    assert len(worths) == 2


def test_the_direction_stands_in_the_link_and_keeps_the_place(tab):
    page = tab(query="at=3.4")
    turn(page)
    page.expect_at(3, 4)
    assert page.query == {"at": "3.4", "way": "back"}
    page.page.reload()
    page.page.locator("[data-way=back]").wait_for()
    page.expect_at(3, 4)
    turn(page, "forward")
    page.expect_at(3, 4)
    assert page.query == {"at": "3.4"}


def test_played_backward_it_ends_at_the_first_day(tab):
    page = tab(query="way=back", reduced_motion="reduce")
    page.page.locator("[data-way=back]").wait_for()
    page.page.keyboard.press("Tab")
    page.page.locator(".gw[role=group]").focus()
    for _ in range(24):
        page.page.keyboard.press("ArrowRight")
    page.expect_at(1, 1)
    expect(page.page.locator("[aria-live=polite].gw-hidden")).to_contain_text("backward, stage 6 of 6, forget gate")
    expect(page.page.locator(".layer-values .value.later")).to_have_count(0)


def test_wires_are_as_thick_as_their_gradient(tab):
    page = tab(query="show=B&way=back&at=4.1")
    page.page.locator("[data-way=back]").wait_for()
    page.show_all()
    widths = page.page.locator(".gw-picture .belt .stroke").evaluate_all(
        "(all) => all.map((e) => parseFloat(e.style.strokeWidth))"
    )
    loud = np.clip((np.log10(np.abs(GRADIENTS["B"]["c"][-1].item())) + 6) / 7, 0.04, 1)
    assert max(widths) == pytest.approx(1 + 10 * loud, abs=0.01)
    assert min(widths) == pytest.approx(1)  # nothing comes back from after the last day


def test_a_tip_has_the_chain_rule(tab):
    page = tab(query="show=B&way=back&at=3.1")
    page.page.locator("[data-way=back]").wait_for()
    here = f"gradient of the cell state {short(GRADIENTS['B']['c'][2].item())}"
    page.page.get_by_role("button", name=here, exact=True).hover()
    tip = page.page.locator(".gw-tooltip")
    expect(tip).to_contain_text("∂L/∂c₃ = ∂L/∂h₃·o₃·tanh′(c₃) + ∂L/∂c₄·f₄")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_it_can_be_read_by_all(tab, theme, width):
    page = tab(query="way=back&at=2.3", color_scheme=theme, viewport={"width": width, "height": 900}).page
    page.locator("[data-way=back]").wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.wait_for_timeout(400)
    found = Axe().run(page).response["violations"]
    assert {v["id"] for v in found if v["impact"] in {"serious", "critical"}} == set()
