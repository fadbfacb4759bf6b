"""Guessing the next letter by what followed the last few: the baselines of the lesson `writing`.

Interpolated with the method of Witten & Bell 1991 (https://doi.org/10.1109/18.87000), as Chen & Goodman 1998 write it:
p(c | context) = (n(context c) + T · p(c | shorter context)) / (n(context) + T), with T the number of different letters
that follow the context; below order 0 all letters are as likely.
"""

from __future__ import annotations

import numpy as np

ORDERS = range(6)


def baselines(learned: str, held: str, letters: int) -> list[float]:
    """Return the mean bits per letter of a text, of all its letters but the first, by every order, 0 to 5.

    Parameters
    ----------
    learned : str
        The text in which letters are counted.
    held : str
        The text that is guessed.
    letters : int
        The size of the alphabet.
    """
    _, text = np.unique(np.array([ord(letter) for letter in learned + held]), return_inverse=True)
    at = np.arange(len(text))
    first, asked = len(learned), at[len(learned) + 1 :]
    contexts, found, bits = np.zeros(len(text), int), np.full(len(asked), 1 / letters), []
    for order in ORDERS:
        if order:  # the contexts so far, each with one letter more
            _, contexts = np.unique(contexts * len(text) + np.roll(text, order), return_inverse=True)
        pairs, seen = np.unique((contexts * len(text) + text)[order:first], return_counts=True)
        size = contexts.max() + 1
        follow = np.bincount(pairs // len(text), seen, size)[contexts[asked]]  # letters after the context
        kinds = np.bincount(pairs // len(text), minlength=size)[contexts[asked]]  # different ones
        places = np.searchsorted(pairs, wanted := contexts[asked] * len(text) + text[asked])
        count = np.where(np.append(pairs, -1)[places] == wanted, np.append(seen, 0)[places], 0)
        told = (follow > 0) & (asked - first >= order)  # else it was never seen, or begins before the text
        found = np.where(told, (count + kinds * found) / np.where(told, follow + kinds, 1), found)
        bits.append(float(-np.log2(found).mean()))
    return bits
