"""The course's terms, and a page's text with each term opening its entry where it is first used."""

import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from html import escape

from app.i18n import CONTENT, labels

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


def opened(text: str, language: str, seen: set[str], but: Collection[str] = ()) -> str:
    """A text with the first use of each term made to open its entry; `seen` remembers what the page has had."""

    def first_use(match: re.Match[str]) -> str:
        key = spellings(language)[match[0].casefold()]
        if key in seen or key in but:
            return match[0]
        seen.add(key)
        meaning = escape(entries(language)[key].meaning)
        return f'<span class="gw-term" tabindex="0">{match[0]}<span role="tooltip">{meaning}</span></span>'

    pieces, end = [], 0
    for kept in KEPT.finditer(text):
        pieces += [pattern(language).sub(first_use, text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*pieces, pattern(language).sub(first_use, text[end:])])
