"""Running a stack and going back through it, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from cells.cell import Cell, float_type
from cells.checks import Array, known, mapping, numbers
from cells.gradients import Gradients, backprop_trace, laid_out, read_of
from cells.inputs import read_input, read_start
from cells.layers import DIRECTIONS, MERGES, Stack, StackGradients, StackTrace, of_cell
from cells.parameters import Parameters
from cells.trace import Trace, recorded, shaped


def run_stack(
    stack: Stack, x: object, *, start: Mapping[str, Mapping[str, object]] | None = None, **how: Any
) -> StackTrace:
    """Run a stack: see :func:`cells.run`."""
    return recorded_stack(stack, x, {}, (), start, **how)


def recorded_stack(
    stack: Stack,
    x: object,
    parameters: Mapping[str, Array],
    lead: tuple[int, ...],
    start: Mapping[str, Mapping[str, object]] | None,
    **how: Any,
) -> StackTrace:
    """Run a stack in which some parameters, by their full names, have settings: (S, …)."""
    below, masking, batched = read_input(stack.inputs, stack.first.dtype, x, **how)
    states = read_starts(stack, start, masking.batch)
    traces: dict[str, Trace] = {}
    for depth in range(stack.depth):
        parts = []
        for where in stack.layer(depth):
            cell, turned = stack.cells[where], replace(masking, reverse=where.endswith(DIRECTIONS[1]))
            read = turned.turned(below).astype(float_type(below.dtype, cell.dtype), copy=False)
            typed = with_settings(cell, read.dtype, of_cell(parameters, where))
            traces[where] = recorded(cell, read, typed, states[where], lead, batched, turned)
            parts.append(turned.turned(traces[where].outputs))
        below = parts[0] if len(parts) == 1 else MERGES[stack.merge](*np.broadcast_arrays(*parts))
    return StackTrace(stack, traces, below)


def read_starts(stack: Stack, start: object, batch: int) -> dict[str, dict[str, Array]]:
    """Return the given first states of every cell, each broadcastable to (B, n)."""
    given = mapping("start", {} if start is None else start, f"{', '.join(stack.cells)} to their states")
    known("cell in start", given, stack.cells)
    firsts = {where: mapping(f"start[{where!r}]", each, "states to arrays") for where, each in given.items()}
    return {where: read_start(cell, firsts.get(where), batch) for where, cell in stack.cells.items()}


def with_settings(cell: Cell, dtype: np.dtype, given: Mapping[str, Array]) -> Parameters:
    """Return a cell's parameters as a run takes them, some of them with settings."""
    own = cell.typed(dtype)
    return (
        Parameters({n: given[n].astype(dtype, copy=False) if n in given else p for n, p in own.items()})
        if given
        else own
    )


def backprop_stack(trace: StackTrace, loss: Mapping[str, object]) -> StackGradients:
    """Carry a loss on ``"output"`` or on any ``"<layer>.<direction>.<value>"`` back through a stack."""
    losses: dict[str, dict[str, object]] = {where: {} for where in trace.traces}
    above: Array | None = None
    for name, value in mapping("loss", loss, "values to gradients").items():
        if name == "output":
            above = _whole(trace, value)
        else:
            known("value", [name], ("output", *trace.names, *(f"{where}.output" for where in losses)))
            where, _, value_name = name.rpartition(".")
            losses[where][value_name] = value
    gradients: dict[str, Gradients] = {}
    for depth in reversed(range(trace.stack.depth)):
        for where, part in split(trace, depth, above).items():
            gradients[where] = backprop_trace(trace.traces[where], losses[where], part)
        above = np.sum([_input_gradient(gradients[where]) for where in trace.stack.layer(depth)], axis=0)
    assert above is not None  # a stack has a layer
    return StackGradients(trace, gradients, shaped(above, trace.lead, trace.batched))


def _input_gradient(of: Gradients) -> Array:
    """Return dL/dx, (T, S, B, D) in time."""
    return of.trace.masking.turned(of.adjoint[of.trace.cell.graph.x])


def _whole(trace: StackTrace, value: object) -> Array:
    """Return the output's gradient, (T, S, B, n); given for each sequence's last step alone, it is zero elsewhere."""
    name, width = "output", trace.output.shape[-1]
    given = numbers(f"loss[{name!r}]", value, finite=False)
    laid = laid_out(trace, name, given, width)
    laid = np.where(read_of(trace, f"loss[{name!r}]", given, laid.ndim == 3), laid, 0)
    if laid.ndim == 4:
        return laid
    whole = np.zeros((trace.steps, *laid.shape))
    whole[trace.masking.last, :, np.arange(trace.batch)] = laid.swapaxes(0, 1)
    return whole


def split(trace: StackTrace, depth: int, d: Array | None) -> dict[str, Array | None]:
    """Split the gradient of a layer's output, (T, S, B, n) in time, between its directions."""
    names = trace.stack.layer(depth)
    if d is None or len(names) == 1:
        return dict.fromkeys(names, d)
    forward, backward = (trace.traces[where].masking.turned(trace.traces[where].outputs) for where in names)
    width = forward.shape[-1]
    if trace.stack.merge == "concat":
        parts = (d[..., :width], d[..., width:])
    else:
        parts = {"sum": (d, d), "ave": (d / 2, d / 2), "mul": (d * backward, d * forward)}[trace.stack.merge]
    return dict(zip(names, parts, strict=True))
