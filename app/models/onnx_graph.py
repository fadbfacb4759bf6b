"""The constants of an ONNX graph: initialisers, and what is made of them before a recurrent operator reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from app.messages import RefusedError
from app.models.onnx_folding import FOLDED, Node
from app.models.words import word

NUMBERS = 2**27  # of all constants that are computed
DEPTH, VISITED = 100, 50_000  # of constants made of constants, and of operators in all graphs
RECURRENT = ("LSTM", "GRU", "RNN", "DynamicQuantizeLSTM")
OWN = ("", "ai.onnx", "com.microsoft")
ITEM = {"FLOAT": 4, "DOUBLE": 8, "FLOAT16": 2, "BFLOAT16": 2, "INT8": 1, "UINT8": 1, "INT32": 4, "INT64": 8, "BOOL": 1}
"""The types of numbers that are read, and their bytes."""


@dataclass
class Model:
    """What all graphs of a file share."""

    functions: Mapping[tuple[str, str], onnx.FunctionProto]
    numbers: int = NUMBERS
    visited: int = 0
    touched: set[str] = field(default_factory=set)
    """Names of initialisers that constants were made of."""
    dequantised: bool = False

    def spend(self, count: int) -> None:
        """Refuse to compute more numbers than a model has."""
        self.numbers -= count
        if self.numbers < 0:
            raise RefusedError("file.onnx.large")


class Scope:
    """A graph, the body of an operator, or of a function with what it was called with."""

    def __init__(
        self,
        model: Model,
        graph: onnx.GraphProto | onnx.FunctionProto,
        outer: Scope | None = None,
        call: onnx.NodeProto | None = None,
        path: str = "",
    ):
        self.model, self.graph, self.outer, self.call, self.path = model, graph, outer, call, path
        self.depth: int = outer.depth + 1 if outer else 0
        if self.depth > DEPTH // 4:
            raise RefusedError("file.onnx.many", most=VISITED, deep=DEPTH // 4)
        self.tensors = {} if call else {tensor.name: tensor for tensor in graph.initializer}
        self.producers = {name: (node, k) for node in graph.node for k, name in enumerate(node.output) if name}
        self.arguments = dict(zip(graph.input, call.input, strict=False)) if call else {}
        self._made: dict[str, np.ndarray | None] = {}
        self._called: dict[int, Scope] = {}

    def recurrent(self) -> Iterator[tuple[Scope, onnx.NodeProto]]:
        """Yield every recurrent operator, in bodies and functions too."""
        for node in self.graph.node:
            self.model.visited += 1
            if self.model.visited > VISITED:
                raise RefusedError("file.onnx.many", most=VISITED, deep=DEPTH // 4)
            if self.function_of(node):
                yield from self.called(node).recurrent()
            elif node.op_type in RECURRENT and node.domain in OWN:
                yield self, node
            else:
                for attribute in node.attribute:
                    bodies = [attribute.g] if attribute.type == onnx.AttributeProto.GRAPH else attribute.graphs
                    for body in bodies:
                        yield from Scope(self.model, body, self, path=f"{self.path}{attribute.name}/").recurrent()

    def function_of(self, node: onnx.NodeProto) -> onnx.FunctionProto | None:
        """The function of the file that an operator calls."""
        return self.model.functions.get((node.domain, node.op_type))

    def called(self, node: onnx.NodeProto) -> Scope:
        """The body of a function that is called."""
        if id(node) not in self._called:
            path = f"{self.path}{word(node.name or node.op_type)}/"
            self._called[id(node)] = Scope(
                self.model, self.model.functions[node.domain, node.op_type], self, node, path
            )
        return self._called[id(node)]

    def attributes(self, node: onnx.NodeProto) -> dict[str, Any]:
        """An operator's attributes as values; those of a function's operators may be the call's."""
        given = {}
        for attribute in node.attribute:
            said = self._resolved(attribute)
            if said is not None and said.type not in (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS):
                given[attribute.name] = onnx.helper.get_attribute_value(said)
        return given

    def _resolved(self, attribute: onnx.AttributeProto) -> onnx.AttributeProto | None:
        """An attribute; or the one of the call, or the function's own, that it stands for."""
        name = attribute.ref_attr_name
        if not name:
            return attribute
        for each in self.call.attribute if self.call and self.outer else ():
            if each.name == name:
                return self.outer._resolved(each) if self.outer else None
        return next((each for each in getattr(self.graph, "attribute_proto", ()) if each.name == name), None)

    def constant(self, name: str, depth: int = 0) -> np.ndarray | None:
        """The numbers of a value that does not depend on the input; None of one that does."""
        if depth > DEPTH:
            raise RefusedError("file.onnx.many", most=VISITED, deep=DEPTH)
        if name not in self._made:
            self._made[name] = None  # of a value that is made of itself
            self._made[name] = self._constant(name, depth + 1)
        return self._made[name]

    def _constant(self, name: str, depth: int) -> np.ndarray | None:
        if name in self.tensors:
            self.model.touched.add(name)
            return array_of(self.tensors[name])
        if name in self.producers:
            node, k = self.producers[name]
            if self.function_of(node):
                inner = self.called(node)
                return inner.constant(inner.graph.output[k], depth) if k < len(inner.graph.output) else None
            return self._computed(node, k, depth)
        if name in self.arguments and self.outer:
            return self.outer.constant(self.arguments[name], depth)
        return self.outer.constant(name, depth) if self.outer and not self.call else None

    def _computed(self, node: onnx.NodeProto, k: int, depth: int) -> np.ndarray | None:
        """What an operator makes of constants."""
        if node.domain not in OWN or node.op_type not in FOLDED:
            return None
        attributes = self.attributes(node)
        if node.op_type == "Constant":
            value = attributes.get("value")
            return array_of(value) if isinstance(value, onnx.TensorProto) else _plain(attributes)
        inputs: list[np.ndarray | None] = []
        for name in node.input:
            inputs.append(self.constant(name, depth) if name else None)
            if name and inputs[-1] is None:
                return None
        if not inputs or inputs[0] is None:
            return None
        self.model.dequantised |= node.op_type == "DequantizeLinear"
        return FOLDED[node.op_type](Node(inputs, attributes, k, self.model.spend))

    def source(self, name: str) -> tuple[Scope, onnx.NodeProto] | None:
        """The operator that makes a value, wherever it stands."""
        if name in self.producers:
            return self, self.producers[name][0]
        if name in self.arguments and self.outer:
            return self.outer.source(self.arguments[name])
        return self.outer.source(name) if self.outer and not self.call and name not in self.tensors else None


def array_of(tensor: onnx.TensorProto) -> np.ndarray:
    """Return a tensor's numbers, bfloat16 as float32.

    Raises
    ------
    RefusedError
        If they are in another file, of a type that is not read, or not as many as its shape says.
    """
    if tensor.data_location == onnx.TensorProto.EXTERNAL or tensor.external_data:
        location = next((each.value for each in tensor.external_data if each.key == "location"), "?")
        raise RefusedError("file.onnx.external", name=word(tensor.name), location=word(location))
    kind = onnx.TensorProto.DataType.Name(tensor.data_type) if tensor.data_type in range(32) else "?"
    if kind not in ITEM:
        raise RefusedError("file.dtype", tensor=word(tensor.name), dtype=kind.lower())
    count = prod(tensor.dims)
    held = len(tensor.raw_data) // ITEM[kind] if tensor.HasField("raw_data") else None
    typed = max(len(tensor.float_data), len(tensor.double_data), len(tensor.int32_data), len(tensor.int64_data))
    if any(size < 0 for size in tensor.dims) or count != (typed if held is None else held):
        raise RefusedError("file.onnx.shape", name=word(tensor.name), shape=word(list(tensor.dims)))
    array = numpy_helper.to_array(tensor)
    return array.astype(np.float32) if kind == "BFLOAT16" else array


def _plain(attributes: Mapping[str, Any]) -> np.ndarray | None:
    """A constant that is a number or a list of them."""
    for name, dtype in (("value_int", "i8"), ("value_ints", "i8"), ("value_float", "f4"), ("value_floats", "f4")):
        if name in attributes:
            return np.array(attributes[name], dtype)
    return None
