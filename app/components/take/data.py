"""What the panel *Take it with you* is sent, and what it asks the server for."""

from collections.abc import Mapping, Sequence
from typing import TypedDict


class Kind(TypedDict):
    """A file that the server makes."""

    key: str  # "csv"
    text: str  # on its button


class Card(TypedDict):
    """One way to take something along."""

    key: str
    title: str
    about: str
    kinds: Sequence[Kind]


class Data(TypedDict):
    """All that is sent."""

    token: str  # what is asked of the server is posted to it
    words: Mapping[str, str]
    cards: Sequence[Card]
    language: str
    languages: Mapping[str, str]  # by their codes, what they are called
    title: str  # of the page
    stem: str  # what files are called
    own: bool  # a reader's own model: no link holds it
    panel: str  # where the panel's script is
    film: str  # and what makes moving pictures


class Wanted(TypedDict):
    """What the browser asks for: a file of one series, or with none what there is of each."""

    file: str  # of `Kind.key`; or "offers", "words", "qr"
    series: str
    controls: object  # as in a commit
    language: str
    digits: int | None  # decimals; None for all
    address: str  # the page's, for a QR code


class Words(TypedDict):
    """A scene's words in another language."""

    cells: Mapping[str, Mapping[str, str]]  # by the cell's key
    names: Mapping[str, str]  # of series
    title: str
