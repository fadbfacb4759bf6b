"""What the lesson `writing` trains with, and what it measures. No torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.lessons.writing.corpus import OWN, SOURCES
from app.lessons.writing.units import Found
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
    epochs, updates
        How many, and the updates of each; they are fewer where a reader waits and the machine is slow.
    rate
        The learning rate of the first update; it decays.
    dropped
        The share of hidden units that the output layer does not see while it learns.
    steps
        Letters of each stretch that is read for one update.
    """

    sources: tuple[str, ...] = SOURCES
    kinds: tuple[str, ...] = ("rnn", "lstm", "gru")
    text: str = ""
    units: int = 128
    epochs: int = 40
    updates: int = 40
    rate: float = 0.004
    dropped: float = 0.3
    steps: int = 100
    seed: int = 1

    @property
    def bare(self) -> WritingSettings:
        return replace(self, text="")


def own_settings(text: str, kind: str, units: int) -> WritingSettings:
    """What a reader's own text is learned with: fewer letters at once and faster, for a minute is short."""
    return WritingSettings((OWN,), (kind,), text, units, epochs=30, updates=80, rate=0.02, dropped=0.0, steps=50)


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
    checked
        Letters between those that are learned from and those held back, by which the weights to keep were chosen.
    watched
        The units that follow something most, by kind of cell, where the text is not there to find them in.
    followed
        What every unit follows most, there too (`strongest`).
    """

    letters: Sequence[str]
    lines: int
    learned: int
    held: int
    bits: Mapping[str, float]
    ngrams: Sequence[float]
    checked: int = 0
    watched: Mapping[str, Sequence[Found]] = field(default_factory=dict)
    followed: Mapping[str, Sequence[Found]] = field(default_factory=dict)

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
