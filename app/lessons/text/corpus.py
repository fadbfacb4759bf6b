"""Labelled reviews: those written for this course, and how reviews are split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from app.lessons.text.letters import is_mark
from app.lessons.text.remembered import remembered
from app.lessons.text.tokens import Tokenizer

REVIEWS = Path(__file__).parent / "reviews"
LABELS = {"positive": True, "negative": False}
WORDS = 60  # the longest review
TEST, VALID = 6, 8  # of each label one in so many is the test, one in so many the validation


@remembered(8192)
def normalised(text: str) -> str:
    return " ".join(word for word in Tokenizer().words(text) if not is_mark(word[0]))


class Review(NamedTuple):
    """A text, and whether its writer is pleased."""

    positive: bool
    text: str

    @property
    def normalised(self) -> str:
        """Its words alone: two reviews with the same words are the same review."""
        return normalised(self.text)


class TypedReview(NamedTuple):
    """A review as people type, the way in which it is typed, and whether its writer is pleased."""

    positive: bool
    way: str
    text: str


@dataclass(frozen=True)
class Split:
    """What is learned from, what training is tuned by, and what nothing has seen before the end."""

    train: tuple[Review, ...]
    valid: tuple[Review, ...]
    test: tuple[Review, ...]


@cache
def corpus(language: str) -> tuple[Review, ...]:
    """The reviews written for this course in a language."""
    lines = (REVIEWS / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return tuple(Review(LABELS[label], text) for label, text in pairs)


@cache
def typed(language: str) -> tuple[TypedReview, ...]:
    """Reviews written for this course as people type them: nothing is learned from these."""
    lines = (REVIEWS / f"{language}.typed.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(TypedReview(LABELS[label], way, text) for label, way, text in (line.split("\t") for line in lines))


def split(reviews: Sequence[Review]) -> Split:
    """Split by the words of the reviews, each time the same: of each label, in the order of their hashes, the
    first sixth is the test, the next eighth the validation, and the rest is learned from.

    Raises
    ------
    ValueError
        If two reviews have the same words: one might be learned and the other tested.
    """
    if len({review.normalised for review in reviews}) < len(reviews):
        raise ValueError("reviews: no two may have the same words")
    parts: tuple[list[Review], list[Review], list[Review]] = ([], [], [])
    for label in LABELS.values():
        mine = sorted((review for review in reviews if review.positive == label), key=digest)
        test = len(mine) // TEST
        valid = test + len(mine) // VALID
        for part, some in zip(parts, (mine[valid:], mine[test:valid], mine[:test]), strict=True):
            part += some
    return Split(*map(tuple, parts))


def digest(review: Review) -> bytes:
    return blake2b(review.normalised.encode(), digest_size=8).digest()
