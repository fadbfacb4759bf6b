"""The class over every page: what its component is sent, and where its QR code leads."""

from types import SimpleNamespace

import pytest

from app.components import class_room as component
from app.components.class_room.data import Data
from app.frame import class_room
from app.i18n import LANGUAGES, labels
from app.page.registry import LESSONS, PLACES
from tests.page.test_every_page import opened
from tests.support.records import expect_exact

ADDRESS = SimpleNamespace(url="https://gatewalk.app/course/lstm")


@pytest.fixture
def drawn(monkeypatch) -> list[Data]:
    """What was sent, each time a page was drawn."""
    found: list[Data] = []
    monkeypatch.setattr(class_room, "class_room", lambda data, on_code: found.append(data))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_the_class_over_it(drawn, language):
    for key in ("fourday", "memory", *PLACES):
        opened(key, lang=language, teach="true")
        expect_exact(drawn[-1], Data)
        assert drawn[-1]["lesson"] == (key if key in LESSONS else "")
        assert drawn[-1]["teach"]
        assert drawn[-1]["words"] == labels(language, "room")
    assert [one["key"] for one in drawn[-1]["lessons"]] == LESSONS
    assert all("teach=true" in one["href"] for one in drawn[-1]["lessons"])
    assert opened("fourday", lang=language)
    assert not drawn[-1]["teach"]


def test_the_code_is_of_the_address_to_join_and_of_nothing_else(monkeypatch):
    asked: list[dict[str, object]] = []
    made = class_room.segno.make_qr
    monkeypatch.setattr(class_room.st, "context", ADDRESS)
    monkeypatch.setattr(
        class_room.segno, "make_qr", lambda link, **how: asked.append({"link": link} | how) or made(link, **how)
    )
    qr = class_room.qr_of("K7M4QP")
    assert asked == [{"link": "https://gatewalk.app/course/join?code=K7M4QP", "error": "m", "boost_error": False}]
    assert (qr["code"], qr["link"]) == ("K7M4QP", "https://gatewalk.app/course/join")
    rows = qr["rows"]
    assert {len(row) for row in rows} == {len(rows)}
    quiet = class_room.QUIET
    assert not any("1" in row for row in (*rows[:quiet], *rows[-quiet:], *(row[:quiet] + row[-quiet:] for row in rows)))
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[quiet : quiet + 7] for row in rows[quiet : quiet + 7]] == finder


@pytest.mark.parametrize("sent", [None, 5, "", "K7M4Q", "K7M4QP7", "K7M4Q0", "k7m4qp", "<b>abc", ["K7M4QP"]], ids=repr)
def test_what_is_no_code_is_none(monkeypatch, sent):
    monkeypatch.setattr(component.st, "session_state", {component.KEY: SimpleNamespace(code=sent)})
    assert component.code() is None


def test_a_code_is_one(monkeypatch):
    monkeypatch.setattr(component.st, "session_state", {component.KEY: SimpleNamespace(code="K7M4QP")})
    assert component.code() == "K7M4QP"
