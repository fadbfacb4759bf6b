"""A layout for a cell that is not made of layers over an input and a state: its values on a diagonal.

Each value with a letter has a row and a column of its own, after those it is made of. What it is, stands where the two
cross; its number beside it. A value goes to the right along its row, and down into the columns of those that read it,
so that no wire crosses a number or an operation, whatever the cell. Values without a letter are within their readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.stage.graph_roles import Reading, symbol
from app.stage.layout_canvas import Canvas, Frame
from app.stage.layout_types import Geometry, NodeKind, Point, Role, Size
from cells.equations import has_letter
from cells.expression import Graph, Input, Matrix, Node, Operation, Product, State, Sum, Vector
from cells.formulas import is_inline

FRAMES: dict[Size, Frame] = {
    "wide": Frame(True, 206, 66, (34, 34), 64, 0, 110),
    "narrow": Frame(False, 152, 66, (34, 34), 66, 0, 32),
}
WIDEST = 396  # of the narrow picture, which a phone shows whole
ROW, RADIUS, HEAD = 46, 15, 34  # an operation is a circle of 15, a function of 17
TALLEST, LEAST = 400, 31  # of all rows together, where they can be closer to each other; the least from one to the next
CORNER = 58  # below the last row of a wide picture, in whose corner the stage has its buttons


def is_layered(graph: Graph) -> bool:
    """Whether a cell is layers that each read the input and the hidden state, around one memory at most."""
    sums = [n for n in graph.nodes if isinstance(n, Sum) and any(isinstance(i, Matrix) for i in n.inputs)]
    fed = all(any(not isinstance(i.inputs[0], Input) for i in n.inputs if isinstance(i, Matrix)) for n in sums)
    return fed and len(graph.before) <= 2


def read_diagonal(graph: Graph) -> Reading:
    """Roles alone: every value with a letter is drawn in the same way."""
    roles: dict[str, Role] = {"x": "x"}
    for name in graph.before:
        roles[name] = "h" if name == graph.output else "c"
    for node in drawn(graph):
        roles.setdefault(node.name, hue(graph, node))
    return Reading(graph, roles=roles)


def drawn(graph: Graph) -> list[Operation]:
    """The values with a letter, each after those it is made of."""
    return [node for node in graph.nodes if isinstance(node, Operation) and has_letter(graph, node)]


def hue(graph: Graph, node: Node) -> Role:
    """By the job: what multiplies a state keeps, what is multiplied by such a value is shown, the rest writes."""
    readers = list(read_by(graph, node))
    products = [reader for reader in readers if isinstance(reader, Product)]
    if any(isinstance(i, State) for reader in products for i in reader.inputs):
        return "f"
    if any(reader.name == graph.output for reader in readers):
        return "o"
    others = [i for reader in products for i in reader.inputs if i is not node]
    return "g" if any(i.order < node.order for i in others) else "i"


def read_by(graph: Graph, node: Node) -> Iterator[Operation]:
    """What reads a value, past those without a letter."""
    for reader in graph.consumers[node]:
        yield reader
        if not has_letter(graph, reader):
            yield from read_by(graph, reader)


def read_of(graph: Graph, node: Node) -> Iterator[Node]:
    """The values with a letter, the states and the input that a value is made of."""
    for i in node.inputs:
        if isinstance(i, Input | State) or (isinstance(i, Operation) and has_letter(graph, i)):
            yield i
        elif not isinstance(i, Vector):
            yield from read_of(graph, i)


def sign(node: Node) -> str:
    """What an operation is called in its circle."""
    shown = node.inputs[0] if is_inline(node) else node
    return "W" if isinstance(shown, Matrix) else symbol(shown)[:4] or "+"


class Diagonal(Canvas):
    """One size of a picture, drawn value by value."""

    def __init__(self, reading: Reading, frame: Frame, stages: list[Node]):
        super().__init__(reading, frame, stages)
        graph = reading.graph
        self.sources = {node: list(dict.fromkeys(read_of(graph, node))) for node in stages}
        entered: list[Node] = [
            graph.x,
            *(s for s in graph.before.values() if any(s in read for read in self.sources.values())),
        ]
        row = min(ROW, max(LEAST, TALLEST / (len(entered) + len(stages) - 1)))
        room = (WIDEST - frame.margin - frame.first) / max(len(stages) - 1, 1)
        step = frame.step * row / ROW if frame.wide else min(frame.step, room)
        self.x = {node: frame.first + step * k for k, node in enumerate(stages)}
        self.row = {node: HEAD + row * k for k, node in enumerate([*entered, *stages])}
        self.edge = frame.first + step * (len(stages) - 1) + (56 if frame.wide else frame.margin)
        self.spread = 7.0 if frame.wide else min(7.0, step / 8)
        for node in stages:
            self.operation(node)
        for value in [*entered, *stages]:
            self.number(value)

    def operation(self, node: Node) -> None:
        """A value's circle, its wires from what it reads, and the belt on which it leaves the step."""
        x, y, stage, graph = self.x[node], self.row[node], self.stage(node), self.reading.graph
        kind: NodeKind = "op" if sign(node) in ("×", "+") else "fn"
        self.add_node(f"at-{node.name}", kind, [x, y], self.role(node), stage, symbol=sign(node))
        self.badges.append({"stage": stage, "at": [x + 18, y - 15]})
        sources = self.sources[node]
        spread = min(self.spread, 24 / max(len(sources) - 1, 1))
        for k, source in enumerate(sources):
            column = x + spread * (k - (len(sources) - 1) / 2)
            start: Point = [self.x[source] + RADIUS if source in self.x else self.margin, self.row[source]]
            points: list[Point] = [start, [column, self.row[source]], [column, y - RADIUS + 1]]
            self.wire(points, self.role(source), stage)
            if not (
                isinstance(node, Operation) and graph.carried.get(node) is source
            ):  # which tells the whole gradient
                self.carry(source, node)
        if node in graph.carried:
            right = self.edge + (self.frame.margin if self.frame.wide else 0)
            self.wire([[x + RADIUS, y], [right, y]], self.role(node), stage, kind="belt", name=f"out-{node.name}")

    @property
    def margin(self) -> float:
        """Where what enters the step begins."""
        return 46 if self.frame.wide else 36

    def number(self, node: Node) -> None:
        """A value beside its circle, or where it enters the step."""
        inside = node in self.x
        at: Point = [self.x[node] - (64 if self.frame.wide else 54) if inside else self.margin, self.row[node]]
        self.value(node, at, self.own_wire(node))

    def own_wire(self, node: Node) -> str:
        """The wire that brings back all of a value's gradient, or else the first that it goes along."""
        graph = self.reading.graph
        if node in graph.carried:
            return f"out-{node.name}"
        own = [w for w in self.wires if w["role"] == self.role(node) and w["points"][0][1] == self.row[node]]
        return next((w["id"] for w in own if "carries" not in w), own[0]["id"] if own else "")

    def geometry(self) -> Geometry:
        frame, last = self.frame, max(self.row.values())
        left = 92 if frame.wide else 74
        width = self.edge + frame.margin if frame.wide else self.edge
        height = last + (CORNER if frame.wide else 40)
        body = [left, 8, self.edge - left - (0 if frame.wide else 6), last + 24 - 8]
        return {"viewBox": [0, 0, width, height], "body": body, "nodes": self.nodes, "wires": self.wires,
                "values": self.values, "badges": sorted(self.badges, key=lambda badge: badge["stage"]),
                "captions": []}  # fmt: skip
