"""What a cell's graph says about its picture: layers, belts, what is done to them, in which stage and in which hue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from app.stage.layout_types import Role
from cells.expression import (
    Apply,
    Graph,
    Input,
    Matrix,
    Maximum,
    Node,
    Operation,
    Product,
    State,
    Sum,
    Total,
    Vector,
    is_complement,
)


@dataclass
class Reading:
    """A graph read as a picture.

    `gates` are learned layers in playing order; `belt` the products and sums a memory passes; `feeds` the products that
    a layer's matrix reads; `middle` and `after` the other operations, which the belt reads or which read it.
    """

    graph: Graph
    memory: Operation | None = None
    gates: list[Apply] = field(default_factory=list)
    belt: list[Operation] = field(default_factory=list)
    feeds: dict[Node, Apply] = field(default_factory=dict)
    middle: list[Operation] = field(default_factory=list)
    after: list[Operation] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)

    @property
    def output(self) -> Operation:
        return self.graph.values[self.graph.output]

    @property
    def before(self) -> Node | None:
        return self.graph.before[self.memory.name] if self.memory else None

    @property
    def joined(self) -> bool:
        """Whether the memory is also the hidden state that the layers read."""
        return self.memory is self.output

    def stages(self) -> list[Node]:
        """The values whose making is a stage, in playing order."""
        last = [node for node in (self.memory, self.output) if node and node not in self.gates]
        return sorted({*self.gates, *last}, key=lambda node: node.order)


def read_graph(graph: Graph) -> Reading:
    reading = Reading(graph)
    inner = {node for gate in map(layer, graph.nodes) if gate for node in gate}
    reading.gates = [node for node in graph.nodes if isinstance(node, Apply) and layer(node)]
    for name, before in graph.before.items():
        chain = passing(graph, before, graph.values[name])
        if chain and not reading.belt:
            reading.belt, reading.memory = chain, graph.values[name]
    drawn: set[Node] = {*reading.gates, *reading.belt}
    for node in graph.nodes:
        if node in drawn or node in inner or not isinstance(node, Operation):
            continue
        reader = next((gate for gate in reading.gates if node in matrix_inputs(gate) | sources(gate)), None)
        if reader and node not in inner:
            reading.feeds[node] = reader
        elif reading.memory and reading.memory in ancestors(node):
            reading.after.append(node)
        else:
            reading.middle.append(node)
    reading.roles = roles_of(reading)
    return reading


def layer(node: Node) -> set[Node]:
    """The sums, matrices and bounds inside a learned layer; empty where the node is none."""
    if not isinstance(node, Apply) or is_complement(node):
        return set()
    inside: set[Node] = set()
    (below,) = node.inputs
    while isinstance(below, Apply) and not below.name:
        inside.add(below)
        (below,) = below.inputs
    if not isinstance(below, Sum):
        return set()
    products = (part for part in below.inputs if isinstance(part, Product) and not part.name)
    matrices = [part for part in below.inputs if isinstance(part, Matrix)]
    return inside | {below, *matrices, *products} if matrices else set()


def sum_of(gate: Apply) -> Sum:
    return next(node for node in layer(gate) if isinstance(node, Sum))


def matrix_inputs(gate: Apply) -> set[Node]:
    return {part.inputs[0] for part in sum_of(gate).inputs if isinstance(part, Matrix)}


def sources(gate: Apply) -> set[Node]:
    """Values a layer's sum takes as they are, past its weights."""
    return {part for part in sum_of(gate).inputs if isinstance(part, Product | Sum | Apply) and part.name}


def peeped(gate: Apply) -> list[Node]:
    """What a layer sees through a vector: the cell state through a peephole."""
    products = [part.inputs for part in sum_of(gate).inputs if isinstance(part, Product)]
    return [seen for weight, seen in products if isinstance(weight, Vector)]


def ancestors(node: Node) -> set[Node]:
    found: set[Node] = set()
    stack = list(node.inputs)
    while stack:
        below = stack.pop()
        if below not in found:
            found.add(below)
            stack += below.inputs
    return found


def passing(graph: Graph, before: Node, after: Node) -> list[Operation]:
    """The products and sums a state passes on its way to itself; empty where anything else stands between."""
    chain: list[Operation] = []
    node = after
    while node is not before:
        if not isinstance(node, Product | Sum):
            return []
        chain.insert(0, node)
        onward = [below for below in node.inputs if below is before]
        onward += [n for n in node.inputs if isinstance(n, Product | Sum) and before in n.inputs]
        if not onward:
            return []
        node = onward[0]
    return chain


def roles_of(reading: Reading) -> dict[str, Role]:
    """Hues by job: what keeps is f, what writes i, what is written g, what recalls or shows o."""
    graph = reading.graph
    memory: Role = "h" if reading.joined or not reading.memory else "c"
    roles: dict[str, Role] = {"x": "x", **dict.fromkeys(graph.before, "h")}
    if reading.memory:
        roles[reading.memory.name] = memory
    for gate in reading.gates:
        roles.setdefault(gate.name, job(reading, gate))
    for node in [*reading.middle, *reading.belt, *reading.feeds, *reading.after]:
        if node.name and is_complement(node):
            roles.setdefault(node.name, job(reading, node))
        elif node.name:
            roles.setdefault(node.name, "h" if node in reading.after or node in reading.feeds else memory)
    return roles


def job(reading: Reading, node: Node) -> Role:
    consumers = reading.graph.consumers[node]
    if any(c in reading.belt and isinstance(c, Product) for c in consumers):
        return "f"
    for c in consumers:
        if isinstance(c, Product) and c not in reading.feeds and c not in reading.after:
            other = next((i for i in c.inputs if i is not node), node)
            return "i" if symbol(node) != "tanh" or symbol(other) == "tanh" else "g"
    if any(c in reading.feeds or c in reading.after for c in consumers):
        return "o"
    return "g" if node.name != reading.graph.output else "h"


def symbol(node: Node) -> str:
    """The sign of an operation in a picture; a value has none."""
    match node:
        case Product():
            return "×"
        case Sum():
            return "+"
        case Maximum():
            return "max"
        case Total():
            return "Σ"
        case Apply():
            return node.function.symbol
        case Matrix() | Input() | State() | Vector():
            return ""
        case _:
            assert_never(node)
