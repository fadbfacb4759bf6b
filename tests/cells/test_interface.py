"""Cells, runs and gradients as Python expects its objects: mappings, pickles, representations, signatures."""

import copy
import inspect
import pickle
import subprocess
import sys

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN, CheatSheetLSTM, Kind, Stack, backprop, memory, run, sweep
from cells.checks import UnknownNameError
from cells.functions import Function, function

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
X = np.random.default_rng(0).normal(size=(4, 2, 2))
OPTIONS = [
    (LSTM, {"peephole": True, "couple": "f=1-i", "clip": np.float32(0.5)}),
    (LSTM, {"projection": 2, "gate": function("hard_sigmoid", 0.3, 0.4)}),
    (GRU, {"reset": "before", "activation": "leaky_relu(0.3)"}),
]


def mappings():
    cell = LSTM.random(2, 3, seed=0)
    trace, stacked = run(cell, X), run(Stack([[cell, cell], RNN.random(6, 1, seed=1)]), X)
    return [trace, backprop(trace, {"h": np.ones((2, 3))}), stacked, backprop(stacked, {"output": np.ones((2, 1))})]


@pytest.mark.parametrize("which", range(4), ids=["Trace", "Gradients", "StackTrace", "StackGradients"])
def test_values_are_a_mapping(which):
    values, names = mappings()[which], mappings()[which - which % 2].names
    assert list(values) == list(values.keys()) == list(names)
    assert len(values) == len(names)
    assert all(name in values for name in names)
    assert "q" not in values
    assert 0 not in values
    assert values.get("q") is None
    for name, array in values.items():
        np.testing.assert_array_equal(array, values[name])
    with pytest.raises(KeyError):
        values["q"]
    assert values == values
    assert values != mappings()[which]
    assert {values: 1}[values] == 1


def test_an_unknown_name_reads_as_a_sentence():
    assert str(UnknownNameError("unknown value 'q': expected h")) == "unknown value 'q': expected h"


@pytest.mark.parametrize(
    ("kind", "options"),
    [*((kind, {}) for kind in CELLS.values()), *OPTIONS],
    ids=lambda part: part if isinstance(part, str) else getattr(part, "key", None) or "-".join(part),
)
def test_a_cell_comes_back_equal(kind, options):
    cell = kind.random(2, 3, seed=0, **options)
    for again in (pickle.loads(pickle.dumps(cell)), copy.deepcopy(cell)):
        assert again == cell
        assert hash(again) == hash(cell)
        assert again.kind is kind
        assert again.graph is cell.graph
        np.testing.assert_array_equal(run(again, X)["h"], run(cell, X)["h"])
        assert not any(p.flags.writeable for p in again.parameters.values())


def test_what_differs_is_not_equal():
    cell = LSTM.random(2, 3, seed=0)
    single = cell.replace(**{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    others = [LSTM.random(2, 3, seed=1), LSTM.random(2, 4, seed=0), LSTM(**cell.parameters, clip=1.0), single, "cell"]
    assert all(cell != other for other in others)


def test_a_cell_crosses_a_process():
    """Kinds are looked up by key where they are read, which imports them."""
    pickled = pickle.dumps(LSTM.random(2, 3, seed=0, peephole=True))
    code = "import pickle, sys; print(pickle.loads(bytes.fromhex(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", code, pickled.hex()], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "<LSTM inputs=2 units=3 peephole=True float64>"


def test_a_kind_that_nobody_knows_does_not_come_back():
    stranger = Kind("stranger", RNN.definition, ("h",), "h")
    with pytest.raises(ValueError, match=r"unknown cell 'stranger': expected .*rnn"):
        pickle.loads(pickle.dumps(stranger))


def test_a_function_that_only_has_a_known_name_is_not_pickled():
    tanh = function("tanh")
    assert pickle.loads(pickle.dumps(tanh)) is tanh
    with pytest.raises(ValueError, match="pickled by its name, got 'tanh'"):
        pickle.dumps(Function("tanh", "f", "f", tanh.apply, tanh.slope))


@KINDS
@pytest.mark.parametrize("how", [{}, {"lengths": [2, 4]}, {"lengths": [3, 1], "reverse": True}], ids=str)
def test_a_trace_and_its_gradients_come_back_to_the_bit(kind, how):
    cell = kind.random(2, 3, seed=0)
    trace = run(cell, X, start={"h": np.ones(3)}, **how)
    again = pickle.loads(pickle.dumps(trace))
    same(trace, again)
    same(
        backprop(trace, {"output": trace.output}), pickle.loads(pickle.dumps(backprop(trace, {"output": trace.output})))
    )


def test_a_sweep_comes_back_to_the_bit():
    swept = sweep(LSTM.random(2, 3, seed=0), X, ("b_f", "U_i"), (0, (1, 2)), ([0.0, 1.0, 2.0], [-1.0, 1.0]))
    again = pickle.loads(pickle.dumps(swept))
    same(swept, again)
    assert again.lead == (3, 2)
    same(backprop(swept, {"c": np.ones((2, 3))}), backprop(again, {"c": np.ones((2, 3))}))


def same(a, b):
    assert list(a) == list(b)
    for name in a:
        np.testing.assert_array_equal(a[name], b[name], strict=True)
    for name in getattr(a, "params", {}):
        np.testing.assert_array_equal(a.params[name], b.params[name])


def test_representations():
    cell = LSTM.random(2, 3, seed=0, couple="f=1-i", gate=function("hard_sigmoid"))
    assert repr(cell) == "<LSTM inputs=2 units=3 gate=hard_sigmoid couple=f=1-i float64>"
    assert repr(RNN.random(1, 2, clip=None)) == "<RNN inputs=1 units=2 float64>"
    gru = GRU.random(2, 3, seed=0)
    assert repr(run(gru, X)) == "<Trace of <GRU inputs=2 units=3 float64>: steps=4 batch=2>"
    assert repr(run(gru, X[:, 0], reverse=True)) == "<Trace of <GRU inputs=2 units=3 float64>: steps=4 reverse>"
    swept = sweep(gru, X[:, 0], "b_r", 0, [0.0, 1.0])
    assert repr(swept) == "<Trace of <GRU inputs=2 units=3 float64>: steps=4 settings=(2,)>"
    assert repr(backprop(swept, {"h": np.ones(3)})) == f"<Gradients of {swept!r}>"
    stack = Stack([[gru, gru]], merge="sum")
    assert repr(stack) == f"<Stack 0.forward={gru!r} 0.backward={gru!r} merge='sum'>"
    assert repr(run(stack, X)) == f"<StackTrace of {stack!r}: steps=4 batch=2>"
    assert repr(LSTM) == "LSTM"


@KINDS
def test_options_are_in_the_signatures(kind):
    drawn, made = inspect.signature(kind.random).parameters, inspect.signature(kind).parameters
    assert list(drawn)[:3] == ["inputs", "units", "seed"]
    for name, default in kind.options.items():
        assert drawn[name].default == made[name].default == default
    assert "Parameters" in kind.random.__doc__


def test_the_memory_is_read_off_the_graph():
    assert memory(RNN) is None
    for of in (LSTM, LSTM.random(2, 3), LSTM.random(2, 3, peephole=True), CheatSheetLSTM):
        held = memory(of)
        assert (held.state.name, held.gate.name, held.writer.name, held.candidate.name) == ("c", "f", "i", "g")
    assert [memory(GRU).gate.name, memory(GRU).state.name, memory(GRU).candidate.name] == ["z", "h", "n"]
    swapped = memory(GRU.random(2, 3, update="write"))
    assert (swapped.gate.name, swapped.writer.name) == ("one_minus_z", "z")
