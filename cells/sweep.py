"""One run for many values of a parameter, in one vectorised pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance, known, numbers
from cells.ensemble import Start, ensemble
from cells.layers import Stack, StackTrace
from cells.trace import Trace


@overload
def sweep(cell: Cell, x: object, parameter: str | Sequence[str], index: Any, values: Any, *, start: Start = ...,
          lengths: object = ..., mask: object = ..., batch_first: bool = ...) -> Trace: ...  # fmt: skip
@overload
def sweep(cell: Stack, x: object, parameter: str | Sequence[str], index: Any, values: Any, *, start: Start = ...,
          lengths: object = ..., mask: object = ..., batch_first: bool = ...) -> StackTrace: ...  # fmt: skip
def sweep(
    cell: Cell | Stack,
    x: object,
    parameter: str | Sequence[str],
    index: Any,
    values: Any,
    *,
    start: Start = None,
    lengths: object = None,
    mask: object = None,
    batch_first: bool = False,
) -> Trace | StackTrace:
    """Run ``cell`` over ``x`` once for each of many values of one entry of one parameter, or of two.

    Parameters
    ----------
    cell : Cell or Stack
    x : array_like
        (T, D) or (T, B, D).
    parameter : str or pair of str
        The parameter's name, of a stack's ``"<layer>.<direction>.<parameter>"``; a pair sweeps a grid.
    index : tuple of int, int, or pair of those
        Which entry of it: ``(row, column)`` of a matrix, ``unit`` of a vector.
    values : array_like or pair of array_like
        The values the entry takes, (S,); for a pair (S1,) and (S2,).
    start, lengths, mask, batch_first
        As for :func:`cells.run`.

    Returns
    -------
    Trace or StackTrace
        Its arrays have the values' axes first: (S, T, …) or (S1, S2, T, …).  :func:`cells.backprop` takes it as any
        other.
    """
    instance("cell", cell, (Cell, Stack), "a cell or a stack of them")
    instance("parameter", parameter, (str, list, tuple), "a name, or a pair of names")
    if isinstance(parameter, str):
        parameter, index, values = [parameter], [index], [values]
    for what, given in {"index": index, "values": values}.items():
        if not np.iterable(given):
            raise ValueError(f"{what}: expected a pair, as of parameter, got {given!r:.80}")
    names, places, axes = list(parameter), list(index), [_axis(v) for v in values]
    if not 1 <= len(names) == len(places) == len(axes) <= 2:
        raise ValueError("parameter, index and values: expected one of each, or two of each")
    parameters: dict[str, Array] = {}
    for name, place, values_of in zip(names, places, np.meshgrid(*axes, indexing="ij"), strict=True):
        entry = _entry(cell, name, place)
        if name not in parameters:
            own = cell.parameters[name]
            parameters[name] = np.broadcast_to(own, values_of.shape + own.shape).astype(float)
        parameters[name][..., *entry] = values_of
    return ensemble(cell, x, parameters, start=start, lengths=lengths, mask=mask, batch_first=batch_first)


def _axis(values: object) -> Array:
    axis = numbers("values", values)
    if axis.ndim != 1 or not len(axis):
        raise ValueError(f"values: expected one axis of at least one value, got shape {axis.shape}")
    return axis


def _entry(cell: Cell | Stack, name: str, index: Any) -> tuple[Any, ...]:
    """Return an entry's index; refuse what is not one of the parameter's."""
    known(f"{cell.kind if isinstance(cell, Cell) else 'stack'} parameter", [name], cell.parameters)
    shape = cell.parameters[name].shape
    try:
        entry = tuple(np.atleast_1d(np.asarray(index)).tolist())
    except ValueError:  # lists of different lengths
        entry = ()
    if len(entry) != len(shape) or not all(
        isinstance(k, int) and 0 <= k < n for k, n in zip(entry, shape, strict=True)
    ):
        raise ValueError(f"index: expected an entry of {name}, of shape {shape}, got {index!r:.80}")
    return entry
