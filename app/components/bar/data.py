"""What the bar above every page is sent: where the reader is, the lessons, and what can be found."""

from typing import Literal, TypedDict


class Lesson(TypedDict):
    """A lesson, and how many tasks it has."""

    key: str
    title: str
    href: str
    tasks: int


class Place(TypedDict):
    """Something that the search finds: a page, or a part of one."""

    name: str
    href: str
    kind: Literal["lesson", "place", "term", "part"]
    also: list[str]  # other ways to write it
    within: str  # what kind of place it is, or the title of the lesson that it is in


class Words(TypedDict):
    """What the bar says."""

    home: str
    place: str  # as in "Lesson {n} of {total}"
    short: str  # as in "{n} of {total}"
    lessons: str
    glossary: str
    worksheet: str
    find: str
    find_what: str
    no_results: str
    close: str
    done: str  # as in "{count} of {total} tasks"
    opened: str


class Data(TypedDict):
    """All that is sent."""

    here: int  # the number of the lesson that is open, or 0
    home: str
    glossary: str
    worksheet: str  # of the lesson's cell
    lessons: list[Lesson]
    places: list[Place]
    words: Words
