"""A run of any cell as ONNX operators: a Scan over the timesteps, whose body is the cell's graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, assert_never

import numpy as np
from onnx import ModelProto, NodeProto, helper, numpy_helper

from app.export.sequence import Sequence
from cells import Cell
from cells.expression import Apply, Input, Matrix, Maximum, Node, Product, State, Sum, Total, Vector
from cells.functions import Function

OPSET, IR = 22, 10  # those that ONNX Runtime 1.20 and later read

OPERATORS = {
    "sigmoid": "Sigmoid", "tanh": "Tanh", "linear": "Identity", "relu": "Relu", "hard_sigmoid": "HardSigmoid",
    "hard_sigmoid_fifth": "HardSigmoid", "softsign": "Softsign", "softplus": "Softplus", "elu": "Elu",
    "leaky_relu": "LeakyRelu", "thresholded_relu": "ThresholdedRelu", "exp": "Exp", "cos": "Cos", "sin": "Sin",
    "negative": "Neg", "reciprocal": "Reciprocal",
}  # fmt: skip
"""Functions that are an operator of ONNX; their parameters are its α and β."""


def scan_model(shown: Sequence, dtype: type[np.floating[Any]] = np.float32) -> bytes:
    """X (steps, 1, inputs) to Y (steps, 1, 1, size of the output), and to Y_… (1, 1, size), each state at the end."""
    cell, (steps, inputs) = shown.cell, shown.x.shape
    number = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    first = {f"initial_{name}": start[None, None] for name, start in shown.starts.items()}
    weights = {name: array.astype(dtype) for name, array in (cell.parameters | first).items()}
    size = {name: cell.sizes[cell.graph.values[name].size] for name in (*shown.starts, cell.graph.output)}
    states = {f"Y_{name}": (1, 1, size[name]) for name in shown.starts}
    results = {"Y": (steps, 1, 1, size[cell.graph.output])} | states
    matrices = [name for name, array in cell.parameters.items() if array.ndim > 1]
    nodes = [
        *(helper.make_node("Transpose", [name], [f"{name}_T"]) for name in matrices),
        helper.make_node("Unsqueeze", ["X", "axis"], ["rows"]),
        helper.make_node("Scan", [*first, "rows"], [*states, "Y"], body=Body(cell, number).graph(), num_scan_inputs=1),
    ]
    graph = helper.make_graph(
        nodes,
        "gatewalk",
        [helper.make_tensor_value_info("X", number, (steps, 1, inputs))],
        [helper.make_tensor_value_info(name, number, shape) for name, shape in results.items()],
        [numpy_helper.from_array(array, name) for name, array in (weights | {"axis": np.array([1])}).items()],
        doc_string=f"{cell.kind.key}: {cell.graph.output} at each timestep",
    )
    made: ModelProto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    written: bytes = made.SerializeToString()
    return written


@dataclass
class Body:
    """What one timestep computes: every value (1, 1, its size); weights are those of the graph around it."""

    cell: Cell
    number: int
    nodes: list[NodeProto] = field(default_factory=list)
    names: dict[Node, str] = field(default_factory=dict)

    def graph(self) -> Any:
        """The graph from the states before and the input to the states after and the output."""
        cell = self.cell
        graph = cell.graph
        self.names = {graph.x: "x"}
        self.names |= {state: f"{name}_before" for name, state in graph.before.items()}
        for node in graph.nodes:
            if node not in self.names:
                self.names[node] = self.computed(node)
        after = {name: self.node("Identity", self.names[graph.values[name]]) for name in graph.before}
        told = self.node("Identity", self.names[graph.values[graph.output]])
        given = [(self.names[state], cell.sizes[state.size]) for state in graph.before.values()] + [("x", cell.inputs)]
        made = [(text, cell.sizes[graph.values[name].size]) for name, text in [*after.items(), (graph.output, told)]]
        return helper.make_graph(self.nodes, "timestep", self.values(given), self.values(made))

    def values(self, sizes: list[tuple[str, int]]) -> list[Any]:
        return [helper.make_tensor_value_info(name, self.number, (1, 1, size)) for name, size in sizes]

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """A node of ONNX; the name of its result."""
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], **attributes))
        return name

    def constant(self, number: float) -> str:
        """A number of the values' type; its name."""
        array = np.array(number, helper.tensor_dtype_to_np_dtype(self.number))
        return self.node("Constant", value=numpy_helper.from_array(array))

    def computed(self, node: Node) -> str:
        """The name of what a node of the cell's graph computes."""
        read = [self.names[i] for i in node.inputs]
        match node:
            case Vector():
                return node.parameter
            case Matrix():
                return self.node("MatMul", *read, f"{node.parameter}_T")
            case Sum():
                return self.node("Sum", *read)
            case Product():
                return self.node("Mul", *read)
            case Maximum():
                return self.node("Max", *read)
            case Total():
                return self.node("ReduceSum", *read, self.node("Constant", value_ints=[-1]), keepdims=1)
            case Apply():
                return self.applied(node.function, *read)
            case Input() | State():
                return self.names[node]
            case _:
                assert_never(node)

    def applied(self, function: Function, a: str) -> str:
        """The name of a function's result."""
        if function.key in OPERATORS:
            given = dict(zip(("alpha", "beta"), function.parameters, strict=False))
            return self.node(OPERATORS[function.key], a, **given)
        match function.key:
            case "complement":
                return self.node("Sub", self.constant(1), a)
            case "affine":
                alpha, beta = map(self.constant, function.parameters)
                return self.node("Add", self.node("Mul", alpha, a), beta)
            case "scaled_tanh":
                alpha, beta = map(self.constant, function.parameters)
                return self.node("Mul", alpha, self.node("Tanh", self.node("Mul", beta, a)))
            case "clip":
                return self.node("Clip", a, *(self.constant(sign * function.parameters[0]) for sign in (-1, 1)))
            case "log_sigmoid":
                return self.node("Neg", self.node("Softplus", self.node("Neg", a)))
            case "linear_sigmoid":
                positive = self.node("GreaterOrEqual", a, self.constant(0))
                return self.node("Where", positive, self.node("Add", a, self.constant(0.5)), self.node("Sigmoid", a))
            case _:
                raise ValueError(f"function: expected one of FUNCTIONS, got {function.name!r}")
