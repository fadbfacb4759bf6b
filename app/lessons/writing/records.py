"""What the lesson `writing` trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.lessons.writing.corpus import SOURCES
from app.training.records import Settings, Task


@dataclass(frozen=True)
class WritingSettings(Settings):
    """What is learned, by which networks.

    Attributes
    ----------
    sources
        Texts of the course; OWN is `text`.
    kinds
        The cells, each a network of its own.
    text
        The reader's own.
    epochs
        Each of :data:`app.lessons.writing.train.UPDATES` updates.
    rate
        The learning rate of the first update; it decays.
    dropped
        The share of hidden units that the output layer does not see while it learns.
    """

    sources: tuple[str, ...] = SOURCES
    kinds: tuple[str, ...] = ("rnn", "lstm", "gru")
    text: str = ""
    units: int = 128
    epochs: int = 40
    rate: float = 0.004
    dropped: float = 0.3
    seed: int = 1


@dataclass(frozen=True)
class Measured:
    """What was measured on one source.

    Attributes
    ----------
    letters
        The alphabet, in the order of the inputs and outputs.
    lines, learned, held
        Lines and letters that are learned from, and letters held back.
    bits
        Bits per letter on what is held back, by kind of cell, of the weights as they are saved.
    ngrams
        The same of guessing by the last 0 to 5 letters.
    """

    letters: Sequence[str]
    lines: int
    learned: int
    held: int
    bits: Mapping[str, float]
    ngrams: Sequence[float]

    @property
    def best(self) -> float:
        """The bits per letter of the best baseline."""
        return min(self.ngrams)


@dataclass(frozen=True)
class WritingFacts:
    """What was measured on every source; the runs are named ``<source>-<kind>``."""

    settings: WritingSettings
    sources: Mapping[str, Measured]


TASK = Task("writing", "app.lessons.writing.train", WritingFacts)
