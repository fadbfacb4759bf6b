"""Models in ONNX: their recurrent operators, wherever they stand, with the constants that they read. No runtime."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError

from app.messages import Message, RefusedError
from app.models.found import layers_of
from app.models.layer import functions_of, layer_of, not_finite
from app.models.numbers import mapped
from app.models.onnx_graph import Model, Scope, array_of
from app.models.onnx_parts import INPUTS, Operator, alone, around
from app.models.onnx_scan import expect_bounded
from app.models.records import Found, ModelFile, Tensor
from app.models.words import listed, word
from cells import Cell, Stack
from cells.weight_formats import from_onnx

QUANTISED = (*INPUTS, "W_scale", "W_zero_point", "R_scale", "R_zero_point")
WEIGHTS = ("W", "R", "B", "P")
SHAPELESS = (
    "Identity",
    "Expand",
    "Tile",
    "Slice",
    "Unsqueeze",
    "Squeeze",
    "Reshape",
    "Transpose",
    "Cast",
    "Gather",
    "Split",
)
"""Operators that only repeat or move the numbers of their first input: of zeros they make zeros."""
FLOATS = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16"}
"""By ONNX's number of a type."""
SHOWN, LAYERS = 2_000, 400


def read(path: Path, name: str, size: int) -> ModelFile:
    """Return what an ONNX file holds.

    Raises
    ------
    RefusedError
        If it cannot be read, holds no recurrent operator, or keeps its weights in another file.
    """
    content = mapped(path)
    expect_bounded(content)
    try:
        proto = onnx.ModelProto.FromString(bytes(content))
    except DecodeError:
        raise RefusedError("file.onnx.damaged") from None
    functions = {(f.domain, f.name): f for f in proto.functions}
    model = Model(functions)
    top = Scope(model, proto.graph)
    found: list[Found] = []
    notes: list[Message] = []
    names: set[str] = set()
    for count, (scope, node) in enumerate(top.recurrent()):
        if count == LAYERS:
            raise RefusedError("file.many", count=f"> {LAYERS}", most=LAYERS)
        title = _title(scope, node, names)
        try:
            operator = _operator(scope, node, title, notes)
            surrounding = around(content, proto.graph, node) if scope is top else None
            found.append(replace(_found(operator), around=surrounding))
        except RefusedError:
            raise
        except (ValueError, IndexError, KeyError, TypeError) as error:
            notes.append(Message("file.onnx.left_out", layer=word(title), why=word(error, 200)))
            continue
        if bad := not_finite(list(operator.weights.values())):
            notes.append(Message("file.note.not_finite", layer=word(title), count=bad))
    if not found and not notes:
        return _by_names(proto, model, name, size)
    if not found:
        raise _nothing(proto, notes)
    if model.dequantised:
        notes.append(Message("file.onnx.dequantised"))
    return ModelFile(name, size, "onnx", tuple(found), _others(proto, model), tuple(notes))


def _title(scope: Scope, node: onnx.NodeProto, names: set[str]) -> str:
    """The name of an operator, made different from those before it."""
    title = plain = f"{scope.path}{node.name or node.op_type}"
    count = 1
    while title in names:
        count += 1
        title = f"{plain} ({count})"
    names.add(title)
    return title


def _operator(scope: Scope, node: onnx.NodeProto, title: str, notes: list[Message]) -> Operator:
    quantised = node.op_type == "DynamicQuantizeLSTM"
    given = {role: name for role, name in zip(QUANTISED if quantised else INPUTS, node.input, strict=False) if name}
    arrays: dict[str, np.ndarray] = {}
    for role in (*WEIGHTS, *QUANTISED[len(INPUTS) :]):
        if role in given:
            array = scope.constant(given[role])
            if array is None:
                raise ValueError(f"{role} is no constant of the file")
            arrays[role] = array
    if quantised:
        arrays = _dequantised(arrays)
        notes.append(Message("file.onnx.dynamic", layer=word(title)))
    attributes = scope.attributes(node)
    op_type = "LSTM" if quantised else node.op_type
    start = _start(scope, given, attributes, arrays, title, notes)
    return Operator(title, op_type, attributes, arrays, start, quantised)


def _dequantised(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights of ONNX Runtime's quantised LSTM, which it keeps as whole numbers, transposed.

    https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DynamicQuantizeLSTM
    """
    made = {role: array for role, array in arrays.items() if role in ("B", "P")}
    for role in ("W", "R"):
        scale, zero = (arrays[f"{role}_{part}"].astype(np.float32) for part in ("scale", "zero_point"))
        directions = len(arrays[role])
        scale, zero = (values.reshape(directions, 1, -1) for values in (scale, zero))
        made[role] = ((arrays[role].astype(np.float32) - zero) * scale).swapaxes(1, 2)
    return made


def _start(
    scope: Scope,
    given: Mapping[str, str],
    attributes: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray],
    title: str,
    notes: list[Message],
) -> dict[str, dict[str, np.ndarray]]:
    """The first states, if they are constants and not zero."""
    both, back = (attributes.get("direction") == way for way in (b"bidirectional", b"reverse"))
    ways = ("0.forward", "0.backward") if both else ("0.backward",) if back else ("0.forward",)
    start: dict[str, dict[str, np.ndarray]] = {}
    at_a_run = []
    for state in ("h", "c"):
        name = given.get(f"initial_{state}")
        if not name or _is_zero(scope, name):
            continue
        first = _repeated(scope, name)
        units = arrays["R"].shape[-1]
        if first is None or first.size % (len(ways) * units):
            at_a_run.append(state)
            continue
        if attributes.get("layout"):
            first = first.reshape(-1, len(ways), units).swapaxes(0, 1)
        for way, states in zip(ways, first.reshape(len(ways), -1, units), strict=True):
            if (states != states[0]).any():
                notes.append(Message("file.onnx.start_first", layer=word(title), count=len(states)))
            start.setdefault(way, {})[state] = states[0].astype(np.float32 if states.itemsize < 8 else np.float64)
    if at_a_run:
        notes.append(Message("file.onnx.start_given", layer=word(title), states=", ".join(at_a_run)))
    return start


def _repeated(scope: Scope, name: str) -> np.ndarray | None:
    """A constant, or the one that is repeated for every sequence of a batch."""
    array = scope.constant(name)
    if array is None and (source := scope.source(name)) and source[1].op_type in ("Expand", "Tile", "Identity"):
        return source[0].constant(source[1].input[0])
    return array


def _is_zero(scope: Scope, name: str, depth: int = 0) -> bool:
    """Whether a value is zeros, of whatever shape."""
    array = scope.constant(name)
    if array is not None:
        return not array.any()
    source = scope.source(name)
    if source is None or depth > 20:
        return False
    scope, node = source
    if node.op_type == "ConstantOfShape":
        value = scope.attributes(node).get("value")
        return value is None or not array_of(value).any()
    inputs = node.input if node.op_type == "Concat" else node.input[:1] if node.op_type in SHAPELESS else ()
    return bool(inputs) and all(_is_zero(scope, each, depth + 1) for each in inputs)


def _found(operator: Operator) -> Found:
    roles = list(operator.weights)

    def make(weights: Any, _: object) -> Stack:
        made = from_onnx(operator.op_type, operator.attributes, dict(zip(roles, weights, strict=True)))
        return Stack([made]) if isinstance(made, Cell) else made

    weights = list(operator.weights.values())
    found = layer_of(operator.name, weights, make, lambda stack: _options(operator, stack), start=operator.start)
    return found if operator.quantised else replace(found, operator=partial(alone, operator))


def _options(operator: Operator, stack: Stack) -> dict[str, str]:
    """What the file says beyond sizes, where it is not what such a layer mostly is."""
    cell = stack.first
    options = {"batch_first": "yes"} if operator.attributes.get("layout") else {}
    options |= functions_of(cell)
    for name in ("clip", "peephole", "couple", "reset"):
        if said := cell.options.get(name):
            options[name] = "yes" if said is True else f"{said:g}" if isinstance(said, float) else str(said)
    if stack.reverse:
        options["reverse"] = "yes"
    if any(array.dtype == np.float16 for array in operator.weights.values()):
        options["dtype"] = "float16"
    return options


def _others(proto: onnx.ModelProto, model: Model) -> tuple[Tensor, ...]:
    """The weights that no recurrent operator reads."""
    others: list[Tensor] = []
    for tensor in proto.graph.initializer:
        dtype = FLOATS.get(tensor.data_type)
        if dtype and tensor.name not in model.touched and tensor.dims and len(others) < SHOWN:
            read_it = partial(array_of, tensor)
            others.append(Tensor(tensor.name, tuple(tensor.dims), dtype, read_it))
    return tuple(others)


def _by_names(proto: onnx.ModelProto, model: Model, name: str, size: int) -> ModelFile:
    """What is found by PyTorch's names of weights, where its exporter took a cell apart."""
    try:
        layers = layers_of({tensor.name: tensor for tensor in _others(proto, model)})
    except RefusedError:
        raise _nothing(proto, []) from None
    notes = (Message("file.onnx.by_names"), *layers.notes)
    return ModelFile(name, size, "onnx", layers.found, layers.others, notes)


def _nothing(proto: onnx.ModelProto, notes: list[Message]) -> RefusedError:
    """Why there is no operator to show."""
    for note in notes:
        if note.reason == "file.onnx.left_out":
            return RefusedError("file.onnx.unusual", **note.values)
    if not proto.graph.node:
        return RefusedError("file.onnx.damaged")
    return RefusedError("file.onnx.none", operators=listed(dict.fromkeys(node.op_type for node in proto.graph.node)))
