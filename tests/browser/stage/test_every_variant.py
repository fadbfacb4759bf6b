"""Every cell's stage, opened once a language and measured in every way: its picture is clear and looks as it did, its
texts can be read, its controls are large enough for a finger on a phone and for a mouse elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.stage.test_layout import new_kinds
from tests.support.in_page import source
from tests.support.pictures import LOOKS, RESULTS, faults_of
from tests.support.server import ROOT
from tests.support.stage_site import COLOURS, VARIANTS, cell_of, stage_site

pytestmark = pytest.mark.browser

CLEAR, CONTRAST, SMALL, MEETING = map(source, ("overlaps", "contrast", "target_size", "handles"))
FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WIDTHS = (1280, 390)
FINGER, MOUSE = 44, 24
"""The least size of a control, in px."""
TARGETS = {"lstm": (FINGER, MOUSE), "gru": (FINGER,), "rnn": (FINGER, MOUSE), "cheat-sheet": (FINGER,)}
"""For whom the controls of a cell are measured: they are the same with every option."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with stage_site(minimal=cell_of(new_kinds()[0], {})) as address:
        yield address


@pytest.fixture
def stage(new_page, site):
    """Open a cell's stage on day 3, in the desk's size, where nothing moves: ``stage(query)``."""

    def opened(query: str) -> Page:
        page = new_page(viewport=DESK, reduced_motion="reduce", device_scale_factor=1, locale="en")
        page.goto(f"{site}/?at=3.1&{query}")
        page.locator(".gw-picture svg").first.wait_for()
        return page

    return opened


def resize(page: Page, width: int, height: int = 900) -> None:
    """Change the window's width, and wait for the picture that belongs to it."""
    page.set_viewport_size({"width": width, "height": height})
    page.locator(f".gw-picture{'.narrow' if width < 1000 else ':not(.narrow)'}").first.wait_for()


def touch(page: Page, on: bool) -> None:
    """Have the page used by a finger, or by a mouse again."""
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": on})
    page.wait_for_function("(on) => matchMedia('(pointer: coarse)').matches === on", arg=on)


def each_stage(page: Page) -> Iterator[int]:
    for stage in range(1, page.locator(".gw-step").count() + 1):
        page.locator(".gw").first.press(str(stage) if stage < 10 else "ArrowRight")  # a key has one digit
        yield stage


def unclear(page: Page, themes=()) -> Iterator[str]:
    """What overlaps in both widths at every stage, and which texts cannot be read in the themes."""
    for width in WIDTHS:
        resize(page, width)
        for stage in each_stage(page):
            yield from page.evaluate(CLEAR, f"{width}, {stage}")
            for theme in themes:
                page.locator(".gw").evaluate("(one, theme) => { one.dataset.theme = theme }", theme)
                yield from page.evaluate(CONTRAST, f"{width}, {theme}, {stage}")


def meeting(page: Page) -> Iterator[str]:
    """A finger's weights at every lit gate: none takes another's room, and the gates above them keep theirs."""
    touch(page, True)
    for width in (1024, 1280):
        resize(page, width, 1000)
        for stage in each_stage(page):
            yield from (f"{width}, {stage}: {fault}" for fault in page.evaluate(MEETING))


def small(page: Page, least: int) -> Iterator[str]:
    """Which controls are too small, also while a sequence is edited, where the page has one that can be."""
    touch(page, least == FINGER)
    page.set_viewport_size(PHONE if least == FINGER else DESK)
    page.locator(".gw").first.press("1")
    page.evaluate(FRAME)
    edit = page.get_by_role("button", name=re.compile("^(edit|done)$"))
    for _ in range(2):
        yield from (f"{least} px: {fault}" for fault in page.evaluate(SMALL, [least]))
        if edit.count():
            edit.click()
    page.evaluate("() => scrollTo(0, 0)")


def covered(page: Page) -> Iterator[str]:
    """Whether the first day of the table lies beneath the button that shows all."""
    touch(page, True)
    resize(page, **PHONE)
    page.locator("[data-tab=table]").evaluate("(tab) => tab.click()")  # no finger is left on what it opens
    button, day = page.locator(".gw-all").bounding_box(), page.locator(".gw-day").first.bounding_box()
    if button["x"] + button["width"] > day["x"] + 1 and button["y"] + button["height"] > day["y"]:
        yield "the button that shows all meets the first day"
    page.locator("[data-tab=table]").evaluate("(tab) => tab.click()")  # no finger is left on what it opens


@pytest.mark.parametrize("name", [*VARIANTS, "minimal"])
def test_every_stage_of_a_cell(stage, name):
    page = stage(f"cell={name}")
    faults = [*unclear(page, COLOURS)]
    for least in TARGETS.get(name, ()):
        faults += small(page, least)
    if name == "lstm":
        faults += covered(page)
    if name in VARIANTS:
        faults += meeting(page)
        touch(page, False)
        for look in LOOKS:
            faults += faults_of(page, look) if look.cell == name else ()
    assert not faults, "\n".join([*faults, f"pictures in {RESULTS.relative_to(ROOT)}/; `make stage-pictures` stores"])


@pytest.mark.parametrize("name", [*VARIANTS, "minimal"])
def test_every_stage_of_a_cell_in_vietnamese(stage, name):
    page = stage(f"cell={name}&lang=vi")
    faults = [*unclear(page)]
    if name == "lstm":
        faults += covered(page)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", ["lstm", "gru", "rnn"])
def test_the_picture_is_clear_where_a_timestep_is_a_step(stage, name, language):
    """Its captions are other words, and longer ones."""
    page, faults = stage(f"cell={name}&lang={language}&timestep=step"), []
    for width in WIDTHS:
        resize(page, width)
        faults += page.evaluate(CLEAR, f"{width}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("cells", "targets"), [("lstm,gru", (FINGER, MOUSE)), ("lstm-8", (FINGER,))])
def test_the_controls_of_two_cells_and_of_many_units(stage, cells, targets):
    page = stage(f"cell={cells}")
    faults = [fault for least in targets for fault in small(page, least)]
    assert not faults, "\n".join(faults)
