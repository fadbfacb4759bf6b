"""Every control of the stage is large enough for a finger on a phone, and for a mouse elsewhere."""

import pytest

from tests.support.server import ROOT
from tests.support.stage_site import VARIANTS

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

SMALL, MEETING = (
    (ROOT / "tests/support/in_page" / f"{name}.js").read_text(encoding="utf-8") for name in ("target_size", "handles")
)


def faults(browser, address: str, least: int, **options) -> list[str]:
    context = browser.new_context(reduced_motion="reduce", **options)
    page = context.new_page()
    page.goto(address)
    page.locator(".gw-picture svg").first.wait_for()
    edit = page.get_by_role("button", name="edit", exact=True)
    found = page.evaluate(SMALL, [least])
    if edit.count():  # a sequence can be edited where the page has one
        edit.click()
        found += page.evaluate(SMALL, [least])
    context.close()
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn", "cheat-sheet", "lstm,gru", "lstm-8"])
def test_a_fingers_targets(browser, site, cell):
    found = faults(browser, f"{site}/?cell={cell}&at=3.1", 44, **PHONE)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("cell", ["lstm", "rnn", "lstm,gru"])
def test_a_mouses_targets(browser, site, cell):
    found = faults(browser, f"{site}/?cell={cell}&at=3.1", 24, **DESKTOP)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [700, 1024])
@pytest.mark.parametrize("cell", VARIANTS)
def test_a_fingers_weights(browser, site, cell, width):
    """The weights at every lit gate: none takes another's room, and the gates above them keep theirs."""
    context = browser.new_context(viewport={"width": width, "height": 1000}, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site}/?cell={cell}&at=3.1")
    page.locator(".gw-picture.wide svg").first.wait_for()
    found: list[str] = []
    for stage in range(1, page.locator(".gw-step").count() + 1):
        page.locator(".gw").press(str(stage))
        found += page.evaluate(MEETING)
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_show_all_keeps_clear_of_the_scrubber(browser, site, language):
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{site}/?cell=lstm&lang={language}")
    page.locator(".gw-picture svg").first.wait_for()
    page.locator(".gw").focus()
    page.keyboard.press("Home")
    button, thumb = page.locator(".gw-all").bounding_box(), page.locator(".gw-thumb").bounding_box()
    context.close()
    assert button["x"] + button["width"] <= thumb["x"]
