"""A layout for a cell that has none of its own, drawn from its graph.

Layers stand in columns and states run on belts, as in the published layouts. Every other operation has a row of its own
between them: a value rises in its column, turns once into the row of the operation that reads it, and a label stands
between two rows: so no wire crosses a label, whatever the cell.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.stage import diagonal_layout
from app.stage.diagonal_layout import Diagonal, drawn, is_layered, read_diagonal
from app.stage.graph_roles import Reading, peeped, read_graph, symbol
from app.stage.layout_canvas import Canvas, Frame
from app.stage.layout_types import Layout, NodeKind, Point, Size
from cells.expression import Apply, Graph, Matrix, Node, Operation, State, Vector, is_complement

FRAMES: dict[Size, Frame] = {
    "wide": Frame(True, 188, 112, (92, 56), 64, 298, 96),
    "narrow": Frame(False, 60, 76, (68, 56), 66, 284, 57),
}
ROW = 64  # from one row of operations to the next


def draw(kind: str, graph: Graph) -> Layout:
    sizes: Mapping[Size, Canvas]
    if is_layered(graph):
        reading = read_graph(graph)
        stages = reading.stages()
        sizes = {name: Drawing(reading, frame, stages) for name, frame in FRAMES.items()}
    else:
        reading, stages = read_diagonal(graph), list[Node](drawn(graph))
        sizes = {name: Diagonal(reading, frame, stages) for name, frame in diagonal_layout.FRAMES.items()}
    own = sizes["wide"].own
    return {
        "cell": kind,
        "names": [kind, "automatic"],
        "roles": reading.roles,
        "stages": [
            {
                "key": node.name, "value": node.name, "role": reading.roles[node.name],
                "own": own[number], "relit": [name for name in sizes["wide"].read[number] if name not in own[number]],
                "token": None,
            }
            for number, node in enumerate(stages, 1)
        ],
        "rows": ["x", *(node.name for node in stages)],
        "wide": sizes["wide"].geometry(),
        "narrow": sizes["narrow"].geometry(),
    }  # fmt: skip


class Drawing(Canvas):
    """One size of a picture, drawn part by part."""

    def __init__(self, reading: Reading, frame: Frame, stages: list[Node]):
        super().__init__(reading, frame, stages)
        self.columns()
        self.rows()
        self.inputs()
        for node in reading.feeds:
            self.feed(node)
        for gate in reading.gates:
            self.layer(gate)
        for node in reading.middle:
            self.operation(node)
        self.memory()
        for node in reading.after:
            self.show(node)
        if reading.output in reading.gates:
            x, y = self.x[reading.output], self.gates_y - 106
            self.leave(reading.output, [[x, self.top[reading.output]], [x, y], [self.edge, y]])

    # ---- places --------------------------------------------------------------------------------------------------

    def columns(self) -> None:
        """Layers from left to right: those that show what the memory holds come last."""
        reading, wide = self.reading, self.frame.wide
        at = first = self.frame.first + (18 if reading.joined else 0)
        late = [g for g in reading.gates if any(c in reading.after for c in reading.graph.consumers[g])]
        writes = [g for g in reading.gates if g not in late and self.role(g) == "g"]
        early = [g for g in reading.gates if g not in late and g not in writes]
        for gate in [*early, *writes, *late]:
            for node, reader in reading.feeds.items():
                if reader is gate:
                    self.x[node] = at - self.frame.step / 2 + 50 - (0 if self.frame.wide else 14)
                    at = self.x[node] + (126 if self.frame.wide else 106)
            self.x[gate] = at
            at += self.frame.step
        last = at - self.frame.step
        projects = any(isinstance(node, Matrix) for node in reading.after)
        least = (620 if wide else 345 if projects else 357) - self.frame.margin  # a projection wants room of its own
        if first < last < least:  # few layers: as wide as the published pictures
            self.x = {node: round(first + (x - first) * (least - first) / (last - first)) for node, x in self.x.items()}
        self.edge = max(last, least) + self.frame.margin - (18 if wide else 14) + (16 if projects else 0)
        self.right = self.edge + (44 if projects else 18 if wide else 14)
        for node in reading.middle:
            self.x[node] = self.column(node)

    def column(self, node: Node) -> float:
        """An operation stands over the input it reads last; a lone complement over its layer."""
        placed = [self.x[i] for i in node.inputs if i in self.x]
        return max(placed, default=self.frame.first)

    def rows(self) -> None:
        reading, count = self.reading, len(self.reading.middle)
        peeps = [gate for gate in reading.gates if any(isinstance(seen, State) for seen in peeped(gate))]
        rows = max(count + len(peeps), 1)
        after = 90 * max(0, len(reading.after) - 1) + 38
        least = self.frame.gates - 106 - self.frame.belt
        height = max(least, 64 + ROW * rows, after)
        self.gates_y = self.frame.belt + height + 106
        self.row = {node: self.gates_y - 106 - ROW * k for k, node in enumerate([*self.ordered(), *reversed(peeps)])}
        self.foot = self.gates_y + (83 if self.frame.wide else 82)

    def ordered(self) -> list[Operation]:
        """From the layers up: a value's last reader may take over its column, so complements come late."""
        left, done = list(self.reading.middle), []
        while left:
            ready = [n for n in left if not any(i in left for i in n.inputs)]
            ready.sort(key=lambda n: (isinstance(n, Apply), n.order))
            done.append(ready[0])
            left.remove(ready[0])
        return done

    def feed(self, node: Node) -> None:
        """A product that a layer reads: beside the layer, between the bus and the value that comes down to it."""
        stage, at = self.stage(node), [self.x[node], self.gates_y]
        self.add_node(f"at-{len(self.nodes)}", "op", at, "h", stage, symbol=symbol(node))
        self.wire(self.bus(at[0], at[1] + 15, -5), "h", stage)
        for state in (i for i in node.inputs if isinstance(i, State)):
            self.carry(state, self.reading.feeds[node])

    def layer(self, gate: Apply) -> None:
        reading, stage, role = self.reading, self.stage(gate), self.role(gate)
        (width, height), x, y = self.frame.gate, self.x[gate], self.gates_y
        self.add_node(f"gate-{gate.name}", "gate", [x, y], role, stage, symbol=gate.function.symbol or "=")
        self.nodes[-1] |= {"value": gate.name, "width": width, "height": height}
        self.badges.append({"stage": stage, "at": [x - width / 2 + 2, y - 27]})
        self.read[stage] += self.joined
        feeds = [node for node, reader in reading.feeds.items() if reader is gate]
        foot = y + height / 2
        if feeds:
            self.wire(self.bus(x, foot, 5), "x", stage)
            self.carry(reading.graph.x, gate)
            out = self.wire([[self.x[feeds[0]] + 15, y], [x - width / 2, y]], "h", stage)
            hang = (self.x[feeds[0]] + x) / 2
            self.value(feeds[0], [hang, y + (47 if self.frame.wide else 50)], out, [hang, y])
        else:
            self.wire(self.bus(x, foot), "h", stage, kind="ribbon")
        self.top[gate] = y - height / 2
        for seen in peeped(gate):
            self.peep(gate, seen, stage)
        self.rise(gate, stage)

    def peep(self, gate: Node, seen: Node, stage: int) -> None:
        """A peephole: from the belt round the outside of a layer to its side."""
        belt, y, half = self.frame.belt, self.gates_y, self.frame.gate[0] / 2
        at = self.x[gate] + (half + 14 if self.frame.wide else half + 5) * (-1 if isinstance(seen, State) else 1)
        points: list[Point] = [[at, belt], [at, y], [self.x[gate] + math.copysign(half, at - self.x[gate]), y]]
        if isinstance(seen, State):
            row = self.row[gate]
            points[:1] = [[self.sides[0], belt], [self.sides[0], row], [at, row]]
        self.add_node(f"copy-{gate.name}", "copy", points[0], self.role(seen), stage)
        self.wire(points, self.role(seen), stage)
        self.carry(seen, gate)

    def rise(self, gate: Node, stage: int) -> None:
        """A layer's value over it, and the wires from there to what reads it beside a layer."""
        x, y = self.x[gate], self.gates_y - 61
        for node in self.reading.graph.consumers[gate]:
            if node in self.reading.feeds:
                name = self.wire(
                    [[x, self.top[gate]], [x, y], [self.x[node], y], [self.x[node], self.gates_y - 15]],
                    self.role(gate),
                    stage,
                )
                self.read[self.stage(node)].append(name)
                self.value(gate, [x, y], name)
        # its label stands on the first wire drawn from it

    def operation(self, node: Node) -> None:
        """A middle operation in its row."""
        stage, at = self.stage(node), [self.x[node], self.row[node]]
        name = f"at-{len(self.nodes)}"
        kind: NodeKind = "fn" if isinstance(node, Apply) and not is_complement(node) else "op"
        self.add_node(name, kind, at, self.role(node), stage, symbol=symbol(node))
        for source in node.inputs:
            self.reach(source, at, stage)
        self.top[node] = at[1] - 15

    def reach(self, source: Node, at: Point, stage: int) -> None:
        """A wire from a value to the operation that stands `at`: up its column, then along the operation's row."""
        if isinstance(source, Vector):
            return
        x, role = self.x.get(source, self.sides[0]), self.role(source)
        start = [x, self.top.get(source, self.frame.belt)]
        side = 15 if at[0] < x else -15
        straight = at[0] == x
        end = [x, at[1] + 15] if straight else [at[0] + side, at[1]]
        points = [start, end] if straight else [start, [x, at[1]], end]
        owner = self.stage(source) if source in self.reading.gates else stage
        name = self.wire(points, role, owner)
        if owner != stage:
            self.read[stage].append(name)
        self.name_on(source, name, start)

    def memory(self) -> None:
        """The belt, from its value as it enters to its value as it leaves."""
        reading, y = self.reading, self.frame.belt
        if not reading.memory or not reading.before:
            return
        stage, role = self.stage(reading.memory), self.role(reading.memory)
        x, left, right = (
            self.sides[0] - 112 + 44 if self.frame.wide else 0,
            None,
            self.right + (57 if self.frame.wide else 3),
        )
        for node in reading.belt:
            others = [i for i in node.inputs if i is not left and i is not reading.before]
            at = [max((self.x.get(i, 0) for i in others), default=x + 80), y]
            start = self.wire([[x, y], [at[0] - 15, y]], role, stage, kind="belt")
            if left is None:
                if self.frame.wide:
                    self.value(reading.before, [x, y], start)
                else:
                    self.value(reading.before, [40, 18], start, [20, y])
            elif left.name:
                self.value(left, [(x + at[0] - 15) / 2, y], start)
            self.add_node(f"at-{len(self.nodes)}", "op", at, role, stage, symbol=symbol(node))
            for other in others:
                self.reach(other, at, stage)
            x, left = at[0] + 15, node
        out = self.wire([[x, y], [right, y]], role, stage, kind="belt", name="out")
        self.badges.append({"stage": stage, "at": [x + 10, 45] if self.frame.wide else [x + 7, 84]})
        self.value(
            reading.memory,
            [right, y] if self.frame.wide else [right - 40, 18],
            out,
            None if self.frame.wide else [right - 20, y],
        )

    def show(self, node: Operation) -> None:
        """What is shown of the memory: down from the belt, in the column of the layer that decides it."""
        reading, stage, role = self.reading, self.stage(node), self.role(node)
        gates = [self.x[g] for n in reading.after for g in n.inputs if g in reading.gates]
        x = max(gates, default=self.right - self.frame.margin)
        k, count = reading.after.index(node), len(reading.after)
        last = self.gates_y - 106
        if isinstance(node, Matrix):
            self.project(node)
            return
        count -= any(isinstance(n, Matrix) for n in reading.after)
        y = last if k == count - 1 else self.frame.belt + 38 + 90 * k if count > 1 else last
        name = f"at-{len(self.nodes)}"
        kind: NodeKind = "fn" if isinstance(node, Apply) else "op"
        self.add_node(name, kind, [x, y], role, stage, symbol=symbol(node))
        half = 17 if kind == "fn" else 15
        for source in node.inputs:
            if source is reading.memory:
                copied = f"copy-{len(self.nodes)}"
                self.add_node(copied, "copy", [x, self.frame.belt], self.role(source), stage)
                self.wire([[x, self.frame.belt], [x, y - half]], self.role(source), stage)
                self.carry(source, reading.output)
                self.read[stage] += ["out"]
            elif source in reading.after:
                way = self.wire([[x, self.top[source]], [x, y - half]], self.role(source), stage)
                if source.name:
                    self.value(source, [x, (self.top[source] + y - half) / 2], way)
            elif source in self.x:
                self.reach(source, [x, y], stage)
        self.x[node], self.top[node], self.row[node] = x, y + half, y
        if node is reading.output:
            self.badges.append({"stage": stage, "at": [x - 25, y - 13]})
            self.leave(node, [[x + 15, y], [self.edge, y]])

    def project(self, node: Matrix) -> None:
        """A matrix between what is shown and the output, on the output's way down."""
        source, stage, level = node.inputs[0], self.stage(node), self.gates_y - 40
        self.wire(
            [[self.x[source] + 15, self.row[source]], [self.edge, self.row[source]], [self.edge, level - 14]],
            "h",
            stage,
        )
        self.carry(source)
        self.add_node(f"at-{len(self.nodes)}", "chip", [self.edge, level], "h", stage, symbol="×")
        self.nodes[-1] |= {"parameter": node.parameter, "width": 52 if self.frame.wide else 48, "height": 28}
        self.badges.append({"stage": stage, "at": [self.x[source] - 25, self.row[source] - 13]})
        self.leave(node, [[self.edge, level + 14]])

    def leave(self, node: Node, start: list[Point]) -> None:
        """The output on its way to the next step."""
        if self.frame.wide:
            points = [*start, [self.edge, self.foot], [self.right + 57, self.foot]]
        else:
            points = [*start, [self.edge, self.foot + 38]]
        out = self.wire(points, self.role(node), self.stage(node), name="left")
        self.value(node, points[-1] if self.frame.wide else [self.edge - 25, self.foot + 50], out)
