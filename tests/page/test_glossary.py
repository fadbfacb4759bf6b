"""A term opens its entry where a page first uses it."""

import pytest

from app.i18n import LANGUAGES
from app.page.glossary import entries, opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_opens_where_it_is_first_used_and_nowhere_else(language):
    term = entries(language)["forget"].term
    seen: set[str] = set()
    told = opened(f"# {term}\n\n[{term}](x) `{term}` {term}, {term}.", language, seen)
    assert told.count("gw-term") == 1
    assert told.startswith(f"# {term}\n\n[{term}](x) `{term}` <span")
    assert seen == {"forget"}
