"""What the overview of a layer's units is sent, and what it sends back."""

from typing import TypedDict


class Quantity(TypedDict):
    """One value of every unit at every step."""

    name: str  # "c"
    title: str  # "cell state"
    short: str  # "cell"
    role: str  # by which it has its hue
    low: float  # what the scale's ends stand for
    high: float
    gate: bool  # from 0 to 1
    numbers: str  # float16 in base64: steps by units
    other: str  # the same of what is beside it; "" for nothing
    apart: float  # what the end of the scale of the difference stands for


class Order(TypedDict):
    """One way to sort the units."""

    name: str
    title: str
    units: list[int]  # from the first to the last
    scores: list[float]  # by unit
    score: str  # what a score is called, with {score}
    input: int | None  # the input that it is about


class Curve(TypedDict):
    """What is read, over the same steps."""

    title: str
    numbers: list[float]


class Place(TypedDict):
    """What is looked at."""

    unit: int
    step: int  # of the window, from 0
    value: str


class Data(TypedDict):
    """All that is sent."""

    key: str  # what a reader chose stays while this is the same
    title: str
    units: int
    steps: int
    first: int  # the number of the first step
    backward: bool  # whether the stage plays from the last step to the first
    quantities: list[Quantity]
    beside: list[str]  # what is compared, if anything is: A and B
    chosen: str  # the quantity of the map
    orders: list[Order]
    inputs: list[Curve]
    at: Place
    answers: str  # a token: what follows from a place is asked for by it
    words: dict[str, str]
