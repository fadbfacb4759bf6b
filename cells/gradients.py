"""Backpropagation through time: the gradient of a loss at every named value of every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells.cell import numbers
from cells.expression import Node
from cells.plan import Record, operand, weights
from cells.trace import Trace, in_time, unstepped

Array = np.ndarray


class Gradients:
    """dL/d(everything) of one run, read-only.

    Attributes
    ----------
    trace : Trace
    x : numpy.ndarray
        dL/dx, shaped as the input.
    params : dict of str to numpy.ndarray
        dL/d(parameter), shaped as the parameter (a sweep's axes first).
    start : dict of str to numpy.ndarray
        dL/d(state before the first step), (H,) or (B, H).
    given : dict of Node to numpy.ndarray
        What the loss itself gave to each value it looks at, laid out as the record.
    """

    def __init__(self, trace: Trace, adjoint: Record, params: dict[str, Array], given: Mapping[Node, Array]):
        self.trace, self.adjoint, self.given = trace, adjoint, given
        self.x = self["x"]
        self.params = {name: p.reshape(trace.lead + p.shape[1:]) for name, p in params.items()}
        for p in self.params.values():
            p.setflags(write=False)
        self.start = {name: unstepped(adjoint[node][:1], trace) for name, node in trace.cell.graph.before.items()}

    def __getitem__(self, name: str) -> Array:
        """Return dL/d(value) at every step, shaped as ``trace[name]``."""
        return self.trace.public(self.adjoint[self.trace.node(name)])

    def before(self, name: str) -> Array:
        """Return dL/d(state as it entered each step)."""
        return self.trace.public(self.adjoint[self.trace.state(name)])


def backprop_trace(trace: Trace, *losses: Mapping[str, object]) -> Gradients:
    """Carry a loss, or the sum of several, back through one cell's run: see :func:`cells.backprop`."""
    adjoint = adjoint_of(trace, max(int(np.prod(trace.lead)), 1))
    seen = set()
    for name, value in (item for loss in losses for item in loss.items()):
        seen.add(trace.node(trace.cell.graph.output if name == "output" else name))
        _place(trace, adjoint, name, numbers(f"loss[{name!r}]", value))
    given = {node: adjoint[node].copy() for node in seen}
    return Gradients(trace, adjoint, backward(trace, adjoint, seen), given)


def adjoint_of(trace: Trace, lead: int) -> Record:
    """Return room for the gradients of a run, all zero, ``lead`` of them side by side."""
    x = trace.record[trace.cell.graph.x]
    return Record(trace.record.plan, trace.cell.sizes, np.zeros((len(x), lead, *x.shape[2:]), x.dtype), lead, fill=0)


def _place(trace: Trace, adjoint: Record, name: str, given: Array) -> None:
    """Add a loss's gradient at a named value where it stands in the adjoint record."""
    node = trace.node(trace.cell.graph.output if name == "output" else name)
    target = adjoint[node]
    steps, settings, batch, size = target.shape
    whole = (steps, *((batch,) if trace.batched else ()), size)
    expected = trace.lead + whole
    if given.shape in (expected, whole):
        given = np.broadcast_to(given, expected).reshape(settings, steps, batch, size).swapaxes(0, 1)
        given = in_time(given, trace.lengths) if trace.reverse else given
        target += np.where(trace.running[:, None, :, None], given, 0) if name == "output" else given
    elif given.shape in (trace.lead + whole[1:], whole[1:]):
        target[-1] += np.broadcast_to(given, trace.lead + whole[1:]).reshape(settings, batch, size)
    else:
        last = trace.lead + whole[1:]
        raise ValueError(f"loss[{name!r}]: expected shape {expected}, or {last} for the last step, got {given.shape}")


def backward(trace: Trace, adjoint: Record, losses: set[Node], first: int = 0, last: int | None = None) -> dict:
    """Fill ``adjoint``, which holds the loss's own gradients, and return those of the parameters (S or 1, …).

    Steps ``last`` … ``first`` (in the order of reading) are gone through; other steps keep what stood there.
    """
    record, graph = trace.record, trace.cell.graph
    work = _Backward(record, adjoint, trace.parameters, losses)
    groups = list(zip(record.plan.groups, record.slabs, adjoint.slabs, strict=True))
    steps = [step for group in reversed(groups) if group[0][0] not in record.plan.static for step in work.steps(*group)]
    states = [(adjoint[before], adjoint[graph.values[name]]) for name, before in graph.before.items()]
    running = None if trace.lengths is None else trace.running
    for t in reversed(range(first, trace.steps if last is None else last + 1)):
        if running is not None and not running[t].all():
            for before, after in states:
                ended = ~running[t][:, None]
                before[t] += np.where(ended, after[t], 0)
                np.copyto(after[t], 0, where=ended)
        for step in steps:
            step(t)
    for group in reversed(groups):
        if group[0][0] in record.plan.static:
            for step in work.steps(*group):
                step(slice(None))
    return work.whole_sequence()


class _Backward:
    """The chain rule of every group, as steps that run backward through time."""

    def __init__(self, record: Record, adjoint: Record, parameters: Mapping[str, Array], losses: set[Node]):
        self.record, self.adjoint, self.parameters, self.losses = record, adjoint, parameters, losses
        self.plan, self.graph = record.plan, record.plan.graph

    def steps(self, group: list[Node], slab: Array, d: Array) -> list[Callable]:
        """Return the steps that hand a group's gradient on to what it was made from."""
        return {"function": self._function, "product": self._product, "matrix": self._matrix, "sum": self._sum}[
            group[0].op
        ](group, slab, d)

    def _alone(self, nodes: list[Node]) -> bool:
        """Tell whether each node's gradient comes from one place only, and may be set instead of added to."""
        return all(
            n in self.plan.place
            and len(self.graph.consumers[n]) == 1
            and n not in self.losses
            and not self.plan._is_state(n)
            for n in nodes
        )

    def _chain(self, nodes: list[Node], d: Array, local: Array) -> Callable:
        """Return the step that gives ``nodes`` the gradient ``d`` times the local derivative."""
        target = self.adjoint.stack(nodes)
        if self._alone(nodes):
            return lambda t: np.multiply(d[t], local[t], target[t])

        def step(t: int | slice) -> None:
            target[t] += d[t] * local[t]

        return step

    def _function(self, group: list[Node], slab: Array, d: Array) -> list[Callable]:
        sources = [n.inputs[0] for n in group]
        slope = np.empty_like(slab)
        with np.errstate(over="ignore"):  # as in a run: e^-a may be infinite where its reciprocal is rightly 0
            group[0].function.slope(self.record.stack(sources), slab, slope)
        return [self._chain(sources, d, slope)]

    def _product(self, group: list[Node], slab: Array, d: Array) -> list[Callable]:
        a, b = group[0].inputs
        return [
            self._chain([i], d, operand(self.record, other, self.parameters)[:, None])
            for i, other in ((a, b), (b, a))
            if i.op != "vector"
        ]

    def _matrix(self, group: list[Node], slab: Array, d: Array) -> list[Callable]:
        return [_transposed(d, self.adjoint[group[0].inputs[0]], weights(group, self.parameters))]

    def _sum(self, group: list[Node], slab: Array, d: Array) -> list[Callable]:
        one = np.broadcast_to(slab.dtype.type(1), d[:, :1].shape)
        steps = [
            self._chain([i], d[:, k : k + 1], one)
            for k, node in enumerate(group)
            for i in node.inputs
            if i.op != "vector" and not self.plan.folded(i)
        ]
        for column in zip(*(self.plan.recurrent(node) for node in group), strict=True):
            steps.append(_transposed(d, self.adjoint[column[0].inputs[0]], weights(column, self.parameters)))
        return steps

    def whole_sequence(self) -> dict[str, Array]:
        """Return every parameter's gradient, and hand the static matrices' on to the input, for all steps at once."""
        params: dict[str, Array] = {}
        for node in self.graph.nodes:
            for i in node.inputs:
                if i.op == "matrix" and self.plan.folded(i):
                    self._matrix_at_once(i, self.adjoint[node], params)
                elif i.op == "vector":
                    self._vector_at_once(node, i, params)
            if node.op == "matrix" and not self.plan.folded(node):
                self._parameter(node, self.adjoint[node], params)
        return params

    def _matrix_at_once(self, node: Node, d: Array, params: dict[str, Array]) -> None:
        self._parameter(node, d, params)
        if node in self.plan.static:
            self.adjoint[node.inputs[0]][...] += np.matmul(d, self.parameters[node.parameter])

    def _parameter(self, node: Node, d: Array, params: dict[str, Array]) -> None:
        """Add Σ over steps and sequences of d ⊗ source."""
        d, source = (_rows(a) for a in (d, self.record[node.inputs[0]]))
        _add(params, node.parameter, np.matmul(np.swapaxes(d, -1, -2), source))

    def _vector_at_once(self, node: Node, vector: Node, params: dict[str, Array]) -> None:
        d = self.adjoint[node]
        if node.op == "product":
            other = next(i for i in node.inputs if i is not vector)
            d = d * operand(self.record, other, self.parameters)
        _add(params, vector.parameter, d.sum(axis=(0, 2)))


def _transposed(d: Array, target: Array, matrices: Array) -> Callable:
    """Return the step that adds Σ_g d_g @ M_g to the gradient of the matrices' common source, in one product."""
    gates, lead, n, m = matrices.shape
    tall = matrices.transpose(1, 0, 2, 3).reshape(lead, gates * n, m)
    tall = tall[0] if lead == 1 else tall

    def step(t: int | slice) -> None:
        together = np.moveaxis(d[t], -4, -2)
        target[t] += together.reshape(*together.shape[:-2], gates * n) @ tall

    return step


def _rows(array: Array) -> Array:
    """Return (T, S, B, n) as (S, T·B, n)."""
    moved = np.moveaxis(array, 1, 0)
    return moved.reshape(moved.shape[0], -1, moved.shape[-1])


def _add(params: dict[str, Array], name: str, value: Array) -> None:
    params[name] = params[name] + value if name in params else value
