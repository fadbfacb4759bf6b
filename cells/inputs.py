"""What a run reads: its input, which steps of it and in which order, and the states before the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cells.cell import Cell, float_type
from cells.checks import Array, expect_finite, known, mapping, numbers, one_of, whole_numbers
from cells.expression import State


@dataclass(frozen=True, eq=False)
class Masking:
    """Which steps of each sequence are read, and in which order.

    Attributes
    ----------
    steps, batch : int
    lengths : numpy.ndarray or None
        How many steps of each sequence there are, (B,).
    mask : numpy.ndarray or None
        Where a step may be read, (T, B).
    reverse : bool
        Whether each sequence is read from its last step to its first.
    """

    steps: int
    batch: int
    lengths: Array | None = None
    mask: Array | None = None
    reverse: bool = False

    @cached_property
    def read(self) -> Array:
        """Where a step is read, (T, B), in time."""
        within = np.arange(self.steps)[:, None] < (self.steps if self.lengths is None else self.lengths)
        within = np.broadcast_to(within, (self.steps, self.batch))
        return within if self.mask is None else within & self.mask

    @property
    def running(self) -> Array:
        """Where a step is read, (T, B), in the order of reading."""
        return self.read[::-1] if self.reverse else self.read

    @cached_property
    def last(self) -> Array:
        """The last step in time that is read, (B,); −1 of a sequence of which none is."""
        return np.where(self.read.any(axis=0), self.steps - 1 - self.read[::-1].argmax(axis=0), -1)

    @property
    def whole(self) -> bool:
        """Whether every step of every sequence is read."""
        return self.lengths is None and self.mask is None

    def turned(self, array: Array) -> Array:
        """Return (T, S, B, n) in the order of reading, given in time; turning twice gives the same back."""
        return array[::-1] if self.reverse else array

    def only_read(self, array: Array) -> Array:
        """Return (T, S, B, n), in the order of reading, with zeros where no step is read."""
        return array if self.whole else np.where(self.running[:, None, :, None], array, 0)


def read_input(
    inputs: int,
    dtype: np.dtype,
    x: object,
    *,
    lengths: object = None,
    mask: object = None,
    reverse: bool = False,
    batch_first: bool = False,
) -> tuple[Array, Masking, bool]:
    """Return x as (T, 1, B, D) of the run's float type, in time; what is read of it; and whether it was a batch.

    What is not read may be anything, and is zero in what is returned.
    """
    one_of("batch_first", batch_first, (False, True))
    array = numbers("x", x, finite=False)
    array = array.astype(float_type(array.dtype if hasattr(x, "dtype") else dtype, dtype), copy=False)
    if array.ndim not in (2, 3) or array.shape[-1] != inputs:
        axes = "(B, T, " if batch_first else "(T, B, "
        raise ValueError(f"x: expected shape (T, {inputs}) or {axes}{inputs}), got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"x: expected at least one step and one sequence, got shape {array.shape}")
    batched, swapped = array.ndim == 3, batch_first and array.ndim == 3
    sequence = (array.swapaxes(0, 1) if swapped else array) if batched else array[:, None]
    masking = _masking(sequence, lengths, mask, reverse, batched, swapped)
    if masking.whole:
        expect_finite("x", array)
    else:
        read = masking.read[..., None] if batched else masking.read
        expect_finite("x", array, read.swapaxes(0, 1) if swapped else read)
        if sequence[~masking.read].any():  # else a copy would only take memory
            sequence = np.where(masking.read[..., None], sequence, 0).astype(sequence.dtype, copy=False)
    return np.ascontiguousarray(sequence)[:, None], masking, batched


def _masking(sequence: Array, lengths: object, mask: object, reverse: bool, batched: bool, swapped: bool) -> Masking:
    one_of("reverse", reverse, (False, True))
    steps, batch = sequence.shape[:2]
    counted = None if lengths is None else whole_numbers("lengths", lengths, batch, least=0, most=steps)
    masked = None
    if mask is not None:
        expected = ((batch, steps) if swapped else (steps, batch)) if batched else (steps,)
        masked = _mask(mask, expected)
        masked = (masked.T if swapped else masked).reshape(steps, batch)
    return Masking(steps, batch, counted, masked, bool(reverse))


def _mask(mask: object, expected: tuple[int, ...]) -> Array:
    array = numbers("mask", mask)
    if array.shape != expected or not np.isin(array, (0, 1)).all():
        raise ValueError(f"mask: expected True where a step is read, of shape {expected}, got {mask!r:.80}")
    return array.astype(bool)


def read_start(cell: Cell, start: Mapping[str, object] | None, batch: int) -> dict[str, Array]:
    """Return the first states that are given or not zero, each broadcastable to (B, n)."""
    states = {name: np.full(1, node.start) for name, node in cell.graph.before.items() if node.start}
    names = ", ".join(cell.graph.before)
    for name, value in mapping("start", {} if start is None else start, f"states ({names}) to arrays").items():
        size = cell.sizes[state_node(cell, name).size]
        array = numbers(f"start[{name!r}]", value)
        if array.shape not in ((size,), (batch, size)):
            raise ValueError(f"start[{name!r}]: expected shape ({size},) or ({batch}, {size}), got {array.shape}")
        states[name] = array
    return states


def state_node(cell: Cell, name: str) -> State:
    """Return the node of a cell's state as it enters a step; refuse other names."""
    known("state", [name], cell.graph.before)
    return cell.graph.before[name]
