"""The few operations a cell is written in, and the graph that a definition leaves behind.

Calling a definition once with symbols gives nodes that remember the operation that made them (after Karpathy's
micrograd); running, differentiating, typesetting and explaining a cell are readings of those nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from cells.functions import COMPLEMENT, IDENTITY, SIGMOID, TANH, Function, clip, function

_made = count()


@dataclass(eq=False)
class Node:
    """One value of a cell at one timestep.

    Attributes
    ----------
    op : str
        ``"input"``, ``"state"`` (as it enters the step), ``"vector"`` (a parameter), ``"matrix"`` (a parameter times a
        node), ``"sum"``, ``"product"`` (pointwise) or ``"function"``.
    inputs : tuple of Node
    parameter : str
        The parameter a vector or a matrix reads.
    name : str
        The value's name; a node the definition did not name has ``""``.
    size : str
        The symbol of its length: ``"D"`` inputs, ``"H"`` units, or the name of a state until that is settled.
    function : Function
        What a ``"function"`` applies; the identity elsewhere.
    """

    op: str
    inputs: tuple[Node, ...] = ()
    parameter: str = ""
    name: str = ""
    size: str = "H"
    function: Function = IDENTITY
    order: int = field(default_factory=_made.__next__)

    def __add__(self, other: Node) -> Node:
        return Node("sum", _terms(self) + _terms(other), size=self.size)

    def __mul__(self, other: Node) -> Node:
        return Node("product", (self, other), size=self.size)

    def __rsub__(self, other: int) -> Node:
        if other != 1:
            raise TypeError("cells subtract from 1 only: write 1 - gate")
        return apply(COMPLEMENT, self)


def _terms(node: Node) -> tuple[Node, ...]:
    """Terms of an unnamed sum, so that a + b + c is one sum of three."""
    return node.inputs if node.op == "sum" and not node.name else (node,)


def vector(parameter: str) -> Node:
    """Return the parameter vector, of shape (H,)."""
    return Node("vector", parameter=parameter)


def matrix(parameter: str, node: Node, size: str = "H") -> Node:
    """Return the parameter matrix, of shape (size, length of node), times ``node``."""
    return Node("matrix", (node,), parameter=parameter, size=size)


def affine(gate: str, x: Node, h: Node, peep: Node | None = None) -> Node:
    """Return the pre-activation ``a_gate`` = U h + W x + b of a gate, + p ⊙ peep if it peeps at a cell state."""
    total = matrix(f"U_{gate}", h) + matrix(f"W_{gate}", x) + vector(f"b_{gate}")
    if peep:
        total = total + vector(f"p_{gate}") * peep
    total.name = f"a_{gate}"
    return total


def apply(named: str | Function, node: Node, bound: float | None = None) -> Node:
    """Return a function of ``node``, pointwise; of ``node`` held between ±bound, if there is one."""
    if bound is not None:
        node = Node("function", (node,), size=node.size, function=clip(bound))
    return Node("function", (node,), size=node.size, function=function(named))


def sigmoid(node: Node) -> Node:
    """Return the logistic function of ``node``."""
    return apply(SIGMOID, node)


def tanh(node: Node) -> Node:
    """Return the hyperbolic tangent of ``node``."""
    return apply(TANH, node)


@dataclass(eq=False)
class Graph:
    """What one timestep computes.

    Attributes
    ----------
    nodes : tuple of Node
        All nodes in the order they were made: each after those it is made from.
    values : dict of str to Node
        The named values in the order of the definition; a state's name is its value as it leaves the step.
    x : Node
    before : dict of str to Node
        The states as they enter the step.
    shapes : dict of str to tuple of str
        The symbols of every parameter's shape.
    output : str
        The state that is the cell's output.
    """

    nodes: tuple[Node, ...]
    values: dict[str, Node]
    x: Node
    before: dict[str, Node]
    shapes: dict[str, tuple[str, ...]]
    output: str
    consumers: dict[Node, list[Node]]
    level: dict[Node, int]


def graph_of(definition: Callable[..., dict], states: tuple[str, ...], output: str, **options: object) -> Graph:
    """Call ``definition`` once with symbols and return the graph it leaves.

    The definition returns its ``locals()``: the names it gave its values are the names in the graph.
    """
    x = Node("input", name="x", size="D")
    before = {name: Node("state", name=name, size=name) for name in states}
    named = {k: v for k, v in definition(x, *before.values(), **options).items() if isinstance(v, Node)}
    for name in states:
        if named[name] is before[name]:
            raise ValueError(f"{definition.__name__} never computes its state {name!r}")
        named[name].name = name
    for name, node in named.items():
        node.name = node.name or name
    nodes = tuple(sorted({n for node in named.values() for n in _walk(node)}, key=lambda n: n.order))
    _settle_sizes(nodes, {name: named[name].size for name in states})
    consumers: dict[Node, list[Node]] = {node: [] for node in nodes}
    level: dict[Node, int] = {}
    for node in nodes:
        level[node] = 1 + max((level[i] for i in node.inputs), default=-1)
        for i in node.inputs:
            consumers[i].append(node)
    values = {n.name: n for n in nodes if n.name and n.op not in ("input", "state", "vector")}
    return Graph(nodes, values, x, before, _shapes(nodes), output, consumers, level)


def _walk(node: Node) -> Iterator[Node]:
    for i in node.inputs:
        yield from _walk(i)
    yield node


def _settle_sizes(nodes: tuple[Node, ...], sizes: dict[str, str]) -> None:
    """Replace the symbol of a state's own length by that of the value it becomes."""
    for node in nodes:
        while sizes.get(node.size, node.size) != node.size:
            node.size = sizes[node.size]


def _shapes(nodes: tuple[Node, ...]) -> dict[str, tuple[str, ...]]:
    return {
        node.parameter: (node.size, node.inputs[0].size) if node.op == "matrix" else (node.size,)
        for node in nodes
        if node.parameter
    }
