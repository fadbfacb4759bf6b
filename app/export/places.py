"""Where a workbook has a run's numbers: a row for each value of a unit, a column for each timestep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell

from app.export.formulas import Places, has_place
from app.export.sequence import Sequence
from cells import Trace
from cells.expression import Matrix, Node, State, Vector

HEAD = 3  # rows above the first value
FIRST = 3  # the column of the first timestep; before it are letter, name, and what enters the first timestep
UNIT = 2  # the column of a parameter's first unit; before it are the parameter's name, and what it multiplies


@dataclass(frozen=True)
class Grid:
    """Where a run's values and parameters are; `sheets` are the sheets' names, by what is on them."""

    shown: Sequence
    sheets: Mapping[str, str]

    @cached_property
    def placed(self) -> list[Node]:
        """The values that have rows, in the order of the definition: the input first."""
        graph = self.trace.cell.graph
        rows = [n for n in graph.nodes if not isinstance(n, (Vector, State)) and n is not graph.x]
        return [graph.x, *(n for n in rows if has_place(graph, n))]

    @cached_property
    def rows(self) -> Mapping[Node, int]:
        """The row of each value's first unit; a state as it enters a timestep is in the row of what it was before."""
        rows: dict[Node, int] = {}
        row = HEAD
        for node in self.placed:
            rows[node] = row
            row += self.size(node)
        graph = self.trace.cell.graph
        return rows | {state: rows[after] for after, state in graph.carried.items()}

    @cached_property
    def parameters(self) -> Mapping[str, tuple[int, int]]:
        """The first row of each parameter, and how many it has: one for each number that a unit multiplies by it."""
        rows: dict[str, tuple[int, int]] = {}
        row = HEAD
        for name, values in self.trace.cell.parameters.items():
            rows[name] = row, values.shape[1] if values.ndim > 1 else 1
            row += rows[name][1]
        return rows

    @property
    def trace(self) -> Trace:
        return self.shown.trace

    @property
    def steps(self) -> range:
        return self.shown.steps

    def size(self, node: Node) -> int:
        return self.trace.cell.sizes[node.size]

    def numbers(self, node: Node) -> np.ndarray:
        """What the core computes, (T, n)."""
        array = self.trace.public(self.trace.record[node])
        return array.reshape(self.trace.steps, -1)

    def column(self, node: Node, step: int) -> int:
        """The column of a value; a state that enters a timestep is in that of the one read before."""
        if not isinstance(node, State):
            return FIRST + step
        return FIRST - 1 if step == self.steps[0] else FIRST + step + (1 if self.trace.reverse else -1)

    def places(self, step: int, unit: int, sheet: str = "") -> Places:
        """Where a unit of a timestep finds what it reads; `sheet` is before the address where it is on another."""

        def value(node: Node) -> str | None:
            if node not in self.rows:
                return None
            return sheet + xl_rowcol_to_cell(self.rows[node] + min(unit, self.size(node) - 1), self.column(node, step))

        def values(node: Node) -> str:
            first, column = self.rows[node], self.column(node, step)
            last = first + self.size(node) - 1
            ends = [xl_rowcol_to_cell(row, column) for row in dict.fromkeys((first, last))]
            return sheet + ":".join(ends)

        return Places(value, values, lambda name: self.weight(name, unit))

    def weight(self, name: str, unit: int) -> str:
        """The address of a unit's parameter: its name, where it is a single number."""
        if self.trace.cell.parameters[name].size == 1:
            return name
        row, count = self.parameters[name]
        return self.prefix("weights") + xl_range_abs(row, UNIT + unit, row + count - 1, UNIT + unit)

    def prefix(self, sheet: str) -> str:
        return f"{quote_sheetname(self.sheets[sheet])}!"

    def source(self, name: str) -> str:
        """What a parameter multiplies, by its letter; empty of a bias."""
        for node in self.trace.cell.graph.nodes:
            for reader in self.trace.cell.graph.consumers[node]:
                if isinstance(reader, Matrix) and reader.parameter == name:
                    return reader.inputs[0].name
                if isinstance(node, Vector) and node.parameter == name and len(reader.inputs) == 2:
                    return next((i.name for i in reader.inputs if i is not node and not isinstance(i, Matrix)), "")
        return ""
