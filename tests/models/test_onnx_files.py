"""ONNX files in the ways of exporters, opened as the page opens them, against live ONNX Runtime."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from app.models import opened
from cells import run
from tests.models.onnx_models import HIDDEN, PLACES, constants, drawn, node_of, plain, saved

LIMIT = 1e-5


def runtime(content, **inputs):
    """The outputs of a model."""
    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads, how.log_severity_level = 1, 4
    session = onnxruntime.InferenceSession(content, how, providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def read(content, tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(content)
    file = opened(path, "mine.onnx")
    assert file.format == "onnx"
    return file


def difference(found, x, theirs):
    """How far the cells are from Y, (T, directions, B, H)."""
    trace = run(found.made({}), x, start=found.start)
    theirs = theirs.reshape(len(x), found.directions, x.shape[1], found.units).swapaxes(1, 2)
    return np.abs(trace.output - theirs.reshape(trace.output.shape)).max()


@pytest.mark.parametrize(
    ("op_type", "hidden", "place", "opset", "directions"),
    [
        *(("LSTM", hidden, "graph", 21, 1) for hidden in HIDDEN),
        *(("GRU", "cut", place, 20, 1) for place in PLACES),
        *(("LSTM", "constants", place, 18, 2) for place in PLACES),
        *(("RNN", "initialisers", "graph", opset, 2) for opset in (17, 18, 19, 20)),
        ("RNN", "reshaped", "function", 17, 1),
        ("GRU", "split", "scan", 19, 2),
    ],
)
def test_an_operator_wherever_it_stands(op_type, hidden, place, opset, directions, tmp_path):
    attributes, arrays, x = drawn(op_type, directions)
    if op_type == "GRU":
        attributes["linear_before_reset"] = 1
    if hidden == "cut" and directions == 2:
        hidden = "split"
    nodes, held = HIDDEN[hidden](arrays)
    content = PLACES[place](node_of(op_type, arrays, attributes), nodes, held, opset)
    file = read(content, tmp_path)
    assert len(file.layers) == (4 if place == "if" else 1)  # both branches of both
    assert len({found.name for found in file.layers}) == len(file.layers)
    assert all(found.name.endswith(("the_layer", ")")) for found in file.layers)
    assert [note.reason for note in file.notes] == ["file.onnx.dequantised"] * (hidden == "quantised")
    theirs = runtime(content, **{"X_outside" if place == "scan" else "X": x})[0]
    for found in file.layers:
        assert (found.kind, found.inputs, found.units, found.directions) == (op_type.lower(), 3, 3, directions)
        assert difference(found, x, theirs) <= LIMIT
    assert file.others == ()


@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
@pytest.mark.parametrize("op_type", ["LSTM", "GRU", "RNN"])
def test_learned_first_states_and_options(op_type, direction, tmp_path):
    attributes, arrays, x = drawn(op_type, 1 + (direction == "bidirectional"), True, peephole=True)
    for name in ("initial_h", "initial_c"):
        if name in arrays:
            arrays[name] = np.repeat(arrays[name][:, :1], x.shape[1], axis=1)
    attributes |= {"direction": direction, "clip": 0.8}
    content = saved([node_of(op_type, arrays, attributes)], plain(arrays)[1], 20)
    file = read(content, tmp_path)
    (found,) = file.layers
    assert file.notes == ()
    assert (found.options["clip"], found.options.get("peephole")) == ("0.8", "yes" if op_type == "LSTM" else None)
    assert difference(found, x, runtime(content, X=x)[0]) <= LIMIT
    assert [set(states) for states in found.start.values()] == [
        {"h", "c"} if op_type == "LSTM" else {"h"}
    ] * found.directions


def test_first_states_that_a_run_is_given_and_those_of_a_batch(tmp_path):
    attributes, arrays, _ = drawn("LSTM", start=True)
    held = {name: array for name, array in arrays.items() if name != "initial_c"}
    content = saved([node_of("LSTM", arrays, attributes)], plain(held)[1], 20, inputs=["X", "initial_c"])
    file = read(content, tmp_path)
    assert [note.reason for note in file.notes] == ["file.onnx.start_first", "file.onnx.start_given"]
    assert file.notes[1].values["states"] == "c"
    np.testing.assert_array_equal(file.layers[0].start["0.forward"]["h"], arrays["initial_h"][0, 0])


def test_the_batch_first(tmp_path):
    """ONNX Runtime has no layout=1: the same weights with the time first are what it must be equal to."""
    attributes, arrays, x = drawn("GRU", 2, start=True)
    arrays["initial_h"][:] = arrays["initial_h"][:, :1]
    expected = runtime(saved([node_of("GRU", arrays, attributes)], plain(arrays)[1], 20), X=x)[0]
    turned = arrays | {"initial_h": arrays["initial_h"].swapaxes(0, 1)}
    (found,) = read(saved([node_of("GRU", arrays, attributes, layout=1)], plain(turned)[1], 20), tmp_path).layers
    assert found.options["batch_first"] == "yes"
    assert difference(found, x, expected) <= LIMIT


def test_a_dynamically_quantised_lstm(tmp_path):
    attributes, arrays, x = drawn("LSTM", 2, units=16, steps=9)
    whole = saved([node_of("LSTM", arrays, attributes)], plain(arrays)[1], 17)
    (tmp_path / "whole.onnx").write_bytes(whole)
    for per_channel, kind in ((False, QuantType.QInt8), (True, QuantType.QInt8), (False, QuantType.QUInt8)):
        how = {"per_channel": per_channel, "weight_type": kind, "op_types_to_quantize": ["LSTM"]}
        quantize_dynamic(tmp_path / "whole.onnx", tmp_path / "q.onnx", **how)
        file = opened(tmp_path / "q.onnx", "q")
        assert [note.reason for note in file.notes] == ["file.onnx.dynamic"]
        (found,) = file.layers
        assert 1e-4 < difference(found, x, runtime(whole, X=x)[0]) < 0.03
        assert difference(found, x, runtime((tmp_path / "q.onnx").read_bytes(), X=x)[0]) < 0.1


class Net(torch.nn.Module):
    """An embedding and layers of one kind, with first states that may be learned."""

    def __init__(self, kind, learned, **options):
        super().__init__()
        self.embedding, self.layer = torch.nn.Embedding(9, 3), getattr(torch.nn, kind)(3, 4, **options)
        self.first = torch.nn.Parameter(torch.randn(1, 1, 4)) if learned else None

    def forward(self, ids):
        x = self.embedding(ids)
        if self.first is None:
            return self.layer(x)[0]
        first = self.first.expand(1, ids.shape[1], 4).contiguous()
        return self.layer(x, (first, first) if isinstance(self.layer, torch.nn.LSTM) else first)[0]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::torch.jit.TracerWarning")
@pytest.mark.parametrize("opset", [17, 18, 20])
@pytest.mark.parametrize(
    ("kind", "learned", "options"),
    [
        ("LSTM", False, {"num_layers": 2, "bidirectional": True}),
        ("LSTM", True, {}),
        ("GRU", True, {"bias": False}),
        ("RNN", False, {"nonlinearity": "relu", "num_layers": 3}),
    ],
)
def test_what_pytorch_exports(kind, learned, options, opset, tmp_path):
    """By its exporter of TorchScript; the new one needs onnxscript. Its layers read each other: so they are run."""
    torch.manual_seed(0)
    net, ids = Net(kind, learned, **options).eval(), torch.randint(9, (6, 2))
    path = tmp_path / "model.onnx"
    torch.onnx.export(
        net,
        (ids,),
        path,
        dynamo=False,
        opset_version=opset,
        input_names=["ids"],
        dynamic_axes={"ids": {0: "t", 1: "b"}},
    )
    file = opened(path, "model.onnx")
    assert file.notes == ()
    table = next(tensor for tensor in file.others if tensor.shape == (9, 3))
    np.testing.assert_array_equal(table.read(), net.embedding.weight.detach())
    x = table.read()[ids.numpy()]
    assert len(file.layers) == options.get("num_layers", 1)
    for found in file.layers:
        assert bool(found.start) == learned
        x = run(found.made({}), x, start=found.start).output
    np.testing.assert_allclose(x, runtime(path.read_bytes(), ids=ids.numpy())[0], atol=LIMIT)
    np.testing.assert_allclose(x, net(ids).detach(), atol=LIMIT)


class Loop(torch.nn.Module):
    """A cell that is called in a loop, which the exporter takes apart."""

    def __init__(self):
        super().__init__()
        self.cell = torch.nn.LSTMCell(3, 4)

    def forward(self, x):
        h = c = torch.zeros(x.shape[1], 4)
        for step in x:
            h, c = self.cell(step, (h, c))
        return h


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::torch.jit.TracerWarning")
def test_a_cell_that_was_taken_apart_is_found_by_its_names(tmp_path):
    net, x = Loop(), torch.randn(5, 2, 3)
    torch.onnx.export(net, (x,), tmp_path / "m.onnx", dynamo=False, opset_version=17)
    file = opened(tmp_path / "m.onnx", "m.onnx")
    assert [note.reason for note in file.notes] == ["file.onnx.by_names"]
    (found,) = file.layers
    assert (found.name, found.kind, found.questions) == ("cell", "lstm", ())
    np.testing.assert_allclose(run(found.made({}), x.numpy()).output[-1], net(x).detach(), atol=LIMIT)


def test_others_are_named_and_read_when_they_are_needed(tmp_path):
    attributes, arrays, _ = drawn("RNN")
    more = {"table": np.ones((7, 3), np.float16), "scalar": np.float32(2)}
    file = read(saved([node_of("RNN", arrays, attributes)], constants(arrays | more), 20), tmp_path)
    (tensor,) = file.others
    assert (tensor.name, tensor.shape, tensor.dtype) == ("table", (7, 3), "float16")
    assert tensor.read().sum() == 21


def test_what_cannot_be_read_is_left_out_beside_what_can(tmp_path):
    attributes, arrays, _ = drawn("RNN")
    fed = helper.make_node("RNN", ["X", "V", "R"], ["Z"], name="fed", **attributes)
    content = saved([node_of("RNN", arrays, attributes), fed], constants(arrays), 20, inputs=["X", "V"])
    assert onnx.load_model_from_string(content).graph.node[1].name == "fed"
    file = read(content, tmp_path)
    assert [found.name for found in file.layers] == ["the_layer"]
    assert [(n.reason, n.values["layer"]) for n in file.notes] == [("file.onnx.left_out", "fed")]
