"""Backpropagation through time: the gradient of a loss at every named value of every step."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import assert_never

import numpy as np

from cells.checks import Array, expect_finite, mapping, numbers
from cells.expression import Apply, Matrix, Maximum, Node, Operation, Product, Sum, Total, Vector
from cells.plan import Parameters, Record, Step, arguments_of, operand
from cells.trace import Run, Trace, Values, unstepped


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
        self.adjoint = adjoint_of(trace.record, trace.cell.sizes, trace.settings)
        losses = {trace.node(name): array for name, array in given.items()}
        for node, array in losses.items():
            self.adjoint[node][...] = array
        back = Backward(trace.record, self.adjoint, trace.parameters, set(losses))
        back.run(None if trace.masking.whole else trace.masking.running)
        params = back.parameter_gradients()
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


def backprop_trace(trace: Trace, loss: Mapping[str, object], upstream: Array | None = None) -> Gradients:
    """Carry a loss back through one cell's run: see :func:`cells.backprop`.

    What reads the output sends ``upstream``, (T, S, B, n) in time.
    """
    given: dict[str, Array] = {}
    for name, value in mapping("loss", loss, "values to gradients").items():
        read = trace.cell.graph.output if name == "output" else name
        _place(trace, _room(trace, given, read), name, numbers(f"loss[{name!r}]", value, finite=name != "output"))
    if upstream is not None:
        masking, room = trace.masking, _room(trace, given, trace.cell.graph.output)
        room += masking.only_read(masking.turned(upstream))
    return Gradients(trace, given)


def _room(trace: Trace, given: dict[str, Array], name: str) -> Array:
    """Return where the loss's gradient at a value is gathered."""
    like = trace.record[trace.node(name)]
    return given.setdefault(name, np.zeros((len(like), trace.settings, *like.shape[2:]), like.dtype))


def adjoint_of(record: Record, sizes: Mapping[str, int], lead: int) -> Record:
    """Return room for ``lead`` gradients of a run at once, all zero."""
    x = record[record.plan.graph.x]
    return Record(record.plan, sizes, np.zeros((len(x), lead, *x.shape[2:]), x.dtype), lead, fill=0)


def laid_out(trace: Run, name: str, given: Array, size: int) -> Array:
    """Return a gradient, as a trace's arrays are, as (T, S, B, n) in time; or that of one step, as (S, B, n)."""
    last = (*((trace.batch,) if trace.batched else ()), size)
    whole = (trace.steps, *last)
    for shape in (whole, last):
        if given.shape in (trace.lead + shape, shape):
            steps = shape[: len(shape) - len(last)]
            array = np.broadcast_to(given, trace.lead + shape).reshape(trace.settings, *steps, trace.batch, size)
            return np.moveaxis(array, 0, -3)
    expected = f"{trace.lead + whole}, or {trace.lead + last} for the last step"
    raise ValueError(f"loss[{name!r}]: expected shape {expected}, got {given.shape}")


def _place(trace: Trace, target: Array, name: str, given: Array) -> None:
    """Add a loss's gradient at a named value to that value's ``target`` (T, S, B, n); an output's where it is read."""
    masking, laid = trace.masking, laid_out(trace, name, given, target.shape[-1])
    one_step = laid.ndim == 3
    if name == "output":
        laid = np.where(read_of(trace, f"loss[{name!r}]", given, one_step), laid, 0)
    if one_step:
        target[-1] += laid
    else:
        target += masking.turned(laid)


def read_of(trace: Run, name: str, given: Array, one_step: bool) -> Array:
    """Return where an output's gradient is read, to broadcast to (T, S, B, n) or (S, B, n); NaN there is refused."""
    read: Array = trace.masking.last >= 0 if one_step else trace.masking.read
    expect_finite(name, given, read[..., None] if trace.batched else read)
    return np.asarray(read[..., None, :, None])


class Backward:
    """The chain rule of every group, as steps that run backward through time.

    ``adjoint`` holds the loss's own gradients, at the nodes ``losses``, and is filled.
    """

    def __init__(self, record: Record, adjoint: Record, parameters: Parameters, losses: Container[Node] = ()):
        self.record, self.adjoint, self.parameters, self.losses = record, adjoint, parameters, losses
        self.plan, self.graph = record.plan, record.plan.graph

    def run(self, running: Array | None) -> None:
        """Fill the adjoint of all values, of the first states and of the input; ``running``: where a step is read."""
        groups = list(zip(self.plan.groups, self.record.slabs, self.adjoint.slabs, strict=True))[::-1]
        steps = [step for group in groups if group[0][0] not in self.plan.static for step in self.steps(*group)]
        states = [(self.adjoint[before], self.adjoint[after]) for after, before in self.graph.carried.items()]
        for t in reversed(range(len(self.record[self.graph.x]))):
            if running is not None and not running[t].all():
                for before, after in states:
                    idle = ~running[t][:, None]
                    before[t] += np.where(idle, after[t], 0)
                    np.copyto(after[t], 0, where=idle)
            for step in steps:
                step(t)
        for group in groups:  # for all steps at once, what is read before what it was made from
            if group[0][0] in self.plan.static:
                for step in self.steps(*group):
                    step(slice(None))
            for node in group[0]:
                self._fused_static(node)

    def _fused_static(self, node: Operation) -> None:
        """Carry the gradient of a sum through its matrices that depend on the input alone."""
        for i in node.inputs:
            if isinstance(i, Matrix) and self.plan.fused(i) and i in self.plan.static:
                d, p, target = self.adjoint[node], self.parameters[i.parameter], self.adjoint[i.inputs[0]]
                rows = d.reshape(len(d), -1, d.shape[-1])  # of all settings and sequences, where one matrix is for all
                target += np.matmul(d, p) if len(p) > 1 else np.matmul(rows, p[0]).reshape(target.shape)

    def steps(self, group: Sequence[Operation], slab: Array, d: Array) -> list[Step]:
        """Return the steps that carry a group's gradient ``d`` to the nodes it was made from."""
        node = group[0]
        match node:
            case Apply():
                arguments, slopes = [n.inputs[0] for n in group], self._slopes(group, slab)
                return [] if isinstance(arguments[0], Vector) else [self._chain(arguments, d, slopes)]
            case Product() | Maximum() | Total():
                locals_ = ((i, self._local(node, k)[:, None]) for k, i in enumerate(node.inputs))
                return [self._chain([i], d, local) for i, local in locals_ if not isinstance(i, Vector)]
            case Matrix():
                return [_transposed(d, self.adjoint[node.inputs[0]], self.parameters.stacked([node]))]
            case Sum():
                return self._sum(group, slab, d)
            case _:
                assert_never(node)

    def _slopes(self, group: Sequence[Operation], slab: Array) -> Array:
        """The slopes of a group's function."""
        slopes, node = np.empty_like(slab), group[0]
        assert isinstance(node, Apply)
        with np.errstate(over="ignore"):  # as in a run: e^-a may be infinite, its reciprocal is then 0
            node.function.slope(arguments_of(self.record, group, self.parameters), slab, slopes)
        return slopes

    def _local(self, node: Product | Maximum | Total, k: int) -> Array:
        """The derivative of a node with respect to its k-th input, (T, S or 1, B or 1, n)."""
        mine, *others = (operand(self.record, i, self.parameters) for i in (node.inputs[k], *node.inputs[1 - k :][:1]))
        if isinstance(node, Total):
            return np.ones_like(mine)
        return others[0] if isinstance(node, Product) else np.heaviside(mine - others[0], 0.5)

    def _sum(self, group: Sequence[Operation], slab: Array, d: Array) -> list[Step]:
        one = np.broadcast_to(slab.dtype.type(1), d[:, :1].shape)
        steps = [
            self._chain([i], d[:, k : k + 1], one)
            for k, node in enumerate(group)
            for i in node.inputs
            if not (isinstance(i, Vector) or self.plan.fused(i))
        ]
        for matrices in self.plan.recurrent(group):
            source, stacked = self.adjoint[matrices[0].inputs[0]], self.parameters.stacked(matrices)
            steps.append(_transposed(d, source, stacked))
        return steps

    def _chain(self, nodes: Sequence[Node], d: Array, local: Array) -> Step:
        """Return the step that gives ``nodes`` the gradient ``d`` times the local derivative."""
        target = self.adjoint.stack(nodes)
        if target.shape[-1] == 1 < local.shape[-1] or target.shape[-1] == 1 < d.shape[-1]:  # one value for all entries
            return lambda t: np.add(target[t], (d[t] * local[t]).sum(axis=-1, keepdims=True), target[t])
        if all(self._has_one_source(node) for node in nodes):
            return lambda t: np.multiply(d[t], local[t], target[t])

        def step(t: int | slice) -> None:
            target[t] += d[t] * local[t]

        return step

    def _has_one_source(self, node: Node) -> bool:
        """Tell whether a node's gradient comes from one place only, and may be set instead of added to."""
        several = node in self.losses or node in self.graph.carried or len(self.graph.consumers[node]) != 1
        return node in self.plan.place and not several

    def parameter_gradients(self) -> dict[str, Array]:
        """Return every parameter's gradient, (S, …), from a run's filled adjoint."""
        params: dict[str, Array] = {}
        for node in self.graph.nodes:
            for i in node.inputs:
                if isinstance(i, Vector):
                    self._vector(node, i, params)
                elif isinstance(i, Matrix) and self.plan.fused(i):
                    self._matrix(i, self.adjoint[node], params)
            if isinstance(node, Matrix) and not self.plan.fused(node):
                self._matrix(node, self.adjoint[node], params)
        return params

    def _matrix(self, node: Matrix, d: Array, params: dict[str, Array]) -> None:
        """Add Σ over steps and sequences of d ⊗ input."""
        d, source = (_rows(a) for a in (d, self.record[node.inputs[0]]))
        _add(params, node.parameter, np.matmul(np.swapaxes(d, -1, -2), source))

    def _vector(self, node: Node, vector: Vector, params: dict[str, Array]) -> None:
        """Add Σ over steps and sequences of d, times the local derivative where the node is no sum."""
        d = self.adjoint[node]
        if isinstance(node, (Product, Maximum, Total)):
            d = d * self._local(node, node.inputs.index(vector))
        elif isinstance(node, Apply):
            d = d * self._slopes([node], self.record.stack([node]))[:, 0]
        found = d.sum(axis=(0, 2))
        one = len(self.parameters[vector.parameter][0]) == 1
        _add(params, vector.parameter, found.sum(axis=-1, keepdims=True) if one else found)


def _transposed(d: Array, target: Array, stacked: Array) -> Step:
    """Return the step that adds Σ_g d_g @ M_g to the gradient of the matrices' common source, in one product.

    ``stacked`` holds the matrices M_g as :meth:`cells.plan.Parameters.stacked` does.
    """
    wide = stacked.shape[-1]
    tall = np.swapaxes(stacked, -1, -2)

    def step(t: int | slice) -> None:
        together = np.moveaxis(d[t], -4, -2)
        together = together.reshape(*together.shape[:-2], wide)
        if len(tall) == 1:
            target[t] += (together.reshape(-1, wide) @ tall[0]).reshape(target[t].shape)
        else:
            target[t] += together @ tall

    return step


def _rows(array: Array) -> Array:
    """Return (T, S, B, n) as (S, T·B, n)."""
    moved = np.moveaxis(array, 1, 0)
    return moved.reshape(moved.shape[0], -1, moved.shape[-1])


def _add(params: dict[str, Array], name: str, value: Array) -> None:
    params[name] = params[name] + value if name in params else value
