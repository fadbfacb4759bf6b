"""What a live slider is sent."""

from typing import Literal, TypedDict

Word = Literal["typed", "error.number", "error.whole", "error.range"]


class Places(TypedDict):
    """Where it can be."""

    low: float
    high: float
    step: float
    options: list[str] | None  # the values, where they are no range of numbers; places are then counted from 0


class Data(TypedDict):
    """All that is sent."""

    name: str  # of the setting
    label: str
    places: Places
    text: str  # the value, as the address has it
    handled: int | None  # the number of the last request that has been answered
    live: bool  # whether values are sent while it moves, or when it rests alone
    disabled: bool
    words: dict[Word, str]
