"""A term opens its entry where a page first uses it."""

import pytest

from app.i18n import LANGUAGES, sections
from app.page.glossary import entries, opened, spellings
from app.page.registry import LESSONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_opens_where_it_is_first_used_and_nowhere_else(language):
    term, *_ = entries(language)["forget"]
    seen: set[str] = set()
    told = opened(f"# {term}\n\n[{term}](x) `{term}` {term}, {term}.", language, seen)
    assert told.count("gw-term") == 1
    assert told.startswith(f"# {term}\n\n[{term}](x) `{term}` <span")
    assert seen == {"forget"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_is_used_somewhere(language):
    seen: set[str] = set()
    for lesson in LESSONS:
        for section in sections(language, lesson).values():
            opened(section, language, seen)
    assert seen == set(spellings(language).values())
