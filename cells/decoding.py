"""Runs whose next input is read off their output, as a decoder's is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cells.cell import Cell, float_type
from cells.checks import Array, instance, numbers, whole
from cells.inputs import Masking, read_input, read_start
from cells.layers import Stack, StackTrace
from cells.plan import Record, plan_of, steps_of
from cells.running import run
from cells.through_layers import read_starts
from cells.trace import Trace


class _Layer:
    """A cell with room for every step, which it fills one by one."""

    def __init__(self, cell: Cell, x: Array, start: Mapping[str, Array]):
        self.cell, self.x = cell, x
        self.parameters = cell.typed(x.dtype)
        self.record = Record(plan_of(cell.graph), cell.sizes, x, 1)
        for name, node in cell.graph.before.items():
            self.record[node][:1] = start.get(name, 0)
        self.output: Array = self.record[cell.graph.values[cell.graph.output]]
        self.steps = steps_of(self.record, self.parameters)

    def step(self, t: int) -> None:
        """Read the input of a step, which stands in x."""
        static, per_step = self.steps
        for each in static:
            each(slice(t, t + 1))
        for each in per_step:
            each(t)


def decode(
    cell: Cell | Stack,
    first: object,
    feed: Callable[[Array], Any],
    steps: int,
    *,
    start: Mapping[str, Any] | None = None,
) -> Trace | StackTrace:
    """Run a cell, or a stack of them, whose next input is read off its output, and record every named value.

    Parameters
    ----------
    cell : Cell or Stack
        Of a stack, every layer reads forward.
    first : array_like
        The first input, (D,), or (B, D) for a batch.
    feed : callable
        Given the output of a step, (n,) or (B, n), returns the next step's input, shaped as ``first``; None ends the
        run.
    steps : int
        How many steps there are at most.
    start : mapping, optional
        As of :func:`cells.run`; an encoder's states are its ``trace.final``.

    Returns
    -------
    Trace or StackTrace
        As one run over all the inputs that were read.

    Notes
    -----
    A step costs what it costs within a run, and no set-up: the record of all steps is made before the first.
    """
    instance("cell", cell, (Cell, Stack), "a cell or a stack of them")
    if not callable(feed):
        raise ValueError(f"feed: expected a function of the output, got {feed!r:.80}")
    whole("steps", steps)
    stack = cell if isinstance(cell, Stack) else Stack([cell])
    if list(stack.cells) != [f"{depth}.forward" for depth in range(stack.depth)]:
        raise ValueError("cell: expected layers that read forward: a later step cannot be read before it is known")
    given = numbers("first", first)
    sequence, _, batched = read_input(stack.inputs, stack.dtype, given[None] if hasattr(first, "dtype") else [first])
    batch = sequence.shape[2]
    if isinstance(cell, Stack):
        starts = read_starts(cell, start, batch)
    else:
        starts = {"0.forward": read_start(cell, start, batch)}
    layers: list[_Layer] = []
    x = np.empty((steps, *sequence.shape[1:]), sequence.dtype)
    for where, each in stack.cells.items():
        x = x.astype(float_type(x.dtype, each.dtype), copy=False)
        layers.append(_Layer(each, x, starts[where]))
        x = np.empty_like(layers[-1].output)
    value: Array | None = sequence[0, 0]
    for t in range(steps):
        layers[0].x[t, 0] = value
        with np.errstate(over="ignore"):
            for layer, above in zip(layers, [*layers[1:], None], strict=True):
                layer.step(t)
                if above:
                    above.x[t] = layer.output[t]
        output = layers[-1].output[t, 0] if batched else layers[-1].output[t, 0, 0]
        if t < steps - 1 and (value := _fed(feed(output.copy()), given.shape)) is None:
            return run(cell, _plain(layers[0].x[: t + 1], batched), start=start)
    masking = Masking(steps, batch)
    traces = {
        where: Trace(layer.cell, layer.record, layer.parameters, masking, batched=batched)
        for where, layer in zip(stack.cells, layers, strict=True)
    }
    return StackTrace(stack, traces, layers[-1].output) if isinstance(cell, Stack) else traces["0.forward"]


def _fed(value: Any, shape: tuple[int, ...]) -> Array | None:
    """Return the next input, of the shape of the first; None if there is none."""
    if value is None:
        return None
    array = numbers("feed's next input", value)
    if array.shape != shape:
        raise ValueError(f"feed's next input: expected shape {shape}, got {array.shape}")
    return array


def _plain(x: Array, batched: bool) -> Array:
    return x[:, 0] if batched else x[:, 0, 0]
