"""The few operations a cell is written in, and the graph that a definition leaves behind.

Calling a definition once with symbols gives nodes that remember the operation that made them (after Karpathy's
micrograd); running, differentiating, typesetting and explaining a cell are readings of those nodes.

A reading is a ``match`` on the type of a node.  :data:`Node` is the union of all types: where a reading lacks one,
mypy reports it (``assert_never``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, cast

from cells.functions import COMPLEMENT, NEGATIVE, RECIPROCAL, SIGMOID, TANH, Function, clip, function

_made = count()


@dataclass(eq=False, kw_only=True)
class _Value:
    """One value of a cell at one timestep.

    Attributes
    ----------
    inputs : tuple of Node
        What it is made from.
    name : str
        The value's name; a node the definition did not name has ``""``.
    size : str
        The symbol of its length: ``"D"`` inputs, ``"H"`` units, ``"1"``, or the name of a state until that is settled.
    order : int
        Grows in the order in which nodes are made.
    """

    inputs: tuple[Node, ...] = ()
    name: str = ""
    size: str = "H"
    order: int = field(default_factory=_made.__next__)

    def __add__(self, other: Node) -> Sum:
        return Sum(inputs=_terms(cast("Node", self)) + _terms(other), size=self.size)

    def __mul__(self, other: Node) -> Product:
        return Product(inputs=(cast("Node", self), other), size=other.size if self.size == "1" else self.size)

    def __truediv__(self, other: Node) -> Product:
        return self * apply(RECIPROCAL, other)

    def __sub__(self, other: Node) -> Sum:
        return self + apply(NEGATIVE, other)

    def __neg__(self) -> Apply:
        return apply(NEGATIVE, cast("Node", self))

    def __rsub__(self, other: int) -> Apply:
        if other != 1:
            raise TypeError("cells subtract from 1 only: write 1 - gate")
        return apply(COMPLEMENT, cast("Node", self))


class Input(_Value):
    """The input of the step."""


@dataclass(eq=False, kw_only=True)
class State(_Value):
    """A state as it enters the step.

    Attributes
    ----------
    start : float
        What it is before the first step, where a run is not told.
    """

    start: float = 0.0


@dataclass(eq=False, kw_only=True)
class Vector(_Value):
    """A parameter, (size,)."""

    parameter: str


@dataclass(eq=False, kw_only=True)
class Matrix(_Value):
    """A parameter, (size, length of the input), times the input."""

    inputs: tuple[Node]
    parameter: str


class Sum(_Value):
    """The sum of two values or more."""


class Product(_Value):
    """The pointwise product of two values; one of size "1" multiplies every entry of the other."""

    inputs: tuple[Node, Node]


class Maximum(_Value):
    """The larger of two values, pointwise; where they are equal each has half of the gradient, as in torch."""

    inputs: tuple[Node, Node]


class Total(_Value):
    """The sum of a value's entries, of size "1"."""

    inputs: tuple[Node]


@dataclass(eq=False, kw_only=True)
class Apply(_Value):
    """A function applied pointwise."""

    inputs: tuple[Node]
    function: Function


Operation = Matrix | Sum | Product | Maximum | Total | Apply
"""A value that a step computes."""

Node = Input | State | Vector | Operation
"""Any value."""


def is_complement(node: Node) -> bool:
    """Tell whether ``node`` is 1 − its input."""
    return isinstance(node, Apply) and node.function is COMPLEMENT


def is_inline(node: Node) -> bool:
    """Tell whether ``node`` is written with signs alone: 1 − its input, − its input, or 1 / its input."""
    return isinstance(node, Apply) and node.function in (COMPLEMENT, NEGATIVE, RECIPROCAL)


def _terms(node: Node) -> tuple[Node, ...]:
    """Terms of an unnamed sum, so that a + b + c is one sum of three."""
    return node.inputs if isinstance(node, Sum) and not node.name else (node,)


def vector(parameter: str, size: str = "H") -> Vector:
    """Return the parameter vector, of shape (size,)."""
    return Vector(parameter=parameter, size=size)


def matrix(parameter: str, node: Node, size: str = "H") -> Matrix:
    """Return the parameter matrix, of shape (size, length of node), times ``node``."""
    return Matrix(inputs=(node,), parameter=parameter, size=size)


def affine(gate: str, x: Node, h: Node | None = None, peep: Node | None = None, size: str = "H") -> Sum:
    """Return the pre-activation ``a_gate`` = U h + W x + b of a gate, + p ⊙ peep if it peeps at a cell state.

    Without ``h`` it is W x + b, of the input alone.
    """
    past = matrix(f"U_{gate}", h, size) if h else None
    total = (past + matrix(f"W_{gate}", x, size) if past else matrix(f"W_{gate}", x, size)) + vector(f"b_{gate}", size)
    if peep:
        total = total + vector(f"p_{gate}") * peep
    total.name = f"a_{gate}"
    return total


def apply(named: str | Function, node: Node, bound: float | None = None) -> Apply:
    """Return a function of ``node``, pointwise; of ``node`` held between ±bound, if there is one."""
    if bound is not None:
        node = Apply(inputs=(node,), size=node.size, function=clip(bound))
    return Apply(inputs=(node,), size=node.size, function=function(named))


def maximum(a: Node, b: Node) -> Maximum:
    """Return the larger of two values of one size, pointwise."""
    return Maximum(inputs=(a, b), size=a.size)


def total(node: Node) -> Total:
    """Return the sum of the entries of ``node``, of size "1"."""
    return Total(inputs=(node,), size="1")


def exp(node: Node) -> Apply:
    """Return e to the power of ``node``."""
    return apply("exp", node)


def sigmoid(node: Node) -> Apply:
    """Return the logistic function of ``node``."""
    return apply(SIGMOID, node)


def tanh(node: Node) -> Apply:
    """Return the hyperbolic tangent of ``node``."""
    return apply(TANH, node)


@dataclass(frozen=True)
class Memory:
    """The state that a gate keeps: state ← gate ⊙ state + writer ⊙ candidate.

    Attributes
    ----------
    state : State
    gate, writer, candidate : Node
        ``f``, ``i`` and ``g`` of an LSTM; ``z``, ``1 − z`` and ``n`` of a GRU.
    """

    state: State
    gate: Node
    writer: Node
    candidate: Node


@dataclass(eq=False)
class Graph:
    """What one timestep computes; it is hashed and compared by identity.

    Attributes
    ----------
    nodes : tuple of Node
        All nodes in the order they were made: each after those it is made from.
    values : dict of str to Operation
        The named values in the order of the definition; a state's name is its value as it leaves the step.
    x : Input
    before : dict of str to State
        The states as they enter the step.
    carried : dict of Operation to State
        The values that leave the step as states, each with the state as which it enters the next.
    shapes : dict of str to tuple of str
        The symbols of every parameter's shape.
    output : str
        The state that is the cell's output.
    consumers : dict of Node to list of Operation
        The operations that read a node.
    level : dict of Node to int
        How many operations a node needs, one after another.
    memory : Memory or None
        As the values ``keep`` and ``write`` define it; None of a cell without them.
    """

    nodes: tuple[Node, ...]
    values: dict[str, Operation]
    x: Input
    before: dict[str, State]
    output: str

    def __post_init__(self) -> None:
        self.carried = {self.values[name]: state for name, state in self.before.items()}
        self.shapes = _shapes(self.nodes)
        self.memory = _memory(self.values)
        self.consumers: dict[Node, list[Operation]] = {node: [] for node in self.nodes}
        self.level: dict[Node, int] = {}
        for node in self.nodes:
            self.level[node] = 1 + max((self.level[i] for i in node.inputs), default=-1)
            for i in node.inputs:
                self.consumers[i].append(cast("Operation", node))


def graph_of(
    definition: Callable[..., dict[str, Any]],
    states: tuple[str, ...],
    output: str,
    starts: Mapping[str, float] | None = None,
    **options: Any,
) -> Graph:
    """Call ``definition`` once with symbols and return the graph it leaves.

    The definition returns its ``locals()``: the names it gave its values are the names in the graph.  A state that it
    deletes is none with these options.
    """
    x = Input(name="x", size="D")
    before = {name: State(name=name, size=name, start=(starts or {}).get(name, 0.0)) for name in states}
    named = {k: v for k, v in definition(x, *before.values(), **options).items() if isinstance(v, Node)}
    before = {name: state for name, state in before.items() if name in named}
    for name in before:
        if named[name] is before[name]:
            raise ValueError(f"{definition.__name__} never computes its state {name!r}")
        named[name].name = name
    for name, node in named.items():
        node.name = node.name or name
    every = {n for node in (*named.values(), *before.values()) for n in _walk(node)}
    nodes = tuple(sorted(every, key=lambda n: n.order))
    _settle_sizes(nodes, {name: named[name].size for name in before})
    return Graph(nodes, {n.name: n for n in nodes if n.name and isinstance(n, Operation)}, x, before, output)


def _walk(node: Node) -> Iterator[Node]:
    for i in node.inputs:
        yield from _walk(i)
    yield node


def _settle_sizes(nodes: tuple[Node, ...], sizes: dict[str, str]) -> None:
    """Replace the symbol of a state's own length by that of the value it becomes."""
    sizes = {name: "H" if size == name else size for name, size in sizes.items()}  # nothing but itself says how long
    for node in nodes:
        while sizes.get(node.size, node.size) != node.size:
            node.size = sizes[node.size]


def _shapes(nodes: tuple[Node, ...]) -> dict[str, tuple[str, ...]]:
    shapes: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        if isinstance(node, (Vector, Matrix)):
            shapes[node.parameter] = (node.size, *(i.size for i in node.inputs))
    return shapes


def _memory(values: dict[str, Operation]) -> Memory | None:
    match values.get("keep"), values.get("write"):
        case Product(inputs=(State() as state, gate) | (gate, State() as state)), Product(inputs=(writer, candidate)):
            return Memory(state, gate, writer, candidate)
    return None
