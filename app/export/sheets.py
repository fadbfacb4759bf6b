"""What the sheets of a workbook have in common: titles, heads, labels and looks."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.export.names import Names
from app.export.places import FIRST, HEAD, Grid
from app.export.roles import HIGH, INK, LOW, MUTE, ZERO, hues

MOST_TITLE = 1000  # characters: of a longer text than 32,767 a sheet would have nothing

COLOURS = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num", "min_value": -1,
           "mid_value": 0, "max_value": 1, "min_color": LOW, "mid_color": ZERO, "max_color": HIGH}  # fmt: skip


class Sheets:
    """A workbook, as its sheets are written."""

    def __init__(self, book: Workbook, grid: Grid, names: Names):
        self.book, self.grid, self.names = book, grid, names
        self.hues = hues(grid.trace.cell)
        self.styles: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """A format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.styles:
            self.styles[key] = self.book.add_format(properties)
        return self.styles[key]

    def sheet(self, name: str) -> Worksheet:
        """A sheet with its title and what can be done with it."""
        sheet = self.book.add_worksheet(self.grid.sheets[name])
        sheet.write_string(0, 0, self.names.title[:MOST_TITLE], self.style(bold=True, font_size=15, font_color=INK))
        sheet.write_string(1, 0, self.names.word(f"about.{name}"), self.style(font_color=MUTE))
        sheet.hide_gridlines(2)
        return sheet

    def head(self, sheet: Worksheet, column: int, texts: Sequence[str]) -> None:
        for k, text in enumerate(texts):
            sheet.write_string(HEAD - 1, column + k, text, self.style(bold=True, bottom=1, align="right"))

    def days(self, sheet: Worksheet, before: str) -> None:
        """The head of a sheet with a column for each timestep."""
        self.head(sheet, FIRST - 1, [before, *(self.names.step(step + 1) for step in range(self.grid.trace.steps))])
        sheet.freeze_panes(HEAD, FIRST - 1)
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 30)
        sheet.set_column(FIRST - 1, FIRST + self.grid.trace.steps, 10)

    def label(self, sheet: Worksheet, row: int, name: str, unit: int, units: int) -> None:
        """The first two cells of a row: a value's letter in its colour, and what it is called."""
        sheet.write_string(row, 0, self.names.letter(name, unit, units), self.name_style(name))
        sheet.write_string(row, 1, self.names.value(name), self.style(font_color=MUTE))

    def name_style(self, name: str) -> Format:
        return self.style(bold=True, italic=True, font_color=self.hues.get(name, INK))

    def number_style(self, typed: bool = False, state: bool = False) -> Format:
        """How a number looks: framed where it may be typed over, bold where it goes on to the next timestep."""
        looks = f"0.{'0' * self.names.digits}"
        return self.style(num_format=looks, **({"border": 1, "border_color": "#B9C1CC"} if typed else {}), bold=state)

    def coloured(self, sheet: Worksheet, row: int, column: int, last_row: int, last_column: int) -> None:
        sheet.conditional_format(row, column, last_row, last_column, COLOURS)
