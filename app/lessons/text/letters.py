"""Letters as they are typed: composed, look-alike and stretched ones, apostrophes, and the marks of Vietnamese."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from app.lessons.text.remembered import remembered

APOSTROPHES = "’ʼ‘‛′`´ʹʻ＇\N{MODIFIER LETTER TURNED COMMA}"
HYPHENS = "‐‑‒–﹣－"
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
MARKS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
LATIN = str.maketrans("ÐðƉɖɡɑı", "ĐđĐđgai")  # Latin letters that look like usual ones
LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсхуіјѕһԁԛԝкΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανιρυκϲ",
    "ABEKMHOPCTXYIJSaeopcxyijshdqwkABEZHIKMNOPTYXoavipukc",
)
"""Cyrillic and Greek letters that look like Latin ones: https://www.unicode.org/reports/tr39/, confusables."""
STYLED = ("<wide>", "<narrow>", "<font>")  # full-width, half-width and mathematical letters
TONES = "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}\N{COMBINING DOT BELOW}"  # noqa: E501
SYLLABLE = re.compile(r"(qu|gi(?=[aeiouyăâêôơư])|[^aeiouyăâêôơư]*)([aeiouyăâêôơư]+)([^aeiouyăâêôơư]*)")


@remembered(4096)
def cleaned(piece: str, latin: bool) -> str:
    """A piece of a text in composed letters (NFC), its look-alike letters, apostrophes and hyphens made the usual ones.

    Parameters
    ----------
    piece
        Without spaces.
    latin
        Whether the text has Latin letters: then a piece that could be Latin altogether is.
    """
    if piece.isascii():
        return piece.replace("`", "'")
    plain = unicodedata.normalize("NFC", piece.translate(INVISIBLE)).translate(MARKS).translate(LATIN)
    plain = "".join(map(unstyled, plain))
    likely = plain.translate(LOOKALIKES)
    if likely != plain and (is_latin(plain) or (latin and not any(map(is_foreign, likely)))):
        plain = likely
    return unicodedata.normalize("NFC", plain)


@remembered(4096)
def unstyled(character: str) -> str:
    styled = unicodedata.decomposition(character).startswith(STYLED) or "\ufb00" <= character <= "\ufb06"
    return unicodedata.normalize("NFKC", character) if styled else character


def is_latin(text: str) -> bool:
    """Whether there is a Latin letter."""
    return any("a" <= letter <= "z" or "A" <= letter <= "Z" or "À" <= letter <= "ɏ" for letter in text)


def is_foreign(character: str) -> bool:
    """Whether a character is a letter of another script."""
    return character.isalpha() and not is_latin(character) and not "Ḁ" <= character <= "ỹ"


@remembered(4096)
def is_mark(character: str) -> bool:
    """Whether a character is punctuation or a symbol."""
    return unicodedata.category(character)[0] in "PS"


def lower(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower())


def bare(word: str) -> str:
    """A Vietnamese word without its marks: “được” is “duoc”."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


@remembered(4096)
def placed(word: str) -> str:
    """A Vietnamese syllable with its tone mark where the older spelling has it: “hoà” is “hòa”, “lựơng” is “lượng”.

    The mark stands on the vowel that has another mark (of “ươ” on the second); else before a final consonant on the
    last vowel; else on the first of two, and on the middle one of three.
    """
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    tones = [part for part in parts if part in TONES]
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    match = SYLLABLE.fullmatch(plain) if len(tones) == 1 and plain.isalpha() else None
    if not match:
        return word
    start, vowels, end = match.groups()
    marked = [k for k, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    at = marked[-1] if marked else len(vowels) - 1 if end or len(vowels) == 1 else 1 if len(vowels) > 2 else 0
    return unicodedata.normalize("NFC", start + vowels[: at + 1] + tones[0] + vowels[at + 1 :] + end)


def unstretched(word: str, most: int, kept: int) -> str:
    """A word in which a letter that is typed more than `most` times on end stands `kept` times: “quáaaa” is “quá”."""
    runs = ("".join(run) for _, run in groupby(word, bare))
    short = "".join(run[:kept] if len(run) > most and run.isalpha() else run for run in runs)
    return unicodedata.normalize("NFC", short)
