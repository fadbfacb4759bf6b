"""The course's terms, and a page's text with each term opening its entry where it is first used."""

import re
from collections.abc import Collection
from functools import cache
from html import escape

from app.i18n import labels

KEPT = re.compile(r"<[^>]*>|\[[^\]]*\]\([^)]*\)|`[^`]*`|^#.*$|^\|.*$|^- |\$[^$]*\$|\{\w+\}", re.MULTILINE)
"""What is left as it is: tags, links, code, headings, tables, formulas, placeholders."""


@cache
def entries(language: str) -> dict[str, tuple[str, ...]]:
    """Every entry by its key: the term, its meaning, and other ways the term is written."""
    words = labels(language, "glossary")
    keys = [key.removesuffix(".term") for key in words if key.endswith(".term")]
    return {key: (words[f"{key}.term"], words[f"{key}.text"], *others(words[f"{key}.also"])) for key in keys}


def others(written: str) -> list[str]:
    return [other.strip() for other in written.split("|") if other.strip()]


@cache
def pattern(language: str) -> re.Pattern[str]:
    """Any term, the longest first."""
    terms = sorted(spellings(language), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)


@cache
def spellings(language: str) -> dict[str, str]:
    """Every way a term is written, in small letters, and its key."""
    return {name.casefold(): key for key, (term, _, *also) in entries(language).items() for name in (term, *also)}


def opened(text: str, language: str, seen: set[str], but: Collection[str] = ()) -> str:
    """A text with the first use of each term made to open its entry; `seen` remembers what the page has had."""

    def entry(match: re.Match[str]) -> str:
        key = spellings(language)[match[0].casefold()]
        if key in seen or key in but:
            return match[0]
        seen.add(key)
        _, meaning, *_ = entries(language)[key]
        return f'<span class="gw-term" tabindex="0">{match[0]}<span role="tooltip">{escape(meaning)}</span></span>'

    pieces, end = [], 0
    for kept in KEPT.finditer(text):
        pieces += [pattern(language).sub(entry, text[end : kept.start()]), kept[0]]
        end = kept.end()
    return "".join([*pieces, pattern(language).sub(entry, text[end:])])
