"""The cells of an Excel file (.xlsx) as text. No streamlit, no torch."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

from app.lessons.series.table.records import Asked, TableError

UNPACKED = 6 * 2**20  # bytes: a part that is larger once unpacked is not opened
OPEN_DOCUMENT = "mimetype"  # the part by which such a file says what it is
MOST_CELLS, MOST_ROWS = 100_000, 60_000


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def sheet_of(data: bytes, asked: Asked) -> tuple[list[int], list[list[str]]]:
    """The rows of a sheet that say something: their numbers, and their cells.

    Raises
    ------
    TableError
        ``workbook``: it cannot be read; ``ods``: it is one of OpenDocument; ``cells``: it is too large.
    """
    from openpyxl import load_workbook  # 30 ms, which a reader without such a file does not wait for

    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            if OPEN_DOCUMENT in parts.namelist() and max(sizes) < UNPACKED:
                raise TableError("ods" if b"opendocument" in parts.read(OPEN_DOCUMENT) else "workbook")
        if max(sizes, default=0) > UNPACKED or sum(sizes) > 2 * UNPACKED or len(sizes) > 500:
            raise TableError("cells", most=f"{MOST_CELLS}")
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"][:50]
        sheets = {name: rows_of(book[name], names) for name in names[:1]}
        first = next((name for name in names if (sheets.get(name) or rows_of(book[name], names))[1]), None)
        if first is None:
            raise TableError("empty")
        chosen = asked.choose("sheet", [first, *(name for name in names if name != first)])
        return sheets[chosen] if chosen in sheets else rows_of(book[chosen], names)
    except TableError:
        raise
    except Exception:  # a broken workbook raises whatever its reader stumbles over
        raise TableError("workbook") from None


def rows_of(sheet: Any, names: list[str]) -> tuple[list[int], list[list[str]]]:
    lines, rows, count = list[int](), list[list[str]](), 0
    sheet.reset_dimensions()  # what the file says of its own size need not be so
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(cells)
        if count > MOST_CELLS or line > MOST_ROWS:
            raise TableError("cells", most=f"{MOST_CELLS}")
        texts = [text_of(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            lines.append(line)
            rows.append(texts)
    return lines, rows


def text_of(cell: object) -> str:
    """A cell as a CSV file would have it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return f"{int(cell)}"
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime():
            return cell.isoformat(" ")
        case _:
            return str(cell).strip()
