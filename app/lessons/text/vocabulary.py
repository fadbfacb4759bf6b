"""From words to indices: which words a network knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

UNKNOWN = "<unk>"  # every word that is not in the vocabulary; its index is 0


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
