"""Lengths, directions and layers: against torch's modules on packed sequences, and against plain loops."""

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from cells import CELLS, GRU, LSTM, RNN, Stack, backprop, run
from cells.layers import MERGES
from tests.support.torch_loops import case, close, leaves, loop
from tests.support.torch_modules import MODULES, stacked

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
LENGTHS = np.array([3, 5, 1])
T, B = 5, 3


@KINDS
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_one_cell_against_a_plain_loop(kind, reverse, lengths):
    """Values and gradients where a sequence runs; frozen states and a zero output where it has ended."""
    cell, x, start, random = case(kind, steps=T, batch=B)
    trace = run(cell, x, start=start, lengths=lengths, reverse=reverse)
    real = np.arange(T)[:, None] < (np.full(B, T) if lengths is None else lengths)
    loss = {name: random.normal(size=trace[name].shape) * real[..., None] for name in trace.names[1:]}
    loss["output"] = random.normal(size=trace.output.shape)
    grads = backprop(trace, loss)

    tx, tstart, p = torch.tensor(x, requires_grad=True), leaves(start), leaves(cell.parameters)
    values, last = loop(cell, tx, tstart, p, lengths, reverse)
    total = sum((v * torch.tensor(loss[name][t])).sum() for t in range(T) for name, v in values[t].items())
    total += sum(
        (values[t][cell.graph.output] * torch.tensor(loss["output"] * real[..., None])[t]).sum() for t in range(T)
    )
    total.backward()
    for name in cell.graph.values:
        close(trace[name][real], np.stack([step[name].detach() for step in values])[real], name)
        close(grads[name][real], np.stack([step[name].grad for step in values])[real], f"dL/d{name}")
    for name, parameter in p.items():
        close(grads.params[name], parameter.grad, name)
    for name in start:
        close(trace.final[name], last[name], name)
        close(grads.start[name], tstart[name].grad, name)
    close(grads.x, tx.grad)
    assert not trace.output[~real].any()
    np.testing.assert_array_equal(trace.output[real], trace[cell.graph.output][real])


@KINDS
@pytest.mark.parametrize("reverse", [False, True])
def test_a_padded_sequence_is_itself_alone(kind, reverse):
    """What stands past the end changes nothing, not even by a rounding, and gets no gradient."""
    cell, x, start, random = case(kind, steps=T, batch=B)
    padded = np.where((np.arange(T)[:, None] < LENGTHS)[..., None], x, 1e3)
    trace = run(cell, padded, start=start, lengths=LENGTHS, reverse=reverse)
    dh = random.normal(size=(B, 3))
    grads = backprop(trace, {"h": dh})
    for b, n in enumerate(LENGTHS):
        alone = run(cell, x[:n, b], start={k: s[b] for k, s in start.items()}, reverse=reverse)
        theirs = backprop(alone, {"h": dh[b]})
        for name in trace.names:
            close(trace[name][:n, b], alone[name], name)
            close(grads[name][:n, b], theirs[name], name)
        for name in start:
            close(trace.final[name][b], alone.final[name], name)
            close(trace.before(name)[:n, b], alone.before(name), name)
            close(grads.start[name][b], theirs.start[name], name)
            if not reverse:
                np.testing.assert_array_equal(trace[name][n:, b], np.repeat(trace.final[name][b][None], T - n, axis=0))
        assert not grads.x[n:, b].any()


@KINDS
def test_reading_backward_is_reading_the_reversed(kind):
    cell, x, start, random = case(kind, steps=T)
    dh = random.normal(size=(T, 2, 3))
    backward, turned = run(cell, x, start=start, reverse=True), run(cell, x[::-1], start=start)
    grads, theirs = backprop(backward, {"h": dh}), backprop(turned, {"h": dh[::-1]})
    for name in backward.names:
        np.testing.assert_array_equal(backward[name], turned[name][::-1])
        np.testing.assert_array_equal(grads[name], theirs[name][::-1])
    np.testing.assert_array_equal(backward.x, x)
    np.testing.assert_array_equal(backward.final["h"], backward["h"][0])


def torch_stack(stack, kind, projection):
    """The torch module of a stack whose layers all read the same number of ways."""
    first, ways = next(iter(stack.cells.values())), len(stack.layer(0))
    size = {"proj_size": projection} if projection else {}
    module = MODULES[kind](first.inputs, first.units, stack.depth, bidirectional=ways == 2, **size).double()
    weights = {}
    for where, cell in stack.cells.items():
        depth, direction = where.split(".")
        names = {"W": "weight_ih_l", "U": "weight_hh_l", "b": "bias_ih_l"} | (
            {"P": "weight_hr_l"} if projection else {}
        )
        for letter, name in names.items():
            full = name + depth + ("_reverse" if direction == "backward" else "")
            weights[where, letter] = getattr(module, full)
            array = cell.parameters["P_h"] if letter == "P" else stacked(cell.parameters, letter, kind)
            weights[where, letter].data.copy_(torch.tensor(array))
        recurrent = getattr(module, "bias_hh_l" + depth + ("_reverse" if direction == "backward" else ""))
        recurrent.data.zero_()
        if kind is GRU:
            recurrent.data[-cell.units :] = torch.tensor(cell.parameters["d_n"])
            weights[where, "d"] = recurrent
    return module, weights


@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
@pytest.mark.parametrize("ways", [1, 2])
@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize(("kind", "projection"), [(RNN, None), (GRU, None), (LSTM, None), (LSTM, 2)])
def test_stacks_against_torchs_modules(kind, projection, depth, ways, lengths):
    """Output, last states and every gradient, from a loss on the output and on the last states."""
    random, units = np.random.default_rng(depth), 4
    options = {"projection": projection} if projection else {}
    layers = [
        [kind.random(2 if k == 0 else ways * (projection or units), units, seed=7 * k + w, **options)
         for w in range(ways)] for k in range(depth)
    ]  # fmt: skip
    stack = Stack(layers)
    widths = {name: projection if projection and name == "h" else units for name in kind.states}
    start = {where: {name: random.normal(size=(B, n)) for name, n in widths.items()} for where in stack.cells}
    x = random.normal(size=(T, B, 2))
    trace = run(stack, x, start=start, lengths=lengths)
    d_output = random.normal(size=trace.output.shape)
    d_last = {name: random.normal(size=(len(stack.cells), B, n)) for name, n in widths.items()}
    loss = {f"{where}.{name}": d_last[name][k] for k, where in enumerate(stack.cells) for name in widths}
    grads = backprop(trace, {"output": d_output, **loss})

    module, weights = torch_stack(stack, kind, projection)
    tx = torch.tensor(x, requires_grad=True)
    first = {
        name: torch.tensor(np.stack([s[name] for s in start.values()]), requires_grad=True) for name in kind.states
    }
    counted = torch.tensor(np.full(B, T) if lengths is None else lengths)
    given = pack_padded_sequence(tx, counted, enforce_sorted=False)
    packed, last = module(given, tuple(first.values()) if kind is LSTM else first["h"])
    output = pad_packed_sequence(packed, total_length=T)[0]
    last = dict(zip(kind.states, last if kind is LSTM else (last,), strict=True))
    total = (output * torch.tensor(d_output)).sum()
    (total + sum((last[name] * torch.tensor(d_last[name])).sum() for name in last)).backward()

    close(trace.output, output)
    close(grads.x, tx.grad)
    for k, where in enumerate(stack.cells):
        for name in kind.states:
            close(trace.final[where][name], last[name][k].detach(), where)
            close(grads.start[where][name], first[name].grad[k], where)
        ours = grads.gradients[where].params
        for letter in "WUb":
            close(stacked(ours, letter, kind), weights[where, letter].grad, f"{where} {letter}")
        if kind is GRU:
            close(ours["d_n"], weights[where, "d"].grad[-units:])
        if projection:
            close(ours["P_h"], weights[where, "P"].grad)


def mixed(merge):
    """Two layers, the lower of two kinds of cell, the upper reading forward only."""
    below = [GRU.random(2, 3, seed=1), RNN.random(2, 3, seed=2)]
    return Stack([below, LSTM.random(6 if merge == "concat" else 3, 2, seed=3)], merge=merge)


@pytest.mark.parametrize("merge", MERGES)
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_every_value_of_every_layer_may_bear_a_loss(merge, lengths):
    """Losses on all names at once, against autograd through loops joined as Keras joins them."""
    random, stack = np.random.default_rng(5), mixed(merge)
    x = random.normal(size=(T, B, 2))
    real = (np.arange(T)[:, None] < (T if lengths is None else lengths))[..., None]
    trace = run(stack, x, lengths=lengths)
    loss = {name: random.normal(size=trace[name].shape) * real for name in trace.names}
    loss["output"], loss["1.forward.output"] = random.normal(size=(T, B, 2)), random.normal(size=(B, 2))
    grads = backprop(trace, loss)

    tx, total, p = torch.tensor(x, requires_grad=True), 0.0, {}
    below = tx
    for layer in (["0.forward", "0.backward"], ["1.forward"]):
        outputs = []
        for where in layer:
            cell, total = stack.cells[where], total + (below * torch.tensor(loss[f"{where}.x"])).sum()
            p[where] = leaves(cell.parameters)
            zero = {s: torch.zeros(B, cell.units, dtype=torch.float64) for s in cell.kind.states}
            values, last = loop(cell, below, zero, p[where], lengths, reverse=where.endswith("backward"))
            total += sum(
                (v * torch.tensor(loss[f"{where}.{n}"][t])).sum()
                for t, step in enumerate(values)
                for n, v in step.items()
            )
            outputs.append(torch.stack([step["h"] for step in values]) * torch.tensor(real))
        a, b = outputs[0], outputs[-1]
        both = {"concat": lambda a, b: torch.cat([a, b], dim=-1), "sum": torch.add, "mul": torch.mul,
                "ave": lambda a, b: (a + b) / 2}[merge]  # fmt: skip
        below = a if len(outputs) == 1 else both(a, b)
    total += (below * torch.tensor(loss["output"])).sum() + (last["h"] * torch.tensor(loss["1.forward.output"])).sum()
    total.backward()
    close(trace.output, below)
    close(grads.x, tx.grad)
    for where, parameters in p.items():
        for name, parameter in parameters.items():
            close(grads.params[f"{where}.{name}"], parameter.grad, f"{where}.{name}")


def test_names_of_a_stack():
    trace = run(mixed("sum"), np.ones((T, 2)))
    assert list(trace.traces) == ["0.forward", "0.backward", "1.forward"]
    assert trace.names[:2] == ("0.forward.x", "0.forward.a_r")
    assert "0.backward.Uh" in trace.names
    assert "1.forward.squash" in trace.names
    for name in trace.names:
        where, value = name.rsplit(".", 1)
        np.testing.assert_array_equal(trace[name], trace.traces[where][value])
        assert backprop(trace, {name: trace[name]})[name].shape == trace[name].shape
    assert trace.output.shape == (T, 2)
    assert trace.stack.parameters_count == sum(c.parameters_count for c in trace.stack.cells.values())


def test_the_output_at_one_step_is_each_sequences_last():
    random = np.random.default_rng(0)
    stack, x, d = mixed("concat"), random.normal(size=(T, B, 2)), random.normal(size=(B, 2))
    whole = np.zeros((T, B, 2))
    whole[LENGTHS - 1, np.arange(B)] = d
    trace = run(stack, x, lengths=LENGTHS)
    close(backprop(trace, {"output": d}).x, backprop(trace, {"output": whole}).x)
    for b, n in enumerate(LENGTHS):
        close(backprop(trace, {"output": d}).x[:n, b], backprop(run(stack, x[:n, b]), {"output": d[b]}).x)
    alone = Stack([stack.cells["0.forward"]])
    single = run(stack.cells["0.forward"], x, lengths=LENGTHS)
    d = random.normal(size=(B, 3))
    close(backprop(run(alone, x, lengths=LENGTHS), {"output": d}).x, backprop(single, {"output": d}).x)


def test_a_stack_may_read_backward():
    cell = GRU.random(2, 3, seed=0)
    x = np.random.default_rng(1).normal(size=(T, B, 2))
    trace = run(Stack([cell], reverse=True), x, lengths=LENGTHS)
    np.testing.assert_array_equal(trace["0.backward.h"], run(cell, x, lengths=LENGTHS, reverse=True)["h"])


A, WIDE = RNN.random(2, 3, seed=0), RNN.random(2, 4, seed=0)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Stack([]), ["layers", "at least one"]),
        (lambda: Stack([A, A]), ["layers[1] forward", "3", "2"]),
        (lambda: Stack([[A, A, A]]), ["layers[0]", "pair"]),
        (lambda: Stack([[A, 3]]), ["layers[0]", "pair"]),
        (lambda: Stack([[A, RNN.random(1, 3)]]), ["layers[0]", "same inputs"]),
        (lambda: Stack([[A, WIDE]], merge="sum"), ["'sum'", "[3, 4]"]),
        (lambda: Stack([A], merge="max"), ["merge", "'concat'", "'max'"]),
        (lambda: run(Stack([A]), np.ones((2, 2)), start={"1.forward": {}}), ["start", "'1.forward'", "0.forward"]),
        (lambda: run(A, np.ones((4, 2, 2)), lengths=[4]), ["lengths", "2 whole numbers"]),
        (lambda: run(A, np.ones((4, 2, 2)), lengths=[4, 5]), ["lengths", "0 to 4", "5"]),
        (lambda: run(A, np.ones((4, 2, 2)), lengths=[-1, 4]), ["lengths", "0 to 4", "-1"]),
        (lambda: run(A, np.ones((4, 2, 2)), lengths=[1.5, 4]), ["lengths", "whole numbers", "1.5"]),
        (lambda: run("lstm", np.ones((4, 2))), ["cell", "'lstm'"]),
        (lambda: backprop("trace", {}), ["trace", "'trace'"]),
        (lambda: run(Stack([A]), np.ones((4, 2)))["h"], ["'h'", "0.forward"]),
        (lambda: run(Stack([A]), np.ones((4, 2)))["0.forward.q"], ["'0.forward.q'", "0.forward.Uh"]),
        (lambda: backprop(run(Stack([A]), np.ones((4, 2))), {"h": np.ones(3)}), ["'h'", "output", "0.forward"]),
        (lambda: backprop(run(Stack([A]), np.ones((4, 2))), {"output": np.ones(2)}), ["output", "(4, 3)", "(2,)"]),
        (lambda: backprop(run(Stack([A]), np.ones((4, 2))), {"output": np.full(3, np.nan)}), ["output", "finite"]),
        (lambda: backprop(run(Stack([A]), np.ones((4, 2))), {"output": np.ones(3)})["h"], ["'h'", "0.forward"]),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)
