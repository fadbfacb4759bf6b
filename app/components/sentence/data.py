"""What a sentence is sent."""

from typing import NotRequired, TypedDict


class Row(TypedDict):
    """One reader of the words."""

    name: str
    strengths: list[float]  # how much of the full colour each word gets: 0…1, or −1…1 where there are two sides
    numbers: list[str]  # what is printed for each word
    note: str


class Scale(TypedDict):
    """What the colours mean."""

    title: str
    low: str
    high: str
    word: str  # as in "word {n} of {total}"
    sides: NotRequired[bool]  # where there are two of them
    unknown: NotRequired[str]  # the note on unknown words
    hidden: NotRequired[str]  # the note on words whose numbers are not told yet


class Data(TypedDict):
    """All that is sent."""

    words: list[str]
    rows: list[Row]
    scale: Scale
    marked: int | None  # the word that gets a frame
    unknown: list[int]  # the words that look unknown
    hidden: list[int]  # the words whose numbers are not told yet: they are hatched
    beside: bool  # whether the rows' names are beside the words, which are blocks where there are many
