"""Stacks of layers and directions, and their runs: each layer and direction keeps a trace of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, overload

import numpy as np

from cells.cell import Cell, float_type
from cells.checks import Array, UnknownNameError, instance, known, one_of
from cells.gradients import Gradients
from cells.inputs import Masking
from cells.trace import Run, Trace, Values, shaped

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

    Attributes
    ----------
    cells : dict of str to Cell
        By ``"<layer>.<direction>"``.
    depth : int
        How many layers there are.
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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stack):
            return NotImplemented
        return (self.merge, self.reverse, self.cells) == (other.merge, other.reverse, other.cells)

    def __hash__(self) -> int:
        return hash((self.merge, self.reverse, *self.cells.items()))

    @property
    def first(self) -> Cell:
        """The first layer's first cell."""
        return next(iter(self.cells.values()))

    @property
    def inputs(self) -> int:
        """D, the number of inputs."""
        return self.first.inputs

    @property
    def units(self) -> int:
        """H, the number of hidden units of a cell of the last layer."""
        return self.cells[self.layer(self.depth - 1)[0]].units

    @property
    def dtype(self) -> np.dtype:
        """float32 if every cell is, else float64."""
        return float_type(*(cell.dtype for cell in self.cells.values()))

    @property
    def parameters(self) -> dict[str, Array]:
        """Every cell's parameters, by ``"<layer>.<direction>.<parameter>"``."""
        return {f"{where}.{name}": p for where, cell in self.cells.items() for name, p in cell.parameters.items()}

    def replace(self, **parameters: object) -> Stack:
        """Return the same stack with some parameters replaced: ``stack.replace(**{"0.forward.b_f": …})``."""
        known("stack parameter", parameters, self.parameters)
        changed = {where: cell.replace(**of_cell(parameters, where)) for where, cell in self.cells.items()}
        layers = [[changed[where] for where in self.layer(depth)] for depth in range(self.depth)]
        return Stack([layer if len(layer) == 2 else layer[0] for layer in layers], self.merge, self.reverse)

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


class StackTrace(_StackValues, Run):
    """The run of a stack: a :class:`cells.Trace` for each layer and direction, and a mapping of all their values.

    Attributes
    ----------
    stack : Stack
    traces : dict of str to Trace
        By ``"<layer>.<direction>"``.
    output : numpy.ndarray
        The last layer's output, (T, n) or (T, B, n), zero where no step is read; a sweep's settings precede T.
    masking : Masking
        Which steps were read.
    """

    def __init__(self, stack: Stack, traces: dict[str, Trace], output: Array):
        self.stack, self.traces = stack, traces
        self.of, self.parts = stack, traces
        first = next(iter(traces.values()))
        self.lead, self.batched = first.lead, first.batched
        self.masking = Masking(first.steps, first.batch, first.masking.lengths, first.masking.mask)
        self.x = first.x
        self.output = shaped(output, self.lead, self.batched)
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


def of_cell(named: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return what is named ``"<where>.<name>"`` by its name in that cell."""
    return {name.removeprefix(f"{where}."): value for name, value in named.items() if name.startswith(f"{where}.")}


@overload
def part_of(of: Stack, name: object) -> tuple[Cell, str]: ...
@overload
def part_of(of: StackTrace, name: object) -> tuple[Trace, str]: ...
@overload
def part_of(of: StackGradients, name: object) -> tuple[Gradients, str]: ...
def part_of(of: Stack | StackTrace | StackGradients, name: object) -> tuple[Cell | Trace | Gradients, str]:
    """Return the part of a stack that ``"<layer>.<direction>.<name>"`` belongs to, and the name there."""
    parts: Mapping[str, Any] = of.cells if isinstance(of, Stack) else of.parts
    where, _, inner = str(name).rpartition(".")
    if where not in parts:
        raise UnknownNameError(f"unknown value {name!r:.80}: expected a cell's and its own, {min(parts)}.h")
    return parts[where], inner


def expect_run(trace: Trace | StackTrace) -> None:
    """Refuse what is no run of a cell or of a stack, and a sweep."""
    instance("trace", trace, (Trace, StackTrace), "what run returned")
    if trace.lead:
        raise ValueError("trace: expected a run, got a sweep")
