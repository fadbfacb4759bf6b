"""The gradients of a run of one unit as a sheet: each a formula, from the last timestep back to the first."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from app.export.formulas import atom, sent_back, times
from app.export.places import FIRST, HEAD, Grid
from app.export.roles import MUTE
from app.export.sheets import Sheets
from cells import Cell
from cells.expression import Matrix, Node, Operation, Vector

TARGET = "target"  # the name of the cell that holds what the last output should be


def has_gradients(cell: Cell) -> bool:
    return set(cell.sizes.values()) == {1}


class Back:
    """The formulas of a run's gradients; `rows` are those of the sheet on which they are."""

    def __init__(self, grid: Grid):
        self.grid, self.graph = grid, grid.trace.cell.graph
        self.rows = {node: row for row, node in enumerate(grid.placed, HEAD)}
        self.loss = None if grid.shown.target is None else f"2*({self.output(grid.prefix('steps'))}-{TARGET})"

    def output(self, sheet: str) -> str:
        """The address of the last output."""
        last, grid = self.graph.values[self.graph.output], self.grid
        return sheet + xl_rowcol_to_cell(grid.rows[last], grid.column(last, grid.steps[-1]))

    def read(self, node: Node, step: int) -> str:
        """A gradient where another formula reads it."""
        if node in self.rows:
            return xl_rowcol_to_cell(self.rows[node], FIRST + step)
        return atom(self.written(node, step))

    def written(self, node: Node, step: int) -> str:
        """What reaches a value: from the loss, from the next timestep, and from what reads it in its own."""
        steps = self.grid.steps
        parts: list[str] = []
        if isinstance(node, Operation) and (state := self.graph.carried.get(node)):
            if step != steps[-1]:
                parts += self.from_readers(state, steps[steps.index(step) + 1])
            elif node.name == self.graph.output:
                parts.append(self.loss or "1")
        return "+".join([*parts, *self.from_readers(node, step)]) or "0"

    def from_readers(self, node: Node, step: int) -> list[str]:
        places = self.grid.places(step, 0, self.grid.prefix("steps"))
        readers = dict.fromkeys(self.graph.consumers[node])
        return [part for reader in readers for part in sent_back(reader, node, self.read(reader, step), places)]

    def weight(self, name: str, step: int) -> str:
        """What a timestep adds to a parameter's gradient."""
        parts: list[str] = []
        places = self.grid.places(step, 0, self.grid.prefix("steps"))
        for node in self.graph.nodes:
            if isinstance(node, Matrix) and node.parameter == name:
                parts.append(times(self.read(node, step), places.values(node.inputs[0])))
            elif isinstance(node, Vector) and node.parameter == name:
                parts += self.from_readers(node, step)
        return "+".join(parts)


def write_gradients(book: Sheets, sheet: Worksheet) -> None:
    """Write the sheet, each formula with what the core computes for it."""
    grid, names, back = book.grid, book.names, Back(book.grid)
    found, target = grid.shown.gradients, grid.shown.target
    book.days(sheet, names.word("start"))
    total = FIRST + grid.trace.steps
    book.head(sheet, total, [names.word("total")])
    if target is not None:
        sheet.write_string(0, total - 1, names.word("target"), book.style(align="right"))
        sheet.write_number(0, total, target, book.number_style(typed=True))
        book.book.define_name(TARGET, f"={grid.prefix('gradients')}{xl_rowcol_to_cell(0, total, True, True)}")
    look = book.number_style()
    for node, row in back.rows.items():
        book.label(sheet, row, node.name, 0, 1)
        for step in grid.steps:
            number = found[node.name].ravel()[step] if node.name else 0
            sheet.write_formula(row, FIRST + step, f"={back.written(node, step)}", look, number)
        if isinstance(node, Operation) and (state := grid.trace.cell.graph.carried.get(node)):
            parts = back.from_readers(state, grid.steps[0])
            sheet.write_formula(row, FIRST - 1, f"={'+'.join(parts)}", look)
    for row, (name, number) in enumerate(found.params.items(), max(back.rows.values()) + 2):
        sheet.write_string(row, 0, name, book.name_style(name))
        sheet.write_string(row, 1, names.word("weight"), book.style(font_color=MUTE))
        for step in grid.steps:
            sheet.write_formula(row, FIRST + step, f"={back.weight(name, step)}", look)
        ends = [xl_rowcol_to_cell(row, FIRST + step) for step in (0, grid.trace.steps - 1)]
        sheet.write_formula(row, total, f"=SUM({':'.join(ends)})", book.number_style(state=True), number.item())
    book.coloured(sheet, HEAD, FIRST - 1, row, total)
