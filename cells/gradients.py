"""Backpropagation through time: the gradient of a loss at every named value of every step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import assert_never

import numpy as np

from cells.checks import Array, mapping, numbers
from cells.expression import Apply, Matrix, Node, Operation, Product, Sum, Vector
from cells.plan import Parameters, Record, Step, operand, weights
from cells.trace import Trace, Values, in_time, unstepped


class Gradients(Values):
    """dL/d(everything) of one run: a mapping of the trace's names to read-only arrays.

    Attributes
    ----------
    trace : Trace
    x : numpy.ndarray
        dL/dx, shaped as the input.
    params : dict of str to numpy.ndarray
        dL/d(parameter), shaped as the parameter (a sweep's axes first).
    start : dict of str to numpy.ndarray
        dL/d(state before the first step), (H,) or (B, H).
    given : dict of str to numpy.ndarray
        The loss's own gradient at each value it reads, laid out as the record.
    adjoint : Record
        The gradients of all nodes.
    """

    def __init__(self, trace: Trace, given: Mapping[str, Array]):
        self.trace, self.given, self.names, self.of = trace, given, trace.names, trace
        self.adjoint = adjoint_of(trace, _settings(trace))
        losses = {trace.node(name): array for name, array in given.items()}
        for node, array in losses.items():
            self.adjoint[node][...] = array
        params = backward(trace, self.adjoint, set(losses))
        self.x = self["x"]
        self.params = {name: p.reshape(trace.lead + p.shape[1:]) for name, p in params.items()}
        for p in self.params.values():
            p.setflags(write=False)
        self.start = {name: unstepped(self.adjoint[node][:1], trace) for name, node in trace.cell.graph.before.items()}

    def __reduce__(self) -> tuple[type[Gradients], tuple[Trace, Mapping[str, Array]]]:
        return Gradients, (self.trace, self.given)

    def __getitem__(self, name: str) -> Array:
        """Return dL/d(value) at every step, shaped as ``trace[name]``."""
        return self.trace.public(self.adjoint[self.trace.node(name)])

    def before(self, name: str) -> Array:
        """Return dL/d(state as it entered each step)."""
        return self.trace.public(self.adjoint[self.trace.state(name)])


def backprop_trace(trace: Trace, *losses: Mapping[str, object]) -> Gradients:
    """Carry a loss, or the sum of several, back through one cell's run: see :func:`cells.backprop`."""
    given: dict[str, Array] = {}
    for name, value in (item for loss in losses for item in mapping("loss", loss, "values to gradients").items()):
        read = trace.cell.graph.output if name == "output" else name
        like = trace.record[trace.node(read)]
        room = given.setdefault(read, np.zeros((len(like), _settings(trace), *like.shape[2:]), like.dtype))
        _place(trace, room, name, numbers(f"loss[{name!r}]", value))
    return Gradients(trace, given)


def _settings(trace: Trace) -> int:
    return max(math.prod(trace.lead), 1)


def adjoint_of(trace: Trace, lead: int) -> Record:
    """Return room for ``lead`` gradients of a run at once, all zero."""
    x = trace.record[trace.cell.graph.x]
    return Record(trace.record.plan, trace.cell.sizes, np.zeros((len(x), lead, *x.shape[2:]), x.dtype), lead, fill=0)


def _place(trace: Trace, target: Array, name: str, given: Array) -> None:
    """Add a loss's gradient at a named value to that value's ``target`` (T, S, B, n)."""
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


def backward(
    trace: Trace, adjoint: Record, losses: set[Node], first: int = 0, last: int | None = None
) -> dict[str, Array]:
    """Fill ``adjoint``, which holds the loss's own gradients, and return those of the parameters (S or 1, …).

    Steps ``last`` … ``first`` (in the order of reading) are computed; other steps stay as they are.
    """
    record, graph = trace.record, trace.cell.graph
    work = _Backward(record, adjoint, trace.parameters, losses)
    groups = list(zip(record.plan.groups, record.slabs, adjoint.slabs, strict=True))
    steps = [step for group in reversed(groups) if group[0][0] not in record.plan.static for step in work.steps(*group)]
    states = [(adjoint[before], adjoint[after]) for after, before in graph.carried.items()]
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

    def __init__(self, record: Record, adjoint: Record, parameters: Parameters, losses: set[Node]):
        self.record, self.adjoint, self.parameters, self.losses = record, adjoint, parameters, losses
        self.plan, self.graph = record.plan, record.plan.graph

    def steps(self, group: Sequence[Operation], slab: Array, d: Array) -> list[Step]:
        """Return the steps that carry a group's gradient ``d`` to the nodes it was made from."""
        node = group[0]
        match node:
            case Apply():
                arguments, slope = [n.inputs[0] for n in group], np.empty_like(slab)
                with np.errstate(over="ignore"):  # as in a run: e^-a may be infinite, its reciprocal is then 0
                    node.function.slope(self.record.stack(arguments), slab, slope)
                return [self._chain(arguments, d, slope)]
            case Product():
                a, b = node.inputs
                factors = ((i, operand(self.record, other, self.parameters)) for i, other in ((a, b), (b, a)))
                return [self._chain([i], d, other[:, None]) for i, other in factors if not isinstance(i, Vector)]
            case Matrix():
                return [_transposed(d, self.adjoint[node.inputs[0]], weights([node], self.parameters))]
            case Sum():
                return self._sum(group, slab, d)
            case _:
                assert_never(node)

    def _sum(self, group: Sequence[Operation], slab: Array, d: Array) -> list[Step]:
        one = np.broadcast_to(slab.dtype.type(1), d[:, :1].shape)
        steps = [
            self._chain([i], d[:, k : k + 1], one)
            for k, node in enumerate(group)
            for i in node.inputs
            if not (isinstance(i, Vector) or self.plan.fused(i))
        ]
        for matrices in self.plan.recurrent(group):
            steps.append(_transposed(d, self.adjoint[matrices[0].inputs[0]], weights(matrices, self.parameters)))
        return steps

    def _chain(self, nodes: Sequence[Node], d: Array, local: Array) -> Step:
        """Return the step that gives ``nodes`` the gradient ``d`` times the local derivative."""
        target = self.adjoint.stack(nodes)
        if all(self._has_one_source(node) for node in nodes):
            return lambda t: np.multiply(d[t], local[t], target[t])

        def step(t: int | slice) -> None:
            target[t] += d[t] * local[t]

        return step

    def _has_one_source(self, node: Node) -> bool:
        """Tell whether a node's gradient comes from one place only, and may be set instead of added to."""
        several = node in self.losses or node in self.graph.carried or len(self.graph.consumers[node]) != 1
        return node in self.plan.place and not several

    def whole_sequence(self) -> dict[str, Array]:
        """Return every parameter's gradient, and carry the static matrices' to the input, for all steps at once."""
        params: dict[str, Array] = {}
        for node in self.graph.nodes:
            for i in node.inputs:
                if isinstance(i, Vector):
                    self._vector(node, i, params)
                elif isinstance(i, Matrix) and self.plan.fused(i):
                    self._matrix(i, self.adjoint[node], params)
                    if i in self.plan.static:
                        self.adjoint[i.inputs[0]][...] += np.matmul(self.adjoint[node], self.parameters[i.parameter])
            if isinstance(node, Matrix) and not self.plan.fused(node):
                self._matrix(node, self.adjoint[node], params)
        return params

    def _matrix(self, node: Matrix, d: Array, params: dict[str, Array]) -> None:
        """Add Σ over steps and sequences of d ⊗ input."""
        d, source = (_rows(a) for a in (d, self.record[node.inputs[0]]))
        _add(params, node.parameter, np.matmul(np.swapaxes(d, -1, -2), source))

    def _vector(self, node: Node, vector: Vector, params: dict[str, Array]) -> None:
        """Add Σ over steps and sequences of d, times the other factor of a product."""
        d = self.adjoint[node]
        if isinstance(node, Product):
            other = next(i for i in node.inputs if i is not vector)
            d = d * operand(self.record, other, self.parameters)
        _add(params, vector.parameter, d.sum(axis=(0, 2)))


def _transposed(d: Array, target: Array, matrices: Array) -> Step:
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
