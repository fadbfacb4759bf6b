"""How far a change travels: Jacobians between states, the influence of each input, and the routes of a gradient.

A Jacobian is one gradient for each of its rows.  They are carried back together, some timesteps at a time, and through
a stack some rows at a time, so that the memory they take is bounded; parameters get no gradient.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import overload

import numpy as np

from cells.checks import Array, instance, whole
from cells.gradients import Backward, Gradients, adjoint_of
from cells.layers import StackGradients, StackTrace, expect_run
from cells.through_layers import split
from cells.trace import Trace, shaped

NUMBERS = 4_000_000
"""How many numbers of gradients are held at once, if one row of one timestep has no more."""

States = dict[str, Array]
"""Gradients at a cell's states, (rows, B, n) each."""


def jacobian(trace: Trace | StackTrace, t: int, s: int) -> Array:
    """Return ∂(states after step t) / ∂(states after step s), with all states one after another (h, then c).

    Parameters
    ----------
    trace : Trace or StackTrace
        Of a run that read forward, not of a sweep.  A stack's states are those of all its cells, from the first layer.
    t, s : int
        Steps from 0, s ≤ t; s = −1 is the start.

    Returns
    -------
    numpy.ndarray
        (n, n), or (B, n, n) for a batch, n the length of all states together.

    Raises
    ------
    ValueError
        If the trace is a sweep or read backward, or the steps are not in order.
    """
    traces = _traces(trace)
    if any(each.reverse for each in traces.values()):
        raise ValueError("trace: expected a run that read forward")
    whole("t", t, -1, trace.steps - 1)
    whole("s", s, -1, t)
    names = [(where, name) for where, each in traces.items() for name in each.cell.graph.before]
    ends = np.cumsum([_width(traces[where], name) for where, name in names])
    found = []
    for rows in _blocks(trace, ends[-1], t - s):
        states: dict[str, States] = {where: {} for where in traces}
        for (where, name), part in zip(names, np.split(_seeds(trace, ends[-1], rows), ends[:-1], axis=-1), strict=True):
            states[where][name] = part
        for _ in _input_gradients(trace, states, slice(s + 1, t + 1)):
            pass
        found.append(np.concatenate([states[where][name] for where, name in names], axis=-1))
    matrices = np.concatenate(found).swapaxes(0, 1)
    return matrices if trace.batched else matrices[0]


def singular_values(trace: Trace | StackTrace, t: int, s: int) -> Array:
    """Return the singular values of :func:`jacobian`, largest first."""
    return np.linalg.svd(jacobian(trace, t, s), compute_uv=False)


def influence(trace: Trace | StackTrace) -> Array:
    """Return ‖∂h_T/∂x_t‖ (Frobenius) for every step t of the input.

    Of a stack, h_T is what the cells of its last layer ended with, in either direction.

    Returns
    -------
    numpy.ndarray
        (T,), or (T, B) for a batch; zero where no step is read.
    """
    traces = _traces(trace)
    top = trace.stack.layer(trace.stack.depth - 1) if isinstance(trace, StackTrace) else [""]
    squares = np.zeros((trace.steps, trace.batch))
    for where in top:
        output = traces[where].cell.graph.output
        for rows in _blocks(trace, width := _width(traces[where], output), trace.steps):
            states: dict[str, States] = {name: {} for name in traces} | {where: {output: _seeds(trace, width, rows)}}
            for steps, d in _input_gradients(trace, states, slice(0, trace.steps)):
                squares[steps] += np.einsum("tsbn,tsbn->tb", d, d)
    sizes = np.sqrt(squares)[:, None, :, None]
    return (trace.public(sizes) if isinstance(trace, Trace) else shaped(sizes, (), trace.batched))[..., 0]


def _traces(trace: Trace | StackTrace) -> dict[str, Trace]:
    """Return the traces of a run by their places; refuse a sweep, and what is no run."""
    expect_run(trace)
    return trace.traces if isinstance(trace, StackTrace) else {"": trace}


def _width(trace: Trace, state: str) -> int:
    return int(trace.record[trace.node(state)].shape[-1])


def _seeds(trace: Trace | StackTrace, width: int, rows: slice) -> Array:
    """Return the gradients to begin with, (rows, B, n)."""
    return np.repeat(np.eye(width)[rows, None], trace.batch, axis=1)


def _numbers_per_step(trace: Trace) -> int:
    """How many numbers one row of gradients has at one timestep."""
    return trace.batch * sum(len(group) * trace.cell.sizes[group[0].size] for group in trace.record.plan.groups)


def _blocks(trace: Trace | StackTrace, rows: int, steps: int) -> Iterator[slice]:
    """Cut rows so that a block's gradients are no more than ``NUMBERS`` at a timestep, and between a stack's layers."""
    each = max(_numbers_per_step(of) for of in _traces(trace).values())
    if isinstance(trace, StackTrace):
        widest = max(cell.inputs + cell.units for cell in trace.stack.cells.values())
        each += 2 * steps * trace.batch * widest
    many = max(1, NUMBERS // each)
    return (slice(start, min(start + many, rows)) for start in range(0, rows, many))


def _input_gradients(
    trace: Trace | StackTrace, states: dict[str, States], steps: slice
) -> Iterator[tuple[slice, Array]]:
    """Go back over ``steps`` and yield the input's gradient, some steps at a time, (T′, rows, B, D).

    ``states`` holds, by cell, the gradients at the states after the last of them, then those before the first.
    """
    if steps.start == steps.stop:
        return
    if isinstance(trace, Trace):
        yield from _of_cell(trace, states[""], steps)
        return
    above: Array | None = None
    for depth in reversed(range(trace.stack.depth)):
        below = []
        for where, d in split(trace, depth, above).items():
            each = trace.traces[where]
            if d is None and not states[where]:  # of the other direction's end
                continue
            if d is not None:
                d = each.masking.turned(d) * each.masking.running[steps, None, :, None]
            parts = [part for _, part in _of_cell(each, states[where], steps, d)]
            below.append(each.masking.turned(np.concatenate(parts[::-1])))
        above = np.sum(below, axis=0)
    assert above is not None  # a stack has a layer
    yield steps, above


def _of_cell(
    trace: Trace, states: States, steps: slice, upstream: Array | None = None
) -> Iterator[tuple[slice, Array]]:
    """Go back through one cell, in the order of reading; ``upstream`` is what comes to its output at each step."""
    graph, running = trace.cell.graph, None if trace.masking.whole else trace.masking.running
    rows = len(next(iter(states.values()))) if upstream is None else upstream.shape[1]
    many = max(1, NUMBERS // (rows * _numbers_per_step(trace)))
    for stop in range(steps.stop, steps.start, -many):
        part = slice(max(steps.start, stop - many), stop)
        window = trace.record.part(part)
        adjoint = adjoint_of(window, trace.cell.sizes, rows)
        if upstream is not None:
            adjoint[graph.values[graph.output]][...] = upstream[part.start - steps.start : part.stop - steps.start]
        for name, d in states.items():
            adjoint[graph.values[name]][-1] += d
        Backward(window, adjoint, trace.parameters).run(None if running is None else running[part])
        states.update({name: adjoint[node][0].copy() for name, node in graph.before.items()})
        yield part, adjoint[graph.x]


@dataclass(frozen=True)
class Routes:
    """A state's gradient, split by where it comes from; each shaped as the gradient, and they add up to it.

    Attributes
    ----------
    along : numpy.ndarray
        Straight along the state: what comes back through ``keep`` from the next step.
    through : numpy.ndarray
        All the rest: through the output and the gates of the next step, and the loss itself.
    """

    along: Array
    through: Array


@overload
def routes(gradients: Gradients) -> Routes: ...
@overload
def routes(gradients: StackGradients) -> dict[str, Routes]: ...
def routes(gradients: Gradients | StackGradients) -> Routes | dict[str, Routes]:
    """Split dL/d(state) of the state that ``keep`` carries (c of an LSTM, h of a GRU); of a stack, each cell's.

    Raises
    ------
    ValueError
        If no gate of the cell keeps a state, or the run read backward.
    """
    if isinstance(gradients, StackGradients):
        return {where: routes(each) for where, each in gradients.gradients.items()}
    instance("gradients", gradients, Gradients, "what backprop returned of a run")
    trace = gradients.trace
    if trace.reverse:
        raise ValueError("trace: expected a run that read forward")
    graph, memory = trace.cell.graph, trace.cell.graph.memory
    if not memory:
        raise ValueError(f"gradients: expected those of a cell that keeps its state by a gate, got {trace.cell.kind}")
    back = gradients.adjoint[graph.values["keep"]] * trace.record[memory.gate]
    along = np.zeros_like(back)
    along[:-1] = back[1:]
    return Routes(trace.public(along), gradients[memory.state.name] - trace.public(along))
