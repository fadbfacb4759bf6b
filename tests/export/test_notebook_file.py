"""A run as a notebook: valid, of NumPy alone, and it computes what the run says."""

import subprocess
import sys

import nbformat
import numpy as np
import pytest

from app.export.names import names_of
from app.export.notebook_file import notebook
from app.export.sequence import Sequence
from app.i18n import LANGUAGES
from cells import GRU, LSTM, run

HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:1) `$x$`"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_a_notebook_runs_and_prints_the_run(kind, language):
    trace = run(kind.random(1, 2, seed=1), np.linspace(-1, 1, 5)[:, None, None])
    book = nbformat.reads(notebook(Sequence(trace), names_of(trace.cell, HOSTILE, language)), 4)
    nbformat.validate(book)
    title, *code, exercises = book.cells
    assert not set("<[`$") & set(title.source.splitlines()[0])
    assert len(exercises.source.splitlines()) == 3
    program = "\n".join(cell.source for cell in code)
    assert {line for line in program.splitlines() if "import" in line} == {"import numpy as np"}
    done = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, timeout=120, check=True)
    printed = [line.split() for line in done.stdout.splitlines()]
    hidden = [[float(word) for word in row[2:]] for row in printed if row[0] == "h"]
    np.testing.assert_allclose(hidden, trace["h"][:, 0], rtol=0, atol=1e-12)
    assert [row[1] for row in printed if row[0].isdigit()] == [f"{h:+.3f}" for h in trace["h"][:, 0, 0]]
    assert f"{trace['h'][-1, 0, 0].item()!r}" in title.source
