"""The parallel scan gives what the loop gives, for every cell whose states are linear given the input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Stack, run, scan
from cells.scan import gates_reading, rounds_of

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
    assert np.abs(found.output - shown).max() <= 1e-12 * max(1, np.abs(shown).max())


def test_a_round_has_the_last_steps_alone():
    """After k rounds a step has what a run over the last 2ᵏ steps gives that begins with nothing."""
    cell, x = CELLS["min_gru"].random(2, 3, 0), np.random.default_rng(0).normal(size=(11, 2))
    for k, partial in enumerate(scan(cell, x).rounds):
        for t in range(len(x)):
            alone = run(cell, x[max(0, t + 1 - 2**k) : t + 1])["h"][-1]
            np.testing.assert_allclose(partial["h"][t], alone, rtol=0, atol=1e-13)


def near(found, expected, share=1e-12):
    assert found.shape == expected.shape
    assert found.dtype == expected.dtype
    assert np.abs(found - expected).max() <= share * max(1, np.abs(expected).max())


@pytest.mark.parametrize("key", LINEAR)
@settings(max_examples=15, deadline=None)
@given(data=st.data(), steps=st.integers(1, 20), batch=st.integers(0, 3), seed=st.integers(0, 99))
def test_a_scan_reads_what_a_run_reads(key, data, steps, batch, seed):
    """First states, lengths, a mask, a direction and axes in another order; what is not read may be NaN."""
    cell, random = CELLS[key].random(3, 4, seed, **LINEAR[key]), np.random.default_rng(seed)
    x = random.normal(size=(steps, *([batch] if batch else []), 3))
    read = random.random(x.shape[:-1]) < 0.7
    how = {"start": {name: random.normal(size=(*x.shape[1:-1], cell.sizes[state.size]))
                     for name, state in cell.graph.before.items()},
           "mask": read if data.draw(st.booleans()) else None,
           "reverse": data.draw(st.booleans()),
           "batch_first": bool(batch) and data.draw(st.booleans())}  # fmt: skip
    if batch:
        how["lengths"] = random.integers(0, steps + 1, batch)
    if how["mask"] is not None:
        x[~read] = np.nan
    if how["batch_first"]:
        x, how["mask"] = x.swapaxes(0, 1), None if how["mask"] is None else read.T
    trace, found = run(cell, x, **how), scan(cell, x, **how)
    for name, values in found.states.items():
        near(values, trace[name])
    near(found.output, trace.output)


@pytest.mark.parametrize("key", LINEAR)
def test_single_precision_stays_so(key):
    cell = CELLS[key].random(3, 4, 0, **LINEAR[key])
    cell = CELLS[key](**LINEAR[key], **{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    x = np.random.default_rng(0).normal(size=(50, 3))
    for given_ in (x.astype(np.float32), x):
        trace, found = run(cell, given_), scan(cell, given_)
        for name, values in found.states.items():
            near(values, trace[name], 1e-5 if values.dtype == np.float32 else 1e-12)
        near(found.output, trace.output, 1e-5 if found.output.dtype == np.float32 else 1e-12)


@pytest.mark.parametrize("key", LINEAR)
def test_every_round_joins_two_maps_of_the_round_before(key):
    """(a, b) after (a', b') is (a a', a b' + b), of K states as matrices."""
    cell, x = CELLS[key].random(2, 3, 1, **LINEAR[key]), np.random.default_rng(1).normal(size=(13, 2))
    found = scan(cell, x)
    names = list(found.states)
    a = [np.array([[r[i, j] for j in names] for i in names]) for r in found.factors]  # (K, K, T, n)
    b = [np.array([r[i] for i in names]) for r in found.rounds]
    for k in range(rounds_of(13)):
        for t in range(13):
            s = t - 2**k
            if s < 0:
                np.testing.assert_array_equal(b[k + 1][:, t], b[k][:, t])
            else:
                np.testing.assert_allclose(
                    b[k + 1][:, t], np.einsum("ijn,jn->in", a[k][:, :, t], b[k][:, s]) + b[k][:, t], rtol=1e-14
                )
                product = np.einsum("ijn,jkn->ikn", a[k][:, :, t], a[k][:, :, s])
                np.testing.assert_allclose(a[k + 1][:, :, t], product, rtol=1e-13, atol=1e-300)


def test_one_timestep_takes_no_round():
    cell, x = CELLS["lru"].random(2, 3, 0), np.ones((1, 2))
    found = scan(cell, x, start={"a": np.ones(3)})
    assert len(found.rounds) == 1
    near(found.output, run(cell, x, start={"a": np.ones(3)}).output)


def test_the_last_round_alone_may_be_kept():
    cell, x = CELLS["mamba"].random(2, 3, 0), np.ones((9, 2))
    whole, last = scan(cell, x), scan(cell, x, keep_rounds=False)
    assert (len(whole.rounds), len(last.rounds)) == (5, 1)
    np.testing.assert_array_equal(last.states["h"], whole.states["h"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"start": {"c": np.zeros(3)}}, "state"),
        ({"start": {"h": np.zeros(2)}}, r"start\['h'\]: expected shape \(3,\)"),
        ({"mask": [True]}, "mask"),
        ({"lengths": [9]}, "lengths"),
        ({"keep_rounds": "all"}, "keep_rounds"),
    ],
)
def test_what_a_run_refuses_a_scan_refuses(wrong, message):
    with pytest.raises(ValueError, match=message):
        scan(CELLS["min_gru"].random(2, 3, 0), np.zeros((4, 2)), **wrong)


def test_a_stack_and_an_empty_input_are_refused():
    cell = CELLS["min_gru"].random(2, 3, 0)
    with pytest.raises(ValueError, match="cell: expected a cell"):
        scan(Stack([cell]), np.zeros((4, 2)))
    with pytest.raises(ValueError, match="x: expected at least one step"):
        scan(cell, np.zeros((0, 2)))


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
