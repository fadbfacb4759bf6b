"""A run as a workbook whose every number is a formula: whoever changes a weight there sees what follows."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from app.export.formulas import written
from app.export.gradient_sheet import has_gradients, write_gradients
from app.export.names import Names
from app.export.places import FIRST, HEAD, UNIT, Grid
from app.export.sequence import Sequence, refused
from app.export.sheets import Sheets
from app.messages import RefusedError
from cells.expression import Input, Operation

SHEETS = ("weights", "inputs", "steps", "stage", "gradients")


def workbook(shown: Sequence, names: Names) -> bytes:
    """Return a run as an .xlsx file.

    Parameters
    ----------
    shown : Sequence
        At most so large that :func:`app.export.sequence.refused` does not refuse it.
    names : Names
        What the sheets, the values and the timesteps are called.

    Raises
    ------
    RefusedError
        With the message of that function.
    """
    if why := refused(shown.trace):
        raise RefusedError(why.reason, **why.values)
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        Book(book, Grid(shown, {sheet: names.word(f"sheet.{sheet}") for sheet in SHEETS}), names).write()
    return file.getvalue()


class Book(Sheets):
    """The sheets of one run."""

    def write(self) -> None:
        weights, inputs, steps, stage = (self.sheet(name) for name in SHEETS[:4])
        self.write_weights(weights)
        self.write_inputs(inputs)
        self.write_steps(steps)
        self.write_stage(stage)
        if has_gradients(self.grid.trace.cell):
            write_gradients(self, self.sheet("gradients"))
        steps.activate()

    def write_weights(self, sheet: Worksheet) -> None:
        cell, names = self.grid.trace.cell, self.names
        self.head(sheet, 0, [names.word("weight"), names.word("multiplies")])
        self.head(sheet, UNIT, [names.unit(unit + 1) for unit in range(cell.units)])
        for name, values in cell.parameters.items():
            row, count = self.grid.parameters[name]
            source = self.grid.source(name)
            rows = np.atleast_2d(values.T)
            for k in range(count):
                sheet.write_string(row + k, 0, name, self.name_style(name))
                reads = names.letter(source, k, count) if source else names.word("bias")
                sheet.write_string(row + k, 1, reads, self.style(align="right", italic=bool(source)))
                for unit, value in enumerate(rows[k]):
                    sheet.write_number(row + k, UNIT + unit, value, self.number_style(typed=True))
            last = row + count - 1, UNIT + len(rows[0]) - 1
            self.book.define_name(name, f"={self.grid.prefix('weights')}{xl_range_abs(row, UNIT, *last)}")
            self.coloured(sheet, row, UNIT, *last)
        sheet.freeze_panes(HEAD, UNIT)
        sheet.set_column(0, 1, 12)

    def write_inputs(self, sheet: Worksheet) -> None:
        """The inputs, and the states that enter the first timestep, in the rows that they have among the steps."""
        grid, graph = self.grid, self.grid.trace.cell.graph
        self.days(sheet, self.names.word("start"))
        for row, (name, unit, units, column, values) in enumerate(self.given(), HEAD):
            self.label(sheet, row, name, unit, units)
            for k, value in enumerate(values):
                sheet.write_number(row, column + k, value, self.number_style(typed=True))
        last = HEAD + grid.size(graph.x) + sum(map(grid.size, graph.carried)) - 1
        self.coloured(sheet, HEAD, FIRST - 1, last, FIRST + grid.trace.steps - 1)

    def given(self) -> list[tuple[str, int, int, int, np.ndarray]]:
        """What a run is given, row by row: its name, unit and units, and its numbers from a column on."""
        grid, graph = self.grid, self.grid.trace.cell.graph
        rows = [("x", n, grid.size(graph.x), FIRST, grid.numbers(graph.x)[:, n]) for n in range(grid.size(graph.x))]
        for state in graph.before.values():
            starts = grid.shown.starts[state.name]
            rows += [(state.name, n, len(starts), FIRST - 1, starts[n : n + 1]) for n in range(len(starts))]
        return rows

    def write_steps(self, sheet: Worksheet) -> None:
        grid, carried = self.grid, self.grid.trace.cell.graph.carried
        self.days(sheet, self.names.word("start"))
        given = {(name, unit): row for row, (name, unit, *_) in enumerate(self.given(), HEAD)}
        inputs = grid.prefix("inputs")
        check = FIRST + grid.trace.steps
        self.head(sheet, check, [self.names.word("difference")])
        sheet.set_column(check, check, 22)
        for node in grid.placed:
            numbers = grid.numbers(node)
            look = self.number_style(state=node in carried)
            for unit in range(grid.size(node)):
                row = grid.rows[node] + unit
                self.label(sheet, row, node.name, unit, grid.size(node))
                if isinstance(node, Operation) and node in carried:
                    start = grid.shown.starts[node.name][unit]
                    place = xl_rowcol_to_cell(given[node.name, unit], FIRST - 1)
                    sheet.write_formula(row, FIRST - 1, f"={inputs}{place}", look, start)
                for step in grid.steps:
                    if isinstance(node, Input):
                        made = inputs + xl_rowcol_to_cell(given["x", unit], FIRST + step)
                    else:
                        made = written(node, grid.places(step, unit))
                    sheet.write_formula(row, FIRST + step, f"={made}", look, numbers[step, unit])
                mine, theirs = (
                    f"{p}{xl_rowcol_to_cell(row, FIRST)}:{xl_rowcol_to_cell(row, check - 1)}"
                    for p in ("", grid.prefix("stage"))
                )
                sheet.write_formula(
                    row, check, f"=SUMPRODUCT(ABS({mine}-{theirs}))", self.style(num_format="0.0E+00"), 0
                )
        self.coloured(sheet, HEAD, FIRST - 1, row, check - 1)

    def write_stage(self, sheet: Worksheet) -> None:
        """The numbers that the stage showed, which do not change."""
        self.days(sheet, "")
        for node in self.grid.placed:
            for unit, values in enumerate(self.grid.numbers(node).T):
                row = self.grid.rows[node] + unit
                self.label(sheet, row, node.name, unit, self.grid.size(node))
                sheet.write_row(row, FIRST, values.tolist(), self.number_style())
