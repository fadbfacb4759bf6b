"""The gradient played backward: every number on the screen is the core's, and the playhead runs to the first day."""

import numpy as np
import pytest
from playwright.sync_api import expect

from app.lessons.fourday.model import ADDRESS, example
from app.lessons.rnn.model import ADDRESS as RNN_ADDRESS
from app.lessons.rnn.model import run_of
from cells import run
from cells.sensitivity import jacobian, routes
from tests.support.axe import faults
from tests.support.series import loss_of
from tests.support.stage_cards import cover
from tests.support.stage_page import MINUS, core, printed, wait_until_idle
from tests.support.stage_site import VARIANTS, VECTORS, cell_of, sequence, vector_of

pytestmark = pytest.mark.browser
ROWS = "xfigcoh"
GRADIENTS = example(ADDRESS.defaults).gradients


def short(value: float, digits: int = 3) -> str:
    """A gradient as the stage prints it."""
    if value == 0 or abs(value) >= 0.5 * 10**-digits:
        return f"{value + 0.0:.{digits}f}".replace("-", MINUS)
    mantissa, power = f"{value:.1e}".split("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}×10{raised}".replace("-", MINUS)


def plain(text: str) -> float:
    """A printed gradient as a number."""
    mantissa, _, raised = text.replace(MINUS, "-").replace(" ", "").partition("×10")
    return float(mantissa) * 10 ** int(raised.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def turn(page, name="gradient"):
    page.stage.get_by_role("button", name=name, exact=True).click()
    expect(page.stage.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    page.page.locator("[data-way=back]" if name == "gradient" else "[data-way=forth]").wait_for()


@pytest.mark.parametrize("company", "AB")
def test_every_gradient_is_the_cores(tab, company):
    page = tab(query=f"show={company}&way=back")
    page.page.locator("[data-way=back]").wait_for()
    page.show_all()
    ours = GRADIENTS[company]
    for name, row in zip(ROWS, page.page.locator(".gw-value-row").all(), strict=True):
        expect(row.locator(".gw-number")).to_have_text([short(v) for v in ours[name].ravel().tolist()])
    numbers = page.page.locator(".layer-values .value.done .number").all_text_contents()
    assert short(ours["f"][-1].item(), 4) in numbers


def test_the_chain_rule_adds_up_and_names_the_loss(tab):
    page = tab(query="show=B&way=back&at=4.6")
    page.page.locator("[data-way=back]").wait_for()
    expect(page.page.locator(".gw-loss")).to_contain_text("(h − 1)²")
    expect(page.result).to_have_text(short(GRADIENTS["B"]["h"][-1].item(), 4))
    page.page.locator(".gw[role=group]").focus()
    page.page.keyboard.press("Shift+ArrowRight")  # the day before
    page.page.keyboard.press("4")
    expect(page.page.locator(".gw-lines .lhs")).to_have_text("∂L/∂c3")
    worths = page.page.locator(".gw-lines .term[data-line='3']").all_inner_texts()
    signs = page.page.locator(".gw-lines .sign[data-line='3']").all_inner_texts()
    total = sum(plain(sign + worth) for sign, worth in zip(["", *signs], worths, strict=True))
    assert total == pytest.approx(GRADIENTS["B"]["c"][2].item(), abs=1.1e-4)
    assert len(worths) == 2


def test_the_loss_of_the_lesson_starts_the_chain(tab):
    page = tab(query="show=B&way=back&at=4.6")
    page.page.locator("[data-way=back]").wait_for()
    answer = short(core()["B"]["h"][-1].item(), 4)
    expect(page.page.locator(".gw-lines .term")).to_have_text(["2 · (h4 − 1)", f"2 · ({answer} − 1)"])


def test_the_memorys_two_routes_are_told_as_the_core_splits_them(tab):
    page = tab(query="show=B&way=back&at=3.4")
    page.page.locator("[data-way=back]").wait_for()
    both = routes(GRADIENTS["B"])
    for share in (both.along, both.through):
        expect(page.page.locator(".gw-say strong").filter(has_text=short(share[2].item())).first).to_be_visible()
    expect(page.page.locator(".gw-legend-back li")).to_have_text(["back along the memory", "back through the gates"])


def test_an_rnns_sum_tells_what_a_step_back_multiplies_by(tab):
    trace = run_of(RNN_ADDRESS.defaults)
    page = tab(path="rnn", query="way=back&at=3.1")
    page.page.locator("[data-way=back]").wait_for()
    say = page.page.locator(".gw-say")
    slope, factor = 1 - trace["h"][2].item() ** 2, jacobian(trace, 2, 1).item()
    expect(say).to_contain_text(f"{short(slope)} · {short(trace.parameters['U_h'].item())} = {short(factor)}.")
    page.stage.focus()
    page.page.keyboard.press("2")
    expect(say).not_to_contain_text("slope")
    turn(page, "forward")
    cover(page, "h", "cover every day")
    turn(page)
    page.stage.focus()
    page.page.keyboard.press("1")
    expect(say).not_to_contain_text(short(factor))
    expect(say).not_to_contain_text(short(slope))


def test_a_phone_has_a_receipt(tab):
    page = tab(query="show=B&way=back&at=3.4", viewport={"width": 390, "height": 844})
    page.page.locator("[data-way=back]").wait_for()
    worths = page.page.locator(".gw-receipt-row .worth").all_inner_texts()
    assert sum(map(plain, worths)) == pytest.approx(GRADIENTS["B"]["c"][2].item(), abs=1.1e-4)


def test_a_covered_value_is_nowhere_in_the_chain(tab):
    page = tab(query="show=B&way=back&at=3.4")
    page.page.locator("[data-way=back]").wait_for()
    expect(page.result).to_have_text(short(GRADIENTS["B"]["c"][2].item(), 4))
    page.button("cover results").click()
    expect(page.result).to_have_text("?")
    work = page.page.locator(".gw-arithmetic")
    expect(work).to_contain_text("? · ?")
    for name in "foch":
        expect(work).not_to_contain_text(printed(abs(core()["B"][name][3].item()), 4))


def test_what_is_still_to_come_is_not_given_away_by_its_width(tab):
    page = tab(query="show=B&way=back&at=3.4")
    page.page.locator("[data-way=back]").wait_for()
    later = page.page.locator(".gw-picture .line.later .stroke").evaluate_all(
        "(all) => all.map((e) => e.style.strokeWidth)"
    )
    assert later
    assert set(later) == {""}


@pytest.mark.parametrize("name", ["lstm-8", "gru-8", "rnn-8", "lstm-projection-8", "cheat-sheet-8"])
def test_the_selected_units_gradients_are_the_cores(new_page, site, name):
    kind, options, inputs, units, _ = VECTORS[name]
    trace = run(vector_of(kind, options, inputs, units), sequence(name))
    _, gradients = loss_of(trace, None)
    page = new_page()
    page.goto(f"{site}/?cell={name}&way=back&at=4.1")
    page.locator("[data-way=back]").wait_for()
    page.locator(".gw[role=group]").focus()
    page.keyboard.press("ArrowDown")
    expected = [short(gradients["h"][t, 0, 1].item()) for t in range(4)]
    page.get_by_role("button", name="All days", exact=True).click()
    page.get_by_role("button", name="show all", exact=True).click()
    expect(page.locator(".gw-value-row").last.locator(".gw-number")).to_have_text(expected)


def test_two_cells_play_backward_beside_each_other(new_page, site):
    page = new_page()
    page.goto(f"{site}/?cell=lstm,gru&way=back&at=3.4")
    page.locator("[data-way=back]").wait_for()
    expected = []
    for name, value in (("lstm", "c"), ("gru", "z")):
        _, gradients = loss_of(run(cell_of(*VARIANTS[name]), sequence(name)), None)
        expected.append(short(gradients[value][2].item(), 4))
    expect(page.locator(".gw-chip")).to_have_text(expected)


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
    assert max(widths) == pytest.approx(2 + 5 * loud, abs=0.01)
    assert min(widths) == pytest.approx(2)  # nothing comes back from after the last day


def test_a_tip_has_the_chain_rule(tab):
    page = tab(query="show=B&way=back&at=3.1")
    page.page.locator("[data-way=back]").wait_for()
    here = f"gradient of the cell state {short(GRADIENTS['B']['c'][2].item())}"
    page.page.get_by_role("button", name=here, exact=True).hover()
    tip = page.page.locator(".gw-tooltip")
    expect(tip).to_contain_text("∂L/∂c₃ = ∂L/∂h₃ · o₃ · (1 − tanh² c₃) + ∂L/∂c₄ · f₄")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_it_can_be_read_by_all(tab, theme, width):
    page = tab(query="way=back&at=2.3", color_scheme=theme, viewport={"width": width, "height": 900}).page
    page.locator("[data-way=back]").wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    wait_until_idle(page)
    assert faults(page) == []
