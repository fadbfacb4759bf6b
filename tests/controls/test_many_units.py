"""Entries of a cell's parameters are found by their names."""

import pytest

from app.controls.many_units import entry, moved
from cells import LSTM


def test_an_entry_is_called_by_its_place_from_1():
    cell = LSTM.random(2, 8, seed=0)
    assert entry(cell, "U_f.4.6") == ("U_f", (3, 5))
    assert entry(cell, "b_f.8") == ("b_f", (7,))
    changed = moved(cell, {"U_f.4.6": 1.25, "b_o.1": -2, "U_f.1.1": 3})
    assert (changed.parameters["U_f"][3, 5], changed.parameters["U_f"][0, 0], changed.parameters["b_o"][0]) == (
        1.25,
        3,
        -2,
    )
    differing = sum(int((changed.parameters[n] != cell.parameters[n]).sum()) for n in cell.parameters)
    assert differing == 3


@pytest.mark.parametrize(
    "name", ["U_f", "U_f.4", "U_f.0.1", "U_f.9.1", "W_f.1.3", "b_f.1.1", "U_q.1.1", "U_f.1.1.1", ""]
)
def test_an_entry_that_is_not_there_is_named(name):
    with pytest.raises(ValueError, match="expected an entry of <LSTM"):
        entry(LSTM.random(2, 8, seed=0), name)
