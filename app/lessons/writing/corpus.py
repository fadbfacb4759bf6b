"""The texts that the networks of the lesson `writing` learn from, and how letters are counted.

``kieu.txt`` is *Truyện Kiều* by Nguyễn Du (about 1820), 3,254 lines, in the public domain; taken from the copy in
https://github.com/huygbui/kieu-nano-gpt (``truyen_kieu.txt``), without quotation marks, four lines that stood twice and
typing errors of that copy.  ``english.txt`` is *Northanger Abbey* by Jane Austen (1818), in the public domain; Project
Gutenberg's text as the package r-cran-janeaustenr of Debian has it, in lines of at most 36 letters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.messages import RefusedError

TEXTS = Path(__file__).parent / "texts"
SOURCES = ("kieu", "english")
OWN = "own"  # the source of a reader's own text
SHORTEST, LONGEST = 2_000, 200_000  # letters, and bytes, of a reader's own text
FEWEST, MOST = 5, 250  # different letters that it may have
JOINED = ("Mn", "Mc", "Me", "Cf")
JOINER, MODIFIERS = "\u200d", frozenset(map(chr, range(0x1F3FB, 0x1F400)))  # of emoji, the latter of skin
HELD = 0.1  # of a text is held back: its end
CHECKED = 4_000  # letters at most that decide which weights are kept: after every epoch they are read
FIRST = 24  # letters of a beginning
NEAR = 0.1  # of a text: how far before that a line may end


@dataclass(frozen=True)
class Split:
    """A text's beginning, which is learned, and its end, which is held back."""

    learned: str
    held: str


@dataclass(frozen=True)
class Parts:
    """A text in three: what is learned, what then decides which weights are kept, and what they are measured on."""

    learned: str
    checked: str
    held: str


@cache
def corpus(source: str) -> str:
    """Return a text that comes with the course."""
    return (TEXTS / f"{source}.txt").read_text(encoding="utf-8")


def normal(text: str) -> str:
    """Return a text in composed letters (Unicode NFC), each space one space, without empty lines and controls."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    plain = ("".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs")) for line in lines)
    return "".join(f"{line}\n" for line in plain if line)


def split(text: str) -> Split:
    """Hold back the last lines of a text, a tenth of its letters; of a long line, its last words."""
    end = round(len(text) * (1 - HELD))
    ends = (text.rfind(letter, end - round(len(text) * NEAR), end) + 1 for letter in "\n ")
    cut = next(filter(None, ends), end)
    return Split(text[:cut], text[cut:])


def own_parts(text: str) -> Parts:
    """Part a reader's text: what decides and what is measured on are halves of its end, and short where it is long."""
    parts = split(text)
    half = len(parts.held) // 2
    return Parts(parts.learned, parts.held[max(0, half - CHECKED) : half], parts.held[half:])


def course_parts(text: str) -> Parts:
    """Part a text of the course, whose networks learn as long as was once tried: nothing is left to decide."""
    parts = split(text)
    return Parts(parts.learned, parts.held, parts.held)


def own_text(typed: str) -> str:
    """Return a reader's own text as the network learns it.

    Raises
    ------
    RefusedError
        If it is too short, too long, or has too few or too many different letters.
    """
    size = len(typed.encode("utf-8", "replace"))
    if size > LONGEST:
        raise RefusedError("own.problem.long", size=size, most=LONGEST)
    if "\0" in typed:
        raise RefusedError("own.problem.binary")
    text = normal(typed)
    if len(text) < SHORTEST:
        raise RefusedError("own.problem.short", count=len(text), least=SHORTEST)
    different = len(set(text))
    if not FEWEST <= different <= MOST:
        raise RefusedError("own.problem.letters", count=different, least=FEWEST, most=MOST)
    return text


def beginning(text: str) -> str:
    """Return the first words of a text, or its first line, of at most `FIRST` letters."""
    first, line, _ = normal(text[:LONGEST]).partition("\n")
    if len(first) <= FIRST:
        return first + line
    return first[: first.rfind(" ", 0, FIRST) + 1] or first[:FIRST]


def alphabet(text: str) -> tuple[str, ...]:
    """Return the letters of a text in the order of Unicode."""
    return tuple(sorted(set(text)))


def seen(text: str) -> str:
    """Return the letters of a text as a reader sees them, composed: the first character of each.

    Marks that compose with nothing, what joins characters, and what is joined, belong to the letter before.
    """
    plain = unicodedata.normalize("NFC", text)
    pairs = zip(("", *plain), plain, strict=False)
    return "".join(letter for before, letter in pairs if not (before and belongs(letter, before)))


def belongs(letter: str, before: str) -> bool:
    """Whether a character is part of the letter before."""
    return unicodedata.category(letter) in JOINED or letter in MODIFIERS or before == JOINER


def closest(letter: str, letters: tuple[str, ...]) -> str:
    """Return the letter of an alphabet that a letter is read as.

    Itself; else in the other case; else without its marks (ă, â: a); else a space, or the first of the alphabet.
    """
    base = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    found = (c for c in (letter, letter.lower(), letter.upper(), base, base.lower(), " ") if c in letters)
    return next(found, letters[0])
