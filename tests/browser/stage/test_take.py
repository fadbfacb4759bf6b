"""The panel "Take it with you": what the browser makes of the stage, and how it tells of it."""

import re
import time
from io import BytesIO
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import expect

from app.i18n import table_of
from tests.support.stage_page import StagePage, core, printed, wait_until_idle

pytestmark = pytest.mark.browser
OPEN = """async () => {
  const all = [...document.querySelectorAll("*")]
  const host = all.map((one) => one.shadowRoot?.querySelector(".gw-taking")).find(Boolean)
  const opener = host.querySelector("button"), from = performance.now()
  opener.click()
  while (!host.querySelector("dialog[open]")) await new Promise((done) => setTimeout(done))
  return performance.now() - from
}"""


class Panel:
    """The panel of an open page."""

    def __init__(self, stage: StagePage):
        self.page = stage.page
        self.root = self.page.get_by_role("dialog", name="Take it with you")
        self.opener = self.page.get_by_role("button", name="Take it with you", exact=True)

    def open(self) -> float:
        """Open it, and tell how long the browser took, in ms."""
        wait_until_idle(self.page)
        self.opener.focus()  # which loads its script
        self.page.wait_for_timeout(500)
        took = self.page.evaluate(OPEN)
        self.root.locator(".gw-take-picture div > svg").wait_for()
        return took

    def button(self, name: str):
        return self.root.get_by_role("button", name=name, exact=True)

    def saved(self, name: str) -> bytes:
        """What a button saves."""
        with self.page.expect_download() as taken:
            self.button(name).click()
        expect(self.root.get_by_text(f"Saved {taken.value.suggested_filename}")).to_be_visible()
        return taken.value.path().read_bytes()


def texts(svg: bytes) -> set[str]:
    return {"".join(each.itertext()) for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("}text")}


def test_a_day_moves_as_gif_and_webm_and_can_be_cancelled(tab, capsys):
    stage = tab("f=2.7,1.63,1.2&show=B&at=3.2")
    panel, asked = Panel(stage), []
    stage.page.on("request", lambda request: asked.append(request.post_data) if "/taking/" in request.url else None)
    took = panel.open()
    assert panel.root.locator("h2").evaluate("(one) => one.getRootNode().activeElement === one")
    assert [re.search('"file":"(\\w+)"', sent)[1] for sent in asked] == ["offers"]  # no file is made
    expect(panel.root.locator(".gw-take-inside")).to_have_text(
        "Four days, one answer · Company B · day 3 of 4, input gate · one weight changed"
    )
    expect(panel.root.locator(".gw-take-link mark")).to_have_text("1.2")

    gif = panel.button("Save picture as GIF")
    saved: list[str] = []
    stage.page.on("download", lambda taken: saved.append(taken.suggested_filename))
    gif.click()
    expect(gif).to_have_text(re.compile(r"^GIF \d+ %$"))
    panel.button("Cancel: Save picture as GIF").click()
    expect(gif).to_have_text("GIF")
    assert stage.page.locator(".gw-reel").count() == 0

    begun = time.monotonic()
    with stage.page.expect_download(lambda taken: taken.suggested_filename.endswith("gif")) as taken:
        gif.click()
        panel.saved("Save picture as SVG")  # meanwhile the others can be used
    file = taken.value.path().read_bytes()
    seconds = time.monotonic() - begun
    assert saved == ["gatewalk-fourday.svg", "gatewalk-fourday.gif"]
    moving = Image.open(BytesIO(file))
    frames = [np.asarray(frame.convert("RGB")).astype(int) for frame in ImageSequence.Iterator(moving)]
    with capsys.disabled():
        print(
            f" GIF: {len(file) / 1e6:.2f} MB, {len(frames)} frames, {seconds:.1f} s; opened in {took:.0f} ms", end=" "
        )
    assert len(file) < 1_500_000
    assert moving.size == (880, 586)
    assert len(frames) > 40
    assert all(np.any(one != other) for one, other in pairwise(frames))
    assert moving.info["loop"] == 0

    webm = panel.saved("Save picture as WebM")
    assert webm.startswith(b"\x1a\x45\xdf\xa3")
    assert b"webm" in webm[:64]

    stage.page.keyboard.press("Escape")
    expect(panel.root).to_have_count(0)
    assert panel.opener.evaluate("(one) => one.getRootNode().activeElement === one")
    assert not stage.errors


def test_words_look_and_digits_go_into_what_is_saved(tab, new_page, tmp_path):
    stage = tab("f=2.7,1.63,1.2&show=B&at=3.2")
    panel = Panel(stage)
    panel.open()
    for choice in ("Tiếng Việt", "print", "4"):
        panel.root.get_by_role("radio", name=choice, exact=True).check(force=True)
    trace = core({"b_f": 1.2})["B"]
    f, i = (printed(trace[name][2].item(), 4) for name in "fi")
    expect(panel.root.locator(".gw-take-picture div > svg")).to_contain_text(f)
    expect(panel.root.locator(".gw-take-spreadsheet td[data-lit]")).to_have_text(i)
    svg = panel.saved("Save picture as SVG")
    assert {f, i, f"{table_of('vi', 'fourday', 'series')['B']} · ngày 3 trên 4"} <= texts(svg)

    (tmp_path / "alone.svg").write_bytes(svg)
    alone = new_page(offline=True)
    alone.goto((tmp_path / "alone.svg").as_uri())
    fonts = (
        "async () => { await document.fonts.ready; return [...document.fonts].map((one) => [one.family, one.status]) }"
    )
    assert ["Source Sans", "loaded"] in [[name.strip('"'), state] for name, state in alone.evaluate(fonts)]
    assert alone.locator("rect").first.get_attribute("fill") == "#FFFFFF"

    (tmp_path / "alone.html").write_bytes(panel.saved("Save page as HTML"))
    page = StagePage(new_page(offline=True, color_scheme="dark", locale="en"), "")
    page.page.goto((tmp_path / "alone.html").as_uri())
    expect(page.page.locator(".gw-picture svg").first).to_contain_text(f)
    assert page.stage.get_attribute("data-theme") == "print"
    assert page.stage.get_attribute("lang") == "vi"


def test_what_is_covered_stays_covered_and_a_failure_can_be_tried_again(tab, new_page, tmp_path):
    stage = tab("show=B&at=3.2")
    stage.button("cover results").click()
    panel = Panel(stage)
    panel.open()
    for name in ("numbers as CSV", "program as PyTorch", "spreadsheet as Excel, LibreOffice"):
        expect(panel.button(f"Save {name}")).to_be_disabled()
    assert printed(core()["B"]["f"][2].item()) not in panel.root.inner_text()
    assert "?" in texts(panel.saved("Save picture as SVG"))
    (tmp_path / "alone.html").write_bytes(panel.saved("Save page as HTML"))
    alone = StagePage(new_page(offline=True, locale="en"), "")
    alone.page.goto((tmp_path / "alone.html").as_uri())
    expect(alone.page.locator(".gw-picture svg").first).to_contain_text("?")
    assert printed(core()["B"]["f"][2].item()) not in alone.page.locator(".gw-picture svg").first.text_content()
    stage.page.keyboard.press("Escape")

    stage.button("reveal all").click()
    panel.open()
    stage.page.route("**/taking/*", lambda route: route.abort())
    panel.button("Save numbers as CSV").click()
    again = panel.button("Try again: Save numbers as CSV")
    again.wait_for()
    stage.page.unroute("**/taking/*")
    stage.errors.clear()  # the browser's word on that
    with stage.page.expect_download() as taken:
        again.click()
    assert "step,unit,name,value,gradient" in taken.value.path().read_text()


@pytest.mark.parametrize(
    ("page", "query"), [("lab", "units=4&at=2.3&unit=3"), ("fourday", "f=2.7,1.63,1.2&show=B&at=3.2&way=back")]
)
def test_a_link_leads_to_the_same_place(page, query, tab):
    stage = tab(query, page)
    stage.stage.focus()
    stage.page.keyboard.press("ArrowLeft")
    stage.expect_query(lambda asked: asked["at"] != parse_qs(query)["at"][0])
    place = stage.slider("Playhead").get_attribute("aria-valuetext")
    numbers = stage.page.locator(".gw-picture svg .value .number").all_text_contents()
    other = tab(urlsplit(stage.page.url).query, page)
    expect(other.slider("Playhead")).to_have_attribute("aria-valuetext", place)
    expect(other.page.locator(".gw-picture svg .value .number")).to_have_text(numbers)
