"""The glossary as a page shows it: every term in alphabetical order, each with the lessons that use it."""

from collections.abc import Sequence
from html import escape

from app.i18n import labels
from app.page.glossary import Entry, entries, place_of, uses
from app.page.registry import LESSONS, address_of


def listed(language: str) -> str:
    """All entries, as HTML."""
    used = uses(language, LESSONS)
    terms = sorted(entries(language).items(), key=lambda item: item[1].alphabetical)
    return f'<dl class="gw-terms">{"".join(told(key, entry, used[key], language) for key, entry in terms)}</dl>'


def told(key: str, entry: Entry, lessons: Sequence[str], language: str) -> str:
    """An entry: the term, the names it also has, its meaning, and links to its first use in each lesson."""
    words = labels(language)
    also = f" <i>{escape(words['course.also'].format(names=', '.join(entry.also)))}</i>" if entry.also else ""
    links = " ".join(link(lesson, key, words[f"lesson.{lesson}"]) for lesson in lessons)
    use = f"<small>{words['course.used']} {links}</small>" if links else ""
    return f'<div id="{place_of(key)}"><dt>{escape(entry.term)}{also}</dt><dd>{escape(entry.meaning)} {use}</dd></div>'


def link(lesson: str, key: str, title: str) -> str:
    """A lesson's number, which leads to the first use of a term in it."""
    href, name = f"{escape(address_of(lesson))}#{place_of(key)}", escape(title)
    number = LESSONS.index(lesson) + 1
    return f'<a class="gw-link" href="{href}" title="{name}" aria-label="{number}. {name}">{number}</a>'
