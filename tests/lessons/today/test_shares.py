"""A memory unrolled into shares is the memory of the run."""

import numpy as np
import pytest

from app.controls.kinds import LATER
from app.lessons.today.shares import AVERAGE, kept, shares, taken, written
from cells import CELLS, run

CASES = (
    [(kind, {}) for kind in LATER] + [(kind, {"stabilised": False}) for kind in AVERAGE] + [("lstm", {}), ("gru", {})]
)


@pytest.mark.parametrize(("kind", "options"), CASES)
@pytest.mark.parametrize("seed", range(3))
def test_shares_of_the_values_add_up_to_what_the_run_has(kind, options, seed):
    cell = CELLS[kind].random(3, 5, seed, **options)
    trace = run(cell, np.random.default_rng(seed).normal(size=(12, 3)) * 2)
    found, values = shares(trace), written(trace)[1]
    assert found.shape == (12, 12, 5)
    assert not found[np.triu_indices(12, 1)].any()
    np.testing.assert_allclose(np.einsum("tsn,sn->tn", found, values), taken(trace), rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", AVERAGE)
def test_shares_of_an_average_add_up_to_one_whether_stabilised_or_not(kind):
    x = np.random.default_rng(1).normal(size=(9, 3))
    one, other = (shares(run(CELLS[kind].random(3, 5, 1, stabilised=how), x)) for how in (True, False))
    np.testing.assert_allclose(one.sum(1), 1, rtol=0, atol=1e-12)
    np.testing.assert_allclose(one, other, rtol=0, atol=1e-12)
    assert (one >= 0).all()


def test_rwkv_is_an_attention_whose_weights_fade():
    """From the paper's equation 16, without the recurrence: e^(k_s − (t − 1 − s) w), and e^(u + k_t) for today."""
    cell = CELLS["rwkv"].random(3, 5, 2)
    x = np.random.default_rng(2).normal(size=(8, 3))
    k, w, u = x @ cell.parameters["W_k"].T, np.exp(cell.parameters["l_w"]), cell.parameters["b_u"]
    expected = np.zeros((8, 8, 5))
    for t in range(8):
        weights = [np.exp(k[s] - (t - 1 - s) * w) for s in range(t)] + [np.exp(u + k[t])]
        expected[t, : t + 1] = np.array(weights) / np.sum(weights, axis=0)
    np.testing.assert_allclose(shares(run(cell, x)), expected, rtol=0, atol=1e-12)


def test_an_lrus_shares_depend_on_the_time_between_alone():
    cell = CELLS["lru"].random(3, 5, 3)
    draw = np.random.default_rng(3)
    one, other = (run(cell, draw.normal(size=(6, 3))) for _ in range(2))
    np.testing.assert_allclose(shares(one), shares(other), rtol=0, atol=1e-15)
    np.testing.assert_allclose(abs(kept(one)), np.broadcast_to(np.exp(-np.exp(cell.parameters["l_r"])), (6, 5)))
    for apart in range(6):
        along = np.array([shares(one)[t, t - apart] for t in range(apart, 6)])
        np.testing.assert_allclose(along, np.broadcast_to(along[0], along.shape), rtol=0, atol=1e-14)


@pytest.mark.parametrize("kind", LATER)
def test_a_row_is_the_row_above_multiplied_and_one_more(kind):
    """Of one unit; RWKV's today has a weight of its own, which is gone from the row below."""
    found = shares(run(CELLS[kind].random(3, 1, 4), np.random.default_rng(4).normal(size=(7, 3))))[..., 0]
    for t in range(1, 7):
        above, below = (found[row, : t - (kind == "rwkv")] for row in (t - 1, t))
        np.testing.assert_allclose(below * (above[0] / below[0] if len(below) else 1), above, rtol=1e-9)
