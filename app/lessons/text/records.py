"""What the lesson `text` trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lessons.text.corpus import Review
from app.training.records import Settings, Task

OWN = "own"  # the source of a model that learned from a reader's own reviews


@dataclass(frozen=True)
class TextSettings(Settings):
    """What is read, and the size of the networks.

    Attributes
    ----------
    sources
        Corpora by language, each with networks of its own; OWN is `lines`.
    lines
        The reader's own reviews.
    embedding
        Numbers of a word's vector.
    """

    sources: tuple[str, ...] = ("en", "vi")
    lines: tuple[Review, ...] = ()
    units: int = 16
    embedding: int = 8
    epochs: int = 40
    rate: float = 0.005
    seed: int = 1


@dataclass(frozen=True)
class Counts:
    """A number of reviews in each part of a split."""

    train: int
    valid: int
    test: int


@dataclass(frozen=True)
class Measured:
    """What was measured on one source.

    Attributes
    ----------
    words
        The vocabulary, by index.
    right
        The reviews that each kind of cell judges as their writers do.
    count
        All of them.
    test
        The reviews of the test.
    """

    words: Sequence[str]
    right: Mapping[str, Counts]
    count: Counts
    test: Sequence[Review]


@dataclass(frozen=True)
class TextFacts:
    """What was measured on every source; the runs are named ``<source>-<kind>``."""

    settings: TextSettings
    sources: Mapping[str, Measured]


@dataclass(frozen=True)
class SourceFacts:
    """What was measured on the one source that a page shows; the runs are named by their kinds."""

    settings: TextSettings
    measured: Measured


TASK = Task("text", "app.lessons.text.train", TextFacts)
