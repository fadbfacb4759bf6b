"""Running a cell over a sequence, and the record of every named value at every step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cells.cell import Cell, float_type, numbers
from cells.plan import Record, forward, plan_of

Array = np.ndarray


class Trace:
    """Every named value of one run, read-only.

    Attributes
    ----------
    cell : Cell
    x : numpy.ndarray
        The input as it was read, (T, D) or (T, B, D).
    names : tuple of str
        ``x`` and every value the cell defines, in the order of the definition.
    """

    def __init__(
        self,
        cell: Cell,
        record: Record,
        parameters: Mapping[str, Array],
        lead: tuple[int, ...],
        batched: bool,
        active: Array | None = None,
    ):
        self.cell, self.record, self.parameters = cell, record, parameters
        self.lead, self.batched, self.active = lead, batched, active
        self.names = ("x", *cell.graph.values)
        self.x = self["x"] if not lead else shaped(record[cell.graph.x], (), batched)

    def __getitem__(self, name: str) -> Array:
        """Return a value at every step.

        Parameters
        ----------
        name : str
            One of :attr:`names`.

        Returns
        -------
        numpy.ndarray
            (T, H), or (T, B, H) for a batch; a sweep's settings stand before T.
        """
        if name not in self.names:
            raise ValueError(f"unknown value {name!r}: this trace has {', '.join(self.names)}")
        node = self.cell.graph.x if name == "x" else self.cell.graph.values[name]
        return shaped(self.record[node], self.lead, self.batched)

    def before(self, name: str) -> Array:
        """Return a state as it entered each step, shaped as ``trace[name]``."""
        return shaped(self.record[state_node(self.cell, name)], self.lead, self.batched)

    @property
    def steps(self) -> int:
        """T."""
        return len(self.record[self.cell.graph.x])

    @property
    def output(self) -> Array:
        """The cell's output at every step."""
        return self[self.cell.graph.output]


def state_node(cell: Cell, name: str):
    """Return the node of a state as it enters a step; refuse other names."""
    if name not in cell.graph.before:
        raise ValueError(f"unknown state {name!r}: {cell.kind} has {', '.join(cell.graph.before)}")
    return cell.graph.before[name]


def shaped(array: Array, lead: tuple[int, ...], batched: bool) -> Array:
    """Return (T, S, B, n) as readers know it: without S or with the sweep's axes first, without B if there was none."""
    view = np.moveaxis(array, 1, 0)
    view = np.broadcast_to(view, (max(int(np.prod(lead)), 1), *view.shape[1:])) if lead else view
    view = view.reshape(lead + view.shape[1:])
    view = view if batched else view[..., 0, :]
    view.setflags(write=False)
    return view


def run(cell: Cell, x: object, *, start: Mapping[str, object] | None = None) -> Trace:
    """Run ``cell`` over a sequence and record every named value at every step.

    Parameters
    ----------
    cell : Cell
    x : array_like
        (T, D), or (T, B, D) for a batch.  Read as the cell's own float type unless it is a float64 array.
    start : mapping of str to array_like, optional
        The states before the first step, each (H,) or (B, H); zero where absent.

    Returns
    -------
    Trace

    Raises
    ------
    ValueError
        If ``x`` or ``start`` has the wrong shape, is empty or not finite, or a state's name is unknown.

    Notes
    -----
    The run is float64 unless the cell and ``x`` are both float32.
    """
    sequence, batched = read_sequence(cell, x)
    parameters = {name: p[None].astype(sequence.dtype, copy=False) for name, p in cell.parameters.items()}
    record = record_of(cell, sequence, parameters, read_start(cell, start, sequence), None)
    return Trace(cell, record, parameters, (), batched)


def record_of(
    cell: Cell, x: Array, parameters: Mapping[str, Array], start: Mapping[str, Array], active: Array | None
) -> Record:
    """Run the cell's plan with parameters (S or 1, …) on x (T, 1, B, D)."""
    lead = max(len(p) for p in parameters.values())
    record = Record(plan_of(cell.graph), cell.sizes, x, lead)
    for name, node in cell.graph.before.items():
        record[node][:1] = start.get(name, 0)
    with np.errstate(over="ignore"):  # e^-a of a saturated gate is infinite, and the gate then rightly 0
        forward(record, parameters, active)
    return record


def read_sequence(cell: Cell, x: object) -> tuple[Array, bool]:
    """Return x as (T, 1, B, D), and whether it was a batch."""
    array = numbers("x", x)
    if not hasattr(x, "dtype"):
        array = array.astype(cell.dtype)
    array = array.astype(float_type(array, *cell.parameters.values()), copy=False)
    if array.ndim not in (2, 3) or array.shape[-1] != cell.inputs:
        expected = f"(T, {cell.inputs}) or (T, B, {cell.inputs})"
        raise ValueError(f"x: expected shape {expected}, got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"x: expected at least one step and one sequence, got shape {array.shape}")
    batched = array.ndim == 3
    return (array if batched else array[:, None])[:, None], batched


def read_start(cell: Cell, start: Mapping[str, object] | None, x: Array) -> dict[str, Array]:
    """Return the given first states, each broadcastable to (B, n)."""
    states = {}
    for name, value in (start or {}).items():
        size = cell.sizes[state_node(cell, name).size]
        array = numbers(f"start[{name!r}]", value)
        if array.shape not in ((size,), (x.shape[2], size)):
            raise ValueError(f"start[{name!r}]: expected shape ({size},) or ({x.shape[2]}, {size}), got {array.shape}")
        states[name] = array
    return states
