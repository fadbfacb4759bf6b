"""What the stage of many units should show, by the core."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from app.controls.many_units import moved
from app.stage.layout import layout_of
from cells import Trace, run
from tests.support.stage_page import printed
from tests.support.stage_site import VECTORS, sequence, vector_of


def core(name: str, **weights: float) -> Trace:
    """What the core makes of a cell of the test page, with some entries of its weights replaced."""
    cell = vector_of(*VECTORS[name][:4])
    return run(moved(cell, weights), sequence(name))


def cards(page: Page) -> Locator:
    """The numbers in the diagram's cards, in the layout's order."""
    return page.locator(".gw-picture .layer-values .card .number")


def expect_unit(page: Page, trace: Trace, day: int, unit: int) -> None:
    """Every card, the row of every value and the result show this unit's numbers as the core has them."""
    layout = layout_of(trace.cell)
    several = [v for v in layout["wide"]["values"] if trace[v["name"]].shape[-1] > 1]  # others have no strip

    def of(name, before=False):
        array = (trace.before(name) if before else trace[name])[day - 1, 0]
        return array[min(unit, len(array) - 1)]

    expect(cards(page)).to_have_text(  # an input belongs to no unit: its card has no number
        ["" if v["name"] == "x" else printed(of(v["name"], v.get("before", False)), 2) for v in several]
    )
    rows = page.locator(".gw-value-row")
    for name, row in zip(layout["rows"], rows.all(), strict=True):
        if name != "x":
            expect(row.locator(".gw-number").nth(day - 1)).to_have_text(printed(of(name)))
    expect(page.locator(".gw-chip")).to_have_text(printed(of(layout["stages"][-1]["value"]), 4))
