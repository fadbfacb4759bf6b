"""A run holds little more than what it records."""

import tracemalloc

import numpy as np
import pytest

from cells import CELLS, LSTM, run, sweep


def peak_over_recorded(make):
    make()
    tracemalloc.start()
    trace = make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / trace.record.nbytes


@pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
@pytest.mark.parametrize("inputs", [1, 64])
def test_a_run(kind, inputs):
    cell, x = kind.random(inputs, 64, seed=0), np.zeros((200, 16, inputs))
    assert peak_over_recorded(lambda: run(cell, x)) < 1.2
    assert peak_over_recorded(lambda: run(cell, x, lengths=[100] * 16)) < 1.2


@pytest.mark.parametrize(("name", "index"), [("U_f", (0, 0)), ("W_f", (0, 0)), ("b_f", 0)])
def test_a_sweep(name, index):
    cell, x = LSTM.random(1, 8, seed=0), np.zeros((100, 4, 1))
    assert peak_over_recorded(lambda: sweep(cell, x, name, index, np.linspace(-1, 1, 121))) < 1.2


def test_the_record_counts_its_arrays():
    """13 values of an LSTM at each step."""
    trace = run(LSTM.random(2, 3, seed=0), np.zeros((5, 4, 2)))
    assert trace.record.nbytes == 8 * 4 * 3 * 13 * 5
