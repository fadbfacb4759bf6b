"""The story of a page without a stage: its steps in both languages, what they set, and what they light."""

import json
import re
from types import SimpleNamespace

import pytest

from app.components import story as component
from app.i18n import LANGUAGES
from app.lessons.memory.view import GAP, TEXT
from app.page import story
from app.page.guide import script
from app.page.page import Page
from app.page.registry import LESSONS
from app.page.session import Visit
from tests.page.test_every_page import STAGED, opened

TOLD = [key for key in LESSONS if key not in STAGED]


def sent(test):
    """What the browser is sent of a page's story."""
    boxes = [one.proto for one in test.get("bidi_component") if one.proto.component_name == "gatewalk_story"]
    assert len(boxes) == 1
    return json.loads(boxes[0].json)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TOLD)
def test_a_page_opens_as_its_first_step_has_it(key, language):
    told = sent(opened(key, lang=language))
    assert told["at"] == 0
    assert told["there"][0]
    assert len(told["steps"]) > 3
    for step in told["steps"]:
        words = re.sub(r"<[^>]+>", "", step["text"]).split()
        assert len(words) <= (60 if language == "en" else 90), step["id"]
        assert step["verb"]
        assert "{" not in "".join([step["title"], step["text"], step.get("practice", "")])


@pytest.mark.parametrize("key", [key for key in TOLD if key != "frameworks"])  # whose last step sets what code is shown
def test_a_step_that_sets_something_is_where_the_address_says(key):
    """The settings of a step's own, each written as an address writes it."""
    step = next(step for step in reversed(script(key)) if step.get("set"))
    told = sent(opened(key, step=step["id"], **{name: f"{value}" for name, value in step["set"].items()}))
    at = told["at"]
    assert told["steps"][at]["id"] == step["id"]
    assert told["there"][at]


def test_a_step_that_is_left_says_so():
    assert not sent(opened("memory", gap="3"))["there"][0]


def test_going_to_a_step_sets_what_it_has_and_is_in_the_address(monkeypatch):
    visit, written, drawn = Visit("memory"), [], []
    monkeypatch.setattr(story, "visit", lambda: visit)
    monkeypatch.setattr(story, "value_of", lambda setting: setting.default)
    monkeypatch.setattr(story, "write", lambda *chosen: written.extend((one.name, value) for one, value in chosen))
    monkeypatch.setattr(story, "redraw", lambda *parts: drawn.append(parts))
    monkeypatch.setattr(component, "sent", lambda: component.Request(7, "own"))
    story.answered(Page("memory", "en"), (TEXT, GAP), ("reading",))
    assert visit.handled == {"step": 7}
    assert ("text", "own") in written
    assert written[0][1]["id"] == "own"
    assert drawn == [("reading",)]
    monkeypatch.setattr(component, "sent", lambda: component.Request(8, "nowhere"))
    story.answered(Page("memory", "en"), (TEXT, GAP), ("reading",))
    assert visit.handled == {"step": 7}


@pytest.mark.parametrize("value", [None, {}, {"n": "1", "step": "gap"}, {"n": 1, "step": 2}, "gap"])
def test_a_request_that_cannot_be_read_is_none(monkeypatch, value):
    monkeypatch.setattr(component.st, "session_state", {"story": SimpleNamespace(sent=value)})
    assert component.sent() is None
