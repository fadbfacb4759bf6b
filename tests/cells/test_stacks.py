"""What can be done with a cell can be done with a stack: sweeps, Jacobians, influence, routes, files, comparison."""

import copy
import io
import json
import pickle

import numpy as np
import pytest
import torch

from cells import (
    GRU,
    LSTM,
    RNN,
    Stack,
    backprop,
    ensemble,
    frame,
    from_npz,
    influence,
    jacobian,
    routes,
    run,
    sensitivity,
    singular_values,
    sweep,
    to_json,
    to_npz,
)
from cells.chain import chain
from cells.equations import arithmetic, latex, text
from cells.weight_formats import from_torch
from tests.support.torch_loops import close

T, B, D = 5, 3, 2
LENGTHS = [3, 5, 0]
X = np.random.default_rng(0).normal(size=(T, B, D))
FORWARD = Stack([GRU.random(D, 3, seed=1), LSTM.random(3, 2, seed=2)])
BOTH = Stack([[GRU.random(D, 3, seed=1), RNN.random(D, 3, seed=2)], LSTM.random(6, 2, seed=3)])
SUMMED = Stack([[LSTM.random(D, 3, seed=1), LSTM.random(D, 3, seed=2)], [GRU.random(3, 2, seed=3)] * 2], merge="mul")
BACKWARD = Stack([LSTM.random(D, 3, seed=4)], reverse=True)
STACKS = pytest.mark.parametrize("stack", [FORWARD, BOTH, SUMMED, BACKWARD], ids=["forward", "both", "mul", "backward"])


def equal(a, b):
    """Two runs, or two gradients, to the bit."""
    assert list(a) == list(b)
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])
    np.testing.assert_array_equal(a.x, b.x)


@STACKS
def test_sizes_parameters_and_comparison(stack):
    first = next(iter(stack.cells.values()))
    assert (stack.inputs, stack.units, stack.dtype) == (D, stack.cells[stack.layer(stack.depth - 1)[0]].units, float)
    assert sum(p.size for p in stack.parameters.values()) == stack.parameters_count
    name = next(iter(stack.parameters))
    assert stack.parameters[name] is first.parameters[name.rpartition(".")[2]]
    for again in (copy.deepcopy(stack), pickle.loads(pickle.dumps(stack)), stack.replace()):
        assert again == stack
        assert hash(again) == hash(stack)
    changed = stack.replace(**{name: stack.parameters[name] + 1})
    assert changed != stack
    np.testing.assert_array_equal(changed.parameters[name], stack.parameters[name] + 1)
    assert stack != "stack"


@STACKS
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_a_sweep_is_its_runs(stack, lengths):
    """Of an entry of the lowest and of the highest cell: every value, and the gradient of a loss of each kind."""
    random = np.random.default_rng(1)
    for where in (next(iter(stack.cells)), list(stack.cells)[-1]):
        name = f"{where}.{next(n for n in stack.cells[where].parameters if n.startswith('U'))}"
        swept = sweep(stack, X, name, (0, 1), [-1.0, 0.5], lengths=lengths)
        assert (swept.lead, swept.output.shape[:3]) == ((2,), (2, T, B))
        inner = f"{where}.h"
        loss = {"output": random.normal(size=swept.output.shape[1:]), inner: random.normal(size=swept[inner].shape[2:])}
        last = {"output": random.normal(size=(2, *swept.output.shape[2:]))}
        for k, value in enumerate([-1.0, 0.5]):
            changed = stack.parameters[name].copy()
            changed[0, 1] = value
            alone = run(stack.replace(**{name: changed}), X, lengths=lengths)
            for each, given, own in ((swept, loss, loss), (swept, last, {"output": last["output"][k]})):
                grads, theirs = backprop(each, given), backprop(alone, own)
                close(grads.x[k], theirs.x)
                for value_name in alone:
                    close(swept[value_name][k], alone[value_name], value_name)
                    close(grads[value_name][k], theirs[value_name], value_name)
                for parameter in theirs.params:
                    close(grads.params[parameter][k], theirs.params[parameter], parameter)
            close(swept.output[k], alone.output)
            for cell in alone.final:
                for state in alone.final[cell]:
                    close(swept.final[cell][state][k], alone.final[cell][state])


def test_an_ensemble_and_a_grid():
    drawn = np.random.default_rng(2).normal(size=(4, 3))
    trace = ensemble(FORWARD, X[:, 0], {"0.forward.b_z": drawn})
    grid = sweep(FORWARD, X[:, 0], ("0.forward.b_z", "1.forward.b_f"), (0, 1), ([0.0, 1.0], [2.0, 3.0, 4.0]))
    assert grid["1.forward.h"].shape == (2, 3, T, 2)
    for k in range(4):
        close(trace["1.forward.c"][k], run(FORWARD.replace(**{"0.forward.b_z": drawn[k]}), X[:, 0])["1.forward.c"])
    assert grid.traces["1.forward"].x.shape == (2, 3, T, 3)
    assert repr(grid).endswith("steps=5 settings=(2, 3)>")


def module_of(bidirectional):
    torch.manual_seed(0)
    return torch.nn.LSTM(D, 3, 2, bidirectional=bidirectional, dtype=torch.float64)


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("numbers", [4_000_000, 200])
def test_influence_is_autograds(bidirectional, numbers, monkeypatch):
    """Of what the last layer's cells end with; whole, and in blocks of few rows and timesteps."""
    monkeypatch.setattr(sensitivity, "NUMBERS", numbers)
    module, x = module_of(bidirectional), X[:, :2]
    ends = torch.autograd.functional.jacobian(lambda x: module(x)[1][0][-1 - bidirectional :], torch.tensor(x))
    expected = torch.stack([ends[:, b, :, :, b].square().sum(dim=(0, 1, 3)).sqrt() for b in range(2)], dim=1)
    trace = run(from_torch(module), x)
    close(influence(trace), expected)
    close(influence(run(from_torch(module), x[:, 0])), expected[:, 0])


@pytest.mark.parametrize("numbers", [4_000_000, 100])
def test_jacobian_is_autograds(numbers, monkeypatch):
    """All cells' states, h and c of the first layer, then of the second."""
    monkeypatch.setattr(sensitivity, "NUMBERS", numbers)
    module, x = module_of(False), torch.tensor(X[:, 0])

    def after(states):
        h, c = states.reshape(2, 2, 3).unbind(1)
        h, c = module(x[2:5], (h.contiguous(), c.contiguous()))[1]
        return torch.stack([h, c], dim=1).ravel()

    trace = run(from_torch(module), X[:, 0])
    before = np.concatenate([trace[f"{k}.forward.{s}"][1] for k in range(2) for s in "hc"])
    close(jacobian(trace, 4, 1), torch.autograd.functional.jacobian(after, torch.tensor(before)))
    close(jacobian(trace, 4, -1), jacobian(trace, 4, 1) @ jacobian(trace, 1, -1))
    close(singular_values(trace, 3, 3), np.ones(12))


@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_one_layer_is_its_cell(lengths):
    for cell, reverse in ((FORWARD.cells["0.forward"], False), (BACKWARD.cells["0.backward"], True)):
        trace = run(Stack([cell], reverse=reverse), X, lengths=lengths)
        alone = run(cell, X, lengths=lengths, reverse=reverse)
        np.testing.assert_allclose(influence(trace), influence(alone), atol=1e-15)
        if not reverse:
            np.testing.assert_allclose(jacobian(trace, 4, 0), jacobian(alone, 4, 0), atol=1e-15)


def test_blocks_of_a_cell_change_nothing(monkeypatch):
    trace = run(FORWARD.cells["0.forward"], X, lengths=LENGTHS)
    whole = influence(trace), jacobian(trace, 4, -1)
    for numbers in (1, 70, 400):
        monkeypatch.setattr(sensitivity, "NUMBERS", numbers)
        np.testing.assert_allclose(influence(trace), whole[0], atol=1e-15)
        np.testing.assert_allclose(jacobian(trace, 4, -1), whole[1], atol=1e-15)


def test_routes_of_every_cell():
    grads = backprop(run(FORWARD, X), {"output": np.ones((T, B, 2))})
    split = routes(grads)
    for where, each in grads.gradients.items():
        np.testing.assert_array_equal(split[where].along, routes(each).along)


def test_equations_and_the_chain_rule_of_a_cell_in_a_stack():
    trace = run(FORWARD, X)
    grads = backprop(trace, {"output": np.ones((T, B, 2))})
    for where, cell in FORWARD.cells.items():
        assert text(FORWARD, f"{where}.h") == text(cell, "h")
        assert latex(FORWARD, f"{where}.h") == latex(cell, "h")
        ours, theirs = arithmetic(trace, f"{where}.h", 1, 1), arithmetic(trace.traces[where], "h", 1, 1)
        np.testing.assert_array_equal(ours.result, theirs.result)
        links = chain(grads, f"{where}.h", 1, 1)
        np.testing.assert_allclose(sum(link.product for link in links), grads[f"{where}.h"][:, 1, 1], atol=1e-12)


@pytest.mark.parametrize("model", [FORWARD, FORWARD.cells["0.forward"]], ids=["stack", "cell"])
def test_a_run_goes_on_where_another_ended(model):
    """One timestep at a time, as a decoder does whose next input is read off the output."""
    whole, start, outputs = run(model, X), None, []
    for step in X:
        trace = run(model, step[None], start=start)
        start = trace.final
        outputs.append(trace.output[0])
    np.testing.assert_allclose(outputs, whole.output, atol=1e-15)


@STACKS
@pytest.mark.parametrize("how", [{}, {"lengths": LENGTHS}, {"mask": X[..., 0] > 0}], ids=str)
def test_files_and_pickles_return_what_was_written(stack, how):
    start = {where: {"h": np.full(cell.units, 0.3)} for where, cell in stack.cells.items()}
    trace = run(stack, X, start=start, **how)
    file = io.BytesIO()
    to_npz(trace, file)
    for again in (from_npz(io.BytesIO(file.getvalue())), pickle.loads(pickle.dumps(trace))):
        equal(trace, again)
        assert again.stack == stack
        loss = {"output": np.ones(trace.output.shape)}
        equal(backprop(trace, loss), backprop(again, loss))


@pytest.mark.parametrize(
    "model", [FORWARD, BOTH, BACKWARD, *FORWARD.cells.values(), LSTM.random(1, 2, seed=0, gate="hard_sigmoid")]
)
def test_a_model_without_a_run_is_a_file(model, tmp_path):
    to_npz(model, tmp_path / "model.npz")
    assert from_npz(tmp_path / "model.npz") == model


def test_tables_and_json():
    trace = run(BOTH, X, lengths=LENGTHS)
    table = frame(trace)
    assert len(table) == sum(trace[name].size for name in trace)
    rows = table[(table["name"] == "1.forward.c") & (table["batch"] == 1) & (table["unit"] == 1)]
    np.testing.assert_array_equal(rows.sort_values("step")["value"], trace["1.forward.c"][:, 1, 1])
    told = json.loads(to_json(trace))
    assert [[each["cell"] for each in layer] for layer in told["layers"]] == [["gru", "rnn"], ["lstm"]]
    np.testing.assert_array_equal(told["values"]["0.backward.h"], trace["0.backward.h"])
    np.testing.assert_array_equal(told["parameters"]["1.forward.U_o"], BOTH.parameters["1.forward.U_o"])


SWEPT = sweep(FORWARD, X, "0.forward.b_z", 0, [0.0, 1.0])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sweep(FORWARD, X, "b_z", 0, [1.0]), ["stack parameter", "'b_z'", "0.forward.b_z"]),
        (lambda: ensemble(FORWARD, X, {"b_z": np.ones((2, 3))}), ["stack parameter", "'b_z'"]),
        (lambda: FORWARD.replace(b_z=np.ones(3)), ["stack parameter", "'b_z'"]),
        (lambda: text(FORWARD, "h"), ["value", "'h'", "0.forward.h"]),
        (lambda: chain(backprop(run(FORWARD, X), {}), "2.forward.h"), ["value", "'2.forward.h'", "0.forward.h"]),
        (lambda: influence(SWEPT), ["trace", "sweep"]),
        (lambda: jacobian(SWEPT, 1, 0), ["trace", "sweep"]),
        (lambda: to_json(SWEPT), ["trace", "sweep"]),
        (lambda: to_npz(SWEPT, io.BytesIO()), ["trace", "sweep"]),
        (lambda: jacobian(run(BOTH, X), 1, 0), ["trace", "forward"]),
        (lambda: jacobian(run(FORWARD, X), 1, 2), ["s:", "-1 … 1", "got 2"]),
        (lambda: routes(backprop(run(BOTH, X), {"output": np.ones((B, 2))})), ["trace", "forward"]),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)
