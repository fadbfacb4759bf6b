"""From words to indices: how a text is cut into words, and which of them a network knows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

UNKNOWN = "<unk>"  # every word that is not in the vocabulary; its index is 0
APOSTROPHES = str.maketrans("’ʼ", "''")


def tokens(text: str) -> list[str]:
    """The words of a text, in lower case and Unicode's composed form (NFC), the punctuation around them apart.

    Vietnamese writes a space between syllables, so its tokens are syllables.
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower()).translate(APOSTROPHES)
    return [token for piece in plain.split() for token in parted(piece)]


def parted(piece: str) -> list[str]:
    """A piece without spaces: the marks before it, itself, the marks behind it."""
    start, end = 0, len(piece)
    while start < end and is_mark(piece[start]):
        start += 1
    while end > start and is_mark(piece[end - 1]):
        end -= 1
    return [*piece[:start], *([piece[start:end]] if start < end else []), *piece[end:]]


def is_mark(character: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"


@dataclass(frozen=True)
class Vocabulary:
    """The words a network knows, by index; index 0 is all others."""

    words: tuple[str, ...]

    @staticmethod
    def of(texts: Iterable[Sequence[str]], least: int = 2) -> Vocabulary:
        """The words that are at least so often in some texts, the most frequent first, then in alphabetical order."""
        counts = Counter(word for text in texts for word in text)
        known = sorted((word for word, n in counts.items() if n >= least), key=lambda word: (-counts[word], word))
        return Vocabulary((UNKNOWN, *(word for word in known if word != UNKNOWN)))

    @cached_property
    def places(self) -> dict[str, int]:
        return {word: index for index, word in enumerate(self.words)}

    def indices(self, words: Sequence[str]) -> np.ndarray:
        """The index of every word, (T,); 0 for those it does not know."""
        return np.array([self.places.get(word, 0) for word in words], dtype=np.int64)
