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
class Confusion:
    """The reviews of a test, by what their writers think and what a network says."""

    true_positive: int
    false_negative: int
    false_positive: int
    true_negative: int

    @property
    def right(self) -> int:
        return self.true_positive + self.true_negative

    @property
    def count(self) -> int:
        return self.right + self.false_negative + self.false_positive

    @property
    def majority(self) -> int:
        """How many somebody has right who always says what most of them are."""
        positive = self.true_positive + self.false_negative
        return max(positive, self.count - positive)


@dataclass(frozen=True)
class Measured:
    """What was measured on one source.

    Attributes
    ----------
    language
        By whose rules its texts are cut into words.
    words
        The vocabulary, by index.
    right
        The reviews that each kind of cell judges as their writers do.
    count
        All of them.
    confusion
        The reviews of the test, by kind of cell.
    test
        The reviews of the test.
    typed, typed_count
        Of the reviews as people type them, how many are judged right, by kind of cell and by way of typing; and all of
        them. Empty for a reader's own.
    """

    language: str
    words: Sequence[str]
    right: Mapping[str, Counts]
    count: Counts
    confusion: Mapping[str, Confusion]
    test: Sequence[Review]
    typed: Mapping[str, Mapping[str, int]]
    typed_count: Mapping[str, int]


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
