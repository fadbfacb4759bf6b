"""The terms of the chain rule add up to the gradient, and each is the product of what it lists."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, CheatSheetLSTM, Mamba, MinGRU, MinLSTM, backprop, run, sweep
from cells.chain import chain
from cells.sensitivity import routes
from tests.support.torch_loops import case, close, leaves, loop

CELLS = [
    (RNN, {}), (RNN, {"activation": "relu"}), (LSTM, {}), (LSTM, {"peephole": True}), (LSTM, {"couple": "i=1-f"}),
    (LSTM, {"couple": "f=1-i", "peephole": True}), (LSTM, {"output_activation": "linear"}),
    (LSTM, {"gate": "hard_sigmoid", "clip": 2.0}), (LSTM, {"projection": 2}), (GRU, {}), (GRU, {"reset": "before"}),
    (GRU, {"update": "write"}), (CheatSheetLSTM, {}),
    (MinGRU, {}), (MinLSTM, {}), (SLSTM, {}), (LRU, {}), (RWKV, {}), (Mamba, {}),
]  # fmt: skip
IDS = ["-".join([kind.key, *map(str, options.values())]) for kind, options in CELLS]
every_cell = pytest.mark.parametrize(("kind", "options"), CELLS, ids=IDS)


def gradients(kind, options, units, inputs, steps, seed):
    cell = kind.random(inputs, units, seed, **options)
    random = np.random.default_rng(seed)
    trace = run(cell, random.normal(size=(steps, inputs)))
    return backprop(trace, {cell.graph.output: random.normal(size=trace.output.shape)})


def total(links):
    return sum((link.product for link in links), 0.0)


@every_cell
@given(units=st.integers(2, 4), inputs=st.integers(1, 3), steps=st.integers(1, 6), seed=st.integers(0, 99))
@settings(max_examples=15)
def test_the_terms_add_up_to_the_gradient(kind, options, units, inputs, steps, seed):
    grads = gradients(kind, options, units, inputs, steps, seed)
    scale = max(np.abs(grads[name]).max() for name in grads.trace.names)
    for name in grads.trace.names:
        for unit in range(grads[name].shape[-1]):
            np.testing.assert_allclose(
                total(chain(grads, name, unit)), grads[name][:, unit], rtol=0, atol=1e-12 * scale
            )
    for name in grads.trace.cell.kind.states:
        unit = grads[name].shape[-1] - 1
        back = total(chain(grads, name, unit, before=True)) + np.zeros(steps)
        own = [link.product for link in chain(grads, name, unit) if not link.later]
        np.testing.assert_allclose(back[0], grads.start[name][unit], rtol=0, atol=1e-12 * scale)
        np.testing.assert_allclose(
            back[1:] + sum(own, np.zeros(steps))[:-1], grads[name][:-1, unit], rtol=0, atol=1e-12 * scale
        )


@every_cell
def test_the_terms_add_up_to_what_autograd_retains(kind, options):
    """A loss on the output of every step, in a torch loop that keeps every value."""
    cell, x, start, random = case(kind, seed=1, **options)
    trace = run(cell, x, start=start)
    output = cell.graph.output
    loss = random.normal(size=trace[output].shape)
    grads = backprop(trace, {output: loss})
    tx = torch.tensor(x, requires_grad=True)
    values, _ = loop(cell, tx, leaves(start), leaves(cell.parameters))
    sum((step[output] * torch.tensor(loss[t])).sum() for t, step in enumerate(values)).backward()
    for name in trace.names:
        kept = (
            tx.grad
            if name == "x"
            else torch.stack(
                [torch.zeros_like(step[name]) if step[name].grad is None else step[name].grad for step in values]
            )
        )
        for unit in (0, kept.shape[-1] - 1):
            close(total(chain(grads, name, unit, 1)), kept[:, 1, unit], name)


@pytest.mark.parametrize(
    ("kind", "options", "state"), [(LSTM, {}, "c"), (LSTM, {"peephole": True}, "c"), (GRU, {}, "h")]
)
def test_the_term_along_the_memory_is_the_route_along_it(kind, options, state):
    grads = gradients(kind, options, 3, 2, 5, 4)
    links = chain(grads, state, 2)
    (along,) = [link for link in links if link.later and link.to == state]
    both = routes(grads)
    np.testing.assert_array_equal(along.product, both.along[:, 2])
    np.testing.assert_allclose(total(links) - along.product, both.through[:, 2], rtol=0, atol=1e-12)


@every_cell
def test_each_term_of_one_unit_is_the_product_of_its_factors(kind, options):
    if options.get("projection"):
        options = {"projection": 1}
    grads = gradients(kind, options, 1, 1, 5, 3)
    for name in grads.trace.names:
        for link in chain(grads, name):
            if link.to:
                listed = np.prod([link.upstream, *(local.numbers for local in link.local)], axis=0)
                np.testing.assert_allclose(link.product, listed, rtol=1e-13)


def test_the_chain_of_a_cell_state_as_a_textbook_has_it():
    grads = gradients(LSTM, {}, 1, 1, 4, 0)
    trace = grads.trace
    shown, carried = chain(grads, "c")
    assert (shown.to, shown.later, carried.to, carried.later) == ("h", False, "c", True)
    assert [local.kind for local in shown.local] == ["value", "slope"]
    np.testing.assert_allclose(shown.product, (grads["h"] * trace["o"] * (1 - np.tanh(trace["c"]) ** 2))[:, 0])
    np.testing.assert_allclose(carried.product[:-1], (grads["c"] * trace["f"])[1:, 0])
    assert carried.product[-1] == 0
    assert [local.name for local in carried.local] == ["f"]


def test_the_loss_is_a_term_of_its_own():
    trace = run(LSTM.random(1, 1, 0), [[1.0], [2.0]])
    grads = backprop(trace, {"h": [3.0]})
    *_, loss = chain(grads, "h")
    assert loss.to == ""
    np.testing.assert_array_equal(loss.product, [0, 3])


def test_a_sweeps_chain_is_that_of_each_run():
    cell, values = LSTM.random(1, 1, 0, peephole=True), [-1.0, 2.0]
    x = np.array([[1.0], [0.5], [-1.0]])
    grads = backprop(sweep(cell, x, "U_f", (0, 0), values), {"h": [1.0]})
    for k, value in enumerate(values):
        alone = backprop(run(cell.replace(U_f=[[value]]), x), {"h": [1.0]})
        for together, single in zip(chain(grads, "h"), chain(alone, "h"), strict=True):
            np.testing.assert_allclose(together.product[k], single.product, rtol=1e-13)
            for one, other in zip(together.local, single.local, strict=True):
                np.testing.assert_allclose(one.numbers[k], other.numbers, rtol=1e-13)


def test_what_cannot_be_told_is_refused():
    x = np.ones((2, 3, 1))
    cell = RNN.random(1, 1, 0)
    with pytest.raises(ValueError, match="forward"):
        chain(backprop(run(cell, x, reverse=True), {"h": np.ones((3, 1))}), "h")
    with pytest.raises(ValueError, match="forward"):
        chain(backprop(run(cell, x, lengths=[1, 2, 2]), {"h": np.ones((3, 1))}), "h")
    with pytest.raises(ValueError, match="unknown value 'q'"):
        chain(backprop(run(cell, x), {"h": np.ones((3, 1))}), "q")
