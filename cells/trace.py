"""Running a cell over a sequence, and the record of every named value at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from cells.cell import Cell, float_type
from cells.checks import Array, instance, known, mapping, numbers, one_of, whole_numbers
from cells.expression import Node, State
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


class Trace(Values):
    """Every named value of one run: a mapping of names to read-only arrays.

    Arrays are (T, H), or (T, B, H) for a batch; a sweep's settings precede T.  Whichever way the cell read, step t of
    an array belongs to step t of the input.  A trace is pickled as what was run, and run again where it is read.

    Attributes
    ----------
    cell : Cell
    names : tuple of str
        ``x`` and every value the cell defines, in the order of the definition.
    lengths : numpy.ndarray or None
        The length of each sequence, (B,).
    reverse : bool
        Whether the cell read from the last step to the first.
    """

    def __init__(
        self,
        cell: Cell,
        record: Record,
        parameters: Mapping[str, Array],
        *,
        lead: tuple[int, ...] = (),
        batched: bool = False,
        lengths: Array | None = None,
        reverse: bool = False,
    ):
        self.cell, self.record, self.parameters = cell, record, parameters
        self.lead, self.batched, self.lengths, self.reverse = lead, batched, lengths, reverse
        self.names, self.of = ("x", *cell.graph.values), cell

    def __repr__(self) -> str:
        sizes = {"steps": self.steps, "batch": self.batch if self.batched else None, "settings": self.lead or None}
        words = [f"{name}={size}" for name, size in sizes.items() if size is not None]
        return f"{super().__repr__()[:-1]}: {' '.join(words)}{' reverse' if self.reverse else ''}>"

    def __reduce__(self) -> tuple[Callable[..., Trace], tuple[Any, ...]]:
        start = {name: self.record[node][:1] for name, node in self.cell.graph.before.items()}
        how = self.lead, self.batched, self.lengths, self.reverse
        return recorded, (self.cell, self.record[self.cell.graph.x], self.parameters, start, *how)

    def __getitem__(self, name: str) -> Array:
        """Return a value at every step; past a sequence's end its states stay as they were."""
        return self.public(self.record[self.node(name)])

    def before(self, name: str) -> Array:
        """Return a state as it entered each step, shaped as ``trace[name]``."""
        return self.public(self.record[self.state(name)])

    @property
    def x(self) -> Array:
        """The input, (T, D) or (T, B, D)."""
        return self.public(self.record[self.cell.graph.x], lead=())

    @property
    def output(self) -> Array:
        """The cell's output at every step, zero past a sequence's end."""
        output = self.cell.graph.output
        if self.lengths is None:
            return self[output]
        masked = np.where(self.running[:, None, :, None], self.record[self.node(output)], 0)
        return self.public(masked)

    @property
    def final(self) -> dict[str, Array]:
        """The states after the last step that was read, (H,) or (B, H)."""
        return {name: unstepped(self.record[self.node(name)][-1:], self) for name in self.cell.graph.before}

    @property
    def steps(self) -> int:
        """T."""
        return len(self.record[self.cell.graph.x])

    @property
    def batch(self) -> int:
        """B; 1 without a batch."""
        return int(self.record[self.cell.graph.x].shape[2])

    @property
    def running(self) -> Array:
        """Where a sequence still runs, (T, B), in the order the cell read."""
        return np.arange(self.steps)[:, None] < (self.steps if self.lengths is None else self.lengths)

    def node(self, name: str) -> Node:
        """Return the node of a named value; refuse other names."""
        known("value", [name], self.names)
        return self.cell.graph.x if name == "x" else self.cell.graph.values[name]

    def state(self, name: str) -> State:
        """Return the node of a state as it enters a step; refuse other names."""
        return state_node(self.cell, name)

    def public(self, array: Array, lead: tuple[int, ...] | None = None) -> Array:
        """Return (T, S, B, n), in the order of reading, as :class:`Trace` says arrays are, read-only."""
        array = in_time(array, self.lengths) if self.reverse else array
        return shaped(array, self.lead if lead is None else lead, self.batched)


def expect_run(trace: Trace) -> None:
    """Refuse what is no trace, and a sweep."""
    instance("trace", trace, Trace, "a trace")
    if trace.lead:
        raise ValueError("trace: expected a run, got a sweep")


def state_node(cell: Cell, name: str) -> State:
    """Return the node of a cell's state as it enters a step; refuse other names."""
    known("state", [name], cell.graph.before)
    return cell.graph.before[name]


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


def in_time(array: Array, lengths: Array | None) -> Array:
    """Turn each sequence of (T, S, B, n) around within its length; turning twice gives the same back."""
    if lengths is None:
        return array[::-1]
    steps = np.arange(len(array))[:, None]
    order = np.where(steps < lengths, lengths - 1 - steps, steps)
    return np.take_along_axis(array, order[:, None, :, None], axis=0)


def run_cell(
    cell: Cell,
    x: object,
    *,
    start: Mapping[str, object] | None = None,
    lengths: object = None,
    reverse: bool = False,
) -> Trace:
    """Run one cell: see :func:`cells.run`."""
    one_of("reverse", reverse, (False, True))
    sequence, batched = read_sequence(cell.inputs, cell.dtype, x)
    counted = read_lengths(lengths, sequence)
    if reverse:
        sequence = in_time(sequence, counted)
    parameters = {name: p[None].astype(sequence.dtype, copy=False) for name, p in cell.parameters.items()}
    return recorded(cell, sequence, parameters, read_start(cell, start, sequence), (), batched, counted, reverse)


def recorded(
    cell: Cell,
    x: Array,
    parameters: Mapping[str, Array],
    start: Mapping[str, Array],
    lead: tuple[int, ...],
    batched: bool,
    lengths: Array | None,
    reverse: bool,
) -> Trace:
    """Run the cell's plan with parameters (S or 1, …) on x (T, 1, B, D), in the order of reading."""
    record = Record(plan_of(cell.graph), cell.sizes, x, max(len(p) for p in parameters.values()))
    for name, node in cell.graph.before.items():
        record[node][:1] = start.get(name, 0)
    running = None if lengths is None else np.arange(len(x))[:, None] < lengths
    with np.errstate(over="ignore"):  # e^-a of a saturated gate is infinite, and the gate then 0, which is exact
        forward(record, parameters, running)
    return Trace(cell, record, parameters, lead=lead, batched=batched, lengths=lengths, reverse=reverse)


def read_sequence(inputs: int, dtype: np.dtype, x: object) -> tuple[Array, bool]:
    """Return x as (T, 1, B, D) of the run's float type, and whether it was a batch."""
    array = numbers("x", x)
    if not hasattr(x, "dtype"):
        array = array.astype(dtype)
    array = array.astype(float_type(array.dtype, dtype), copy=False)
    if array.ndim not in (2, 3) or array.shape[-1] != inputs:
        raise ValueError(f"x: expected shape (T, {inputs}) or (T, B, {inputs}), got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"x: expected at least one step and one sequence, got shape {array.shape}")
    batched = array.ndim == 3
    return (array if batched else array[:, None])[:, None], batched


def read_lengths(lengths: object, x: Array) -> Array | None:
    """Return the lengths of x's sequences, (B,), or None."""
    return None if lengths is None else whole_numbers("lengths", lengths, x.shape[2], least=1, most=len(x))


def read_start(cell: Cell, start: Mapping[str, object] | None, x: Array) -> dict[str, Array]:
    """Return the given first states, each broadcastable to (B, n)."""
    states = {}
    names = ", ".join(cell.graph.before)
    for name, value in mapping("start", {} if start is None else start, f"states ({names}) to arrays").items():
        size = cell.sizes[state_node(cell, name).size]
        array = numbers(f"start[{name!r}]", value)
        if array.shape not in ((size,), (x.shape[2], size)):
            raise ValueError(f"start[{name!r}]: expected shape ({size},) or ({x.shape[2]}, {size}), got {array.shape}")
        states[name] = array
    return states
