"""Guessing by counting, written once more and letter by letter: what the lesson's baselines are compared with."""

from __future__ import annotations

import math
from collections import Counter, defaultdict


class Ngrams:
    """The letters that follow every context of up to ``order`` letters of a text.

    Parameters
    ----------
    text : str
    order : int
        The longest context.
    letters : int
        The size of the alphabet.
    """

    def __init__(self, text: str, order: int, letters: int) -> None:
        self.order, self.letters = order, letters
        self.following: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for length in range(order + 1):
            for at in range(length, len(text)):
                self.following[text[at - length : at]][text[at]] += 1

    def probability(self, letter: str, before: str) -> float:
        """Return the probability of a letter after a text."""
        found = 1 / self.letters
        for length in range(min(self.order, len(before)) + 1):
            counts = self.following.get(before[len(before) - length :])
            if not counts:
                break
            found = (counts[letter] + len(counts) * found) / (counts.total() + len(counts))
        return found

    def bits(self, text: str) -> float:
        """Return the mean bits per letter of a text, of all its letters but the first."""
        each = (self.probability(text[at], text[max(0, at - self.order) : at]) for at in range(1, len(text)))
        return -sum(map(math.log2, each)) / (len(text) - 1)
