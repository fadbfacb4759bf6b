"""What the curves of gradients are sent."""

from typing import Literal, TypedDict

Word = Literal["loss", "first", "after", "back", "at", "vanished", "exploded", "now", "alt", "png"]


class Curve(TypedDict):
    """One state's gradient, from the loss back."""

    name: str
    role: str
    at: list[float | None]  # places on the axis
    texts: list[str]  # the same numbers as text


class Preset(TypedDict):
    """A curve to compare with."""

    name: str
    kind: str
    at: list[float | None]
    end: str  # the gradient at the first timestep, as text


class Row(TypedDict):
    """One cell's curves."""

    name: str
    about: str
    curves: list[Curve]
    presets: list[Preset]


class Axis(TypedDict):
    """Powers of ten."""

    range: tuple[float, float]
    ticks: list[tuple[float, str]]
    vanished: int  # smaller powers are drawn as vanished
    exploded: int  # larger ones as exploded


class Data(TypedDict):
    """All that is sent."""

    rows: list[Row]
    axis: Axis
    words: dict[Word, str]
