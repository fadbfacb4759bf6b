"""What the component that writes letter by letter is sent, and what it sends back."""

from typing import Annotated, TypedDict


class SentNetwork(TypedDict):
    """A network that writes."""

    key: str  # another one of other weights
    letters: list[str]  # its alphabet
    weights: str  # float32 in base64: the arrays of `shapes`, one after the other
    shapes: dict[str, list[int]]  # by name: those of its cell, W_y and b_y


class Source(TypedDict):
    """One of some options."""

    key: str
    title: str


class Asked(TypedDict):
    """What an address asks for."""

    begin: str  # the text that is given
    kept: str  # what was written before anything else was chosen
    count: int  # letters that were written since
    draw: int
    temperature: float
    unit: int | None  # from 0
    letter: int | None  # from 0


class Watched(TypedDict):
    """A unit that follows a feature of the text: found, and how closely."""

    name: str
    unit: int
    r: float


class Data(TypedDict):
    """All that is sent."""

    network: SentNetwork
    scene: Annotated[object, 'import("../../stage/scene.js").SentScene']  # of its cell, without the weights
    sources: list[Source]  # what networks have learned from
    kinds: list[Source]
    source: str  # key of the one on show
    kind: str
    facts: str
    watched: list[Watched]  # found in text that it has not learned from
    every: list[Watched]  # what each unit follows most, found there too: those of one feature together
    begin: str  # what is given unless an address asks for another text
    temperature: float  # the same
    count: int  # letters that are written, unless the address says otherwise
    asked: Asked
    words: dict[str, str]
    answers: str  # token under which the server is told what the address says
