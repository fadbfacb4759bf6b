"""A browser's tab, bookmark and history name the page."""

import pytest
import streamlit

from app.i18n import LANGUAGES, labels
from app.page.registry import LESSONS
from tests.page.test_every_page import opened


def titles_of(key: str, language: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that the runs of a page gave its tab."""
    titles: list[str] = []
    monkeypatch.setattr(streamlit, "set_page_config", lambda title=None, **_: titles.append(title))
    opened(key, lang=language)
    return [title for title in titles if title]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["glossary", "gru"])
def test_a_tab_is_called_by_its_lesson(key, language, monkeypatch):
    assert titles_of(key, language, monkeypatch)[-1] == f"{labels(language)[f'lesson.{key}']} · Gatewalk"


def test_the_home_page_is_called_by_the_course(monkeypatch):
    assert titles_of("home", "en", monkeypatch) == ["Recurrent networks, one step at a time · Gatewalk"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_lessons_have_one_title(language):
    names = [labels(language)[f"lesson.{key}"] for key in LESSONS]
    assert len(set(names)) == len(names)
