"""Lessons, their parts and terms are among what can be found, and the glossary and the lessons lead to each other."""

import json
import re
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from app.components.bar.data import Data, Place
from app.i18n import LANGUAGES, labels, sections
from app.page.glossary import entries
from app.page.page import Page
from app.page.registry import LESSONS, TASKS
from tests.page.test_every_page import opened
from tests.support.records import expect_exact


def sent(test: AppTest) -> Data:
    """What the bar is sent."""
    bar = next(one.proto for one in test.get("bidi_component") if one.proto.component_name == "gatewalk_bar")
    data: Data = json.loads(bar.json)
    return data


def sent_places(test: AppTest) -> list[Place]:
    return sent(test)["places"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_parts_and_terms_can_be_found(language):
    data = sent(opened("gru", lang=language))
    expect_exact(data, Data)
    found = {kind: [place for place in data["places"] if place["kind"] == kind] for kind in ("lesson", "part", "term")}
    assert [place["href"].partition("?")[0] for place in found["lesson"]] == LESSONS
    assert data["worksheet"].partition("?")[2].split("&")[-1] == "cell=gru"
    pages = [place["href"].partition("?")[0] for place in data["places"] if place["kind"] == "place"]
    assert pages == ["model", "worksheet", "join"]
    assert [place["name"] for place in found["term"]] == [entry.term for entry in entries(language).values()]
    assert not any(re.match(labels(language)["heading.predict"], place["name"]) for place in found["part"])
    for place in found["part"]:
        lesson, _, heading = place["href"].partition("#")
        texts = sections(language, lesson.partition("?")[0]).values()
        assert any(f"# {unquote(heading)}\n" in text for text in texts)
    assert all(("lang=vi" in place["href"]) == (language == "vi") for place in data["places"])
    assert data["here"] == LESSONS.index("gru") + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_leads_to_the_lessons_that_use_its_term(language):
    """Each link is to a card in the lesson; a lesson that is not linked has none."""
    html = next(one.proto.body for one in opened("glossary", lang=language).get("html") if "<dl" in one.proto.body)
    linked = set(re.findall(r'href="(\w+)(?:\?[^"#]*)?#term-(\w+)"', html))
    assert set(re.findall(r'id="term-(\w+)"', html)) == entries(language).keys()
    for key in ("gru", "lstm"):
        page = opened(key, lang=language)
        shown = set(re.findall(r'id="term-(\w+)"', "".join(one.value for one in page.markdown)))
        assert shown
        assert shown <= {term for lesson, term in linked if lesson == key}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_that_every_lesson_has_are_named_as_in_the_lessons(language):
    """The search leaves them out by their text, which stands in each lesson's Markdown, too."""
    first = {key: text for key, text in labels(language).items() if key.startswith("heading.")}
    for key, heading in first.items():
        name = key.removeprefix("heading.")
        lessons = [sections(language, lesson).get(name, "") for lesson in LESSONS]
        assert sum(f"# {heading}\n" in text for text in lessons) > 1, (key, heading)


@pytest.mark.parametrize("key", LESSONS)
def test_a_lesson_has_as_many_tasks_as_the_bar_counts(key, monkeypatch):
    tasks = set()
    monkeypatch.setattr(Page, "predict", lambda page, question, *_, **__: tasks.add(question))
    monkeypatch.setattr(Page, "challenge", lambda page, state, group="goal", /, **_: tasks.add(group))
    for stage in opened(key).get("bidi_component"):
        guide = json.loads(stage.proto.json).get("guide") if stage.proto.component_name == "gatewalk_stage" else None
        if guide:
            tasks |= {question["key"] for question in guide["questions"]} | ({"goal"} if guide["goal"] else set())
    assert len(tasks) == TASKS[key]
