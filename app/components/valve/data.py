"""What the valves are sent."""

from typing import Annotated, TypedDict

Point = Annotated[list[float], "[number, number]"]


class Valve(TypedDict):
    """A function at every place the dot can have."""

    title: str
    symbol: str
    start: int  # the place the dot has at first
    points: list[Point]
    floor: int  # where the curve comes from
    inputs: list[str]  # the argument at each place, as text
    outputs: list[str]  # the value
    percent: list[str]  # the value in percent


class Words(TypedDict):
    """What is printed beside the numbers."""

    open: str  # as in "{percent}% open"
    drag: str  # what the dot is for


class Data(TypedDict):
    """All that is sent."""

    valves: list[Valve]
    words: Words
