"""The page of worksheets: what its address asks for is what is printed, and the address on paper leads to it again."""

import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.i18n import labels
from tests.page.test_every_page import opened
from tests.support.printed import pages


def drawn(**query):
    """The page, and the document that its browser is sent."""
    test = opened("worksheet", **query)
    (sent,) = [each.proto for each in test.get("bidi_component") if each.proto.component_name == "gatewalk_worksheet"]
    return test, json.loads(sent.json)["html"]


def addresses(html):
    found = re.findall(r'<span class="address">([^<]*)</span>', html)
    return [dict(parse_qsl(urlsplit(unescape(address)).query)) for address in found]


def numbers(page):
    return {name: [[cell.text for cell in row] for row in rows] for name, rows in page.tables.items()}


@pytest.mark.parametrize(
    "query",
    [
        {"cell": "gru", "seed": "21", "sheets": "3", "decimals": "3", "given": "many", "lang": "vi"},
        {"cell": "peephole", "numbers": "own", "f": "1,2,-0.5,0.123456", "x": "1,0.5,-1,0,2,3", "steps": "3"},
        {"numbers": "B", "o": "1,1,0.25", "steps": "2", "paper": "letter"},
    ],
    ids=lambda query: query.get("cell", "lstm"),
)
def test_the_address_of_a_sheet_leads_to_the_same_numbers(query):
    _, html = drawn(**query)
    sheets, said = pages(html), addresses(html)
    assert len(sheets) == 2 * int(query.get("sheets", 1))
    assert said[: len(said) // 2] == said[len(said) // 2 :]
    last = len(sheets) // 2 - 1
    _, again = drawn(**said[last])
    assert [numbers(page) for page in pages(again)] == [numbers(sheets[last]), numbers(sheets[-1])]


def test_a_heading_is_text_and_keys_can_be_left_out():
    _, html = drawn(nokeys="true", heading="<img src=x onerror=alert(1)>" + "x" * 100)
    (sheet,) = pages(html)
    assert "<img" not in html
    assert sheet.text.count("x") < 100
    assert "<img src=x onerror=alert(1)>" in sheet.text


@pytest.mark.parametrize("key", ["seed", "sheets", "cell", "numbers", "steps", "decimals", "given", "paper", "nokeys"])
def test_what_an_address_asks_for_in_vain_is_told(key):
    test, html = drawn(**{key: "<b>"})
    assert len(test.warning) == 1
    assert f"`{key}`" in test.warning[0].value
    assert len(pages(html)) == 2


@pytest.mark.parametrize("text", ["nan,1,1", "1,2", "99,1,1", "<b>", "1" * 10_000])
def test_weights_that_are_none_are_told(text):
    test, html = drawn(numbers="own", f=text)
    assert labels("en")["problem.intro"] in "".join(box.value for box in test.warning)
    assert "2.70" in pages(html)[0].text
