"""Lessons, their parts and terms can be found, and finding one goes there."""

import re

import pytest

from app.frame.search import places
from app.i18n import LANGUAGES, labels
from app.page.glossary import entries
from app.page.registry import LESSONS
from tests.page.test_every_page import opened, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_parts_and_terms_can_be_found(language):
    found = places(language, tuple(LESSONS))
    assert [place.page for place in found[: len(LESSONS)]] == LESSONS
    assert any(place.page == "glossary" and entries(language)["gate"][0] in place.name for place in found)
    assert len({place.name for place in found}) == len(found)
    assert not any(re.match(labels(language)["heading.predict"], place.name) for place in found)


def test_finding_a_lesson_goes_there():
    test = opened("memory")
    place = next(p for p in places("en", tuple(LESSONS)) if p.page == "gru")
    test.selectbox(key="find").select(place).run()
    assert not test.exception
    assert "# The GRU" in text(test)
