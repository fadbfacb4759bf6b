"""The page without a server: opened from a disk, with the network cut, it computes what the core does."""

from urllib.parse import unquote

import numpy as np
import pytest
from playwright.sync_api import expect

from app.export.notebook import show
from app.export.standalone import html
from cells import GRU, run
from tests.support.drags import check_drags
from tests.support.stage_page import StagePage, core, printed
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
    check_drags(page, cell, 50)
    assert page.url == file.as_uri()

    cells = cell, GRU.random(2, 3, seed=1)  # in a notebook: without an address and a storage of their own
    page.set_content("".join(show(run(each, np.ones((4, each.inputs))))._repr_html_() for each in cells))
    for k in range(len(cells)):
        page.frame_locator("iframe").nth(k).locator(".gw-picture svg").first.wait_for()
    assert not stage.errors
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []


def test_a_reader_saves_the_page_with_the_weights_and_the_place_of_the_stage(tab, new_page, tmp_path):
    stage = tab("f=2.7,1.63,-3&show=B&at=4.5")
    stage.stage.focus()
    stage.page.keyboard.press("ArrowRight")
    stage.expect_at(4, 6)
    stage.button("Save").click()
    with stage.page.expect_download() as taken:
        stage.button("Save as HTML").click()
    assert taken.value.suggested_filename == "gatewalk-fourday.html"
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert file.stat().st_size <= 400_000

    alone = StagePage(new_page(offline=True, locale="en"), "")
    alone.page.goto(file.as_uri())
    alone.expect_at(4, 6)
    answer = core({"b_f": -3.0})["B"]["h"][-1].item()
    expect(alone.result).to_have_text(printed(answer, 4))
    assert "f=2.7,1.63,-3" in unquote(alone.page.get_by_role("link").get_attribute("href"))
