"""How a graph is run: which nodes share memory and one NumPy call, and the record they write into.

Nodes of one level that do the same operation stand side by side in one *slab* (T, G, S, B, n): G nodes, S settings of a
sweep (1 without), B sequences, n numbers.  What depends on the input alone is computed for the whole sequence at once;
the rest is a handful of in-place calls per step.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np

from cells.expression import Graph, Node

Array = np.ndarray
Step = Callable[[int | slice], object]


class Plan:
    """The groups of a graph's nodes, in the order they run.

    Attributes
    ----------
    graph : Graph
    groups : list of list of Node
        Nodes that run as one; those of matrices folded into a sum, and of parameters, are in no group.
    place : dict of Node to (int, int)
        Group and position of every node that has room in a record.
    """

    def __init__(self, graph: Graph):
        self.graph = graph
        self.static = _static(graph)
        self.groups: list[list[Node]] = []
        self.place: dict[Node, tuple[int, int]] = {}
        for node in sorted((n for n in graph.nodes if self._has_room(n)), key=self._rank):
            if not (self.groups and self._joins(self.groups[-1], node)):
                self.groups.append([])
            self.groups[-1].append(node)
            self.place[node] = (len(self.groups) - 1, len(self.groups[-1]) - 1)

    def _has_room(self, node: Node) -> bool:
        return node.op in ("sum", "product", "function") or (node.op == "matrix" and not self.folded(node))

    def folded(self, node: Node) -> bool:
        """Tell whether ``node`` is a matrix product that only serves one sum, which then adds it up in place."""
        consumers = self.graph.consumers[node]
        return node.op == "matrix" and not node.name and len(consumers) == 1 and consumers[0].op == "sum"

    def recurrent(self, node: Node) -> tuple[Node, ...]:
        """Return the folded matrices of a sum that must be multiplied anew at each step."""
        return tuple(i for i in node.inputs if self.folded(i) and i not in self.static)

    def _rank(self, node: Node) -> tuple:
        function = node if node.op == "function" else next(iter(self.graph.consumers[node]), node)
        return (self.graph.level[node], node in self.static, node.op, node.size, function.function.name, node.order)

    def _joins(self, group: list[Node], node: Node) -> bool:
        last = group[-1]
        same = self._rank(last)[:4] == self._rank(node)[:4] and not self._is_state(last) and not self._is_state(node)
        if node.op == "sum":
            return same and [m.inputs for m in self.recurrent(last)] == [m.inputs for m in self.recurrent(node)] != []
        if node.op == "function" and last.function is node.function and same:
            before, here = (self.place.get(n.inputs[0]) for n in (last, node))
            return before is not None and here == (before[0], before[1] + 1)
        return False

    def _is_state(self, node: Node) -> bool:
        return self.graph.values.get(node.name) is node and node.name in self.graph.before


def _static(graph: Graph) -> set[Node]:
    """Return the nodes that depend on the input and on parameters alone."""
    static: set[Node] = set()
    for node in graph.nodes:
        if node.op != "state" and all(i in static for i in node.inputs):
            static.add(node)
    return static


@cache
def plan_of(graph: Graph) -> Plan:
    """Return the graph's plan, made once."""
    return Plan(graph)


class Record:
    """Room for one array (T, S, B, n) per node, over all steps.

    The same layout holds the values of a run and their gradients.  A state's slab has one row more: row 0 is the state
    that entered the first step, so that "before" and "after" are two views of one array.  All slabs are cut from one
    piece of memory: what is given back whole is taken again by the next run, where many pieces would go to the system
    and come back page by page.
    """

    def __init__(self, plan: Plan, sizes: Mapping[str, int], x: Array, lead: int, fill: float | None = None):
        self.plan = plan
        steps, batch = len(x), x.shape[2]
        states = [plan.graph.before.get(group[0].name) if plan._is_state(group[0]) else None for group in plan.groups]
        shapes = [
            (steps + (state is not None), len(group), lead, batch, sizes[group[0].size])
            for group, state in zip(plan.groups, states, strict=True)
        ]
        room = (np.empty if fill is None else np.zeros)(sum(map(math.prod, shapes)), x.dtype)
        self.slabs: list[Array] = []
        self._nodes: dict[Node, Array] = {plan.graph.x: x}
        for group, state, shape in zip(plan.groups, states, shapes, strict=True):
            size = math.prod(shape)
            slab, room = room[:size].reshape(shape), room[size:]
            if state is not None:
                slab, self._nodes[state] = slab[1:], slab[:-1, 0]
            self.slabs.append(slab)
            self._nodes.update({node: slab[:, k] for k, node in enumerate(group)})

    def __getitem__(self, node: Node) -> Array:
        return self._nodes[node]

    def stack(self, nodes: list[Node]) -> Array:
        """Return (T, G, S, B, n) of nodes that stand side by side, or of one node."""
        if nodes[0] not in self.plan.place:
            return self[nodes[0]][:, None]
        group, first = self.plan.place[nodes[0]]
        return self.slabs[group][:, first : first + len(nodes)]

    @property
    def nbytes(self) -> int:
        """Bytes of the recorded arrays."""
        return sum(slab.nbytes for slab in self.slabs)


def forward(record: Record, parameters: Mapping[str, Array], active: Array | None) -> None:
    """Fill ``record``, whose input and first states stand already.

    Parameters
    ----------
    record : Record
    parameters : mapping of str to array (S or 1, …)
    active : array of bool (T, B), optional
        Where a sequence still runs; past its end the states stay as they are.
    """
    per_step: list[Step] = []
    for group, slab in zip(record.plan.groups, record.slabs, strict=True):
        step = _FORWARD[group[0].op](record, group, slab, parameters)
        if group[0] in record.plan.static:
            step(slice(None))
        else:
            per_step.append(step)
    states = [
        (record[before], record[record.plan.graph.values[name]]) for name, before in record.plan.graph.before.items()
    ]
    for t in range(len(record[record.plan.graph.x])):
        for step in per_step:
            step(t)
        if active is not None and not active[t].all():
            for before, after in states:
                np.copyto(after[t], before[t], where=~active[t][:, None])


def operand(record: Record, node: Node, parameters: Mapping[str, Array]) -> Array:
    """Return a node's numbers over all steps; a parameter's are the same at every step."""
    if node.op != "vector":
        return record[node]
    p = parameters[node.parameter]
    return np.broadcast_to(p[:, None], (len(record[record.plan.graph.x]), len(p), 1, p.shape[-1]))


def weights(nodes: tuple[Node, ...] | list[Node], parameters: Mapping[str, Array]) -> Array:
    """Return the matrices of ``nodes`` as one array (G, S or 1, n, m), contiguous."""
    lead = max(len(parameters[n.parameter]) for n in nodes)
    return np.stack([np.broadcast_to(p, (lead, *p.shape[1:])) for p in (parameters[n.parameter] for n in nodes)])


def _function(record: Record, group: list[Node], slab: Array, parameters: Mapping[str, Array]) -> Step:
    a, apply = record.stack([n.inputs[0] for n in group]), group[0].function.apply
    return lambda t: apply(a[t], slab[t])


def _product(record: Record, group: list[Node], slab: Array, parameters: Mapping[str, Array]) -> Step:
    a, b = (operand(record, i, parameters) for i in group[0].inputs)
    out = slab[:, 0]
    return lambda t: np.multiply(a[t], b[t], out[t])


def _matrix(record: Record, group: list[Node], slab: Array, parameters: Mapping[str, Array]) -> Step:
    source, out = record[group[0].inputs[0]], slab[:, 0]
    transposed = np.ascontiguousarray(np.swapaxes(parameters[group[0].parameter], -1, -2))
    return lambda t: np.matmul(source[t], transposed, out[t])


def _sum(record: Record, group: list[Node], slab: Array, parameters: Mapping[str, Array]) -> Step:
    """Set each sum to what the whole sequence gives it at once, and return the rest as a step."""
    plan, steps = record.plan, []
    static = [[i for i in node.inputs if i in plan.static] for node in group]
    later = [[record[i] for i in node.inputs if i not in plan.static and not plan.folded(i)] for node in group]
    columns = list(zip(*(plan.recurrent(node) for node in group), strict=True))
    # Where no setting of a sweep changes the static part, it is kept once and not once for each setting.
    lead = max((_settings(record, i, parameters) for terms in static for i in terms), default=1)
    base = (
        slab if lead == slab.shape[2] or not columns else np.empty((*slab.shape[:2], lead, *slab.shape[3:]), slab.dtype)
    )
    for k, terms in enumerate(static):
        if terms or columns:
            base[:, k] = _whole(record, terms[0], parameters) if terms else 0
            for i in terms[1:]:
                base[:, k] += _whole(record, i, parameters)
        else:
            steps.append(_adds(slab[:, k], later[k].pop(), later[k].pop()))
    for column in columns:
        steps.append(_multiplies(slab, base, record[column[0].inputs[0]], column, parameters))
        base = slab
    steps += [_adds(slab[:, k], slab[:, k], term) for k, terms in enumerate(later) for term in terms]
    return steps[0] if len(steps) == 1 else lambda t: [each(t) for each in steps]


def _settings(record: Record, node: Node, parameters: Mapping[str, Array]) -> int:
    """Return how many settings of a sweep a static term differs between: S or 1."""
    if node in record.plan.place or not node.parameter:
        return record[node].shape[1]
    return max(len(parameters[node.parameter]), *(record[i].shape[1] for i in node.inputs), 1)


def _whole(record: Record, node: Node, parameters: Mapping[str, Array]) -> Array:
    """Return a static term over all steps at once."""
    if not record.plan.folded(node):
        return operand(record, node, parameters)
    source, w = record[node.inputs[0]], np.swapaxes(parameters[node.parameter], -1, -2)
    if len(w) > 1:
        return np.matmul(source, w)
    flat = source.reshape(-1, source.shape[-1]) @ w[0]
    return flat.reshape(*source.shape[:-1], -1)


def _adds(out: Array, a: Array, b: Array) -> Step:
    return lambda t: np.add(a[t], b[t], out[t])


def _multiplies(
    slab: Array, base: Array, source: Array, nodes: tuple[Node, ...], parameters: Mapping[str, Array]
) -> Step:
    """Return the step that sets a slab to ``base`` plus all nodes’ matrices times their source, in one product."""
    settings, batch, n = slab.shape[2:]
    matrices = [np.swapaxes(parameters[node.parameter], -1, -2) for node in nodes]
    lead, m, gates = max(len(p) for p in matrices), source.shape[-1], len(nodes)
    wide = np.empty((lead, m, gates, n), slab.dtype)
    for g, matrix in enumerate(matrices):
        wide[:, :, g] = matrix
    wide = wide.reshape(lead, m, gates * n)
    products = np.empty((settings, batch, gates * n), slab.dtype)
    by_gate = products.reshape(settings, batch, gates, n).transpose(2, 0, 1, 3)

    def step(t: int | slice) -> None:
        if lead == 1:
            np.matmul(source[t].reshape(-1, m), wide[0], products.reshape(-1, gates * n))
        else:
            np.matmul(source[t], wide, products)
        np.add(base[t], by_gate, slab[t])

    return step


_FORWARD = {"function": _function, "product": _product, "matrix": _matrix, "sum": _sum}
