"""The picture of every cell: no two labels overlap, no wire crosses a label, every text can be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stage.test_layout import new_kind
from tests.support.server import ROOT
from tests.support.stage_site import COLOURS, VARIANTS, cell_of, stage_site

pytestmark = pytest.mark.browser

CLEAR, CONTRAST = (
    (ROOT / "tests/support/in_page" / f"{name}.js").read_text(encoding="utf-8") for name in ("overlaps", "contrast")
)
WIDTHS = (1280, 390)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with stage_site(minimal=cell_of(new_kind(), {})) as address:
        yield address


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", [*VARIANTS, "minimal"])
def test_the_picture_of_every_stage_is_clear(browser, site, name, language):
    """In both widths; for what has no words of its own, the colours, in one language and both themes."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site}/?cell={name}&lang={language}&at=3.1")
    page.locator(".gw-picture svg").wait_for()
    stages = range(1, page.locator(".gw-step").count() + 1)
    faults: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(f".gw-picture{'.narrow' if width < 700 else ':not(.narrow)'}").wait_for()
        for stage in stages:
            page.locator(".gw").press(str(stage))
            faults += page.evaluate(CLEAR, f"{width}, {stage}")
            for theme in COLOURS if language == "en" else ():
                page.locator(".gw").evaluate("(one, theme) => { one.dataset.theme = theme }", theme)
                faults += page.evaluate(CONTRAST, f"{width}, {theme}, {stage}")
    page.close()
    assert not errors
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", ["lstm", "gru", "rnn"])
def test_the_picture_is_clear_where_a_timestep_is_a_step(browser, site, name, language):
    """Its captions are other words, and longer ones."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{site}/?cell={name}&lang={language}&timestep=step&at=3.1")
    faults: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(f".gw-picture{'.narrow' if width < 700 else ':not(.narrow)'}").wait_for()
        faults += page.evaluate(CLEAR, f"{width}")
    page.close()
    assert not faults, "\n".join(faults)
