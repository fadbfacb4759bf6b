"""What can be found from the bar: lessons, the headings in them, and the terms of the glossary."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import quote

from app.components.bar.data import Place
from app.i18n import labels, sections
from app.page.glossary import entries, place_of
from app.page.registry import PLACES

HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)


def places(language: str, lessons: Sequence[str], address_of: Callable[[str], str]) -> list[Place]:
    """Everything there is to find; `address_of` gives the address of a page."""
    words = labels(language)
    title = {key: words[f"lesson.{key}"] for key in (*lessons, *PLACES)}
    found: list[Place] = [
        {"name": title[key], "href": address_of(key), "kind": "lesson", "also": [],
         "within": words["frame.progress"].format(n=n, total=len(lessons))}
        for n, key in enumerate(lessons, 1)
    ]  # fmt: skip
    found += [
        {"name": title[key], "href": address_of(key), "kind": "place", "also": [], "within": words["frame.place"]}
        for key in PLACES
        if key != "glossary"  # the bar leads to it
    ]
    for key in lessons:
        found += [
            {"name": heading, "href": f"{address_of(key)}#{quote(heading)}", "kind": "part", "also": [],
             "within": title[key]}
            for text in sections(language, key).values()
            for heading in HEADING.findall(text)
            if heading not in common(language)
        ]  # fmt: skip
    for key, entry in entries(language).items():
        also = [*entry.forms, *entry.also]
        href = f"{address_of('glossary')}#{place_of(key)}"
        found.append({"name": entry.term, "href": href, "kind": "term", "also": also, "within": title["glossary"]})
    return found


@cache
def common(language: str) -> frozenset[str]:
    """Headings that every lesson has."""
    return frozenset(text for key, text in labels(language).items() if key.startswith("heading."))
