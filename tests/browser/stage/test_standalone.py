"""The page without a server: opened from a disk, with the network cut, it computes what the core does."""

from html import escape

import pytest

from app.export.standalone import html
from tests.support.drags import check_drags
from tests.support.stage_page import StagePage
from tests.support.stage_site import VARIANTS, cell_of, scene_of

pytestmark = pytest.mark.browser
HOSTILE = '</script><img src="x" onerror="alert(1)">'


def test_from_a_disk_without_a_network_it_plays_and_computes(new_page, tmp_path):
    cell = cell_of(*VARIANTS["lstm"])
    scene, file = scene_of({"lstm": cell}, {}), tmp_path / "lstm.html"
    scene["sequences"] = {"A": HOSTILE}
    file.write_bytes(html(scene, "en", HOSTILE, "https://gatewalk.test/fourday"))
    page = new_page(viewport={"width": 1280, "height": 720}, color_scheme="dark", offline=True, locale="en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    stage = StagePage(page, "")
    page.goto(file.as_uri())
    assert page.get_by_role("heading", level=1).inner_text() == HOSTILE
    stage.stage.focus()
    stage.expect_at(3, 1)
    page.keyboard.press("ArrowRight")
    stage.expect_at(3, 2)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    stage.expect_at(2, 6)
    assert stage.stage.get_attribute("data-theme") == "dark"
    stage.button("gradient").click()
    stage.button("forward").click()
    page.keyboard.press("End")
    check_drags(page, cell, 10)
    assert page.url == file.as_uri()

    framed = f'<iframe sandbox="allow-scripts" srcdoc="{escape(file.read_text(encoding="utf-8"))}"></iframe>'
    page.set_content(framed)  # as a course page may frame it: without an address and a storage of its own
    page.frame_locator("iframe").locator(".gw-picture svg").first.wait_for()
    assert not stage.errors
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
