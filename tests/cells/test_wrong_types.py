"""Wrong types: every public function answers a ValueError that names the argument, never an error from deep inside."""

import re

import ml_dtypes
import numpy as np
import onnx
import pytest
import torch

import cells
from cells import (
    GRU,
    LSTM,
    RNN,
    Cell,
    MinGRU,
    Stack,
    backprop,
    decode,
    ensemble,
    frame,
    from_npz,
    influence,
    jacobian,
    memory,
    routes,
    run,
    scan,
    singular_values,
    sweep,
    to_json,
    to_npz,
)  # fmt: skip
from cells.chain import chain
from cells.equations import arithmetic, curve, formula, latex, text
from cells.functions import function
from cells.weight_formats import from_keras, from_onnx, from_torch, run_onnx, to_keras, to_onnx, to_torch

CELL, X = LSTM.random(inputs=2, units=3, seed=0), np.zeros((4, 2))
STACK = Stack([CELL])
TRACE = run(CELL, X)
LINEAR = MinGRU.random(inputs=2, units=3, seed=0)
GRADS = backprop(TRACE, {"h": np.ones(3)})
RAGGED, DEEP = [[1], [1, 2]], np.zeros((2, 2, 2, 2))
WRONG = (None, 3, -1, 0.5, "days", b"days", ["h"], ("h", "c"), {"q": 1}, {1: 2}, {"h": None}, {"h": "x"}, object(),
         RAGGED, DEEP, np.array(["a"]), np.array(None), [None], Cell, lambda: 0, 1j)  # fmt: skip
KERAS = {"weights": [np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(3)]}
ONNX = {"W": np.zeros((1, 3, 2)), "R": np.zeros((1, 3, 3))}

# The function of one argument, the argument's name or what its message calls it, and the wrong values it may take.
TABLE = [
    (lambda v: run(v, X), "cell", ()),
    (lambda v: run(CELL, v), "x", ()),
    (lambda v: run(CELL, X, start=v), "start|state", (None,)),
    (lambda v: run(CELL, X, start={"h": v}), "start['h']", (None, 3)),
    (lambda v: run(CELL, X, lengths=v), "lengths", (None,)),
    (lambda v: run(CELL, X, mask=v), "mask", (None,)),
    (lambda v: run(CELL, X, batch_first=v), "batch_first", ()),
    (lambda v: run(STACK, X, mask=v), "mask", (None,)),
    (lambda v: scan(v, X), "cell", ()),
    (lambda v: scan(LINEAR, v), "x", ()),
    (lambda v: scan(LINEAR, X, start=v), "start|state", (None,)),
    (lambda v: scan(LINEAR, X, start={"h": v}), "start['h']", (None, 3)),
    (lambda v: scan(LINEAR, X, lengths=v), "lengths", (None,)),
    (lambda v: scan(LINEAR, X, mask=v), "mask", (None,)),
    (lambda v: scan(LINEAR, X, reverse=v), "reverse", ()),
    (lambda v: scan(LINEAR, X, batch_first=v), "batch_first", ()),
    (lambda v: scan(LINEAR, X, keep_rounds=v), "keep_rounds", ()),
    (lambda v: run(CELL, X, reverse=v), "reverse", ()),
    (lambda v: run(STACK, X, start=v), "start", (None,)),
    (lambda v: run(STACK, X, start={"0.forward": v}), "start['0.forward']|state|start['h']", ()),
    (lambda v: run(STACK, X, reverse=v), "reverse", ()),
    (lambda v: decode(v, X[0], np.copy, 2), "cell", ()),
    (lambda v: decode(CELL, v, lambda h: h[:2], 2), "first|x", ()),
    (lambda v: decode(CELL, X[0], v, 2), "feed", (Cell, WRONG[-2])),
    (lambda v: decode(CELL, X[0], lambda h: v, 2), "feed's next input", (None,)),
    (lambda v: decode(CELL, X[0], lambda h: h[:2], v), "steps", (3,)),
    (lambda v: decode(CELL, X[0], lambda h: h[:2], 2, start=v), "start|state", (None,)),
    (lambda v: decode(STACK, X[0], lambda h: h[:2], 2, start=v), "start|cell in start", (None,)),
    (lambda v: backprop(v, {}), "trace", ()),
    (lambda v: backprop(TRACE, v), "loss|value", ()),
    (lambda v: backprop(TRACE, {"h": v}), "loss['h']", ()),
    (lambda v: backprop(run(STACK, X), v), "loss|value", ()),
    (lambda v: backprop(run(STACK, X), {"output": v}), "loss['output']", ()),
    (lambda v: TRACE[v], "value", ()),
    (lambda v: TRACE.before(v), "state", ()),
    (lambda v: GRADS[v], "value", ()),
    (lambda v: GRADS.before(v), "state", ()),
    (lambda v: run(STACK, X)[v], "value", ()),
    (lambda v: sweep(v, X, "b_f", 0, [1.0]), "cell", ()),
    (lambda v: sweep(CELL, X, v, 0, [1.0]), "parameter|index", ()),
    (lambda v: sweep(CELL, X, "b_f", v, [1.0]), "index", ()),
    (lambda v: sweep(CELL, X, ("b_f", "b_i"), v, [[1.0], [2.0]]), "index|parameter, index", ()),
    (lambda v: sweep(CELL, X, "b_f", 0, v), "values", ()),
    (lambda v: sweep(CELL, X, ("b_f", "b_i"), (0, 0), v), "values|parameter, index and values", (RAGGED,)),
    (lambda v: ensemble(v, X, {"b_f": np.ones((2, 3))}), "cell", ()),
    (lambda v: ensemble(CELL, X, v), "parameter", ()),
    (lambda v: ensemble(CELL, X, {"b_f": v}), "b_f", ()),
    (lambda v: jacobian(v, 1, 0), "trace", ()),
    (lambda v: jacobian(TRACE, v, -1), "t", (3, -1)),
    (lambda v: jacobian(TRACE, 3, v), "s", (3, -1)),
    (lambda v: singular_values(v, 1, 0), "trace", ()),
    (lambda v: influence(v), "trace", ()),
    (lambda v: routes(v), "gradients", ()),
    (lambda v: chain(v, "c"), "gradients", ()),
    (lambda v: chain(GRADS, v), "value", ()),
    (lambda v: chain(GRADS, v, before=True), "state", ()),
    (lambda v: chain(GRADS, "c", unit=v), "unit", ()),
    (lambda v: chain(GRADS, "c", batch=v), "batch", ()),
    (lambda v: formula(v, "c"), "cell", ()),
    (lambda v: formula(CELL, v), "value", ()),
    (lambda v: text(v, "c"), "cell", ()),
    (lambda v: latex(CELL, v), "value", ()),
    (lambda v: arithmetic(v, "c"), "trace", ()),
    (lambda v: arithmetic(TRACE, v), "value", ()),
    (lambda v: arithmetic(TRACE, "c", unit=v), "unit", ()),
    (lambda v: curve(v), "function", ()),
    (lambda v: curve("tanh", reach=v), "reach", (3, -1, 0.5)),
    (lambda v: curve("tanh", points=v), "points", (3,)),
    (lambda v: function(v), "function", ()),
    (lambda v: function("elu", v), "elu", (None, 3, -1, 0.5)),
    (lambda v: function("tanh")(v), "a", (3, -1, 0.5, DEEP)),
    (lambda v: memory(v), "of", ()),
    (lambda v: LSTM.random(v, 3), "inputs", (3,)),
    (lambda v: LSTM.random(2, v), "units", (3,)),
    (lambda v: LSTM.random(2, 3, v), "seed", (None, 3)),
    (lambda v: LSTM.random(2, 3, kernel=v), "kernel", ()),
    (lambda v: LSTM.random(2, 3, bias=v), "bias", ()),
    (lambda v: LSTM.random(2, 3, stacked=v), "stacked", ()),
    (lambda v: LSTM.random(2, 3, like=v), "like", (None,)),
    (lambda v: LSTM.random(2, 3, forget_bias=v), "forget_bias", (None, 3, -1, 0.5)),
    (lambda v: LSTM.random(2, 3, spectral_radius=v), "spectral_radius", (None, 3, 0.5)),
    (lambda v: LSTM.random(2, 3, gate=v), "gate|function", ()),
    (lambda v: LSTM.random(2, 3, peephole=v), "peephole", ()),
    (lambda v: LSTM.random(2, 3, couple=v), "couple", (None,)),
    (lambda v: LSTM.random(2, 3, clip=v), "clip", (None, 3, 0.5)),
    (lambda v: LSTM.random(2, 3, projection=v), "projection", (None, 3)),
    (lambda v: GRU.random(2, 3, reset=v), "reset", ()),
    (lambda v: RNN(W_h=v, U_h=[[1.0]], b_h=[1.0]), "W_h|b_h|U_h", ()),
    (lambda v: CELL.replace(b_f=v), "b_f", ()),
    (lambda v: Cell(v, {}, {}), "kind", ()),
    (lambda v: Cell(LSTM, v, {}), "option", ()),
    (lambda v: Cell(LSTM, {}, v), "parameter", ()),
    (lambda v: Stack(v), "layers", ()),
    (lambda v: Stack([v]), "layers[0]", ()),
    (lambda v: Stack([CELL], merge=v), "merge", ()),
    (lambda v: Stack([CELL], reverse=v), "reverse", ()),
    (lambda v: frame(v), "trace", ()),
    (lambda v: to_json(v), "trace", ()),
    (lambda v: to_npz(v, "unused"), "source", ()),
    (lambda v: to_npz(TRACE, v), "file", ("days",)),
    (lambda v: from_npz(v), "file", ()),
    (lambda v: from_torch(v), "source|weight", ()),
    (lambda v: from_torch(torch.nn.GRU(2, 3), v), "source", (None,)),
    (lambda v: from_torch(torch.nn.GRU(2, 3), prefix=v), "prefix", (None,)),
    (lambda v: from_torch({"weight_ih": v, "weight_hh": np.ones((3, 3))}), "weight_ih|source", (DEEP,)),
    (lambda v: from_torch(torch.nn.RNN(2, 3), nonlinearity=v), "nonlinearity", (None,)),
    (lambda v: to_torch(v), "cell", ()),
    (lambda v: to_torch(CELL, v), "module", (None,)),
    (lambda v: from_keras(v, {}, KERAS["weights"]), "keras layer", ()),
    (lambda v: from_keras("SimpleRNN", v, KERAS["weights"]), "config", ()),
    (lambda v: from_keras("Bidirectional", {"layer": v}, KERAS["weights"]), "layer", ()),
    (lambda v: from_keras("SimpleRNN", {"activation": v}, KERAS["weights"]), "activation", (None,)),
    (lambda v: from_keras("SimpleRNN", {}, v), "weights", ()),
    (lambda v: from_keras("SimpleRNN", {}, [v, *KERAS["weights"][1:]]), "kernel", ()),
    (lambda v: from_keras("SimpleRNN", {}, KERAS["weights"], v), "keras_version", (None, 3)),
    (lambda v: to_keras(v), "cell", ()),
    (lambda v: to_keras(CELL, v), "keras_version", (3,)),
    (lambda v: from_onnx(v, {}, ONNX), "op_type|onnx layer", ()),
    (lambda v: from_onnx("RNN", v, ONNX), "attribute", ()),
    (lambda v: from_onnx("RNN", {"activations": v}, ONNX), "activations", (None,)),
    (lambda v: from_onnx("RNN", {"activation_alpha": v}, ONNX), "activation_alpha", (None,)),
    (lambda v: from_onnx("RNN", {"hidden_size": v}, ONNX), "hidden_size", (None, 3)),
    (lambda v: from_onnx("RNN", {"clip": v}, ONNX), "clip", (None, 3, 0.5)),
    (lambda v: from_onnx("RNN", {}, v), "input", ()),
    (lambda v: from_onnx("RNN", {}, ONNX | {"W": v}), "W", ()),
    (lambda v: run_onnx("RNN", {}, v), "input", ()),
    (lambda v: run_onnx("RNN", {}, ONNX | {"X": np.zeros((4, 1, 2)), "sequence_lens": v}), "sequence_lens", (None,)),
    (lambda v: run_onnx("RNN", {}, ONNX | {"X": np.zeros((4, 1, 2)), "initial_h": v}), "initial_h", (None,)),
    (lambda v: to_onnx(v), "cell", ()),
]  # fmt: skip


def same(value, other):
    return value is other or (type(value) is type(other) and isinstance(value, (int, float, str)) and value == other)


@pytest.mark.parametrize("row", range(len(TABLE)))
def test_a_wrong_type_is_refused_by_name(row):
    call, name, allowed = TABLE[row]
    named = rf"((unknown|missing) [\w ']*)?({'|'.join(map(re.escape, name.split('|')))})"
    for value in WRONG:
        if any(same(value, a) for a in allowed):
            continue
        try:
            call(value)
        except ValueError as error:
            if not re.match(named, str(error)):
                pytest.fail(f"{name} = {value!r:.40} is not named: {error}")
        except Exception as error:
            pytest.fail(f"{name} = {value!r:.40}: {type(error).__name__}: {error}")
        else:
            pytest.fail(f"{name} = {value!r:.40} was taken")


def test_every_public_function_is_in_the_table():
    called = {name for call, *_ in TABLE for name in call.__code__.co_names}
    public = {name for name in cells.__all__ if callable(getattr(cells, name))}
    made = {
        "CheatSheetLSTM",
        "LRU",
        "Mamba",
        "MinGRU",
        "MinLSTM",
        "RWKV",
        "SLSTM",
        "Gradients",
        "Kind",
        "Scan",
        "StackTrace",
        "Trace",
    }  # by other functions, or as the other kinds
    assert public - made <= called


def test_a_start_in_torchs_order_is_refused():
    states = np.zeros(3), np.zeros(3)
    with pytest.raises(ValueError, match=r"start: expected a mapping of states \(h, c\) to arrays, got \(array"):
        run(CELL, X, start=states)
    with pytest.raises(ValueError, match=r"start\['h'\]: expected shape \(3,\) or \(1, 3\), got \(2, 3\)"):
        run(CELL, X, start={"h": np.zeros((2, 3))})


@pytest.mark.parametrize(("half", "made"), [(np.float16, np.float32), (ml_dtypes.bfloat16, np.float32)])
def test_half_precision_becomes_single(half, made):
    cell = LSTM(**{name: p.astype(half) for name, p in CELL.parameters.items()})
    assert cell.dtype == run(cell, X.astype(half))["h"].dtype == made
    np.testing.assert_array_equal(cell.parameters["U_f"], CELL.parameters["U_f"].astype(half).astype(made))


def test_a_model_of_onnx_is_no_name():
    node = onnx.helper.make_node("LSTM", ["X", "W", "R"], ["Y"])
    with pytest.raises(ValueError, match=r"op_type: expected .* got a NodeProto; of a node n give n.op_type"):
        from_onnx(node, {}, ONNX)


def test_a_tensor_that_requires_a_gradient_is_refused():
    with pytest.raises(ValueError, match=r"(?s)x: expected an array of numbers, got tensor.*detach\(\) it"):
        run(CELL, torch.zeros(4, 2, requires_grad=True))
