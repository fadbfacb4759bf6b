"""What a network that learns from reviews is watched on: its verdict after every word of one of them. No torch."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.i18n import words_of
from app.lessons.text.corpus import Review, corpus, split
from app.lessons.text.reader import text_words
from app.lessons.text.records import OWN, TextSettings
from app.lessons.text.tokens import language_of
from app.lessons.text.vocabulary import Vocabulary
from app.training.saved import Weights, kind_of, outputs
from cells import CELLS


@lru_cache(maxsize=8)
def sample(source: str, lines: tuple[Review, ...]) -> tuple[tuple[str, ...], np.ndarray]:
    """The words that are read, and their indices: the lesson's mixed review, or the first of a reader's own that is
    held back for validation."""
    parts = split(lines if source == OWN else corpus(source))
    language = language_of(review.text for review in lines) if source == OWN else source
    text = parts.valid[0].text if source == OWN else words_of(source, "text")["example.mixed"]
    words = text_words(text, language)
    return words, Vocabulary.of(text_words(review.text, language) for review in parts.train).indices(words)


def snapshot(settings: TextSettings, run: str, weights: Weights) -> list[float]:
    """A network's verdict after every word of the sample, 0 to 1; its run is ``lstm``, or ``en-lstm``."""
    kind = kind_of(run)
    source = run.removesuffix(kind).rstrip("-") or settings.sources[0]
    _, indices = sample(source, settings.lines)
    x = weights["embedding.weight"][indices].astype(float)
    found: list[float] = (1 / (1 + np.exp(-outputs(weights, CELLS[kind], x[:, None])[:, 0, 0]))).tolist()
    return found
