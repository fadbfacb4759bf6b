"""Stacked and bidirectional runs: each layer and direction keeps a trace of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance, known, mapping, numbers, one_of
from cells.gradients import Gradients, backprop_trace
from cells.trace import Trace, Values, read_lengths, read_sequence, run_cell

DIRECTIONS = ("forward", "backward")

MERGES: dict[str, Callable[[Array, Array], Array]] = {
    "concat": lambda a, b: np.concatenate([a, b], axis=-1),
    "sum": np.add,
    "ave": lambda a, b: (a + b) / 2,
    "mul": np.multiply,
}
"""How a layer's two directions become one output, by the names of ``keras.layers.Bidirectional``."""


class Stack:
    """Layers of cells, each read by the next; a layer of two reads both ways.

    Parameters
    ----------
    layers : sequence
        Each a cell, or a pair of cells (forward, backward).  A cell alone reads forward.
    merge : str
        How two directions become one output: ``"concat"`` (PyTorch), ``"sum"``, ``"ave"``, ``"mul"``.
    reverse : bool
        Layers of one cell read backward.
    """

    def __init__(self, layers: Sequence[Cell | Sequence[Cell]], merge: str = "concat", reverse: bool = False):
        one_of("merge", merge, tuple(MERGES))
        one_of("reverse", reverse, (False, True))
        instance("layers", layers, (list, tuple), "a list of cells, or of pairs of cells")
        self.merge, self.reverse = merge, reverse
        self.cells: dict[str, Cell] = {}
        self.depth = len(layers)
        if not layers:
            raise ValueError("layers: expected at least one")
        width = None
        for depth, layer in enumerate(layers):
            pair = tuple(layer) if isinstance(layer, (list, tuple)) else (layer,)
            if len(pair) not in (1, 2) or not all(isinstance(c, Cell) for c in pair):
                raise ValueError(f"layers[{depth}]: expected a cell or a pair of cells, got {layer!r:.80}")
            names = DIRECTIONS if len(pair) == 2 else DIRECTIONS[reverse:][:1]
            for direction, cell in zip(names, pair, strict=True):
                if width not in (None, cell.inputs):
                    raise ValueError(f"layers[{depth}] {direction}: expected {width} inputs, got {cell.inputs}")
                self.cells[f"{depth}.{direction}"] = cell
            width = self._width(pair)
            if any(c.inputs != pair[0].inputs for c in pair):
                raise ValueError(f"layers[{depth}]: both directions must read the same inputs")

    def __repr__(self) -> str:
        merge = f" merge={self.merge!r}" if self.merge != "concat" else ""
        return f"<Stack {' '.join(f'{where}={cell!r}' for where, cell in self.cells.items())}{merge}>"

    def _width(self, pair: tuple[Cell, ...]) -> int:
        widths = [c.sizes[c.graph.values[c.graph.output].size] for c in pair]
        if self.merge == "concat":
            return sum(widths)
        if len(set(widths)) > 1:
            raise ValueError(f"merge {self.merge!r} needs both directions of one width, got {widths}")
        return widths[0]

    @property
    def parameters_count(self) -> int:
        """How many numbers all cells have together."""
        return sum(cell.parameters_count for cell in self.cells.values())

    def layer(self, depth: int) -> list[str]:
        """Names of one layer's cells: ``"0.forward"``, …"""
        return [name for name in self.cells if name.startswith(f"{depth}.")]


class _StackValues(Values):
    """The values of a stack's cells by their full names: ``"0.forward.f"``, ``"1.backward.c"``."""

    parts: Mapping[str, Values]

    def __getitem__(self, name: str) -> Array:
        known("value", [name], self.names)
        where, _, value = name.rpartition(".")
        return self.parts[where][value]


class StackTrace(_StackValues):
    """The run of a stack: a :class:`cells.Trace` for each layer and direction, and a mapping of all their values.

    Attributes
    ----------
    stack : Stack
    traces : dict of str to Trace
        By ``"<layer>.<direction>"``.
    output : numpy.ndarray
        The last layer's output, (T, n) or (T, B, n), zero past a sequence's end.
    """

    def __init__(self, stack: Stack, traces: dict[str, Trace], output: Array):
        self.stack, self.traces, self.output = stack, traces, output
        self.of, self.parts = stack, traces
        self.output.setflags(write=False)
        self.names = tuple(f"{where}.{name}" for where, trace in traces.items() for name in trace.names)

    @property
    def final(self) -> dict[str, dict[str, Array]]:
        """The states each cell ended with."""
        return {where: trace.final for where, trace in self.traces.items()}


class StackGradients(_StackValues):
    """dL/d(everything) of a stack's run: a mapping of the trace's names.

    Attributes
    ----------
    gradients : dict of str to Gradients
    x : numpy.ndarray
    params : dict of str to numpy.ndarray
        By ``"0.forward.U_f"``.
    start : dict of str to dict
    """

    def __init__(self, trace: StackTrace, gradients: dict[str, Gradients], x: Array):
        self.trace, self.gradients, self.x = trace, gradients, x
        self.of, self.parts, self.names = trace, gradients, trace.names
        self.params = {f"{where}.{name}": p for where, g in gradients.items() for name, p in g.params.items()}
        self.start = {where: g.start for where, g in gradients.items()}


def run_stack(
    stack: Stack,
    x: object,
    *,
    start: Mapping[str, Mapping[str, object]] | None = None,
    lengths: object = None,
) -> StackTrace:
    """Run a stack; ``start`` holds the first states of each cell by ``"<layer>.<direction>"``."""
    given = mapping("start", {} if start is None else start, f"{', '.join(stack.cells)} to their states")
    known("cell in start", given, stack.cells)
    states = {where: mapping(f"start[{where!r}]", of, "states to arrays") for where, of in given.items()}
    first = next(iter(stack.cells.values()))
    sequence, batched = read_sequence(first.inputs, first.dtype, x)
    read_lengths(lengths, sequence)
    below = sequence[:, 0] if batched else sequence[:, 0, 0]
    traces: dict[str, Trace] = {}
    for depth in range(stack.depth):
        names = stack.layer(depth)
        for where in names:
            backward = where.endswith(DIRECTIONS[1])
            cell, first_states = stack.cells[where], states.get(where)
            traces[where] = run_cell(cell, below, start=first_states, lengths=lengths, reverse=backward)
        parts = [traces[where].output for where in names]
        below = parts[0] if len(parts) == 1 else MERGES[stack.merge](*parts)
    return StackTrace(stack, traces, below)


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
        names = trace.stack.layer(depth)
        for where, part in zip(names, _parts(trace, names, above), strict=True):
            from_above = {} if part is None else {"output": part}
            gradients[where] = backprop_trace(trace.traces[where], losses[where], from_above)
        above = np.sum([gradients[where].x for where in names], axis=0)
    assert above is not None  # a stack has a layer
    return StackGradients(trace, gradients, above)


def _whole(trace: StackTrace, value: object) -> Array:
    """Return the output's gradient at every step; given for each sequence's last step alone, it is zero elsewhere."""
    given, expected = numbers("loss['output']", value), trace.output.shape
    if given.shape == expected:
        return given
    if given.shape != expected[1:]:
        raise ValueError(
            f"loss['output']: expected shape {expected}, or {expected[1:]} for the last step, got {given.shape}"
        )
    steps, *batch, width = expected
    lengths = next(iter(trace.traces.values())).lengths
    whole = np.zeros((steps, *(batch or [1]), width))
    whole[(steps if lengths is None else lengths) - 1, np.arange(whole.shape[1])] = given
    return whole.reshape(expected)


def _parts(trace: StackTrace, names: list[str], d: Array | None) -> list[Array | None]:
    """Split the gradient of a layer's output between its directions."""
    if d is None or len(names) == 1:
        return [d] * len(names)
    forward, backward = (trace.traces[where].output for where in names)
    if trace.stack.merge == "concat":
        width = forward.shape[-1]
        return [d[..., :width], d[..., width:]]
    return {"sum": [d, d], "ave": [d / 2, d / 2], "mul": [d * backward, d * forward]}[trace.stack.merge]
