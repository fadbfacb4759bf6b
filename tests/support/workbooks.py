"""Workbooks computed anew from their formulas alone: by the package `formulas`, or by LibreOffice."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import formulas
import openpyxl
import pytest

Changes = Mapping[str, float]
"""Numbers that are typed into the first sheet, by address."""


class Recalculated:
    """The numbers of a workbook by `formulas`; `changes` are typed into it."""

    def __init__(self, file: bytes, folder: Path, changes: Changes | None = None):
        self.book = openpyxl.load_workbook(BytesIO(file))  # formulas, and no number that the file has for them
        for address, value in (changes or {}).items():
            cell = self.book.worksheets[0][address]
            assert isinstance(cell.value, int | float)
            cell.value = value
        path = folder / "book.xlsx"
        self.book.save(path)
        found = formulas.ExcelModel().loads(str(path)).finish().calculate()
        self.numbers = {str(key).upper(): cell.value for key, cell in found.items() if hasattr(cell, "value")}

    def __call__(self, sheet: str, row: int, column: int) -> float:
        """The number of a cell, whose row and column count from 0."""
        address = self.book[sheet].cell(row + 1, column + 1).coordinate
        return float(self.numbers[f"'[BOOK.XLSX]{sheet.upper()}'!{address}"][0, 0])


class Read:
    """The numbers that a workbook's file has."""

    def __init__(self, path: Path):
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        self.rows = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def __call__(self, sheet: str, row: int, column: int) -> float:
        value = self.rows[sheet][row][column]
        assert isinstance(value, int | float), (sheet, row, column, value)
        return value


def emptied(file: bytes, path: Path, changes: Changes) -> None:
    """Write a workbook as it is, but for the numbers that its formulas had, and with changes."""
    with zipfile.ZipFile(BytesIO(file)) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in book.infolist():
            text = book.read(part)
            if part.filename.startswith("xl/worksheets/"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            for address, value in changes.items() if part.filename == "xl/worksheets/sheet1.xml" else ():
                typed = rf'(<c r="{address}"[^>]*><v>)[^<]*'.encode()
                text, count = re.subn(typed, rf"\g<1>{value!r}".encode(), text)
                assert count == 1
            copy.writestr(part, text)


def by_libreoffice(books: Mapping[str, tuple[bytes, Changes]], folder: Path) -> dict[str, Read]:
    """The numbers of workbooks, by name, that LibreOffice computes in one run; skips the test where it is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: `make programs` does, where apt-get may")
    paths = {name: folder / f"{name}.xlsx" for name in books}
    for name, (file, changes) in books.items():
        emptied(file, paths[name], changes)
    found = folder / "computed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", f"{found}"]
    files = map(str, paths.values())
    done = subprocess.run([*command, *files], check=True, capture_output=True, text=True, timeout=300)
    assert "rror" not in done.stdout + done.stderr, done.stderr
    return {name: Read(found / path.name) for name, path in paths.items()}
