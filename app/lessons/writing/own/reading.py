"""A file of the reader's own as text; what is none is refused by what it is. No streamlit, no torch."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from app.decoding import broken, encodings, readable
from app.lessons.writing.corpus import LONGEST
from app.messages import RefusedError

STARTS = {
    b"%PDF": "pdf",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"RIFF": "image",
    b"PK\x03\x04": "document",
    b"\xd0\xcf\x11\xe0": "document",
    b"{\\rtf": "document",
}
"""What a file is, by its first bytes."""
NAMES = {"cp125": "Windows-125", "utf-8-sig": "UTF-8", "utf": "UTF", "gb18030": "GB 18030", "shift_jis": "Shift JIS",
         "euc_kr": "EUC-KR", "big5": "Big5"}  # fmt: skip
"""Encodings as readers know them, by how Python's names of them begin."""


@dataclass(frozen=True)
class Reading:
    """A file's text, the encoding it was read by, and whether that is sure."""

    text: str
    encoding: str
    sure: bool


def reading(data: bytes) -> Reading:
    """Return what a file of plain text says, its letters composed.

    Raises
    ------
    RefusedError
        If it is another kind of file, is in no encoding, or is too long.
    """
    if found := next((kind for start, kind in STARTS.items() if data.startswith(start)), None):
        raise RefusedError(f"own.problem.{found}")
    options = encodings(data)
    if not options or not readable(data, options[0]):
        raise RefusedError("own.problem.encoding", line=broken(data, options[0] if options else "ascii"))
    text = unicodedata.normalize("NFC", data.decode(options[0])).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise RefusedError("own.problem.binary")
    if (size := len(text.encode())) > LONGEST:
        raise RefusedError("own.problem.long", size=size, most=LONGEST)
    return Reading(text, named(options[0]), len(options) == 1)


def named(encoding: str) -> str:
    """An encoding's name for readers."""
    start = next(each for each in NAMES if encoding.startswith(each))
    return NAMES[start] + encoding.removeprefix(start).upper()
