"""Running a cell over a sequence, and the record of every named value at every step."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from cells.cell import Cell
from cells.checks import Array, known
from cells.display import Displayed
from cells.expression import Node, State
from cells.inputs import Masking, read_input, read_start, state_node
from cells.parameters import Parameters
from cells.plan import Record, forward, plan_of


class Values(Mapping[str, Array]):
    """Arrays by the names of values, of a run that ``of`` names; compared and hashed by identity."""

    names: tuple[str, ...]
    of: object

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.of!r}>"

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self.names

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__


class Run(Values, Displayed):
    """What the run of a cell and that of a stack have in common.

    Attributes
    ----------
    masking : Masking
        Which steps were read, and in which order.
    lead : tuple of int
        A sweep's settings, whose axes precede T.
    batched : bool
        Whether there is an axis B.
    """

    masking: Masking
    lead: tuple[int, ...]
    batched: bool

    def __repr__(self) -> str:
        sizes = {"steps": self.steps, "batch": self.batch if self.batched else None, "settings": self.lead or None}
        words = [f"{name}={size}" for name, size in sizes.items() if size is not None]
        return f"{super().__repr__()[:-1]}: {' '.join(words)}{' reverse' if self.masking.reverse else ''}>"

    @property
    def steps(self) -> int:
        """T."""
        return self.masking.steps

    @property
    def batch(self) -> int:
        """B; 1 without a batch."""
        return self.masking.batch

    @property
    def lengths(self) -> Array | None:
        """The length of each sequence, (B,), if it was given."""
        return self.masking.lengths

    @property
    def mask(self) -> Array | None:
        """Where a step was to be read, (T,) or (T, B), if it was given."""
        mask = self.masking.mask
        return mask if mask is None or self.batched else mask[:, 0]

    @property
    def settings(self) -> int:
        """How many settings a sweep has; 1 of a run."""
        return math.prod(self.lead)


class Trace(Run):
    """Every named value of one run: a mapping of names to read-only arrays.

    Arrays are (T, H), or (T, B, H) for a batch; a sweep's settings precede T.  Whichever way the cell read, step t of
    an array belongs to step t of the input.  A trace is pickled as what was run, and run again where it is read.

    Attributes
    ----------
    cell : Cell
    names : tuple of str
        ``x`` and every value the cell defines, in the order of the definition.
    masking : Masking
        Which steps were read, and in which order; ``lengths``, ``mask`` and ``reverse`` are its.
    """

    def __init__(
        self,
        cell: Cell,
        record: Record,
        parameters: Parameters,
        masking: Masking,
        *,
        lead: tuple[int, ...] = (),
        batched: bool = False,
    ):
        self.cell, self.record, self.parameters, self.masking = cell, record, parameters, masking
        self.lead, self.batched = lead, batched
        self.names, self.of = ("x", *cell.graph.values), cell

    def __reduce__(self) -> tuple[Callable[..., Trace], tuple[Any, ...]]:
        start = {name: self.record[node][:1] for name, node in self.cell.graph.before.items()}
        how = self.lead, self.batched, self.masking
        return recorded, (self.cell, self.record[self.cell.graph.x], dict(self.parameters), start, *how)

    def __getitem__(self, name: str) -> Array:
        """Return a value at every step; where none is read, the states stay as they were."""
        return self.public(self.record[self.node(name)])

    def before(self, name: str) -> Array:
        """Return a state as it entered each step, shaped as ``trace[name]``."""
        return self.public(self.record[self.state(name)])

    @property
    def x(self) -> Array:
        """The input, (T, D) or (T, B, D), zero where no step is read; in a sweep's upper layers, each setting's."""
        x = self.record[self.cell.graph.x]
        return self.public(x, lead=() if x.shape[1] == 1 else self.lead)

    @property
    def output(self) -> Array:
        """The cell's output at every step, zero where none is read."""
        return self.public(self.outputs)

    @property
    def outputs(self) -> Array:
        """The output as (T, S, B, n), in the order of reading."""
        return self.masking.only_read(self.record[self.node(self.cell.graph.output)])

    @property
    def final(self) -> dict[str, Array]:
        """The states after the last step that was read, (H,) or (B, H); the first states, where none was."""
        return {name: unstepped(self.record[self.node(name)][-1:], self) for name in self.cell.graph.before}

    @property
    def reverse(self) -> bool:
        """Whether the cell read from the last step to the first."""
        return self.masking.reverse

    def node(self, name: str) -> Node:
        """Return the node of a named value; refuse other names."""
        known("value", [name], self.names)
        return self.cell.graph.x if name == "x" else self.cell.graph.values[name]

    def state(self, name: str) -> State:
        """Return the node of a state as it enters a step; refuse other names."""
        return state_node(self.cell, name)

    def public(self, array: Array, lead: tuple[int, ...] | None = None) -> Array:
        """Return (T, S, B, n), in the order of reading, as :class:`Trace` says arrays are, read-only."""
        return shaped(self.masking.turned(array), self.lead if lead is None else lead, self.batched)


def shaped(array: Array, lead: tuple[int, ...], batched: bool) -> Array:
    """Return (T, S, B, n) without S or with the sweep's axes first, and without B if there was none; read-only."""
    view = np.moveaxis(array, 1, 0) if lead else array[:, 0]
    if lead:
        view = np.broadcast_to(view, (int(np.prod(lead)), *view.shape[1:])).reshape(lead + view.shape[1:])
    view = view if batched else view[..., 0, :]
    view.setflags(write=False)
    return view


def unstepped(row: Array, trace: Trace) -> Array:
    """Return one step (1, S, B, n) as a trace's arrays are, without T."""
    return shaped(row, trace.lead, trace.batched)[(slice(None),) * len(trace.lead) + (0,)]


def run_cell(cell: Cell, x: object, *, start: Mapping[str, object] | None = None, **how: Any) -> Trace:
    """Run one cell: see :func:`cells.run`."""
    sequence, masking, batched = read_input(cell.inputs, cell.dtype, x, **how)
    first = read_start(cell, start, masking.batch)
    return recorded(cell, masking.turned(sequence), cell.typed(sequence.dtype), first, (), batched, masking)


def recorded(
    cell: Cell,
    x: Array,
    parameters: Mapping[str, Array],
    start: Mapping[str, Array],
    lead: tuple[int, ...],
    batched: bool,
    masking: Masking,
) -> Trace:
    """Run the cell's plan with parameters (S or 1, …) on x (T, S or 1, B, D), in the order of reading."""
    parameters = parameters if isinstance(parameters, Parameters) else Parameters(parameters)
    record = Record(plan_of(cell.graph), cell.sizes, x, max(len(x[0]), *(len(p) for p in parameters.values())))
    for name, node in cell.graph.before.items():
        record[node][:1] = start.get(name, 0)
    with np.errstate(over="ignore"):  # e^-a of a saturated gate is infinite, and the gate then 0, which is exact
        forward(record, parameters, None if masking.whole else masking.running)
    return Trace(cell, record, parameters, masking, lead=lead, batched=batched)
