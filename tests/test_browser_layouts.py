"""The picture of every cell: no two labels overlap, no wire crosses a label, every text can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage_site import VARIANTS, cell_of, stage_site
from tests.test_app_layouts import new_kind

pytestmark = pytest.mark.browser

LOOKS = [(name, "light") for name in [*VARIANTS, "minimal"]] + [(name, "dark") for name in ("lstm", "gru", "rnn")]

FAULTS = (Path(__file__).parent / "js" / "clear.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with stage_site(minimal=cell_of(new_kind(), {})) as address:
        yield address


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("name", "theme"), LOOKS)
def test_the_picture_of_every_stage_is_clear(browser, site, name, width, theme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    language = "vi" if theme == "dark" else "en"
    page.goto(f"{site}/?cell={name}&theme={theme}&lang={language}&at=3.1")
    page.locator(".gw-picture svg").wait_for()
    faults: list[str] = []
    page.locator(".gw").focus()
    for stage in range(1, 8):
        page.keyboard.press(str(stage))
        faults += page.evaluate(FAULTS, stage)
    page.close()
    assert not errors
    assert not faults
