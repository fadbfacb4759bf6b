"""How far a change travels: Jacobians between states, the influence of each input, and the routes of a gradient."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cells.checks import Array, instance, whole
from cells.gradients import Gradients, adjoint_of, backward
from cells.trace import Trace, expect_run


def jacobian(trace: Trace, t: int, s: int) -> Array:
    """Return ∂(states after step t) / ∂(states after step s), with all states one after another (h, then c).

    Parameters
    ----------
    trace : Trace
        Of a run that read forward, not of a sweep.
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
    expect_run(trace)
    _expect_forward(trace)
    whole("t", t, -1, trace.steps - 1)
    whole("s", s, -1, t)
    graph = trace.cell.graph
    widths = [trace.record[node].shape[-1] for node in graph.before.values()]
    seeds = np.eye(sum(widths), dtype=trace.record[graph.x].dtype)
    adjoint = adjoint_of(trace, len(seeds))
    # Row t + 1 of a state's storage is the state after step t; before[t + 1] does not exist at the last step.
    for (name, _), part in zip(graph.before.items(), np.split(seeds, np.cumsum(widths)[:-1], axis=1), strict=True):
        (adjoint[graph.values[name]][t] if t >= 0 else adjoint[graph.before[name]][0])[...] = part[:, None]
    if t > s:
        backward(trace, adjoint, {graph.values[name] for name in graph.before}, first=s + 1, last=t)
    rows = [adjoint[node][s + 1] if s + 1 < trace.steps else adjoint[graph.values[name]][s]
            for name, node in graph.before.items()]  # fmt: skip
    matrices = np.concatenate(rows, axis=-1).swapaxes(0, 1)
    return matrices if trace.batched else matrices[0]


def singular_values(trace: Trace, t: int, s: int) -> Array:
    """Return the singular values of :func:`jacobian`, largest first."""
    return np.linalg.svd(jacobian(trace, t, s), compute_uv=False)


def influence(trace: Trace) -> Array:
    """Return ‖∂h_T/∂x_t‖ (Frobenius) for every step t of the input.

    Returns
    -------
    numpy.ndarray
        (T,), or (T, B) for a batch; zero past a sequence's end.
    """
    expect_run(trace)
    output = trace.node(trace.cell.graph.output)
    adjoint = adjoint_of(trace, trace.record[output].shape[-1])
    adjoint[output][-1] = np.eye(trace.record[output].shape[-1])[:, None]
    backward(trace, adjoint, {output})
    size = np.linalg.norm(adjoint[trace.cell.graph.x], axis=(1, 3))
    return trace.public(size[:, None, :, None])[..., 0]


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


def routes(gradients: Gradients) -> Routes:
    """Split dL/d(state) of the state that ``keep`` carries (c of an LSTM, h of a GRU).

    Raises
    ------
    ValueError
        If no gate of the cell keeps a state, or the run read backward.
    """
    instance("gradients", gradients, Gradients, "what backprop returned of a cell's run")
    trace = gradients.trace
    _expect_forward(trace)
    graph, memory = trace.cell.graph, trace.cell.graph.memory
    if not memory:
        raise ValueError(f"gradients: expected those of a cell that keeps its state by a gate, got {trace.cell.kind}")
    back = gradients.adjoint[graph.values["keep"]] * trace.record[memory.gate]
    along = np.zeros_like(back)
    along[:-1] = back[1:]
    return Routes(trace.public(along), gradients[memory.state.name] - trace.public(along))


def _expect_forward(trace: Trace) -> None:
    if trace.reverse:
        raise ValueError("trace: expected a run that read forward")
