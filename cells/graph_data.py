"""The graph of a cell as plain data (JSON), for evaluators that are not written in Python.

A node's ``inputs`` are places in ``nodes``, in which each node comes after those it is made from.  By its type it is

``input``, ``state``
    what enters the step
``vector``, ``matrix``
    the parameter (size,); the parameter (size, length of the input) times its one input
``sum``, ``product``
    of its inputs, two or more; of two, pointwise, where one of size ``"1"`` multiplies every entry
``maximum``, ``total``
    the larger of two inputs, pointwise; the sum of the entries of its one input
``apply``
    the function of its one input, pointwise

JSON has no infinity: an infinite parameter of a function is the string ``"Infinity"`` or ``"-Infinity"``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal, NotRequired, TypedDict, assert_never

from cells.expression import Apply, Graph, Input, Matrix, Maximum, Node, Product, State, Sum, Total, Vector
from cells.functions import FUNCTIONS, Function

VERSION: Final = 1  # grows when a reader of the version before would go wrong

NodeType = Literal["input", "state", "vector", "matrix", "sum", "product", "maximum", "total", "apply"]


class FunctionData(TypedDict):
    """A pointwise function."""

    name: str  # what formulas call it
    key: str  # of :data:`cells.functions.FUNCTIONS`
    parameters: list[float | str]  # α and β, or a bound


class NodeData(TypedDict):
    """One value of a step."""

    type: NodeType
    name: str  # empty of a value the definition did not name
    size: str  # the symbol of its length: D inputs, H units, P of a projection, 1
    inputs: list[int]
    parameter: NotRequired[str]
    function: NotRequired[FunctionData]


class StateData(TypedDict):
    """A state's nodes, by their places: as it enters a step, and its value as it leaves the step."""

    before: int
    after: int
    start: NotRequired[float]  # before the first step, where that is not 0


class GraphData(TypedDict):
    """What one timestep computes."""

    version: int
    nodes: list[NodeData]
    states: dict[str, StateData]
    output: str  # the state that is the cell's output


def graph_data(graph: Graph) -> GraphData:
    """Return a graph as the data that this module describes.

    Raises
    ------
    ValueError
        If the graph has a function that is not one of :data:`cells.functions.FUNCTIONS`.
    """
    place = {node: k for k, node in enumerate(graph.nodes)}
    return {
        "version": VERSION,
        "nodes": [_node(node, place) for node in graph.nodes],
        "states": {name: _state(before, graph.values[name], place) for name, before in graph.before.items()},
        "output": graph.output,
    }


def _state(before: State, after: Node, place: Mapping[Node, int]) -> StateData:
    data: StateData = {"before": place[before], "after": place[after]}
    return data | {"start": before.start} if before.start else data


def _node(node: Node, place: Mapping[Node, int]) -> NodeData:
    data: NodeData = {
        "type": _type(node),
        "name": node.name,
        "size": node.size,
        "inputs": [place[i] for i in node.inputs],
    }
    if isinstance(node, (Vector, Matrix)):
        data["parameter"] = node.parameter
    if isinstance(node, Apply):
        data["function"] = _function(node.function)
    return data


def _type(node: Node) -> NodeType:
    match node:
        case Input():
            return "input"
        case State():
            return "state"
        case Vector():
            return "vector"
        case Matrix():
            return "matrix"
        case Sum():
            return "sum"
        case Product():
            return "product"
        case Maximum():
            return "maximum"
        case Total():
            return "total"
        case Apply():
            return "apply"
        case _:
            assert_never(node)


def _function(of: Function) -> FunctionData:
    if of.key not in FUNCTIONS:
        raise ValueError(f"function: expected one of FUNCTIONS, which have a key, got {of.name!r}")
    parameters = [p if math.isfinite(p) else f"{'-' if p < 0 else ''}Infinity" for p in of.parameters]
    return {"name": of.name, "key": of.key, "parameters": parameters}
