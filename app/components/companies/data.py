"""What the picture of two companies is sent."""

from typing import TypedDict


class Company(TypedDict):
    """What a network reads, what it remembers after each day, and its answer."""

    name: str
    days: list[float]
    memory: list[float]
    answer: float


class Words(TypedDict):
    """What the picture says."""

    question: str
    reads: str
    remembers: str
    answers: str
    day: str
    same: str  # under the days that are the same
    guess: str  # what is asked of the last company
    near: list[str]  # the choices, by what they are near to: 0, a half, 1
    right: str
    wrong: str
    then: str  # why, with {first}: what was remembered after the first day
    more: str
    again: str
    hidden: str


class Data(TypedDict):
    """All that is sent: a company whose answer is shown, and one whose answer is asked."""

    companies: list[Company]
    href: str
    words: Words
