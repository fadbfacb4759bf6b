"""Commits that are answered without a rerun: the route, and what it says."""

import gc
import json

import pytest
from starlette.requests import Request
from starlette.responses import Response

from app.components.picture import plain
from app.components.picture.shapes import canvas
from app.lessons.fourday.model import ADDRESS, PRESETS, example
from app.lessons.fourday.tasks import goal, questions
from app.page import lesson, settings
from app.page.commits import Commits
from app.page.guide import Tasks
from app.page.page import Page
from app.page.session import KEY, PageSession, Visit
from app.server.commits import answered
from app.server.posted import LONGEST
from tests.support.loops import finished

DAYS = {name: list(values) for name, values in ADDRESS.defaults.days.items()}


def drawn(controls):
    return canvas(10, 10, f"{example(controls).losses['B']:.6f}")


@pytest.fixture
def commits():
    return Commits(Page("fourday", "en"), ADDRESS, Tasks(questions, goal), {"gradients": drawn}, {})


def send(token: str, content: bytes) -> Response:
    async def receive():
        return {"type": "http.request", "body": content}

    headers = [(b"content-length", b"%d" % len(content))]
    scope = {"type": "http", "method": "POST", "headers": headers, "path_params": {"token": token}}
    return finished(answered(Request(scope, receive)))


def post(token, weights=None, **rest):
    sent = {"weights": PRESETS["full"] | (weights or {}), "days": DAYS, "show": ["A"], "n": 1} | rest
    return send(token, json.dumps(sent).encode())


def test_what_follows_has_the_readers_numbers(commits):
    answer = json.loads(post(commits.token, {"b_f": -1.0}).body)
    seen = ADDRESS.check({"weights": PRESETS["full"] | {"b_f": -1.0}}, ADDRESS.defaults)[0]
    assert answer["address"] == dict.fromkeys(ADDRESS.keys) | ADDRESS.write(seen)
    assert answer["pictures"] == {"gradients": plain(drawn(seen), "gradients")}
    (ending, nearer) = answer["questions"]
    assert nearer["answer"] == example(seen).nearer
    assert f"{example(seen).answers['B']:.3f}"[-3:] in ending["reveal"]


@pytest.mark.parametrize(
    "rest", [{"weights": {"b_f": 1e9}}, {"days": {"A": "wet"}}, {"show": ["C"]}, {"weights": {"b_f": None}}]
)
def test_what_is_refused_is_for_streamlit_to_tell(commits, rest):
    assert post(commits.token, **rest).status_code == 409


ODD = [b"", b"{", b"[1]", b"null", b'"text"', b"\xff", b"[" * 60_000, b'{"a":' * 9_000, b"1" * 5_000, b"NaN"]


@pytest.mark.parametrize("content", ODD, ids=lambda content: repr(content[:8]))
def test_what_is_no_commit_is_no_error(commits, content):
    assert send(commits.token, content).status_code in (200, 400)


VALUES = (
    None, True, "", "x", "1e400", float("nan"), float("inf"), -1e308, 10**400, -(10**3000), [], [[]], {}, {"A": {}},
    [None], [True], [float("nan")], [1] * 9000, ["A"] * 5000, {"": 1}, {"f": {"f": []}}, "\ud800", "A" * 20_000,
)  # fmt: skip


@pytest.mark.parametrize("key", ["weights", "days", "show", "n", "b_f", "A"])
def test_a_commit_with_any_value_gets_a_plain_status(commits, key):
    """At every place of a commit; what is accepted is within the limits."""
    before = dict(commits.unwritten)
    for value in VALUES:
        rest = {"weights": {key: value}} if key == "b_f" else {"days": {key: value}} if key == "A" else {key: value}
        answer = post(commits.token, **rest) if key != "weights" else post_whole(commits.token, value)
        assert answer.status_code in (200, 409, 413), value
        if key in ("b_f", "A"):
            assert answer.status_code != 200, value
    if key in ("b_f", "A"):
        assert commits.unwritten == before


def post_whole(token, weights):
    return send(token, json.dumps({"weights": weights, "days": DAYS, "show": ["A"], "n": 1}).encode())


def test_a_commit_of_any_length_is_not_read(commits):
    assert send(commits.token, b" " * (LONGEST + 1)).status_code == 413


def test_a_page_that_is_closed_answers_no_more():
    commits = Commits(Page("fourday", "en"), ADDRESS, Tasks(questions, goal), {}, {})
    token = commits.token
    assert post(token).status_code == 200
    del commits
    gc.collect()
    assert post(token).status_code == 409


def test_the_pages_next_run_knows_what_the_browser_wrote(monkeypatch):
    """Streamlit's own address is the one before, until it is told."""
    unwritten, query = {}, {"lang": "vi", "f": "1,1,1"}
    visit = Visit("fourday", unwritten=unwritten)
    monkeypatch.setattr(settings.st, "session_state", {KEY: PageSession(visit=visit)})
    monkeypatch.setattr(settings.st, "query_params", query)
    commits = Commits(Page("fourday", "en"), ADDRESS, Tasks(questions, goal), {}, unwritten)
    post(commits.token, {"b_i": -1.0}, show=["B"])
    monkeypatch.setattr(lesson, "whole_page_is_drawn", lambda: False)
    controls = lesson.Lesson("fourday", "en", address=ADDRESS).controls()
    assert (controls.weights["b_i"], controls.show) == (-1.0, ("B",))
    settings.update_address({"lang": None})
    assert query == {"lang": [], "f": ADDRESS.write(controls)["f"]} | ADDRESS.write(controls)
    assert unwritten == {}


@pytest.mark.parametrize("warned", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_a_run_of_the_whole_page_forgets_what_the_browser_wrote(monkeypatch, whole, warned):
    """Its own address holds, with a notice too; a fragment goes on with both."""
    visit = Visit("fourday", unwritten={"f": "1,1,1", "i": None}, warned=warned)
    monkeypatch.setattr(lesson.st, "session_state", {KEY: PageSession(visit=visit)})
    monkeypatch.setattr(lesson.st, "query_params", {"f": "2,2,2", "i": "0,0,0"})
    monkeypatch.setattr(lesson, "whole_page_is_drawn", lambda: whole)
    page = lesson.Lesson("fourday", "en", address=ADDRESS)
    assert (page.commits(Tasks(questions, goal), {}) is None) == warned
    assert visit.unwritten == ({} if whole else {"f": "1,1,1", "i": None})
    assert page.query() == ({"f": "2,2,2", "i": "0,0,0"} if whole else {"f": "1,1,1"})
