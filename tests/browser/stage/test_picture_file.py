"""The picture as a file: it looks as on the stage where nothing of the page is there."""

from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from cells import run
from tests.support.stage_page import printed
from tests.support.stage_site import DAYS, VARIANTS, cell_of, column

pytestmark = pytest.mark.browser
MARGIN = 20  # around the drawing in a file


def saved(page: Page, kind: str) -> bytes:
    with page.expect_download() as taken:
        page.get_by_role("button", name=f"Save as {kind}", exact=True).click()
    assert taken.value.suggested_filename == f"gatewalk-lstm.{kind.lower()}"
    return taken.value.path().read_bytes()


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


def test_the_picture_is_saved_as_it_looks(new_page, site, tmp_path):
    page = new_page(
        viewport={"width": 1000, "height": 900}, reduced_motion="reduce", device_scale_factor=2, locale="en"
    )
    page.goto(f"{site}/?cell=lstm&at=3.4&theme=dark")
    drawing = page.locator(".gw-picture svg").first
    drawing.wait_for()
    box = drawing.bounding_box()
    clip = {"x": box["x"], "y": box["y"], "width": 0.8 * box["width"], "height": box["height"] - 40}  # no buttons
    seen = pixels(page.screenshot(clip=clip))
    page.get_by_role("button", name="Save", exact=True).click()
    file, painted = saved(page, "SVG"), pixels(saved(page, "PNG"))

    size = [round(2 * (box[side] + 2 * MARGIN)) for side in ("height", "width")]
    assert list(painted.shape[:2]) == pytest.approx(size, abs=1)
    inner = painted[2 * MARGIN :, 2 * MARGIN :][: seen.shape[0], : seen.shape[1]]
    assert np.abs(inner - seen).mean() < 1  # the type is smoothed otherwise

    (tmp_path / "alone.svg").write_bytes(file)
    page.goto((tmp_path / "alone.svg").as_uri())
    alone = pixels(page.screenshot())[: painted.shape[0], : painted.shape[1]]
    assert np.abs(alone - painted[: alone.shape[0], : alone.shape[1]]).mean() < 1

    elements = list(ElementTree.fromstring(file).iter())
    assert not {name for each in elements for name in each.attrib} & {"class", "id", "tabindex", "aria-label"}
    texts = {"".join(each.itertext()) for each in elements if each.tag.endswith("}text")}
    trace = run(cell_of(*VARIANTS["lstm"]), column(DAYS))
    assert {printed(trace[name][2].item()) for name in "xfigc"} <= texts
    assert printed(trace["h"][2].item()) not in texts  # the stage has not come to it
