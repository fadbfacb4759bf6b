"""Labelled reviews: those written for this course, those a reader pastes, and how both are split."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from app.lessons.text.vocabulary import is_mark, tokens
from app.messages import Message

REVIEWS = Path(__file__).parent / "reviews"
LABELS = {"positive": True, "negative": False}
LABEL_SPELLINGS = LABELS | {
    "+": True, "1": True, "pos": True, "good": True, "khen": True, "tốt": True, "tích cực": True,
    "-": False, "−": False, "0": False, "neg": False, "bad": False, "chê": False, "xấu": False, "tiêu cực": False,
}  # fmt: skip
"""What a pasted line may begin with."""
WORDS = 60  # the longest review
LEAST, MOST = 10, 1000  # pasted reviews: of each label at least, in all at most
TEST, VALID = 6, 8  # of each label one in so many is the test, one in so many the validation
LINE = 4000  # characters of a pasted line: Unicode's composition takes the square of a run of marks
PARTS = re.compile(r"[\t,]")


class Review(NamedTuple):
    """A text, and whether its writer is pleased."""

    positive: bool
    text: str

    @property
    def normalised(self) -> str:
        """Its words alone: two reviews with the same words are the same review."""
        return " ".join(word for word in tokens(self.text) if not all(map(is_mark, word)))


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


def pasted(typed: str) -> tuple[list[Review], dict[int, Message]]:
    """The reviews in pasted lines ``label<tab or comma>text``, and what is wrong with the others, by their numbers.

    Lines are counted from 1; line 0 is all of them together. Empty ones are passed over.
    """
    found: dict[str, tuple[int, Review]] = {}
    wrong: dict[int, Message] = {}
    for number, line in enumerate(typed.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip():
            continue
        review = review_of(line)
        if isinstance(review, Message):
            wrong[number] = review
        elif review.normalised in found:
            wrong[number] = problem("again", first=found[review.normalised][0])
        else:
            found[review.normalised] = number, review
    reviews = [review for _, review in found.values()]
    lacking = missing(reviews)
    return reviews, wrong | ({0: lacking} if lacking else {})


def problem(reason: str, **values: object) -> Message:
    return Message(f"paste.problem.{reason}", **values)


def review_of(line: str) -> Review | Message:
    """A line's review, or why it is none."""
    if len(line) > LINE:
        return problem("letters", count=len(line), most=LINE)
    label, *rest = PARTS.split(line, maxsplit=1)
    if not rest:
        return problem("parts")
    label, text = label.strip().strip("\"'").lower(), rest[0].strip()
    if label not in LABEL_SPELLINGS:
        return problem("label", label=label[:20])
    review = Review(LABEL_SPELLINGS[label], text)
    count = len(tokens(text))
    if not review.normalised:
        return problem("empty")
    if count > WORDS:
        return problem("long", count=count, most=WORDS)
    return review


def missing(reviews: Iterable[Review]) -> Message | None:
    """What all the reviews together lack."""
    labels = [review.positive for review in reviews]
    good, bad = labels.count(True), labels.count(False)
    if min(good, bad) < LEAST:
        return problem("few", good=good, bad=bad, least=LEAST)
    return problem("many", count=len(labels), most=MOST) if len(labels) > MOST else None
