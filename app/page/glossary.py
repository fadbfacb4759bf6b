"""The course's terms, and a page's text with each term opening its entry where it is first used."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from app.i18n import CONTENT, labels, sections

KEPT = re.compile(r"<[^>]*>|\[[^\]]*\]\([^)]*\)|`[^`]*`|^#.*$|^\|.*$|^- |\$[^$]*\$|\{\w+\}", re.MULTILINE)
"""What is left as it is: tags, links, code, headings, tables, formulas, placeholders."""


@dataclass(frozen=True)
class Entry:
    """A term in one language, as `terms.toml` has it, and its meaning."""

    term: str
    meaning: str
    forms: tuple[str, ...] = ()  # plurals and the like
    also: tuple[str, ...] = ()  # other names, which the glossary shows
    never: tuple[str, ...] = ()  # regular expressions: what the texts never call it

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way a text may write the term."""
        return (self.term, *self.forms, *self.also)

    @property
    def alphabetical(self) -> tuple[str, str]:
        """Its place among others: by letters first, then by their marks."""
        term = self.term.casefold()
        letters = "".join(c for c in unicodedata.normalize("NFD", term) if not unicodedata.combining(c))
        return letters.replace("đ", "d"), term


@cache
def entries(language: str) -> dict[str, Entry]:
    """Every entry by its key. A term without a meaning is a KeyError."""
    terms = tomllib.loads((CONTENT / "terms.toml").read_text(encoding="utf-8"))
    meanings = labels(language, "glossary")
    return {key: entry(meanings[key], **term[language]) for key, term in terms.items()}


def entry(meaning: str, term: str, **lists: list[str]) -> Entry:
    return Entry(term, meaning, **{name: tuple(texts) for name, texts in lists.items()})


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Any term, the longest first."""
    terms = sorted(spellings(language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)


@cache
def spellings(language: str) -> dict[str, str]:
    """Every way a term is written, in small letters, and its key."""
    return {name.casefold(): key for key, entry in entries(language).items() for name in entry.spellings}


def place_of(key: str) -> str:
    """What a term is called in addresses: its entry in the glossary, and its first use in a lesson."""
    return f"term-{key}"


def card(word: str, key: str, language: str) -> str:
    """A term in a text, with the card that opens at it: its meaning, and the way to its entry."""
    place, meaning = place_of(key), escape(entries(language)[key].meaning)
    link = f'<a href="glossary?lang={language}#{place}">{labels(language)["lesson.glossary"]}</a>'
    return (
        f'<span class="gw-term"><span id="{place}" tabindex="0" role="button" aria-describedby="card-{key}">{word}'
        f'</span><span id="card-{key}" role="tooltip">{meaning} {link}</span></span>'
    )


def uses(language: str, lessons: Sequence[str]) -> dict[str, list[str]]:
    """The lessons whose text has a term, by the term's key."""
    found: dict[str, list[str]] = {key: [] for key in entries(language)}
    for lesson in lessons:
        seen: set[str] = set()
        for text in sections(language, lesson).values():
            opened(text, language, seen)
        for key in seen:
            found[key].append(lesson)
    return found


def opened(text: str, language: str, seen: set[str], but: Collection[str] = ()) -> str:
    """A text with the first use of each term made to open its entry; `seen` remembers what the page has had."""

    def first_use(match: re.Match[str]) -> str:
        key = spellings(language)[match[0].casefold()]
        if key in seen or key in but:
            return match[0]
        seen.add(key)
        return card(match[0], key, language)

    pieces, end = [], 0
    for kept in KEPT.finditer(text):
        pieces += [pattern(language).sub(first_use, text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*pieces, pattern(language).sub(first_use, text[end:])])
