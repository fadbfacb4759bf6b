"""Weights dragged in a browser, and what the core says should then be printed."""

from __future__ import annotations

from operator import contains

import numpy as np
from playwright.sync_api import Page

from app.stage.layout import layout_of
from cells import Cell, run
from tests.support.stage_page import printed
from tests.support.stage_site import DAYS, column

# One drag is what a browser tells of it: a press, a moved slider, and a frame later what is printed.
DRAG = """async ([drags]) => {
  const host = [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector(".gw"))
  const root = host?.shadowRoot ?? document
  const weights = [...root.querySelectorAll(".gw-weight input[type=range]")]
  const frame = () => new Promise(requestAnimationFrame)
  const initial = weights.map((each) => Number(each.value))
  const seen = []
  for (const [slider, value] of drags) {
    const range = weights[slider % weights.length], before = range.value
    range.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }))
    range.value = String(value)
    range.dispatchEvent(new Event("input", { bubbles: true }))
    await frame(); await frame()
    const rows = [...root.querySelectorAll(".gw-value-row")]
    const printed = rows.map((row) => [...row.querySelectorAll(".gw-number")].map((each) => each.textContent))
    seen.push([slider % weights.length, Number(range.value), printed])
    range.value = before
    range.dispatchEvent(new Event("input", { bubbles: true }))
    range.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }))
  }
  return { initial, seen }
}"""


def either(value: float) -> set[str]:
    """How a number prints: one that ends on a half may be rounded up or down."""
    return {printed(value * (1 + off)) for off in (-1e-12, 0, 1e-12)}


def check_drags(page: Page, cell: Cell, count: int) -> None:
    """Drag weights of a stage that stands at its last step: each printed number is the core's."""
    rows = layout_of(cell)["rows"]
    page.get_by_role("button", name="All days", exact=True).click()
    page.get_by_role("button", name="show all", exact=True).click()
    rng = np.random.default_rng(7)
    drags = [[int(rng.integers(100)), round(float(rng.uniform(-5, 5)), 1)] for _ in range(count)]
    found = page.evaluate(DRAG, [drags])

    by_weight = {parameter: value.item() for parameter, value in cell.parameters.items()}
    looked_at = set()
    for slider, value, seen in found["seen"]:
        names = [parameter for parameter, weight in by_weight.items() if weight == found["initial"][slider]]
        assert names, f"no weight of {by_weight} is {found['initial'][slider]}"
        if len(names) > 1:
            continue  # two sliders that begin alike cannot be told apart
        moved = cell.replace(**{names[0]: np.full(cell.parameters[names[0]].shape, value)})
        trace = run(moved, column(DAYS))
        for row, numbers in zip(rows, seen, strict=True):
            expected = [either(number) for number in trace[row].ravel()]
            assert all(map(contains, expected, numbers)), (names[0], value, row, numbers, expected)
        looked_at.add(names[0])
    assert len(looked_at) > min(count, len(by_weight)) / 2
