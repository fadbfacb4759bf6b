"""A workbook computed anew from its formulas alone, by the package `formulas`."""

from io import BytesIO
from pathlib import Path

import formulas
import openpyxl


class Recalculated:
    """The numbers of a workbook, whose cells hold none that were computed before; `changes` are typed into it."""

    def __init__(self, file: bytes, folder: Path, changes: dict[tuple[str, str], float] | None = None):
        self.book = openpyxl.load_workbook(BytesIO(file))  # formulas, and no number that the file has for them
        for (sheet, address), value in (changes or {}).items():
            assert isinstance(self.book[sheet][address].value, int | float)
            self.book[sheet][address].value = value
        path = folder / "book.xlsx"
        self.book.save(path)
        found = formulas.ExcelModel().loads(str(path)).finish().calculate()
        self.numbers = {str(key).upper(): cell.value for key, cell in found.items() if hasattr(cell, "value")}

    def __call__(self, sheet: str, row: int, column: int) -> float:
        """The number of a cell, whose row and column count from 0."""
        address = self.book[sheet].cell(row + 1, column + 1).coordinate
        return float(self.numbers[f"'[BOOK.XLSX]{sheet.upper()}'!{address}"][0, 0])
