"""Both languages say the same things: the same sections, labels and placeholders."""

import re
from string import Formatter

import pytest

from app.lessons import LESSONS
from app.text import CONTENT, LANGUAGES, filled, labels, number, sections

OTHERS = [language for language in LANGUAGES if language != "en"]
TOML = sorted(file.stem for file in (CONTENT / "en").glob("*.toml"))
MARKDOWN = sorted(file.stem for file in (CONTENT / "en").glob("*.md"))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def classes(text: str) -> set[str]:
    return set(re.findall(r'class="([^"]+)"', text))


def test_every_lesson_has_its_words():
    assert {"home", "glossary", *LESSONS} == set(MARKDOWN)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_files(language):
    assert {f.name for f in (CONTENT / language).iterdir()} == {f.name for f in (CONTENT / "en").iterdir()}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("page", MARKDOWN)
def test_the_same_sections(language, page):
    here, there = sections("en", page), sections(language, page)
    assert list(here) == list(there)
    for name, text in here.items():
        assert all([text, there[name]]), name
        assert placeholders(text) == placeholders(there[name]), name
        assert classes(text) == classes(there[name]), name
        assert text.count("\n- ") == there[name].count("\n- "), name


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("file", TOML)
def test_the_same_labels(language, file):
    here, there = labels("en", file), labels(language, file)
    assert list(here) == list(there)
    for key, text in here.items():
        assert bool(text.strip()) == bool(there[key].strip()), key
        assert placeholders(text) == placeholders(there[key]), key
        assert text.count("**") == there[key].count("**"), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_lesson_text_holds_only_plain_placeholders(language):
    for page in MARKDOWN:
        for text in sections(language, page).values():
            assert all(field is None or field.isidentifier() for _, field, _, _ in Formatter().parse(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_word_is_an_error(language):
    with pytest.raises(KeyError):
        sections(language, "fourday")["nowhere"]
    with pytest.raises(KeyError):
        labels(language)["nowhere"]
    with pytest.raises(KeyError):
        filled("{a} {b}", {"a": 1.0})


def test_numbers_look_as_on_the_stage():
    assert [number(-0.0004), number(-0.202), number(1), number(0.12345, 4)] == ["0.000", "−0.202", "1.000", "0.1235"]
