"""What the list of lessons is sent, and what a page sends when a task is done."""

from typing import NotRequired, TypedDict


class Lesson(TypedDict):
    """A link to a lesson."""

    key: str
    title: str
    href: str
    tasks: int  # how many it has


class Words(TypedDict):
    """What is printed beside the lessons."""

    done: str  # as in "{count} of {total} tasks"
    clear: str
    kept: str


class Data(TypedDict):
    """All that is sent: a task, or the lessons and words."""

    done: NotRequired[str]  # `<lesson>.<task>`
    lessons: NotRequired[list[Lesson]]
    words: NotRequired[Words]
