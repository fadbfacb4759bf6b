"""What a story is sent."""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

Word = Literal[
    "script.again",
    "script.back",
    "script.challenge",
    "script.count",
    "script.label",
    "script.less",
    "script.lesson",
    "script.more",
    "script.next",
    "script.predict",
    "script.reset",
    "script.short",
    "task.done",
    "task.open",
]


class Step(TypedDict):
    """One step, its numbers filled in."""

    id: str
    title: str
    text: str
    verb: str  # what the button to the next step says
    practice: NotRequired[str]  # what a reader may try here
    light: NotRequired[Sequence[str]]  # what it speaks of, by the keys of parts of the page or of a component


class Task(TypedDict):
    """A task of the lesson, which stands further down."""

    id: str  # as the progress calls it
    part: str  # the page's part with it
    title: str


class Next(TypedDict):
    """The lesson after this one."""

    title: str
    address: str


class Data(TypedDict):
    """All that is sent."""

    title: str  # of the lesson
    steps: list[Step]
    there: list[bool]  # of each step, whether the page's settings are as it has them
    at: int  # the step of the address, from 0
    handled: int | None  # the number of the last request that has been answered
    tasks: list[Task]
    todo: Literal["predict", "lesson"]  # what comes after the last step
    next: Next | None
    words: dict[Word, str]
