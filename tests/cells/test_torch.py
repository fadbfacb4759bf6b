"""The three cells against live torch: forward, and every gradient, over drawn shapes and values."""

import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, MinLSTM, backprop, run
from tests.support.torch_modules import LOOPS, stacked, torch_loop, torch_twin

LIMIT = 1e-12


@st.composite
def settings_of_a_run(draw):
    """A cell, its input and its start; the scale reaches from silent to saturated gates."""
    kind = draw(st.sampled_from(list(LOOPS)))
    steps, batch, inputs, units = (draw(st.integers(1, n)) for n in (12, 4, 5, 8))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = draw(st.sampled_from([0.1, 1.0, 10.0, 100.0]))
    cell = kind.random(inputs=inputs, units=units, seed=random.integers(2**32))
    cell = cell.replace(**{k: p * draw(st.sampled_from([1, 3])) for k, p in cell.parameters.items()})
    start = {name: random.normal(size=(batch, units)) for name in kind.states}
    return cell, random.normal(size=(steps, batch, inputs)) * scale, start, random


@settings(max_examples=80)
@given(settings_of_a_run())
def test_module_forward_and_gradients(drawn):
    """torch.nn.RNN, LSTM, GRU themselves: output, last states, and the gradients of input, start and parameters."""
    cell, x, start, random = drawn
    trace = run(cell, x, start=start)
    dh = random.normal(size=trace["h"].shape)
    grads = backprop(trace, {"h": dh})

    module, tx = torch_twin(cell), torch.tensor(x, requires_grad=True)
    tstart = {name: torch.tensor(s[None], requires_grad=True) for name, s in start.items()}
    output, last = module(tx, tstart["h"] if len(start) == 1 else tuple(tstart.values()))
    (output * torch.tensor(dh)).sum().backward()

    np.testing.assert_allclose(trace.output, output.detach().numpy(), atol=LIMIT, rtol=0)
    for name, final in zip(start, (last,) if len(start) == 1 else last, strict=True):
        close(trace[name][-1], final[0].detach().numpy())
        close(grads.start[name], tstart[name].grad[0].numpy())
    close(grads.x, tx.grad.numpy())
    for letter, weight in {"W": module.weight_ih_l0, "U": module.weight_hh_l0, "b": module.bias_ih_l0}.items():
        close(stacked(grads.params, letter, cell.kind), weight.grad.numpy())
    if "d_n" in grads.params:
        close(grads.params["d_n"], module.bias_hh_l0.grad.numpy()[-cell.units :])


@settings(max_examples=80)
@given(settings_of_a_run())
def test_every_named_value_and_its_retained_gradient(drawn):
    """A torch loop that keeps every value: equal values, and equal gradients at every value of every step."""
    cell, x, start, random = drawn
    trace = run(cell, x, start=start)
    loss = {name: random.normal(size=trace[name].shape) for name in cell.kind.states}
    grads = backprop(trace, loss)
    values = torch_loop(cell, torch.tensor(x), {k: torch.tensor(s, requires_grad=True) for k, s in start.items()})
    sum((torch.stack(values[name]) * torch.tensor(loss[name])).sum() for name in loss).backward()
    assert set(values) == set(cell.graph.values)
    for name, steps in values.items():
        close(trace[name], torch.stack(steps).detach().numpy())
        close(grads[name], np.stack([step.grad.numpy() for step in steps]))


def close(ours, theirs):
    """Equal to 1e-12 of the largest number (of 1 where all are smaller): large sums round at their own size."""
    np.testing.assert_allclose(ours, theirs, atol=LIMIT * max(1.0, np.abs(theirs).max()), rtol=0)


@pytest.mark.parametrize("kind", LOOPS, ids=repr)
def test_float32_is_kept_and_equals_torch(kind):
    cell = kind.random(inputs=3, units=5, seed=1)
    cell = cell.replace(**{k: p.astype(np.float32) for k, p in cell.parameters.items()})
    x = np.random.default_rng(2).normal(size=(7, 2, 3)).astype(np.float32)
    trace = run(cell, x)
    grads = backprop(trace, {"h": np.ones((2, 5))})
    assert {trace[name].dtype for name in trace.names} == {np.dtype(np.float32)}
    assert grads.x.dtype == np.float32
    output = torch_twin(cell)(torch.tensor(x))[0]
    np.testing.assert_allclose(trace.output, output.detach().numpy(), atol=1e-6)


def test_input_decides_nothing_unless_it_is_an_array_of_its_own_type():
    cell = CELLS["gru"].random(inputs=1, units=2, seed=0)
    small = cell.replace(**{k: p.astype(np.float32) for k, p in cell.parameters.items()})
    assert run(cell, np.ones((3, 1), np.float32))["h"].dtype == np.float64
    assert run(small, [[1], [2]])["h"].dtype == np.float32
    assert run(small, np.ones((3, 1)))["h"].dtype == np.float64


SATURATE = [kind for kind in CELLS.values() if kind is not MinLSTM]  # two gates that are both 0 have no shares


@pytest.mark.parametrize("kind", SATURATE, ids=repr)
@pytest.mark.parametrize("size", [1e4, -1e4])
def test_saturated_gates_give_no_warning_and_no_nan(kind, size):
    cell = kind.random(inputs=1, units=3, seed=0)
    cell = cell.replace(**{k: np.full_like(p, size) if k.startswith("W") else p for k, p in cell.parameters.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace = run(cell, [[1.0], [-1.0], [1.0]])
        grads = backprop(trace, {"h": np.ones(3)})
    for name in trace.names:
        assert np.isfinite(trace[name]).all()
        assert np.isfinite(grads[name]).all()


def test_a_small_gate_keeps_its_digits():
    """σ(−40) is 4.2e-18: its value and slope must not drown in 1 − 1."""
    cell = CELLS["lstm"].random(inputs=1, units=1, seed=0).replace(b_f=[-40.0], W_f=[[0.0]], U_f=[[0.0]])
    assert run(cell, [[0.0]])["f"].item() == pytest.approx(1 / (1 + np.exp(40.0)), rel=1e-14)
