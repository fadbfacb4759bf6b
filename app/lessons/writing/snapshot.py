"""What a network that learns to write is watched on: the letters that it writes. No torch."""

from __future__ import annotations

from functools import lru_cache

from app.lessons.writing.corpus import OWN, alphabet, corpus, own_text
from app.lessons.writing.model import write, writer_of
from app.lessons.writing.records import WritingSettings
from app.training.saved import Run, Weights, kind_of

SAMPLE = 120  # letters
TEMPERATURE = 0.6


@lru_cache(maxsize=4)
def letters_of(source: str, text: str) -> tuple[str, ...]:
    return alphabet(own_text(text) if source == OWN else corpus(source))


def snapshot(settings: WritingSettings, run: str, weights: Weights) -> list[float]:
    """The code points of some letters that a network writes after a new line."""
    kind = kind_of(run)
    letters = letters_of(run.removesuffix(f"-{kind}"), settings.text)
    written = write(writer_of(Run({0: weights}, ()), kind, letters), "\n", SAMPLE, TEMPERATURE, settings.seed)
    return [float(ord(letter)) for letter in written]
