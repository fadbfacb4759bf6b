"""What a drawn layout is made of, while it is being drawn: nodes, wires, values, and the stages they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Unpack, assert_never

from app.stage.graph_roles import Reading, job, symbol
from app.stage.layout_types import (
    Anchor,
    Badge,
    Geometry,
    LayoutCaption,
    LayoutNode,
    LayoutValue,
    LayoutWire,
    NodeExtras,
    NodeKind,
    Point,
    Role,
    Span,
    WireKind,
)
from cells.expression import Apply, Input, Matrix, Maximum, Node, Product, State, Sum, Total, Vector, is_complement


@dataclass(frozen=True)
class Frame:
    """The measures of one size, from the published layouts."""

    wide: bool
    first: float  # the first column
    step: float  # from one layer to the next
    gate: tuple[float, float]
    belt: float
    gates: float  # the layers' row when nothing asks for more room
    margin: float  # from the last column to the body's edge


class Canvas:
    """One size of a picture while it is being drawn."""

    def __init__(self, reading: Reading, frame: Frame, stages: list[Node]):
        self.reading, self.frame, self.roles = reading, frame, reading.roles
        self.order = stages
        self.nodes: list[LayoutNode] = []
        self.wires: list[LayoutWire] = []
        self.values: list[LayoutValue] = []
        self.badges: list[Badge] = []
        self.own: dict[int, list[str]] = {number: [] for number in range(len(stages) + 1)}
        self.read: dict[int, list[str]] = {number: [] for number in range(len(stages) + 1)}
        self.x: dict[Node, float] = {}
        self.top: dict[Node, float] = {}  # where a value's wires leave from
        self.row: dict[Node, float] = {}
        self.foot = self.edge = self.right = 0.0  # the bus; the output's way down; the body's edge
        self.join: Point = [0, 0]
        self.sides: Point = [0, 0]
        self.joined: list[str] = []

    def role(self, node: Node) -> Role:
        return self.roles.get(node.name) or job(self.reading, node)

    def stage(self, node: Node) -> int:
        """The stage that makes a node: its own, or that of the first stage that needs it."""
        if isinstance(node, State | Input):
            return 0
        if node in self.order:
            return self.order.index(node) + 1
        if node in self.reading.feeds:
            return self.stage(self.reading.feeds[node])
        return min((self.stage(c) for c in self.reading.graph.consumers[node]), default=len(self.order))

    def add_node(
        self, name: str, kind: NodeKind, at: Point, role: Role, stage: int, **more: Unpack[NodeExtras]
    ) -> None:
        self.nodes.append({"id": name, "kind": kind, "x": at[0], "y": at[1], "role": role, "stage": stage, **more})
        self.own[stage].append(name)

    def wire(
        self, points: list[Point], role: Role, stage: int, arrow: bool = True, kind: WireKind = "wire", name: str = ""
    ) -> str:
        name = name or f"w{len(self.wires)}"
        self.wires.append({"id": name, "kind": kind, "role": role, "stage": stage, "points": points, "arrow": arrow})
        self.own[stage].append(name)
        return name

    def carry(self, source: Node, *readers: Node) -> None:
        """Say what comes back along the last wire: a value's gradient, or its terms from some readers alone."""
        before = "-before" if isinstance(source, State) else ""
        self.wires[-1]["carries"] = [source.name + before, *(reader.name for reader in readers)]

    def value(self, node: Node, at: Point, wire: str, hangs: Point | None = None) -> None:
        self.values.append({"name": node.name, "role": self.role(node), "stage": self.stage(node), "at": at,
                            "wire": wire, "hangsFrom": hangs, "label": self.label(node)})  # fmt: skip
        if isinstance(node, State):
            self.values[-1]["before"] = True

    def label(self, node: Node) -> list[Span]:
        if len(node.name) == 1:
            return [{"text": node.name, "role": self.role(node), "index": -1 if isinstance(node, State) else 0}]
        match node:
            case Apply() if is_complement(node):
                return [{"text": f"1−{node.inputs[0].name}", "role": self.role(node)}]
            case Apply():
                (inner,) = node.inputs
                return [{"text": f"{symbol(node)} ", "upright": True}, {"text": inner.name, "role": self.role(inner)}]
            case Product() if all(len(i.name) == 1 for i in node.inputs):
                a, b = (Span(text=i.name, role=self.role(i)) for i in node.inputs)
                return [a, {"text": " · ", "upright": True}, b]
            case Product():
                names = [f"(1−{i.inputs[0].name})" if is_complement(i) else i.name for i in node.inputs]
                return [{"text": "·".join(names), "role": self.role(node)}]
            case Input() | State() | Vector() | Matrix() | Sum() | Maximum() | Total():
                return [{"text": node.name, "role": self.role(node)}]
            case _:
                assert_never(node)

    def name_on(self, source: Node, wire: str, start: Point) -> None:
        known = [(v["name"], "before" in v) for v in self.values]
        if (source.name, isinstance(source, State)) not in known and source.name:
            gap = 33 if source in self.reading.gates else 34
            self.value(source, [start[0], start[1] - gap], wire)

    def bus(self, x: float, y: float, side: float = 0) -> list[Point]:
        """From the join along the bus and up to (x, y); `side` picks one strand."""
        if self.frame.wide:
            return [[self.join[0] + 20, self.foot + side], [x, self.foot + side], [x, y]]
        return [
            [self.join[0] + side, self.join[1] - 13],
            [self.join[0] + side, self.foot + side],
            [x, self.foot + side],
            [x, y],
        ]

    def inputs(self) -> None:
        """The input, the hidden state and the join, where the layers' bus begins."""
        wide, state = self.frame.wide, self.reading.graph.before[self.reading.graph.output]
        x_node, foot = self.reading.graph.x, self.foot
        across = (122 if wide else 50) if self.reading.joined else (130 if wide else 24)
        join = [across, foot if wide else foot + 52]
        self.join = join
        self.add_node("cat", "cat", join, "h", 0)
        if wide:
            self.wire([[join[0], foot + 66], [join[0], foot + 13]], "x", 0, name="x")
            self.value(x_node, [join[0], foot + 66], "x")
        else:
            level = join[1] + (0 if self.reading.joined else 14)
            self.wire([[join[0] + 100, level], [join[0] + 20, level]], "x", 0, name="x")
            self.value(x_node, [join[0] + 100, level], "x")
        self.sides = [112 if wide else 18, self.right]
        if self.reading.joined:
            self.add_node("copy-h", "copy", [self.sides[0], self.frame.belt], "h", 0)
            end = [[112, foot - 13]] if wide else [[18, foot + 26], [41, foot + 26], [41, foot + 39]]
            self.wire([[self.sides[0], self.frame.belt], *end], "h", 0, name="h")
        elif wide:
            self.wire([[44, foot], [join[0] - 20, foot]], "h", 0, name="h")
            self.value(state, [44, foot], "h")
        else:
            self.wire([[124, foot + 38], [44, foot + 38]], "h", 0, name="h")
            self.value(state, [124, foot + 38], "h")
        self.joined = ["x", "h", "cat", *(["copy-h"] if self.reading.joined else [])]

    def geometry(self) -> Geometry:
        wide, foot, belt = self.frame.wide, self.foot, self.frame.belt
        width, right = self.right + (100 if wide else 3), self.right + 57
        body = [96, 24, self.right - 96, foot + 45 - 24] if wide else [3, 42, self.right - 3, foot + 26 - 42]
        captions: list[LayoutCaption] = []

        def caption(at: Point, word: str, role: Role | Literal["m"] = "m", anchor: Anchor = "middle") -> None:
            captions.append({"at": at, "word": word, "role": role, "anchor": anchor})

        if wide:
            caption([self.join[0] + 58, foot + 71], "caption.input", anchor="start")
            sides = [(44, "caption.from"), (right, "caption.to")]
            lines = [(belt, self.reading.memory), (None if self.reading.joined else foot, self.reading.output)]
            for y, node in lines:
                if y is not None and node:
                    word = "caption.hidden" if self.role(node) == "h" else "caption.cell"
                    for x, _ in sides:
                        caption([x, y - 28], word, self.role(node))
                    for x, said in sides:
                        caption([x, y + 36], said)
        else:
            caption([self.join[0] + 144, self.join[1] + 4], "caption.input", anchor="start")
        badges = sorted(self.badges, key=lambda badge: badge["stage"])
        return {"viewBox": [0, 0, width, foot + (79 if wide else 82)], "body": body, "nodes": self.nodes,
                "wires": self.wires, "values": self.values, "badges": badges, "captions": captions}  # fmt: skip
