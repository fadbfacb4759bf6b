"""Files that mean harm: each is read or refused in its time; run as a module, it prints what each took."""

from __future__ import annotations

import json
import random
import resource
import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook

from app.lessons.series.table.reading import read
from app.lessons.series.table.records import MOST, TableError

SECONDS = 2  # at most for any file
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def packed(sheet: str = "", **others: bytes) -> bytes:
    """A workbook whose only sheet is this XML, with other parts beside it."""
    parts = zipfile.ZipFile(BytesIO(workbook([[1, 2], [3, 4]])))
    entries = {name: parts.read(name) for name in parts.namelist()} | others
    if sheet:
        entries["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0"?>{sheet}'.encode()
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return file.getvalue()


def cells(count: int, size: str = "") -> str:
    row = "".join(f"<c><v>{k}</v></c>" for k in range(5))
    return f'<worksheet xmlns="{MAIN}">{size}<sheetData>{f"<row>{row}</row>" * (count // 5)}</sheetData></worksheet>'


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    inside = "<sheetData><row><c t='inlineStr'><is><t>&a11;</t></is></c></row></sheetData>"
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><worksheet xmlns="{MAIN}">{inside}</worksheet>'


def filled(line: Callable[[int], str], size: int = MOST) -> bytes:
    """As many lines as fit."""
    found, total = list[str](), 0
    for k in range(size):
        found.append(line(k) + "\n")
        total += len(found[-1].encode())
        if total > size:
            break
    return "".join(found[:-1]).encode()


def lying(size: int) -> bytes:
    """A workbook whose sheet is much larger than the archive says."""
    data = packed(f'<worksheet xmlns="{MAIN}"><sheetData>{" " * size}</sheetData></worksheet>')
    true = zipfile.ZipFile(BytesIO(data)).getinfo("xl/worksheets/sheet1.xml").file_size
    return data.replace(struct.pack("<L", true), struct.pack("<L", 1000))


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
FILES: dict[str, Callable[[], bytes]] = {
    "noise": lambda: random.Random(0).randbytes(MOST),
    "NULs": lambda: bytes(MOST),
    "2 MB of commas": lambda: b"," * 2 * 2**20,
    "lines of commas": lambda: (b"," * 99 + b"\n") * 20_000,
    "one line of 10 MB": lambda: b"7" * 10 * 2**20,
    "one line of 5 MB": lambda: b"7" * MOST,
    "100,000 columns": lambda: "\n".join([",".join(["7"] * 100_000)] * 6).encode(),
    "400 columns": lambda: filled(lambda k: ",".join(f"{j}.{k % 7}" for j in range(400)), 2 * 2**20),
    "2.6 million lines": lambda: b"1\n" * (MOST // 2),
    "quotes": lambda: b'"' * MOST,
    "an open quote": lambda: b'a,"b\n' * (MOST // 6),
    "combining marks": lambda: ("e" + "\u0301" * 400 + "\n").encode() * 6000,
    "Unix seconds": lambda: filled(lambda k: f"{1_500_000_000 + 60 * k},{k % 97}.5"),
    "minutes": lambda: filled(
        lambda k: f"2021-01-{1 + k // 1440 % 28:02d} {k // 60 % 24:02d}:{k % 60:02d}:00,{k % 97}.5"
    ),
    "long dates": lambda: filled(lambda k: f'"Monday, {1 + k % 28} January {1990 + k % 30} 10:00:00 PM UTC",{k}'),
    "nearly dates": lambda: filled(lambda k: "2020-01-" * 7 + ",1"),
    "nearly numbers": lambda: filled(lambda k: "$ " * 29 + ",1"),
    "nearly grouped": lambda: filled(lambda k: "1 " * 29 + "x,1"),
    "a code page": lambda: ("Größe;Ä\n" + "ü;1\n" * (MOST // 4 - 9)).encode("cp1252"),
    "high bytes": lambda: bytes(range(128, 256)) * (MOST // 128),
    "a long table of eight keys": lambda: filled(
        lambda k: "2020-01-01," + ",".join(f"{k * 7 % p}" for p in (3, 5, 7, 11, 13, 17, 19, 23)) + f",{k}.5", 2**21
    ),
    "a workbook of 99,000 cells": lambda: packed(cells(99_000)),
    "a workbook of 500,000 cells": lambda: packed(cells(500_000)),
    "a workbook with two cells far apart": lambda: packed(
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{FAR}</sheetData></worksheet>'
    ),
    "a workbook that says it is huge": lambda: packed(cells(500, '<dimension ref="A1:XFD1048576"/>')),
    "a zip bomb": lambda: packed(bomb=b"0" * 100 * 2**20),
    "a zip bomb that says it is small": lambda: lying(100 * 2**20),
    "entities": lambda: packed(laughs()),
    "3000 parts": lambda: packed(**{f"part{k}": b"" for k in range(3000)}),
}


def outcome(data: bytes) -> str:
    try:
        return f"{len(read(data).series.values)} values"
    except TableError as told:
        return told.message.reason


def main() -> None:
    """Print by name: seconds of the processor, the highest memory so far in MB, and what came of it."""
    read(workbook([["t", "v"], [1, 2], [2, 3], [3, 5]]))  # what is loaded once is loaded
    found = {}
    for name, make in FILES.items():
        data = make()
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        told = outcome(data)
        seconds = time.process_time() - start
        found[name] = (seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, told)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
