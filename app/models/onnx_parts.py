"""Parts of an ONNX model as models of their own, for ONNX Runtime: one operator, and what stands before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import onnx

from app.models.records import Around, Starts
from app.models.words import word

INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
MOST_INPUTS, MOST_SIZES = 20, 8
TYPES = {
    1: "float32", 2: "uint8", 3: "int8", 5: "int16", 6: "int32", 7: "int64", 9: "bool", 10: "float16", 11: "float64",
}  # fmt: skip
"""Of a model's inputs, by ONNX's number."""


@dataclass(frozen=True)
class Operator:
    """A recurrent operator with its constants."""

    name: str
    op_type: str
    attributes: Mapping[str, Any]
    weights: Mapping[str, np.ndarray]
    start: Mapping[str, Mapping[str, np.ndarray]]
    quantised: bool = False


def alone(operator: Operator, start: Starts) -> bytes:
    """Return a model of one operator with its constants, time first, whatever the axes of its own model are."""
    held = {role: np.asarray(each, np.float32) for role, each in operator.weights.items()}
    for state in ("h", "c"):
        if first := [states[state] for states in start.values() if state in states]:
            held[f"initial_{state}"] = np.asarray(first, np.float32)[:, None]
    attributes = {name: value for name, value in operator.attributes.items() if name != "layout"}
    last = max(map(INPUTS.index, held))
    inputs = [role if role in held or role == "X" else "" for role in INPUTS[: last + 1]]
    node = onnx.helper.make_node(operator.op_type, inputs, ["Y"], **attributes)
    X, Y = (onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in "XY")
    constants = [onnx.numpy_helper.from_array(each, name) for name, each in held.items()]
    graph = onnx.helper.make_graph([node], "alone", [X], [Y], constants)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=9)
    return bytes(model.SerializeToString())


def around(content: memoryview, graph: onnx.GraphProto, node: onnx.NodeProto) -> Around | None:
    """Return how a layer's true input can be had; None of one that reads what the model is given."""
    held = {tensor.name for tensor in graph.initializer}
    given = [each for each in graph.input if each.name not in held]
    inputs = {each.name: _about(each.type.tensor_type) for each in given}
    output = node.input[0]
    strange = any(dtype is None or len(sizes) > MOST_SIZES for sizes, dtype in inputs.values())
    if output in inputs or output in held or not inputs or len(inputs) > MOST_INPUTS or strange:
        return None
    layout = any(each.name == "layout" and each.i for each in node.attribute)
    known = {name: (sizes, dtype) for name, (sizes, dtype) in inputs.items() if dtype}
    return Around(known, output, partial(_with_output, content, output), layout)


def _about(kind: onnx.TypeProto.Tensor) -> tuple[tuple[int | str, ...], str | None]:
    """Sizes and type of a model's input."""
    sizes = [size.dim_value if size.HasField("dim_value") else word(size.dim_param, 20) for size in kind.shape.dim]
    return tuple(sizes), TYPES.get(kind.elem_type)


def _with_output(content: memoryview, output: str) -> bytes:
    """The model with one of its values as another output."""
    model = onnx.ModelProto.FromString(bytes(content))
    if output not in {each.name for each in model.graph.output}:
        model.graph.output.append(onnx.ValueInfoProto(name=output))
    return bytes(model.SerializeToString())
