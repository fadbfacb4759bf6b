"""What the list of lessons is sent, and what a page sends when a task is done."""

from typing import TypedDict


class Done(TypedDict):
    """A task that is done."""

    done: str  # `<lesson>.<task>`


class Lesson(TypedDict):
    """A link to a lesson, and what it asks of a reader."""

    key: str
    title: str
    href: str
    tasks: int  # how many it has
    line: str  # what it is about
    minutes: int
    needs: str  # what is assumed, as in "after 4", or nothing


class Group(TypedDict):
    """Lessons of one kind."""

    title: str
    hint: str
    lessons: list[Lesson]


class Words(TypedDict):
    """What is printed beside the lessons."""

    tasks: str  # as in "{count} of {total} tasks"
    opened: str
    minutes: str  # as in "{count} min"
    begin: str  # as in "Begin: {title}"
    resume: str  # as in "Continue: {title}"
    fresh: str  # for who comes first
    left: str  # as in "{count} of {total} lessons done, about {minutes} min left"
    how: str  # how the minutes are counted
    clear: str
    kept: str


class Course(TypedDict):
    """All lessons, in groups."""

    groups: list[Group]
    words: Words
