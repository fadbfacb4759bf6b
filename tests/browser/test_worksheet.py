"""Worksheets on paper: one page each, nothing cut, and legible in grey."""

import re

import pytest

from app.export.worksheet.cells import CELLS, address_of
from app.export.worksheet.document import html
from app.lessons.worksheet.model import Wish

MEASURE = """() => [...document.querySelectorAll(".page")].map((page) => {
  const box = page.getBoundingClientRect(), scale = box.height / 1122
  const parts = [...page.querySelectorAll("*")].filter((part) => !part.closest(".said, symbol"))
  const outside = parts.filter((part) => {
    const {left, right, bottom} = part.getBoundingClientRect()
    return left < box.left + 40 * scale || right > box.right - 40 * scale || bottom > box.bottom - 12 * scale
  })
  const wide = [...page.querySelectorAll("td, th, p, li")].filter((part) => part.scrollWidth > part.clientWidth + 1)
  const foot = page.querySelector("footer").getBoundingClientRect()
  const sizes = parts.filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((part) => parseFloat(getComputedStyle(part).fontSize) * scale)
  return {
    cut: [...outside, ...wide].map((part) => part.outerHTML.slice(0, 80)),
    room: (foot.top - page.querySelector("footer").previousElementSibling.getBoundingClientRect().bottom) / scale,
    smallest: Math.min(...sizes) * 0.75,
    box: Math.min(...[...page.querySelectorAll(".blank")].map((one) => one.getBoundingClientRect().height)) / 96 * 25.4,
  }
})"""

GREY = """() => {
  const light = (kind) => {
    const style = getComputedStyle(document.querySelector(kind))
    const [r, g, b, a = 1] = style.backgroundColor.match(/[\\d.]+/g).map(Number)
    return a ? (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 : 1
  }
  return [light(".given"), light(".blank"), document.querySelector(".blank").innerText.trim().length]
}"""


def wished(cell, **how):
    query = {"numbers": "seed", "steps": 4, "decimals": 2, "given": "some", "seed": 7, "sheets": 1} | how
    own = address_of(cell).defaults
    return Wish(cell, **query, controls=own)


def document(wish, language, paper, **rest):
    return html(wish.made("https://gatewalk.example/worksheet", {}), wish.cell, language, paper=paper, **rest)


def paper_pages(page, **how):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True, **how)))


@pytest.mark.browser
def test_each_sheet_and_each_key_is_one_page_with_nothing_cut(new_page):
    page = new_page(viewport={"width": 900, "height": 1200})
    page.emulate_media(media="print")
    for cell in CELLS:
        for language in ("en", "vi"):
            for paper in ("a4", "letter"):
                page.set_content(document(wished(cell, decimals=3), language, paper))
                for number, measured in enumerate(page.evaluate(MEASURE)):
                    at = (cell, language, paper, number)
                    assert measured["cut"] == [], at
                    assert measured["room"] >= 0, at
                    assert measured["smallest"] >= 9.45, at
                    assert measured["box"] is None or measured["box"] >= 7.95, at
                assert paper_pages(page) == 2, (cell, language, paper)


@pytest.mark.browser
def test_a_class_set_prints_as_many_pages_as_it_says_and_given_differs_from_blank_in_grey(new_page):
    page = new_page(viewport={"width": 900, "height": 1200})
    page.emulate_media(media="print")
    page.set_content(document(wished("lstm", sheets=5), "vi", "letter", heading="Lớp 12A1 " * 6))
    assert paper_pages(page) == 10
    given, blank, letters = page.evaluate(GREY)
    assert blank - given > 0.08
    assert letters == len("ô trống")
    page.set_content(document(wished("lstm", sheets=5), "en", "a4", keys=False))
    assert paper_pages(page) == 5
    assert all(each["cut"] == [] for each in page.evaluate(MEASURE))


@pytest.mark.browser
def test_the_page_prints_and_saves_what_it_shows(tab):
    page = tab("sheets=2&cell=rnn", path="worksheet", answered=False).page
    page.locator(".gw-worksheet iframe").wait_for()
    preview = page.frame_locator(".gw-worksheet iframe")
    preview.locator(".page.key").last.wait_for()
    assert preview.locator(".page").count() == 4
    page.evaluate("""() => {
      const find = (root) => root.querySelector(".gw-worksheet iframe")
        ?? [...root.querySelectorAll("*")].map((part) => part.shadowRoot && find(part.shadowRoot)).find(Boolean)
      const {contentWindow} = find(document)
      window.printed = 0
      contentWindow.print = () => { window.printed += contentWindow.document.querySelectorAll(".page").length }
    }""")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 4
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as HTML").click()
    assert saving.value.suggested_filename == "gatewalk-worksheet-rnn-1.html"
    saved = saving.value.path().read_text(encoding="utf-8")
    assert saved.count('<section class="page') == 4
    page.get_by_role("radio", name="Company A").click()
    preview.get_by_text("Company A’s value").first.wait_for()
    assert preview.locator(".page").count() == 2
    assert "numbers=A" in page.url
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
