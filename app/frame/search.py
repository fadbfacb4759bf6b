"""What can be found from the bar: lessons, the headings in them, and the terms of the glossary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.i18n import labels, sections
from app.page.glossary import entries

HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """A place to go to: a page by its key, under a name."""

    name: str
    page: str


@cache
def places(language: str, lessons: tuple[str, ...]) -> Sequence[Found]:
    """Everything there is to find, lessons first."""
    words = labels(language)
    titles = {key: words[f"lesson.{key}"] for key in lessons}
    found = [Found(title, key) for key, title in titles.items()]
    for key in lessons:
        headings = [h for text in sections(language, key).values() for h in HEADING.findall(text)]
        found += [Found(f"{heading} · {titles[key]}", key) for heading in headings if heading not in common(language)]
    title = words["lesson.glossary"]
    return [*found, *(Found(f"{entry.term} · {title}", "glossary") for entry in entries(language).values())]


@cache
def common(language: str) -> frozenset[str]:
    """Headings that every lesson has."""
    return frozenset(text for key, text in labels(language).items() if key.startswith("heading."))
