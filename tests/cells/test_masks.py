"""What is not read: masks, lengths down to none, and NaN in those places; against plain loops."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, GRU, LSTM, RNN, Stack, backprop, ensemble, influence, jacobian, run, sweep
from tests.support.torch_loops import case, close, leaves, loop

T, B, D = 5, 3, 2


@st.composite
def readings(draw):
    """Lengths, a mask, or both; a direction; and what stands where nothing is read."""
    lengths = draw(st.none() | st.lists(st.integers(0, T), min_size=B, max_size=B))
    bits = st.lists(st.lists(st.booleans(), min_size=B, max_size=B), min_size=T, max_size=T)
    mask = draw(bits if lengths is None else st.none() | bits)
    how = {"lengths": lengths, "mask": None if mask is None else np.array(mask), "reverse": draw(st.booleans())}
    return how, draw(st.sampled_from([np.nan, np.inf, -1e308]))


def read_of(lengths=None, mask=None, **_):
    within = np.arange(T)[:, None] < (np.full(B, T) if lengths is None else np.array(lengths))
    return within if mask is None else within & mask


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(CELLS.values())), readings(), st.integers(0, 3))
def test_any_cell_against_a_plain_loop(kind, drawn, seed):
    """Values, states and gradients where a step is read, with anything where none is; zero gradients there."""
    how, junk = drawn
    cell, x, start, random = case(kind, seed, steps=T, batch=B)
    read = read_of(**how)
    trace = run(cell, np.where(read[..., None], x, junk), start=start, **how)
    loss = {name: random.normal(size=trace[name].shape) * read[..., None] for name in trace.names[1:]}
    d_output = random.normal(size=trace.output.shape)
    grads = backprop(trace, loss | {"output": np.where(read[..., None], d_output, np.nan)})

    tx, tstart, p = torch.tensor(x, requires_grad=True), leaves(start), leaves(cell.parameters)
    values, last = loop(cell, tx, tstart, p, how["lengths"], how["reverse"], how["mask"])
    total = sum((v * torch.tensor(loss[name][t])).sum() for t in range(T) for name, v in values[t].items())
    total += sum((values[t][cell.graph.output] * torch.tensor((d_output * read[..., None])[t])).sum() for t in range(T))
    total.backward()
    for name in cell.graph.values:
        close(trace[name][read], np.stack([step[name].detach() for step in values])[read], name)
        assert np.isfinite(trace[name]).all(), name
        assert np.isfinite(grads[name]).all(), name
    for name in start:
        close(trace.final[name], last[name], name)
        close(grads.start[name], tstart[name].grad, name)
    for name, parameter in p.items():
        close(grads.params[name], parameter.grad, name)
    close(grads.x, tx.grad * torch.tensor(read[..., None]))
    assert not trace.output[~read].any()
    assert not grads.x[~read].any()


@pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
def test_masked_steps_are_as_good_as_cut_out(kind):
    """To the bit, the copied state in their place; in front of the first read step it is the first state."""
    cell, x, start, _ = case(kind, steps=T, batch=1)
    mask = np.array([False, True, False, True, False])
    trace = run(cell, x[:, 0], start={n: s[0] for n, s in start.items()}, mask=mask)
    short = run(cell, x[mask, 0], start={n: s[0] for n, s in start.items()})
    for name in start:
        np.testing.assert_array_equal(trace[name][mask], short[name])
        np.testing.assert_array_equal(trace[name][[0, 2, 4]], [start[name][0], *short[name]])
        np.testing.assert_array_equal(trace.final[name], short.final[name])
    np.testing.assert_array_equal(trace.mask, mask)
    np.testing.assert_allclose(influence(trace)[mask], influence(short), atol=1e-15)
    assert not influence(trace)[~mask].any()
    close(jacobian(trace, 4, 0), jacobian(short, 1, -1))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([LSTM, GRU, RNN]), st.sampled_from(["concat", "sum", "mul"]), readings(), st.integers(0, 3))
def test_any_stack_is_each_sequence_cut_and_alone(kind, merge, drawn, seed):
    """Both ways, in layers: output, last states and all gradients, of a loss on the output and on the last one."""
    (how, junk), random = drawn, np.random.default_rng(seed)
    width = 6 if merge == "concat" else 3
    below, above = ([kind.random(n, 3, seed=10 * n + k) for k in range(2)] for n in (D, width))
    stack, x, read = Stack([below, above], merge), random.normal(size=(T, B, D)), read_of(**how)
    how = {"lengths": how["lengths"], "mask": how["mask"]}
    trace = run(stack, np.where(read[..., None], x, junk), **how)
    d, last = random.normal(size=trace.output.shape), random.normal(size=trace.output.shape[1:])
    grads, ends = (backprop(trace, {"output": each}) for each in (d, last))
    params = {name: np.zeros_like(p) for name, p in grads.params.items()}
    for b in range(B):
        places = np.flatnonzero(read[:, b])
        if len(places):
            alone = run(stack, x[places, b])
            theirs = backprop(alone, {"output": d[places, b]})
            close(trace.output[places, b], alone.output)
            close(grads.x[places, b], theirs.x)
            close(ends.x[places, b], backprop(alone, {"output": last[b]}).x)
            close(influence(trace)[places, b], influence(alone))
            for where, states in alone.final.items():
                for name, state in states.items():
                    close(trace.final[where][name][b], state, where)
            params = {name: p + theirs.params[name] for name, p in params.items()}
        else:
            assert not any(state[b].any() for states in trace.final.values() for state in states.values())
    for name, p in params.items():
        close(grads.params[name], p, name)
    assert not trace.output[~read].any()
    assert not grads.x[~read].any()


def test_a_sequence_of_which_nothing_is_read():
    """As ONNX has it: the output is zero, the states are the first ones, and no gradient but theirs."""
    cell, x, start, random = case(LSTM, steps=T, batch=B)
    x[:, 1] = np.nan
    d, expected = random.normal(size=(B, 3)), [start[n][1] for n in "hc"]
    for how in ({"lengths": [5, 0, 2]}, {"mask": read_of([5, 0, 2])}):
        trace = run(cell, x, start=start, **how)
        assert not trace.output[:, 1].any()
        np.testing.assert_array_equal([trace.final[n][1] for n in "hc"], expected)
        by_output, by_state = backprop(trace, {"output": d}), backprop(trace, {"h": d})
        assert not by_output.start["h"][1].any()
        np.testing.assert_array_equal(by_state.start["h"][1], d[1])
        assert not by_state.x[:, 1].any()
        stack = run(Stack([[cell, cell]]), x, **how)
        assert not stack.output[:, 1].any()
        assert not backprop(stack, {"output": np.ones((B, 6))}).x[:, 1].any()


def test_batch_first():
    """Only what comes in is turned; one sequence has no batch."""
    cell, x, _, _ = case(GRU, steps=T, batch=B)
    swapped, mask = x.swapaxes(0, 1), np.arange(15).reshape(B, T) % 4 > 0
    for model in (cell, Stack([cell])):
        name = "h" if model is cell else "0.forward.h"
        ours = run(model, swapped, mask=mask, batch_first=True)
        np.testing.assert_array_equal(ours[name], run(model, x, mask=mask.T)[name])
        np.testing.assert_array_equal(run(model, x[:, 0], batch_first=True)[name], run(model, x[:, 0])[name])
        parameter = "b_r" if model is cell else "0.forward.b_r"
        for made in (
            lambda model, p, x, **how: sweep(model, x, p, 0, [0.5], **how),
            lambda model, p, x, **how: ensemble(model, x, {p: np.zeros((2, 3))}, **how),
        ):
            np.testing.assert_array_equal(
                made(model, parameter, swapped, mask=mask, batch_first=True)[name],
                made(model, parameter, x, mask=mask.T)[name],
            )


CELL = RNN.random(2, 3, seed=0)
NAN = np.where((np.arange(4) == 2)[:, None, None], np.nan, np.ones((4, 2, 2)))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: run(CELL, NAN, lengths=[2, 3]), ["x", "finite", "nan", "(2, 1, 0)"]),
        (lambda: run(CELL, NAN.swapaxes(0, 1), lengths=[2, 3], batch_first=True), ["x", "nan", "(1, 2, 0)"]),
        (lambda: run(CELL, NAN[:, 0], mask=[1, 1, 1, 0]), ["x", "nan", "(2, 0)"]),
        (lambda: run(CELL, np.ones((4, 2, 2)), mask=np.ones((2, 4))), ["mask", "(4, 2)", "True"]),
        (lambda: run(CELL, np.ones((4, 2)), mask=np.full(4, 2)), ["mask", "True", "(4,)"]),
        (lambda: run(CELL, np.ones((2, 2, 5)), batch_first=True), ["x", "(B, T, 2)"]),
        (
            lambda: backprop(run(CELL, np.ones((4, 2, 2)), lengths=[2, 3]), {"output": NAN[:, :, :1] * np.ones(3)}),
            ["loss['output']", "finite", "(2, 1, 0)"],
        ),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)
