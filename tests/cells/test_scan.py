"""The parallel scan gives what the loop gives, for every cell whose states are linear given the input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, run
from cells.scan import gates_reading, outputs, rounds_of, scan

LINEAR = {"min_gru": {}, "min_lstm": {}, "lru": {}, "rwkv": {"stabilised": False}, "mamba": {}}


@pytest.mark.parametrize("key", LINEAR)
@settings(max_examples=15, deadline=None)
@given(steps=st.integers(1, 70), batch=st.integers(0, 3), units=st.integers(1, 5), seed=st.integers(0, 99))
def test_a_scan_is_the_loop(key, steps, batch, units, seed):
    cell = CELLS[key].random(3, units, seed, **LINEAR[key])
    x = np.random.default_rng(seed).normal(size=(steps, *([batch] if batch else []), 3))
    trace, found = run(cell, x), scan(cell, x)
    assert len(found.rounds) == 1 + rounds_of(steps) == 1 + int(np.ceil(np.log2(steps)))
    for name, values in found.states.items():
        assert values.shape == trace[name].shape
        assert np.abs(values - trace[name]).max() <= 1e-12 * max(1, np.abs(trace[name]).max())
    shown = trace[cell.graph.output]
    assert np.abs(outputs(cell, x, found.states) - shown).max() <= 1e-12 * max(1, np.abs(shown).max())


def test_a_round_has_the_last_steps_alone():
    """After k rounds a step has what a run over the last 2ᵏ steps gives that begins with nothing."""
    cell, x = CELLS["min_gru"].random(2, 3, 0), np.random.default_rng(0).normal(size=(11, 2))
    for k, partial in enumerate(scan(cell, x).rounds):
        for t in range(len(x)):
            alone = run(cell, x[max(0, t + 1 - 2**k) : t + 1])["h"][-1]
            np.testing.assert_allclose(partial["h"][t], alone, rtol=0, atol=1e-13)


@pytest.mark.parametrize(
    ("key", "read"),
    [("lstm", {"f", "i", "g", "o"}), ("gru", {"r", "z", "n"}), ("slstm", {"i", "f", "g", "o"}), ("rnn", {"h"})],
)
def test_what_cannot_be_scanned_names_the_gates_that_read_a_state(key, read):
    cell = CELLS[key].random(2, 3, 0)
    assert read <= set(gates_reading(cell.graph))
    with pytest.raises(ValueError, match="linear given the input") as error:
        scan(cell, np.zeros((4, 2)))
    assert all(f"{gate} reads h" in str(error.value) for gate in read)


def test_a_running_maximum_is_not_linear():
    with pytest.raises(ValueError, match="reads m"):
        scan(CELLS["rwkv"].random(2, 3, 0), np.zeros((4, 2)))
