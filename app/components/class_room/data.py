"""What a class is sent of the page that it is on, and what the page of `/join` is."""

from collections.abc import Mapping, Sequence
from typing import TypedDict


class Lesson(TypedDict):
    """A lesson to go to."""

    key: str
    title: str
    href: str


class Code(TypedDict):
    """A class's code, and the address where students join as a QR code."""

    code: str
    link: str
    rows: Sequence[str]  # of dark (1) and light (0) modules, the quiet zone included


class Data(TypedDict):
    """All that is sent."""

    lesson: str  # the one that is open, or nothing
    teach: bool  # the page is shown by a teacher
    lessons: list[Lesson]
    qr: Code | None
    words: Mapping[str, str]


class Join(TypedDict):
    """What the page to join has."""

    words: Mapping[str, str]
