"""The bytes of a file as text: by which encodings they can be read, the likeliest first."""

from __future__ import annotations

import codecs
import unicodedata

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
PAGES = ("cp1252", "cp1258", "cp1250", "cp1251", "gb18030", "shift_jis", "euc_kr", "big5")
UNITS = set("€£¥°²³µ±₫‰–—’“”…×")
LETTERS = {
    "cp1252": "äöüßéèàáçñêóíúâîôûãõåæø",
    "cp1258": "ăđơưâêôàáéèíóúùýăọ",
    "cp1250": "ěščřžýáíéůúťďňąęłśżźćńőűäöüß",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў",
}
LEADS = {"gb18030": (0xB0, 0xD7), "shift_jis": (0x88, 0x97), "euc_kr": (0xB0, 0xC8), "big5": (0xA4, 0xC6)}
"""The first bytes of the commoner letters of an encoding of two bytes."""
SAMPLE = 4000  # bytes above ASCII by which a code page is judged


def encodings(data: bytes) -> list[str]:
    """Return the encodings by which bytes may be text, the likeliest first: one alone is sure.

    The bytes may break its rules all the same, but no other's fits; empty where there is none.
    """
    if marked := next((name for mark, name in MARKS.items() if data.startswith(mark)), None):
        return [marked]
    if name := wide(data):
        return [name]
    if readable(data, "utf-8"):
        return ["utf-8"]
    sample = bytes(around(data))
    pages = [page for page in PAGES if readable(data, page)]
    return sorted(pages, key=lambda page: -plausible(sample.decode(page, "replace"), page))


def readable(data: bytes, name: str) -> bool:
    """Whether bytes are text by an encoding."""
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def broken(data: bytes, name: str) -> int:
    """Return the line, from 1, in which bytes first are no text by an encoding; the last where they are."""
    try:
        before = data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
    return before.count("\n") + 1


def wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of its figures and marks is 0."""
    part = data[:2000]
    odd, even = part[1::2].count(0), part[::2].count(0)
    half = max(1, len(part) // 2)
    return "utf-16-le" if odd > 0.6 * half > even * 3 else "utf-16-be" if even > 0.6 * half > odd * 3 else ""


def around(data: bytes) -> bytes:
    """The lines that have bytes above ASCII, as many as it takes to judge."""
    kept, found = bytearray(), 0
    for line in data[: 2**18].splitlines()[:2000]:
        if not line.isascii():
            kept += line[:400] + b"\n"
            found += 1
        if len(kept) > SAMPLE:
            break
    return bytes(kept) or data[:SAMPLE]


def plausible(text: str, page: str) -> float:
    """How much a text looks like one: letters that are common where a code page is used, among their own kind."""
    found, score = 0, 0.0
    for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if sign < "\x80":
            continue
        found += 1
        kind = unicodedata.category(sign)
        if sign == "\ufffd" or kind in ("Cc", "Co", "Cn"):
            score -= 3
        elif kind == "Mn":
            score += 1 if before.casefold() in "aeiouyăâêôơư" else -2
        elif kind == "Lo":
            score += 1 if common(sign, page) else -0.5
        elif kind.startswith("L"):
            score += letter(before, sign, after, page)
        else:
            score += 0.6 if sign in UNITS else -0.4
    return score / max(1, found)


def letter(before: str, sign: str, after: str, page: str) -> float:
    """A letter that has a case, among its neighbours."""
    script = unicodedata.name(sign, "?").split()[0]
    near = [each for each in (before, after) if each.isalpha()]
    if any(unicodedata.name(each, "?").split()[0] != script for each in near):
        return -1.0
    marked = script == "LATIN" and len(near) == 2 and min(near) >= "\x80"  # three letters with marks in a row
    return (1.0 if common(sign.casefold(), page) else 0.4) - 1.5 * (marked or (sign.isupper() and before.islower()))


def common(sign: str, page: str) -> bool:
    """Whether a letter is of those that a code page is used for."""
    if page in LETTERS:
        return sign in LETTERS[page]
    first, last = LEADS[page]
    return "\u3040" <= sign < "\u3100" or first <= sign.encode(page, "replace")[0] <= last
