"""What takes the largest exponent out of sLSTM and RWKV changes no output, and leaves nothing to overflow."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import RWKV, SLSTM, Mamba, backprop, run
from cells.cell import Kind
from cells.expression import matrix, maximum, vector
from tests.support.torch_loops import close

STABILISED = [(SLSTM, {"forget": "sigmoid"}), (SLSTM, {"forget": "exp"}), (RWKV, {})]


@pytest.mark.parametrize(("kind", "options"), STABILISED, ids=str)
@settings(max_examples=40, deadline=None)
@given(units=st.integers(1, 4), inputs=st.integers(1, 3), steps=st.integers(1, 8), size=st.sampled_from([0.1, 1, 20]),
       seed=st.integers(0, 10**6))  # fmt: skip
def test_outputs_and_gradients_are_those_without_it(kind, options, units, inputs, steps, size, seed):
    """From no memory at all; exponents to some hundreds, where both are finite."""
    random = np.random.default_rng(seed)
    cell = kind.random(inputs, units, seed, **options)
    plain = kind(**cell.parameters, **options, stabilised=False)
    x, loss = random.normal(size=(steps, 2, inputs)) * size, {"h": random.normal(size=(steps, 2, units))}
    ours, theirs = (backprop(run(each, x), loss) for each in (cell, plain))
    close(ours.trace["h"], theirs.trace["h"])
    close(ours.x, theirs.x)
    for name in cell.parameters:
        close(ours.params[name], theirs.params[name], name)


@pytest.mark.parametrize(("kind", "options"), STABILISED, ids=str)
@settings(max_examples=40, deadline=None)
@given(signs=st.lists(st.tuples(*[st.sampled_from([-1e4, 0.0, 1e4])] * 4), min_size=1, max_size=6))
def test_it_stays_finite_at_ten_thousand(kind, options, signs):
    """Each gate's pre-activation is an input of its own; h is an average of candidates within ±1, times a gate."""
    cell = kind.random(4, 1, 0, **options)
    weights = {name: np.zeros_like(p) for name, p in cell.parameters.items()}
    for column, name in enumerate(name for name in weights if name[0] == "W"):
        weights[name][0, column] = 1e-4 if name == "W_v" else 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        gradients = backprop(run(cell.replace(**weights), signs), {"h": [1.0]})
    for name in gradients.trace.names:
        assert np.isfinite(gradients.trace[name]).all(), name
        assert np.isfinite(gradients[name]).all(), name
    assert np.abs(gradients.trace["h"]).max() <= 1


def test_without_it_the_gate_overflows():
    cell = SLSTM.random(1, 1, 0, stabilised=False)
    with np.errstate(invalid="ignore"):
        assert np.isinf(run(cell.replace(W_i=[[1.0]], b_i=[0.0]), [[1e4]])["i"]).all()


def test_at_a_tie_each_has_half_of_the_gradient():
    def larger(x, h):
        h = maximum(h, vector("b_h")) + matrix("W_h", x)
        return locals()

    cell = Kind("larger", larger, ("h",), "h")
    grads = backprop(run(cell(b_h=[0.0, 1.0, -1.0], W_h=np.zeros((3, 1))), np.zeros((1, 1))), {"h": np.ones(3)})
    np.testing.assert_array_equal(grads.params["b_h"], [0.5, 1, 0])
    np.testing.assert_array_equal(grads.start["h"], [0.5, 0, 1])


def test_one_channels_state_has_many_entries():
    """A step size and a channel of one number act on every entry of h; the output is one number again."""
    cell = Mamba.random(3, 5, 0)
    trace = run(cell, np.random.default_rng(0).normal(size=(4, 2, 3)))
    assert trace["h"].shape == (4, 2, 5)
    assert trace.output.shape == trace["d"].shape == (4, 2, 1)
    close(trace["read"], (trace["C"] * trace["h"]).sum(-1, keepdims=True))
