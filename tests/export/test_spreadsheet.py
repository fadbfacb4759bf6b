"""A workbook's formulas, computed anew by another program, say what the core says: also of weights changed in it."""

from io import BytesIO

import numpy as np
import openpyxl
import pytest

from app.export.formulas import SHEET
from app.export.names import names_of
from app.export.places import FIRST, UNIT, Grid
from app.export.roles import HUES
from app.export.sequence import MOST_UNITS, Sequence, refused
from app.export.spreadsheet import workbook
from app.i18n import LANGUAGES
from app.messages import RefusedError
from cells import GRU, LSTM, RNN, CheatSheetLSTM, backprop, run
from cells.functions import FUNCTIONS
from tests.support.server import ROOT
from tests.support.torch_loops import case
from tests.support.workbooks import Recalculated

VARIANTS = [
    (LSTM, 1, {"peephole": True, "couple": "i=1-f"}),
    (GRU, 1, {"update": "write"}),
    (RNN, 1, {}),
    (CheatSheetLSTM, 1, {}),
    (LSTM, 3, {}),
    (LSTM, 3, {"peephole": True, "couple": "f=1-i", "clip": 0.5, "projection": 2, "gate": "hard_sigmoid"}),
    (GRU, 3, {}),
    (GRU, 3, {"reset": "before", "update": "write"}),
]
TITLE = '=HYPERLINK("http://example.org", "day 1")'


def example(kind, units, steps=3, reverse=False, **options):
    cell, x, start, _ = case(kind, units=units, inputs=units, steps=steps, batch=1, **options)
    return run(cell, x, start=start, reverse=reverse), start


def in_the_book(trace, target=None, language="en"):
    return workbook(Sequence(trace, target), names_of(trace.cell, TITLE, language))


def expect_the_core(book, trace):
    grid = Grid(Sequence(trace), {})
    assert {node.name for node in grid.placed} == set(trace)
    for node in grid.placed:
        for step, unit in np.ndindex(grid.numbers(node).shape):
            ours = grid.numbers(node)[step, unit]
            assert book("Every step", grid.rows[node] + unit, FIRST + step) == pytest.approx(ours, abs=1e-12), node.name


def expect_the_gradients(book, trace, target):
    grid, output = Grid(Sequence(trace), {}), trace.cell.graph.output
    given = np.zeros(trace[output].shape)
    given[grid.steps[-1]] = 1 if target is None else 2 * (trace[output][grid.steps[-1]] - target)
    found = backprop(trace, {output: given})
    for row, node in enumerate(grid.placed, 3):
        for step, ours in enumerate(found[node.name].ravel()):
            assert book("Gradients", row, FIRST + step) == pytest.approx(ours, abs=1e-12), node.name
    for name, row in zip(found.start, [3 + grid.placed.index(trace.node(name)) for name in found.start], strict=True):
        assert book("Gradients", row, FIRST - 1) == pytest.approx(found.start[name].item(), abs=1e-12)
    for row, (name, ours) in enumerate(found.params.items(), 3 + len(grid.placed) + 1):
        assert book("Gradients", row, FIRST + trace.steps) == pytest.approx(ours.item(), abs=1e-12), name


@pytest.mark.parametrize(("kind", "units", "options"), VARIANTS)
def test_every_value_of_every_step_is_the_cores_before_and_after_a_change(kind, units, options, tmp_path):
    trace, start = example(kind, units, steps=3 if units == 1 else 2, **options)
    target = 0.5 if kind is LSTM else None
    file = in_the_book(trace, target)
    book = Recalculated(file, tmp_path)
    expect_the_core(book, trace)
    far = Grid(Sequence(trace), {}).rows[trace.node("h")] + trace["h"].shape[-1] - 1, FIRST + trace.steps
    assert book("Every step", *far) < 1e-12

    name = next(iter(trace.cell.parameters))
    changed = trace.cell.parameters[name].copy()
    changed[-1, -1] = 1.25
    row, rows = Grid(Sequence(trace), {}).parameters[name]
    place = openpyxl.utils.get_column_letter(UNIT + len(changed)) + f"{row + rows}"
    book = Recalculated(file, tmp_path, {place: 1.25})
    other = run(trace.cell.replace(**{name: changed}), trace.x, start=start)
    expect_the_core(book, other)
    assert book("Every step", *far) > 1e-4
    if units == 1:
        expect_the_gradients(book, other, target)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_and_its_slope(name, tmp_path):
    assert SHEET.keys() == FUNCTIONS.keys()
    trace, _ = example(RNN, 1, activation=name)
    book = Recalculated(in_the_book(trace), tmp_path)
    expect_the_core(book, trace)
    expect_the_gradients(book, trace, None)


def test_a_cell_that_reads_from_the_last_step_to_the_first(tmp_path):
    trace, _ = example(LSTM, 1, reverse=True)
    book = Recalculated(in_the_book(trace), tmp_path)
    expect_the_core(book, trace)
    expect_the_gradients(book, trace, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_never_a_formula_and_a_number_is_there_before_any_program_computes(language):
    trace, _ = example(LSTM, 2)
    file = in_the_book(trace, language=language)
    book = openpyxl.load_workbook(BytesIO(file))
    for sheet in book:
        assert (sheet["A1"].value, sheet["A1"].data_type) == (TITLE, "s")
        assert not [link for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)]
    stored = openpyxl.load_workbook(BytesIO(file), data_only=True).worksheets[2]
    row = Grid(Sequence(trace), {}).rows[trace.node("h")] + 1
    assert stored.cell(row + 1, FIRST + trace.steps).value == trace["h"][-1, 0, 1]
    assert stored.cell(row + 1, 1).value == "h₂"
    assert stored.cell(row + 1, 1).font.color.rgb == f"FF{HUES['h'][1:]}"


def test_what_is_too_large_is_refused():
    cell = LSTM.random(inputs=1, units=MOST_UNITS, seed=0)
    x = np.ones((30, 1))
    assert refused(run(cell, x)) is None
    assert len(workbook(Sequence(run(cell, x)), names_of(cell, "", "en"))) < 1_000_000
    for larger in (run(LSTM.random(inputs=1, units=MOST_UNITS + 1, seed=0), x), run(cell, np.ones((31, 1)))):
        with pytest.raises(RefusedError, match=r"refused\.size"):
            workbook(Sequence(larger), names_of(larger.cell, "", "en"))
    with pytest.raises(RefusedError, match=r"refused\.many"):
        Sequence(run(cell, np.ones((3, 2, 1))))


def test_the_colours_are_those_of_the_pages():
    css = (ROOT / "app/frame/styles/page.css").read_text(encoding="utf-8")
    for role, colour in HUES.items():
        assert f"--{role}: light-dark({colour.lower()}," in css
