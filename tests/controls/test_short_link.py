"""A short link is the same address; what is none is refused, whatever it unpacks to."""

import asyncio
import json
import zlib
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.controls.address import Controls
from app.controls.many_units import Lab, entries
from app.controls.short_link import BESIDE, LONG, MOST_BYTES, expanded, short_link, shortened
from app.export.link import qr_code
from app.i18n import LANGUAGES, labels
from app.lessons.lab.model import drawn
from app.server.short_links import ShortLinks
from tests.page.test_every_page import opened

NAMES = st.from_regex(r"[\w.-]{1,12}", fullmatch=True).filter(lambda name: name.isascii() and name != "s")
TEXTS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=60)
QUERIES = st.dictionaries(NAMES, TEXTS, max_size=12)
ADDRESS = entries(Lab(drawn("lstm", 64, 0)))
MOVED = {f"U_f.{row}.{column}": row / 7 - column for row in range(1, 11) for column in range(1, 11)}


def packed(plain, version="1.", wbits=-15):
    return version + urlsafe_b64encode(zlib.compress(plain, 9, wbits=wbits)).rstrip(b"=").decode()


def followed(query, path="/lab"):
    """Where the server sends a browser that asks for a page; None where it has the page."""
    sent = []

    async def page(*_):
        pass

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    asyncio.run(ShortLinks(page)(scope, None, send))
    if not sent:
        return None
    assert sent[0]["status"] == 302
    return dict(sent[0]["headers"])[b"location"].decode()


@given(QUERIES)
def test_a_query_comes_back(query):
    assert expanded(shortened(query)) == query


@given(QUERIES, st.dictionaries(st.sampled_from(sorted(BESIDE)), TEXTS))
def test_a_short_link_leads_to_the_long_one(query, beside):
    """Except for an address that is short as it is, which stays."""

    address = f"https://gatewalk.test/lab?{urlencode(query | beside)}"
    short = short_link(address)
    assert len(short) <= len(address)
    if short == address:
        return
    parts = urlsplit(short)
    assert parse_qs(parts.query).keys() <= {"s"} | BESIDE
    location = followed(parts.query)
    assert location.startswith("?")
    assert {n: v[-1] for n, v in parse_qs(location[1:], keep_blank_values=True).items()} == query | beside


def test_a_hundred_weights_take_less_than_half_and_are_the_same():
    controls = Controls(MOVED, ADDRESS.defaults.days, ("x",))

    query = ADDRESS.write(controls) | {"cell": "lstm", "units": "64", "lang": "vi"}
    long = f"https://gatewalk.test/lab?{urlencode(query, safe=',;:')}"
    short = short_link(long)
    assert len(short) < len(long) / 2
    location = followed(urlsplit(short).query)
    read, problems = ADDRESS.read({name: values[-1] for name, values in parse_qs(location[1:]).items()})
    assert (read, problems) == (controls, [])
    assert short_link(short) == short
    assert (
        short_link(f"https://gatewalk.test/lstm?f={'1' * (LONG - 10)}") == f"https://gatewalk.test/lstm?f={'1' * 190}"
    )


@pytest.mark.parametrize("address", ["", "http://[", f"https://a/?f={'1' * LONG}\ud800", f"?{'&' * LONG}"])
def test_what_is_no_address_stays_as_it_is(address):
    assert len(short_link(address)) <= len(address)
    qr_code(address or "x", "QR")


@given(st.text(max_size=80) | st.from_regex(r"1\.[\w-]{0,80}", fullmatch=True) | st.binary(max_size=60).map(packed))
def test_no_text_is_an_error(text):
    found = expanded(text)
    assert found is None or expanded(shortened(found)) == found


GOOD = shortened({"f": "1,2,3"})
HOSTILE = {
    "empty": "",
    "no version": GOOD.removeprefix("1."),
    "a later version": GOOD.replace("1.", "2.", 1),
    "cut off": GOOD[:-3],
    "more behind it": packed(b"{}") + packed(b"{}", version=""),
    "zlib's own head": packed(b"{}", wbits=15),
    "a bomb": packed(b"0" * 50_000_000)[:11_000],
    "a bomb in a value": packed(b'{"f":"' + b"1" * MOST_BYTES + b'"}'),
    "a list": packed(b'["f"]'),
    "a number": packed(b'{"f":1}'),
    "deep": packed(b"[" * 9_000),
    "another short link in it": packed(json.dumps({"s": GOOD}).encode()),
    "an odd name": packed(b'{"a b":"1"}'),
    "half a character": packed(b'{"f":"\\ud800"}'),
    "a line break": packed(b'{"f":"1\\r\\nSet-Cookie: a=b"}'),
    "not UTF-8": packed(b'{"f":"\xff"}'),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_short_link_is_refused(text):
    assert expanded(text) is None
    assert followed(f"s={text}") is None


def test_it_leads_nowhere_else():
    assert followed(f"s={GOOD}&f=9", "//evil.example/lab") == "?f=9"
    assert followed(f"s={GOOD}", "//evil.example/lab") == "?f=1,2,3"
    assert followed("f=1") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_that_its_link_is_damaged(language):
    test = opened("lstm", lang=language, s=GOOD[:-3])
    assert labels(language)["problem.short"] in [box.value for box in test.warning]
