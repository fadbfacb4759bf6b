"""What the picture of a scan is sent: numbers and sentences are text, computed from the core."""

from typing import Literal, TypedDict

Word = Literal[
    "picture", "play", "pause", "back", "on", "scrubber", "difference", "timestep",
]  # fmt: skip


class Node(TypedDict):
    """A timestep after a round, or of the loop."""

    first: int  # the first timestep that it includes
    factor: list[str]  # what it multiplies the state before those by, a line for each part; empty if there is none
    state: list[str]  # what it adds: the state itself, where it includes all timesteps
    said: str  # how it is computed


class Row(TypedDict):
    """What a round leaves of every timestep."""

    name: str
    note: str
    nodes: list[Node]


class Data(TypedDict):
    """All that is sent."""

    rows: list[Row]  # before the first round and after each; none of a cell that cannot be scanned
    loop: Row
    inputs: list[str]  # what every timestep reads
    told: list[str]  # after every tick of the clock, from 0: what has happened
    role: str
    words: dict[Word, str]
