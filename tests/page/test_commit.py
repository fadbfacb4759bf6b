"""What the server does with a change that the stage shows already."""

from types import SimpleNamespace

import pytest

from app.lessons.fourday.model import ADDRESS
from app.page import lesson as lesson_page
from app.page.session import KEY, PageSession, Visit


@pytest.fixture
def commit(monkeypatch):
    """Send a change of the stage; returns what is drawn, the address, and the visit of the page."""

    def send(weights, warned=False, guided=False):
        visit, drawn, query = Visit("fourday", fragments=["follow", "later"], warned=warned), [], {}
        sent = SimpleNamespace(commit={"weights": weights, "days": {}, "show": ["A"], "n": 7})
        monkeypatch.setattr(lesson_page.st, "session_state", {KEY: PageSession(visit=visit), "fourday": sent})
        monkeypatch.setattr(lesson_page.st, "query_params", query)
        monkeypatch.setattr(lesson_page, "redraw", lambda *parts: drawn.extend(parts))
        lesson_page.Lesson("fourday", "en", address=ADDRESS).commit(guided)
        return drawn, query, visit

    return send


def test_only_what_follows_is_drawn(commit):
    drawn, query, visit = commit({"b_f": -1.0})
    assert drawn == ["follow"]
    assert query["f"] == "2.7,1.63,-1"
    assert (visit.problems, visit.committed) == ([], 7)


def test_the_stage_is_drawn_where_something_is_refused_or_a_notice_goes(commit):
    drawn, query, visit = commit({"b_f": 1e9})
    assert drawn == ["stage", "follow"]
    assert "f" not in query
    assert [problem.reason for problem in visit.problems] == ["problem.range"]
    assert commit({"b_f": 1.0}, warned=True)[0] == ["stage", "follow"]


def test_a_guide_has_the_readers_numbers(commit):
    assert commit({"b_f": -1.0}, guided=True)[0] == ["questions", "follow"]
