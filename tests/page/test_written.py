"""The server is told what a component writes in the address, and writes it along with what it writes itself."""

import pytest

from app.lessons.writing.view import TEXT
from app.page.answers import answer
from app.page.session import Visit
from app.page.settings import update_address
from app.page.written import Written


@pytest.fixture
def written():
    return Written(TEXT, {})


def test_what_is_told_is_written_along(written, monkeypatch):
    visit, query = Visit("writing", unwritten=written.unwritten), {"text": "english", "count": "3", "unit": "2"}
    monkeypatch.setattr("app.page.settings.visit", lambda: visit)
    monkeypatch.setattr("app.page.settings.note_address", lambda: None)
    monkeypatch.setattr("app.page.settings.st.query_params", query)
    told = {
        "begin": None,
        "kept": "Thúy\n",
        "count": "80",
        "draw": "2",
        "temperature": "0.63",
        "at": "94.4",
        "unit": None,
    }
    assert answer(written.token, told) == {}
    update_address({"step": "odds"})
    assert query == {
        "text": "english", "kept": "Thúy\n", "count": "80", "draw": "2", "temperature": "0.63", "at": "94.4",
        "unit": [], "step": "odds",
    }  # fmt: skip
    assert written.unwritten == {}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "count=3",
        {"count": "601"},
        {"count": "-1"},
        {"temperature": "warm"},
        {"draw": 3},
        {"at": "9" * 17},
        {"unit": 4},
        {"lang": "vi"},
        {"step": "odds"},
    ],
)
def test_what_no_address_may_have_is_not_taken(written, sent):
    assert answer(written.token, sent) is None
    assert written.unwritten == {}
