"""Values and weights as a reader takes hold of them, by names a reader knows."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.support.stage_page import StagePage


def pill(page: StagePage, key: str, company: int = 0) -> Locator:
    """A value of the diagram; `c-before` is yesterday's."""
    return page.page.locator(".gw-figure").nth(company).locator(f'.gw-target.value[data-key="{key}"]')


def card(page: StagePage) -> Locator:
    return page.page.get_by_role("dialog")


def do(page: StagePage, name: str) -> None:
    """Press a button of the card."""
    card(page).get_by_role("button", name=name, exact=True).click()


def cover(page: StagePage, key: str, button: str = "cover", company: int = 0) -> None:
    pill(page, key, company).click()
    do(page, button)
    page.page.keyboard.press("Escape")


def cell(page: StagePage, name: str, day: int, company: int = 0) -> Locator:
    row = page.page.locator(".gw-grid").nth(company).locator(".gw-value-row").nth("xfigcoh".index(name))
    return row.locator(".gw-cell").nth(day - 1)


def everything(page: StagePage) -> str:
    """All text of the stage, whether it is shown or only told."""
    return page.stage.evaluate(
        "stage => stage.textContent + [...stage.querySelectorAll('*')].flatMap((one) =>"
        " [...one.attributes].filter(({ name }) => name.startsWith('aria-') || name === 'title')"
        ".map(({ value }) => value)).join(' ')"
    )


def grip(page: StagePage, name: str) -> Locator:
    return page.page.get_by_role("spinbutton", name=name, exact=True)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
