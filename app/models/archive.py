"""A zip archive of unknown origin: its entries are looked at within limits, and never unpacked to a disk."""

from __future__ import annotations

import pathlib
import struct
import zipfile

from app.messages import RefusedError
from app.models.numbers import Bytes, mapped

MOST_ENTRIES = 50_000
MOST_DIRECTORY = 4 * 2**20
"""Bytes of the list of entries."""
MOST_UNPACKED = 512 * 2**20
"""Bytes of all entries together: an archive may not be a bomb."""
MOST_TIMES = 40
"""How many times its size a large archive may unpack to; zeros shrink by a thousand, weights hardly at all."""


class Archive:
    """The entries of a zip archive, by name."""

    def __init__(self, path: pathlib.Path):
        self.content = mapped(path)
        if directory_size(self.content) > MOST_DIRECTORY:
            raise RefusedError("file.bomb", what="entries")
        self._zip = zipfile.ZipFile(path)
        entries = self._zip.infolist()
        self.entries = {entry.filename: entry for entry in entries}
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or len(self.entries) < len(entries):
            raise RefusedError("file.bomb", what="entries")
        if unpacked > MOST_UNPACKED or unpacked > max(16 * 2**20, MOST_TIMES * len(self.content)):
            raise RefusedError("file.bomb", what=f"{unpacked / 2**20:.0f} MB")
        if any(entry.flag_bits & 1 for entry in entries):
            raise RefusedError("file.encrypted")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise ValueError("a way of packing that may take any amount of memory")

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def read(self, name: str, most: int) -> bytes:
        """Return a small entry; a ValueError if it is larger than ``most`` bytes, a KeyError if there is none."""
        if self.entries[name].file_size > most:
            raise ValueError("an entry that is too large")
        return self._zip.read(name)

    def head(self, name: str, most: int) -> bytes:
        """Return the first bytes of an entry."""
        with self._zip.open(name) as entry:
            return entry.read(most)

    def bytes_of(self, name: str) -> Bytes:
        """Return an entry where it stands in the file if it is stored as it is, else unpacked."""
        entry = self.entries[name]
        if entry.compress_type != zipfile.ZIP_STORED:
            return self._zip.read(name)
        header = self.content[entry.header_offset : entry.header_offset + 30]
        signature, name_size, extra_size = struct.unpack("<4s22xHH", header)
        start = entry.header_offset + 30 + name_size + extra_size
        if signature != b"PK\3\4" or start + entry.file_size > len(self.content):
            raise ValueError("an entry outside of its archive")
        return self.content[start : start + entry.file_size]


def directory_size(content: memoryview) -> int:
    """Return how many bytes the list of entries has, by the record at an archive's end."""
    tail = bytes(content[-(2**16 + 22) :])
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise ValueError("an archive without an end")
    (size,) = struct.unpack_from("<I", tail, at + 12)
    if tail[max(at - 20, 0) : at].startswith(b"PK\6\7"):  # a second record, for large archives, counts instead
        record = tail.rfind(b"PK\6\6", 0, at)
        if record < 0 or len(tail) < record + 48:
            raise ValueError("an archive whose second end is far away")
        (size,) = struct.unpack_from("<Q", tail, record + 40)
    return int(size)
