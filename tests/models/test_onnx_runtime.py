"""ONNX Runtime in its own process: what it computes of operators read from files, and of models made to harm."""

import time

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from app.messages import RefusedError
from app.models import onnx_runtime, opened
from cells import run
from tests.models.onnx_models import HIDDEN, PLACES, drawn, node_of

FLOAT = TensorProto.FLOAT


def model(nodes, constants=(), inputs=("X",), outputs=("Y",)):
    ends = [[helper.make_tensor_value_info(name, FLOAT, None) for name in names] for names in (inputs, outputs)]
    graph = helper.make_graph(nodes, "g", *ends, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9).SerializeToString()


def refused(content, **feeds):
    with pytest.raises(RefusedError) as caught:
        onnx_runtime.outputs_of(content, feeds, ["Y"])
    return caught.value.message


def test_a_model_that_never_ends_is_ended(monkeypatch):
    monkeypatch.setattr(onnx_runtime, "SECONDS", 1)
    body = helper.make_graph(
        [helper.make_node("Identity", ["on"], ["still"]), helper.make_node("Identity", ["v"], ["w"])],
        "body",
        [helper.make_tensor_value_info("n", TensorProto.INT64, []), helper.make_tensor_value_info("on", 9, []),
         helper.make_tensor_value_info("v", FLOAT, None)],
        [helper.make_tensor_value_info("still", 9, []), helper.make_tensor_value_info("w", FLOAT, None)],
    )  # fmt: skip
    true = numpy_helper.from_array(np.array(True), "true")
    loop = helper.make_node("Loop", ["", "true", "X"], ["Y"], body=body)
    begin = time.monotonic()
    assert refused(model([loop], [true]), X=np.zeros(1, np.float32)).reason == "runtime.silent"
    assert time.monotonic() - begin < 30


def test_a_model_that_wants_all_memory_gets_none():
    shape = numpy_helper.from_array(np.array([2**36]), "shape")
    made = helper.make_node("ConstantOfShape", ["shape"], ["zeros"])
    total = helper.make_node("ReduceSum", ["zeros"], ["Y"])
    assert refused(model([made, total], [shape], inputs=())).reason in ("runtime.refused", "runtime.silent")


def test_no_other_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(np.ones(4, np.float32).tobytes())
    outside = TensorProto(name="W", data_type=FLOAT, dims=[4], data_location=TensorProto.EXTERNAL)
    outside.external_data.add(key="location", value=str(secret))
    content = model([helper.make_node("Add", ["X", "W"], ["Y"])], [outside])
    message = refused(content, X=np.zeros(4, np.float32))
    assert message.reason == "runtime.refused"
    assert len(message.values["why"]) <= 200


@pytest.mark.parametrize("content", [b"", b"\x08\x07junk", b"\xff" * 1000])
def test_what_is_no_model_is_refused(content):
    assert refused(content, X=np.zeros(1, np.float32)).reason == "runtime.refused"


def test_a_refusal_names_the_fault():
    content = model([helper.make_node("Nonsense", ["X"], ["Y"])])
    assert "Nonsense" in refused(content, X=np.zeros(1, np.float32)).values["why"]


@pytest.mark.parametrize(
    ("op_type", "place", "how", "attributes"),
    [
        ("LSTM", "function", {"directions": 2, "start": True, "peephole": True}, {"direction": "bidirectional"}),
        ("GRU", "graph", {}, {"linear_before_reset": 0, "direction": "reverse"}),
        ("GRU", "if", {"directions": 2}, {"linear_before_reset": 1, "direction": "bidirectional"}),
        ("RNN", "graph", {"start": True}, {"clip": 0.8}),
    ],
)
def test_an_operator_alone_computes_what_it_does_in_its_model(op_type, place, how, attributes, tmp_path):
    """And what the core does."""
    own, arrays, x = drawn(op_type, **how)
    x = x[:, :1]
    for name in ("initial_h", "initial_c"):
        if name in arrays:
            arrays[name] = arrays[name][:, :1]
    nodes, held = HIDDEN["initialisers"](arrays)
    content = PLACES[place](node_of(op_type, arrays, own | attributes), nodes, held, 17)
    (tmp_path / "mine").write_bytes(content)
    found = opened(tmp_path / "mine", "mine.onnx").layers[0]
    (alone,) = onnx_runtime.outputs_of(found.operator(found.start), {"X": x}, ["Y"])
    (whole,) = onnx_runtime.outputs_of(content, {"X": x}, [onnx.load_from_string(content).graph.output[0].name])
    np.testing.assert_array_equal(alone, whole)
    ours = run(found.made({}), x[:, 0], start=dict(found.start) or None).output
    np.testing.assert_allclose(ours, alone.reshape(len(x), -1), atol=1e-5)
