"""The page without a server: it is small, asks for nothing, and takes no text for a tag or a script."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.export.standalone import html
from cells import LSTM
from tests.support.stage_site import cell_of, scene_of, scene_of_units, vector_of

ADDRESS = "https://gatewalk.test/fourday?f=2.7&at=3.1"


class Elements(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and their texts."""

    def __init__(self, page: bytes):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_data(self, data):
        if self.texts:
            self.texts[-1] += data

    def text(self, tag: str, **attributes: str) -> str:
        """Of the first element of that tag with these attributes."""
        return next(
            text
            for (name, own), text in zip(self.found, self.texts, strict=True)
            if name == tag and attributes.items() <= own.items()
        )


@pytest.fixture(scope="module")
def four_days():
    return scene_of({"lstm": cell_of(LSTM, {})}, {})


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_small_cell_takes_400_kilobytes_at_most(language):
    cells = {"lstm": cell_of(LSTM, {})}
    assert len(html(scene_of(cells, {"lang": language}), language, "Four days", ADDRESS)) <= 400_000


def test_sixty_four_units_over_200_steps_take_900_kilobytes_at_most():
    units = scene_of_units({"lstm-64": vector_of(LSTM, {}, 1, 64)}, {})
    assert len(html(units, "en", "64 units", ADDRESS)) <= 900_000


def test_nothing_in_it_asks_anyone_for_anything(four_days):
    page = Elements(html(four_days, "en", "Four days", ADDRESS))
    asking = [(tag, own) for tag, own in page.found if own.keys() & {"src", "href", "srcset", "action", "data"}]
    assert asking == [
        ("link", {"rel": "icon", "href": "data:,"}),
        ("a", {"href": ADDRESS, "target": "_blank", "rel": "noopener noreferrer"}),
    ]
    assert "url(" not in page.text("style")
    assert "@import" not in page.text("style")
    (policy,) = [own["content"] for _, own in page.found if own.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src" not in policy


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "data:text/html,x", "/fourday"])
def test_it_links_to_the_web_alone(four_days, address):
    assert not [tag for tag, _ in Elements(html(four_days, "en", "x", address)).found if tag == "a"]


@settings(max_examples=25)
@given(st.text(), st.text(), st.text())
@example("</script><script>alert(1)</script>", "<!--<script>", "]]>\u2028\u2029")
@example("<img src=x onerror=alert(1)>", "</title><b>", "\"'><svg onload=alert(1)>")
def test_no_text_becomes_a_tag(four_days, title, name, read):
    plain = [(tag, own.keys()) for tag, own in Elements(html(four_days, "en", "x", ADDRESS)).found]
    scene = {**four_days, "reads": [read], "series": [{**one, "name": name} for one in four_days["series"]]}
    page = Elements(html(scene, "en", title, f"{ADDRESS}&name={name}"))
    assert [(tag, own.keys()) for tag, own in page.found] == plain
    assert page.text("h1") == title
    sent = json.loads(page.text("script", id="scene"))
    assert sent["reads"] == [read]
    assert sent["series"][0]["name"] == name
