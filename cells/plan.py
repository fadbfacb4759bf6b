"""How a graph is run: which nodes share memory and one NumPy call, and the record they write into.

Nodes of one level that do the same operation are adjacent in one *slab* (T, G, S, B, n): G nodes, S settings of a
sweep (1 without), B sequences, n numbers.  *Static* nodes, which depend on the input alone, are computed for the whole
sequence at once; the others are a handful of in-place calls per step.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import assert_never

import numpy as np

from cells.checks import Array
from cells.expression import Apply, Graph, Matrix, Maximum, Node, Operation, Product, State, Sum, Total, Vector
from cells.functions import IDENTITY

Step = Callable[[int | slice], object]
Steps = list[Step]


class Parameters(dict[str, Array]):
    """Parameters by name, each (S or 1, …), and what runs have stacked of them: a cell is run many times."""

    def __init__(self, arrays: Mapping[str, Array]):
        super().__init__(arrays)
        self._stacked: dict[tuple[str, ...], Array] = {}

    def stacked(self, nodes: Sequence[Matrix]) -> Array:
        """Return the matrices of ``nodes``, transposed and side by side: (S or 1, m, G·n), contiguous, made once."""
        names = tuple(node.parameter for node in nodes)
        if names not in self._stacked:
            lead = max(len(self[name]) for name in names)
            parts = [np.broadcast_to(np.swapaxes(self[n], -1, -2), (lead, *self[n].shape[:0:-1])) for n in names]
            self._stacked[names] = np.ascontiguousarray(np.concatenate(parts, axis=-1))
        return self._stacked[names]


class Plan:
    """The groups of a graph's nodes, in the order they run.

    Attributes
    ----------
    graph : Graph
    static : set of Node
        Nodes that depend on the input and on parameters alone.
    groups : list of list of Operation
        Nodes that run as one call; fused matrices and parameters are in no group.
    place : dict of Node to (int, int)
        Group and position of every node that has room in a record.
    """

    def __init__(self, graph: Graph):
        self.graph = graph
        self.static: set[Node] = set()
        for node in graph.nodes:
            if not isinstance(node, State) and all(i in self.static for i in node.inputs):
                self.static.add(node)
        self.groups: list[list[Operation]] = []
        self.place: dict[Node, tuple[int, int]] = {}
        stored = (n for n in graph.nodes if isinstance(n, Operation) and not self.fused(n))
        for node in sorted(stored, key=lambda n: (*self._call(n), self._function(n), n.order)):
            if not (self.groups and self._shares_call(self.groups[-1][-1], node)):
                self.groups.append([])
            self.groups[-1].append(node)
            self.place[node] = (len(self.groups) - 1, len(self.groups[-1]) - 1)

    def fused(self, node: Node) -> bool:
        """Tell whether ``node`` is a matrix product that only one sum reads, which then accumulates it in place."""
        consumers = self.graph.consumers[node]
        return isinstance(node, Matrix) and not node.name and len(consumers) == 1 and isinstance(consumers[0], Sum)

    def recurrent(self, group: Sequence[Operation]) -> list[tuple[Matrix, ...]]:
        """Return the fused matrices that are multiplied anew at each step.

        Those of one entry, one for each sum of the group, read the same node: they are multiplied in one product.
        """
        return list(zip(*(self._recurrent(node) for node in group), strict=True))

    def _recurrent(self, node: Operation) -> list[Matrix]:
        return [i for i in node.inputs if isinstance(i, Matrix) and self.fused(i) and i not in self.static]

    def _call(self, node: Operation) -> tuple[int, bool, str, str]:
        """What nodes must have in common to run in one call."""
        return self.graph.level[node], node in self.static, type(node).__name__, node.size

    def _function(self, node: Operation) -> str:
        """The name of the function that a node applies, or feeds; sorted by it, gates of one function are adjacent."""
        applied = node if isinstance(node, Apply) else next(iter(self.graph.consumers[node]), node)
        return applied.function.name if isinstance(applied, Apply) else IDENTITY.name

    def _shares_call(self, last: Operation, node: Operation) -> bool:
        """Tell whether ``node`` runs in one call with ``last``, which is next to it in memory.

        Functions do if they are the same and their arguments are adjacent too, sums if they have recurrent matrices of
        the same sources.  A state has a slab of its own.
        """
        if self._call(last) != self._call(node) or last in self.graph.carried or node in self.graph.carried:
            return False
        if isinstance(last, Apply) and isinstance(node, Apply):
            before, here = (self.place.get(n.inputs[0]) for n in (last, node))
            return last.function is node.function and before is not None and here == (before[0], before[1] + 1)
        sources, others = ([matrix.inputs for matrix in self._recurrent(n)] for n in (last, node))
        return bool(sources) and sources == others


@cache
def plan_of(graph: Graph) -> Plan:
    """Return the graph's plan, made once."""
    return Plan(graph)


class Record:
    """Room for one array (T, S, B, n) per node, over all steps.

    The same layout holds the values of a run and their gradients.  A state's slab has one row more: row 0 is the state
    that entered the first step, so that "before" and "after" are two views of one array.  All slabs are cut from one
    allocation: the allocator reuses it for the next run, where many small ones would be returned to the system.
    """

    def __init__(self, plan: Plan, sizes: Mapping[str, int], x: Array, lead: int, fill: float | None = None):
        self.plan = plan
        steps, batch = len(x), x.shape[2]
        states = [plan.graph.carried.get(group[0]) for group in plan.groups]
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

    def part(self, steps: slice) -> Record:
        """Return a view of some steps."""
        part = Record.__new__(Record)
        part.plan, part.slabs = self.plan, [slab[steps] for slab in self.slabs]
        part._nodes = {node: array[steps] for node, array in self._nodes.items()}
        return part

    def stack(self, nodes: Sequence[Node]) -> Array:
        """Return (T, G, S, B, n) of adjacent nodes, or of one node."""
        if nodes[0] not in self.plan.place:
            return self[nodes[0]][:, None]
        group, first = self.plan.place[nodes[0]]
        return self.slabs[group][:, first : first + len(nodes)]

    @property
    def nbytes(self) -> int:
        """Bytes of the recorded arrays."""
        return sum(slab.nbytes for slab in self.slabs)


def forward(record: Record, parameters: Parameters, running: Array | None) -> None:
    """Fill ``record``, which already holds the input and the first states.

    Parameters
    ----------
    record : Record
    parameters : mapping of str to array (S or 1, …)
    running : array of bool (T, B), optional
        Where a step is read; elsewhere the states stay as they are.
    """
    static, per_step = steps_of(record, parameters)
    for step in static:
        step(slice(None))
    states = [(record[before], record[after]) for after, before in record.plan.graph.carried.items()]
    for t in range(len(record[record.plan.graph.x])):
        for step in per_step:
            step(t)
        if running is not None and not running[t].all():
            for before, after in states:
                np.copyto(after[t], before[t], where=~running[t][:, None])


def steps_of(record: Record, parameters: Parameters) -> tuple[Steps, Steps]:
    """Return what fills a record, in order: what depends on the input alone and takes any steps at once; the rest."""
    static: Steps = []
    per_step: Steps = []
    for group, slab in zip(record.plan.groups, record.slabs, strict=True):
        at_once, one_by_one = _steps(record, group, slab, parameters)
        static += at_once
        per_step += one_by_one
    return static, per_step


def operand(record: Record, node: Node, parameters: Parameters) -> Array:
    """Return a node's numbers over all steps; a parameter's are the same at every step."""
    if not isinstance(node, Vector):
        return record[node]
    p = parameters[node.parameter]
    return np.broadcast_to(p[:, None], (len(record[record.plan.graph.x]), len(p), 1, p.shape[-1]))


def arguments_of(record: Record, group: Sequence[Operation], parameters: Parameters) -> Array:
    """Return what the functions of a group are applied to, (T, G, S or 1, B or 1, n)."""
    first = group[0].inputs[0]
    if isinstance(first, Vector):  # a group of one
        return operand(record, first, parameters)[:, None]
    return record.stack([n.inputs[0] for n in group])


def _steps(record: Record, group: Sequence[Operation], slab: Array, parameters: Parameters) -> tuple[Steps, Steps]:
    """Return what computes a group, as :func:`steps_of` does all."""
    node, out = group[0], slab[:, 0]
    step: Step
    match node:
        case Apply():
            arguments, apply = arguments_of(record, group, parameters), node.function.apply
            step = lambda t: apply(arguments[t], slab[t])  # noqa: E731
        case Product():
            a, b = (operand(record, i, parameters) for i in node.inputs)
            step = lambda t: np.multiply(a[t], b[t], out[t])  # noqa: E731
        case Maximum():
            a, b = (operand(record, i, parameters) for i in node.inputs)
            step = lambda t: np.maximum(a[t], b[t], out=out[t])  # noqa: E731
        case Total():
            entries = operand(record, node.inputs[0], parameters)
            step = lambda t: np.sum(entries[t], axis=-1, keepdims=True, out=out[t])  # noqa: E731
        case Matrix():
            source = record[node.inputs[0]]
            transposed = parameters.stacked([node])
            step = lambda t: np.matmul(source[t], transposed, out[t])  # noqa: E731
        case Sum():
            return _sum(record, group, slab, parameters)
        case _:
            assert_never(node)
    return ([step], []) if node in record.plan.static else ([], [step])


def _sum(record: Record, group: Sequence[Operation], slab: Array, parameters: Parameters) -> tuple[Steps, Steps]:
    """Return what adds up each sum's static terms at a slice of steps, and the steps that add the others to them."""
    plan, recurrent = record.plan, record.plan.recurrent(group)
    static = [[i for i in node.inputs if i in plan.static] for node in group]
    others = [[record[i] for i in node.inputs if i not in plan.static and not plan.fused(i)] for node in group]
    terms = base = _static_base(record, static, slab, parameters) if recurrent else slab

    def add_static(t: int | slice) -> None:
        for k, nodes in enumerate(static):
            if nodes or recurrent:
                terms[t, k] = _term(record, nodes[0], parameters, t) if nodes else 0
            for node in nodes[1:]:
                terms[t, k] += _term(record, node, parameters, t)

    steps: Steps = []
    for matrices in recurrent:
        steps.append(_accumulates(slab, base, record[matrices[0].inputs[0]], matrices, parameters))
        base = slab  # which now holds the sum so far
    for k, arrays in enumerate(others):
        total, *rest = [slab[:, k], *arrays] if static[k] or recurrent else arrays
        for array in rest:
            steps.append(_adds(slab[:, k], total, array))
            total = slab[:, k]
    return [add_static], steps


def _static_base(record: Record, static: list[list[Node]], slab: Array, parameters: Parameters) -> Array:
    """Return room for the static terms: the slab, or less where they are the same in all settings of a sweep."""
    lead = max((_settings(record, i, parameters) for terms in static for i in terms), default=1)
    return slab if lead == slab.shape[2] else np.empty((*slab.shape[:2], lead, *slab.shape[3:]), slab.dtype)


def _settings(record: Record, node: Node, parameters: Parameters) -> int:
    """Return how many settings of a sweep a static term differs between: S or 1."""
    if isinstance(node, (Vector, Matrix)) and node not in record.plan.place:
        return max(len(parameters[node.parameter]), *(int(record[i].shape[1]) for i in node.inputs), 1)
    return int(record[node].shape[1])


def _term(record: Record, node: Node, parameters: Parameters, t: int | slice) -> Array:
    """Return a static term at some steps at once."""
    if not (isinstance(node, Matrix) and record.plan.fused(node)):
        return operand(record, node, parameters)[t]
    source, w = record[node.inputs[0]][t], np.swapaxes(parameters[node.parameter], -1, -2)
    if len(w) > 1:
        return np.asarray(np.matmul(source, w))
    flat = source.reshape(-1, source.shape[-1]) @ w[0]
    return np.reshape(flat, (*source.shape[:-1], -1))


def _adds(out: Array, a: Array, b: Array) -> Step:
    return lambda t: np.add(a[t], b[t], out[t])


def _accumulates(slab: Array, base: Array, source: Array, nodes: Sequence[Matrix], parameters: Parameters) -> Step:
    """Return the step that sets a slab to ``base`` plus all nodes’ matrices times their source, in one product."""
    settings, batch, n = slab.shape[2:]
    wide, m, gates = parameters.stacked(nodes), source.shape[-1], len(nodes)
    lead = len(wide)
    products = np.empty((settings, batch, gates * n), slab.dtype)
    by_gate = products.reshape(settings, batch, gates, n).transpose(2, 0, 1, 3)

    def step(t: int | slice) -> None:
        if lead == 1:
            np.matmul(source[t].reshape(-1, m), wide[0], products.reshape(-1, gates * n))
        else:
            np.matmul(source[t], wide, products)
        np.add(base[t], by_gate, slab[t])

    return step
