"""Untrained cells begin as their sliders, or their authors, have them."""

import numpy as np
import pytest

from app.controls.kinds import KEEPERS
from app.untrained.initial import Settings, keepers, untrained
from cells import CELLS, run


def kept(kind, settings):
    """The share that each unit's gate keeps at an input of 0."""
    trace = run(untrained(kind, settings), np.zeros((1, 8)))
    return np.asarray(trace[trace.cell.graph.memory.gate.name])[0]


@pytest.mark.parametrize("kind", ["min_gru", "min_lstm"])
@pytest.mark.parametrize("bias", [-3.0, 0.0, 3.0])
def test_a_bias_means_the_same_share_in_each_cell_with_a_gate(kind, bias):
    np.testing.assert_allclose(kept(kind, Settings(forget_bias=bias)), 1 / (1 + np.exp(-bias)), rtol=1e-12)


def test_an_slstm_is_spread_from_the_bias_down():
    cell = untrained("slstm", Settings(forget_bias=5.0))
    biases = cell.parameters["b_f"]
    assert biases[0] == 5
    assert biases[-1] == -7
    assert (np.diff(biases) < 0).all()
    assert cell.options["stabilised"] is False


def test_an_lru_begins_on_a_ring_and_takes_as_much_as_it_loses():
    drawn = keepers("lru", Settings(units=20_000, ring=0.6))
    moduli, angles = np.exp(-np.exp(drawn["l_r"])), np.exp(drawn["l_s"])
    assert 0.6 <= moduli.min() < 0.61
    assert 0.999 < moduli.max() < 1
    halfway = np.sqrt((1 + 0.6**2) / 2)  # evenly over the ring's area, not over its radius
    assert np.mean(moduli < halfway) == pytest.approx(0.5, abs=0.02)
    assert 0 <= angles.min() < 0.01
    assert 6.27 < angles.max() < 2 * np.pi
    np.testing.assert_allclose(np.exp(drawn["l_g"]) ** 2 + moduli**2, 1, rtol=1e-12)


def test_rwkv_has_the_decays_of_its_paper():
    drawn = untrained("rwkv", Settings(units=5)).parameters
    np.testing.assert_allclose(drawn["l_w"], [-5 + 8 * (i / 4) ** 0.7 for i in range(5)], rtol=1e-12)
    np.testing.assert_allclose(drawn["b_u"] - np.log(0.3), [0, 0.5, -0.5, 0, 0.5], atol=1e-12)


def test_mambas_rates_are_whole_numbers_and_its_step_is_the_one_asked_for():
    cell = untrained("mamba", Settings(units=4, delta=0.02))
    np.testing.assert_allclose(np.exp(cell.parameters["l_A"]), [1, 2, 3, 4], rtol=1e-12)
    assert run(cell, np.zeros((1, 8)))["d"][0, 0] == pytest.approx(0.02, rel=1e-12)
    np.testing.assert_allclose(
        kept("mamba", Settings(units=4, delta=0.02)), np.exp(-0.02 * np.arange(1, 5)), rtol=1e-12
    )


@pytest.mark.parametrize("kind", KEEPERS)
def test_what_keeps_longer_is_known_with_its_sign(kind):
    """Had each of a cell's keepers been larger by its sign, the first input would count for more at the end."""
    cell = CELLS[kind].random(3, 4, 1)
    x = np.zeros((30, 3))
    x[0] = 1

    def left(own):
        trace, nothing = run(own, x), run(own, 0 * x)
        state = cell.graph.memory.state.name if cell.graph.memory else "a"
        return np.linalg.norm(trace[state][-1] - nothing[state][-1])

    longer = {name: cell.parameters[name] + 0.5 * sign for name, sign in KEEPERS[kind].items()}
    assert left(cell.replace(**longer)) > left(cell)
