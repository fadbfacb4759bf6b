"""Lessons, their parts and terms can be found, and finding one goes there."""

import re

import pytest

from app.frame.search import places
from app.i18n import LANGUAGES, labels, sections
from app.page.glossary import entries
from app.page.registry import LESSONS
from tests.page.test_every_page import opened, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_parts_and_terms_can_be_found(language):
    found = places(language, tuple(LESSONS))
    assert [place.page for place in found[: len(LESSONS)]] == LESSONS
    assert any(place.page == "glossary" and entries(language)["gate"].term in place.name for place in found)
    assert len({place.name for place in found}) == len(found)
    assert not any(re.match(labels(language)["heading.predict"], place.name) for place in found)


def test_finding_a_lesson_goes_there():
    test = opened("memory")
    place = next(p for p in places("en", tuple(LESSONS)) if p.page == "gru")
    test.selectbox(key="find").select(place).run()
    assert not test.exception
    assert "# Who is right?" in text(test)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_that_every_lesson_has_are_named_as_in_the_lessons(language):
    """The search leaves them out by their text, which stands in each lesson's Markdown, too."""
    first = {key: text for key, text in labels(language).items() if key.startswith("heading.")}
    for key, heading in first.items():
        name = key.removeprefix("heading.")
        lessons = [sections(language, lesson).get(name, "") for lesson in LESSONS]
        assert sum(f"# {heading}\n" in text for text in lessons) > 1, (key, heading)
