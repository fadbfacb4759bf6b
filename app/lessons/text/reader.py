"""A text as networks read it: cut into words, and where a Vietnamese one has no marks, these put back."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from app.lessons.text.corpus import corpus, split
from app.lessons.text.letters import bare, is_mark
from app.lessons.text.tokens import Token, Tokenizer, flat

LIKELY = 0.5  # of a text's words could be Vietnamese without marks: else none are put back
UNSEEN = 0.1  # how much a word's own frequency counts beside that after the word before it


@dataclass(frozen=True)
class Marks:
    """Puts the marks of Vietnamese words back, as is likeliest by counts of words and of pairs."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    spellings: dict[str, list[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spellings: dict[str, list[str]] = {}
        for word in sorted(self.words):
            spellings.setdefault(bare(word), []).append(word)
        object.__setattr__(self, "spellings", spellings)

    @staticmethod
    def of(texts: Sequence[Sequence[str]]) -> Marks:
        return Marks(
            Counter(word for words in texts for word in words),
            Counter(pair for words in texts for pair in pairwise(("", *words))),
        )

    def put_back(self, words: Sequence[str], free: Sequence[bool]) -> list[str]:
        """The likeliest words (Viterbi's algorithm), of which those that are not free stay."""
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for word, open_ in zip(words, free, strict=True):
            candidates = self.spellings.get(word, [word]) if open_ else [word]
            best = {each: self.step(best, each) for each in candidates}
        return max(best.values(), key=lambda found: found[0])[1]

    def step(self, best: dict[str, tuple[float, list[str]]], word: str) -> tuple[float, list[str]]:
        """The likeliest way to a word: its score and the words."""
        own = UNSEEN * (self.words[word] + 1) / self.words.total()

        def score(before: str) -> float:
            return best[before][0] + math.log(self.pairs[before, word] / (self.words[before] + 1) + own)

        before = max(best, key=score)
        return score(before), [*best[before][1], word]


@dataclass(frozen=True)
class Text:
    """A text cut into tokens; `unmarked` if it is Vietnamese without any marks."""

    tokens: tuple[Token, ...]
    unmarked: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(flat(self.tokens))


@cache
def tokenizer(language: str) -> Tokenizer:
    """The tokenizer of a language; its lexicon is what the course's reviews have that are learned from."""
    return Tokenizer(language, frozenset(word for words in learned(language) for word in words))


@cache
def marks() -> Marks:
    return Marks.of(learned("vi"))


@cache
def learned(language: str) -> list[list[str]]:
    plain = Tokenizer(language)
    return [plain.words(review.text) for review in split(corpus(language)).train]


def text_of(typed: str, language: str) -> Text:
    """Cut a text into the words that networks read.

    In a Vietnamese text without any marks every word gets those that are likeliest; in one that has some, a word gets
    them only if it is none without.
    """
    tokens = tokenizer(language).tokens(typed)
    if language != "vi":
        return Text(tuple(tokens))
    words = flat(tokens)
    spellings, known = marks().spellings, tokenizer("vi").lexicon
    plain = [word for word in flat([token for token in tokens if "short" not in token.reasons]) if not is_mark(word[0])]
    could = sum(word in spellings for word in plain)
    likely = could > LIKELY * len(plain)
    unmarked = likely and not any(bare(token.typed) != token.typed for token in tokens)
    free = [likely and word in spellings and (unmarked or word not in known) for word in words]
    found = iter(marks().put_back(words, free))
    read = []
    for token in tokens:
        those = tuple(next(found) for _ in token.words)
        read.append(token if those == token.words else replace(token, words=those, reasons=(*token.reasons, "marks")))
    changed = any("marks" in token.reasons for token in read)
    return Text(tuple(read), unmarked and changed)


def text_words(typed: str, language: str) -> tuple[str, ...]:
    return text_of(typed, language).words
