"""LibreOffice computes a workbook's formulas to the core's numbers, also after a weight was changed in it."""

import openpyxl

from app.export.places import FIRST, UNIT, Grid
from app.export.sequence import MOST_STEPS, MOST_UNITS, Sequence
from cells import CELLS, LSTM, run
from tests.export.test_spreadsheet import VARIANTS, example, expect_the_core, expect_the_gradients, in_the_book
from tests.support.workbooks import by_libreoffice

TARGET = 0.5
LARGEST = [(kind, MOST_UNITS, {}, {"steps": MOST_STEPS}) for kind in CELLS.values()]
BOOKS = [*((kind, units, options, {}) for kind, units, options in VARIANTS), *LARGEST, (LSTM, 1, {}, {"reverse": True})]


def changed(trace):
    """Where a weight stands, what is typed there, and the cell that has it."""
    name = next(name for name, values in trace.cell.parameters.items() if values.ndim == 2)
    values = trace.cell.parameters[name].copy()
    values[-1, -1] = 1.25
    row, rows = Grid(Sequence(trace), {}).parameters[name]
    place = f"{openpyxl.utils.get_column_letter(UNIT + len(values))}{row + rows}"
    return {place: 1.25}, trace.cell.replace(**{name: values})


def test_every_number_is_the_cores_before_and_after_a_change(tmp_path):
    """In one test, so that LibreOffice starts once."""
    runs, books = {}, {}
    for n, (kind, units, options, how) in enumerate(BOOKS):
        trace, start = example(kind, units, **how, **options)
        changes, cell = changed(trace)
        file = in_the_book(trace, TARGET if kind is LSTM else None)
        books |= {f"{n}": (file, {}), f"{n}-changed": (file, changes)}
        runs |= {f"{n}": trace, f"{n}-changed": run(cell, trace.x, start=start, reverse=trace.reverse)}
    found = by_libreoffice(books, tmp_path)
    for name, trace in runs.items():
        expect_the_core(found[name], trace)
        if trace.cell.units == 1:
            expect_the_gradients(found[name], trace, TARGET if trace.cell.kind is LSTM else None)
        output = trace.cell.kind.output
        far = Grid(Sequence(trace), {}).rows[trace.node(output)] + trace[output].shape[-1] - 1, FIRST + trace.steps
        difference = found[name]("Every step", *far)
        assert difference > 1e-4 if name.endswith("changed") else difference < 1e-12
