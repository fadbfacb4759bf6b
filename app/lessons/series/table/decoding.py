"""The bytes of a file as text: its encoding is marked, or sure, or guessed and said. No streamlit, no torch."""

from __future__ import annotations

from app.decoding import broken, encodings, readable
from app.lessons.series.table.records import Asked, TableError

KINDS = {b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "binary", b"\x89PNG": "binary", b"\x1f\x8b": "binary"}
SAMPLE = 4000  # characters by which it is seen that a file is no text


def text_of(data: bytes, asked: Asked) -> str:
    """A file's text, with newlines alone between its lines.

    Raises
    ------
    TableError
        ``binary``, ``xls``, ``html``: it is no text, or no table.
    """
    if found := next((kind for start, kind in KINDS.items() if data.startswith(start)), None):
        raise TableError(found)
    text = decoded(data, asked).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or sum(text[:SAMPLE].count(chr(k)) for k in range(1, 9)) > 8:
        raise TableError("binary", line=1 + text[: max(0, text.find("\0"))].count("\n"))
    start = text[:1000].lstrip().casefold()
    if start.startswith("<") and any(tag in start for tag in ("<html", "<!doctype", "<table", "<?xml")):
        raise TableError("html", text.lstrip(), 1)
    return text


def decoded(data: bytes, asked: Asked) -> str:
    options = encodings(data)
    if not options:
        raise TableError("encoding", line=broken(data, "ascii"))
    if options[0] in ("utf-16-le", "utf-16-be"):  # without a mark
        asked.note("encoding", encoding=options[0].upper())
    chosen = asked.choose("encoding", options[:5])
    if not readable(data, chosen):
        raise TableError("encoding", line=broken(data, chosen))
    return data.decode(chosen)
