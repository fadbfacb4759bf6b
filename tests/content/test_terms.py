"""One term for one thing: `app/content/terms.toml` holds for every text of its language."""

import re

import pytest

from app.i18n import LANGUAGES, labels
from app.page.glossary import entries, pattern, spellings
from tests.support.texts import all_texts

UNIDIOMATIC = {
    "en": [
        "as good as",
        "shall",
        "what really came",
        "stands? on a scale",
        "the way is",
        "was told",
        "will hear",
        "deaf",
    ],
    "vi": ["ngần ấy", "ký ức", "tỷ lệ", "vectơ", "sống sót", "phô ra", "lộ ra bao nhiêu", "Tôi nói rất tốt tiếng"],
}
"""Phrases that readers stumbled over."""

TYPED = re.compile(r"series\.toml/upload\.(problem\.number|answer\.marks\.\w+)")
"""Name numbers as a file may have them: 12,5."""


def found(expressions: list[str], language: str) -> list[tuple[str, str]]:
    """Where the texts of a language have one of some expressions."""
    expression = re.compile("|".join(rf"(?<!\w)(?:{each})(?!\w)" for each in expressions), re.IGNORECASE)
    return [(at, match[0]) for at, text in all_texts(language) if (match := expression.search(text))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_meaning_and_every_meaning_a_term(language):
    assert entries(language).keys() == labels(language, "glossary").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_terms_are_not_written_alike(language):
    written = [name.casefold() for entry in entries(language).values() for name in entry.spellings]
    assert sorted(written) == sorted(set(written))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_used(language):
    texts = "\n".join(text for at, text in all_texts(language) if not at.startswith("glossary"))
    used = {spellings(language)[match.casefold()] for match in pattern(language).findall(texts)}
    assert entries(language).keys() - used == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thing_is_called_by_its_term(language):
    assert found([each for entry in entries(language).values() for each in entry.never], language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_an_unidiomatic_phrase(language):
    assert found(UNIDIOMATIC[language], language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decimal_mark_is_a_point(language):
    """As the code prints numbers in every language."""
    assert [at for at, _ in found([r"\d+,\d+"], language) if not TYPED.search(at)] == []
