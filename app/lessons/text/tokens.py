"""From a text as it is typed to the words that networks read: one tokenizer, at training and at use, that says why."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.lessons.text.letters import TONES, bare, cleaned, is_latin, is_mark, lower, placed, unstretched, unstyled

SPELLINGS = Path(__file__).parent / "spellings"
NOT = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}  # before n't
STEMS = [
    "is", "are", "was", "were", "do", "does", "did", "have", "has", "had", "would", "could", "should", "must", "need",
    "ca", "wo", "ai",
]  # fmt: skip
ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
SUBJECTS = [
    "it", "that", "there", "here", "what", "who", "he", "she", "how", "where", "this", "everything", "everyone",
    "everybody", "nothing", "nobody",
]  # fmt: skip
UNMISTAKABLE = ["i'm", "i've", "you're", "you've", "they're", "they've", "we've", "it'll", "you'll", "they'll"]
CONTRACTIONS = {
    "cannot": ("can", "not"),
    "let's": ("let", "us"),
    "n't": ("not",),
    "'tis": ("it", "is"),
    **{f"{subject}'s": (subject, "is") for subject in SUBJECTS},
    **{f"{subject}s": (subject, "is") for subject in ("that", "there", "what")},
    **{f"{stem}nt": (NOT.get(stem, stem), "not") for stem in STEMS},
    **{word.replace("'", ""): (word[: word.index("'")], ENDINGS[word[word.index("'") :]]) for word in UNMISTAKABLE},
}
"""Contractions that no rule makes, and those without their apostrophe that are no other word (“were” is one)."""
REASONS = ("letters", "contraction", "short", "tone", "stretched", "parted", "marks")
"""Why a word is read otherwise than it is typed; `marks` says that those of a Vietnamese word were left out."""


@dataclass(frozen=True)
class Token:
    """A piece of a text as it is typed, and what is read of it.

    Attributes
    ----------
    reasons
        Of REASONS, those that apply. Capitals and marks at the ends of words are no reason.
    """

    typed: str
    words: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tokenizer:
    """Cuts texts of one language into words.

    Attributes
    ----------
    language
        "en", "vi", or "" for what all languages have in common.
    lexicon
        Words that are known: they decide what a stretched or hyphened word is.
    """

    language: str = ""
    lexicon: frozenset[str] = field(default=frozenset(), repr=False)

    def tokens(self, text: str) -> list[Token]:
        """The pieces of a text, and the words that each becomes: in lower case, composed, punctuation apart."""
        latin = is_latin(text) or is_latin("".join(map(unstyled, text)))
        return [token for piece in text.split() for token in self.of_piece(piece, cleaned(piece, latin))]

    def words(self, text: str) -> list[str]:
        return [word for token in self.tokens(text) for word in token.words]

    def of_piece(self, typed: str, piece: str) -> list[Token]:
        """The tokens of a piece without spaces; `piece` is what was typed, cleaned."""
        same = piece == typed or lower(piece) == lower(typed)
        whole = self.known(lower(piece))
        parts = [piece] if whole else parted(piece)
        inside = ("parted",) if sum(not is_mark(part[0]) for part in parts) > 1 else ()
        made = []
        for part in parts:
            words, reasons = self.spelt(lower(part))
            also = () if is_mark(part[0]) and not whole else inside
            made.append(Token(part, words, (*(() if same else ("letters",)), *also, *reasons)))
        return [replace(made[0], typed=typed)] if len(made) == 1 else made

    def spelt(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a part, and why they are others."""
        if is_mark(word[0]) and not self.known(word):
            return ("…" if len(word) > 1 and word[0] in ".…" else word[0],), ("stretched",) if len(word) > 1 else ()
        if known := self.known(word):
            return known
        if (short := self.unstretched(word)) != word:
            return self.again(short, "stretched")
        if (tone := placed(word)) != word:
            return self.again(tone, "tone")
        if "-" in word and not self.stays(word):
            words, reasons = zip(*map(self.spelt, word.split("-")), strict=True)
            return sum(words, ()), ("parted", *sum(reasons, ()))
        return (word,), ()

    def again(self, word: str, reason: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        words, reasons = self.spelt(word)
        return words, (reason, *reasons)

    def known(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """What a contraction or a short form stands for."""
        if word in CONTRACTIONS:
            return CONTRACTIONS[word], ("contraction",)
        if word in (short := shortened(self.language)):
            return short[word], ("short",)
        stem, apostrophe, end = word.rpartition("'")
        if not stem.isalpha():
            return None
        if end == "t" and stem.endswith("n") and len(stem) > 1:
            return (NOT.get(stem[:-1], stem[:-1]), "not"), ("contraction",)
        if end == "s" or apostrophe + end in ENDINGS:
            words, reasons = self.spelt(stem)
            more = () if end == "s" else (ENDINGS[apostrophe + end],)  # the hotel's
            return (*words, *more), ("contraction", *reasons)
        return None

    def unstretched(self, word: str) -> str:
        """A word without the letters that were typed again and again: “soooo” is “so”, “goood” is “good”."""
        if word in self.lexicon or all(a != b for a, b in pairwise(bare(word))):
            return word
        likely = [unstretched(word, 2, 2), unstretched(word, 2, 1)]
        if self.language == "vi":
            likely.append(unstretched(word, 1, 1))
        return next((each for each in likely if each in self.lexicon or self.known(each)), likely[1])

    def stays(self, word: str) -> bool:
        """Whether a word with hyphens stays one: a word of the lexicon, “so-so”, figures."""
        parts = word.split("-")
        return word in self.lexicon or len(set(parts)) == 1 or not all(part.isalpha() for part in parts)


@cache
def shortened(language: str) -> dict[str, tuple[str, ...]]:
    """What is written short in a language, and what it stands for."""
    if not language:
        return {}
    spellings = tomllib.loads((SPELLINGS / f"{language}.toml").read_text(encoding="utf-8"))
    return {typed: tuple(words.split()) for typed, words in spellings["short"].items()}


def parted(piece: str) -> list[str]:
    """A piece without spaces cut at its marks: words, and runs of one mark.

    An apostrophe or a hyphen between letters stays, and a mark between figures: “so-so”, “3.5”.
    """
    parts: list[str] = []
    inside = False  # a word
    for at, letter in enumerate(piece):
        mark = is_mark(letter) and not joins(piece, at)
        if parts and ((not mark and inside) or (mark and not inside and parts[-1][-1] == letter)):
            parts[-1] += letter
        else:
            parts.append(letter)
        inside = not mark
    return parts


def joins(piece: str, at: int) -> bool:
    """Whether a mark belongs to the word around it."""
    if not 0 < at < len(piece) - 1:
        return False
    before, mark, after = piece[at - 1], piece[at], piece[at + 1]
    if before.isdigit() and after.isdigit():
        return mark in ".,:/-"
    return mark in "'-" and not is_mark(before) and not is_mark(after)


def language_of(texts: Iterable[str]) -> str:
    """The language of some texts by their letters: Vietnamese if a fifth of them or more are written as only it is."""
    found = list(map(is_vietnamese, texts))
    return "vi" if sum(found) * 5 >= max(1, len(found)) else "en"


def is_vietnamese(text: str) -> bool:
    """Whether there is a letter that only Vietnamese has, or several words have tone marks."""
    words = text.split()
    own = any("Ạ" <= letter <= "ỹ" or letter in "đĐơƠưƯăĂ" for letter in text)
    return own or sum(any(tone in unicodedata.normalize("NFD", word) for tone in TONES) for word in words) > 1


def flat(tokens: Sequence[Token]) -> list[str]:
    """The words of some tokens."""
    return [word for token in tokens for word in token.words]
