"""Backpropagation through time: the gradient of a loss at every named value of every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells.cell import numbers
from cells.expression import Node
from cells.plan import Record, operand, weights
from cells.trace import Trace, shaped, state_node

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
        dL/d(state before the first step).
    """

    def __init__(self, trace: Trace, adjoint: Record, params: dict[str, Array]):
        self.trace, self.adjoint = trace, adjoint
        graph = trace.cell.graph
        self.x = self["x"]
        self.params = {name: p.reshape(trace.lead + p.shape[1:]) for name, p in params.items()}
        self.start = {
            name: shaped(adjoint[node][:1], trace.lead, trace.batched)[..., 0, :]
            if not trace.batched
            else shaped(adjoint[node][:1], trace.lead, True)[..., 0, :, :]
            for name, node in graph.before.items()
        }
        for p in self.params.values():
            p.setflags(write=False)

    def __getitem__(self, name: str) -> Array:
        """Return dL/d(value) at every step, shaped as ``trace[name]``."""
        if name not in self.trace.names:
            raise ValueError(f"unknown value {name!r}: this trace has {', '.join(self.trace.names)}")
        graph = self.trace.cell.graph
        return shaped(self.adjoint[graph.x if name == "x" else graph.values[name]], self.trace.lead, self.trace.batched)

    def before(self, name: str) -> Array:
        """Return dL/d(state as it entered each step)."""
        return shaped(self.adjoint[state_node(self.trace.cell, name)], self.trace.lead, self.trace.batched)


def backprop(trace: Trace, loss: Mapping[str, object]) -> Gradients:
    """Carry the gradient of a loss back through a run.

    Parameters
    ----------
    trace : Trace
    loss : mapping of str to array_like
        dL/d(value) by the value's name, shaped as ``trace[name]``; or as its last step alone, for a loss that looks at
        the last step only.

    Returns
    -------
    Gradients

    Raises
    ------
    ValueError
        If a name is unknown, or a gradient has the wrong shape or is not finite.
    """
    record = trace.record
    x = np.zeros(
        np.broadcast_shapes(record[trace.cell.graph.x].shape, (1, max(int(np.prod(trace.lead)), 1), 1, 1)),
        record[trace.cell.graph.x].dtype,
    )
    adjoint = Record(record.plan, trace.cell.sizes, x, x.shape[1], fill=0)
    for name, value in loss.items():
        _place(trace, adjoint, name, value)
    with np.errstate(over="ignore", invalid="ignore"):
        params = backward(
            record, adjoint, trace.parameters, {trace.cell.graph.values.get(n) for n in loss}, trace.active
        )
    return Gradients(trace, adjoint, params)


def _place(trace: Trace, adjoint: Record, name: str, value: object) -> None:
    """Add a loss's gradient at a named value where it stands in the adjoint record."""
    expected = trace[name].shape
    array = numbers(f"loss[{name!r}]", value)
    time = len(trace.lead)
    last = expected[:time] + expected[time + 1 :]
    if array.shape not in (expected, last, expected[time:], last[time:]):
        raise ValueError(f"loss[{name!r}]: expected shape {expected}, or {last} for the last step, got {array.shape}")
    node = trace.cell.graph.x if name == "x" else trace.cell.graph.values[name]
    target = np.moveaxis(adjoint[node], 1, 0)
    target = target.reshape(trace.lead + target.shape[1:])
    target = target if trace.batched else target[..., 0, :]
    if array.shape in (expected, expected[time:]):
        target += array
    else:
        target[(slice(None),) * time + (-1,)] += array


def backward(
    record: Record, adjoint: Record, parameters: Mapping[str, Array], losses: set[Node | None], active: Array | None
) -> dict[str, Array]:
    """Fill ``adjoint``, which holds the loss's own gradients, and return those of the parameters (S or 1, …)."""
    work = _Backward(record, adjoint, parameters, losses)
    groups = list(zip(record.plan.groups, record.slabs, adjoint.slabs, strict=True))
    steps = [step for group in reversed(groups) if group[0][0] not in record.plan.static for step in work.steps(*group)]
    graph = record.plan.graph
    states = [(adjoint[before], adjoint[graph.values[name]]) for name, before in graph.before.items()]
    for t in reversed(range(len(record[graph.x]))):
        if active is not None and not active[t].all():
            for before, after in states:
                ended = ~active[t][:, None]
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

    def __init__(self, record: Record, adjoint: Record, parameters: Mapping[str, Array], losses: set[Node | None]):
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
        one = np.broadcast_to(slab.dtype.type(1), d.shape)
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
    """Return the step that adds Σ_g d_g @ M_g to the gradient of the matrices' common source."""

    def step(t: int | slice) -> None:
        target[t] += np.add.reduce(np.matmul(d[t], matrices), axis=-4)

    return step


def _rows(array: Array) -> Array:
    """Return (T, S, B, n) as (S, T·B, n)."""
    moved = np.moveaxis(array, 1, 0)
    return moved.reshape(moved.shape[0], -1, moved.shape[-1])


def _add(params: dict[str, Array], name: str, value: Array) -> None:
    params[name] = params[name] + value if name in params else value
