"""One cell, or stack, with many sets of parameters, run side by side in one vectorised pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from cells.cell import Cell
from cells.checks import Array, instance, known, mapping, numbers
from cells.inputs import read_input, read_start
from cells.layers import Stack, StackTrace
from cells.through_layers import recorded_stack, with_settings
from cells.trace import Trace, recorded

Start = Mapping[str, Any] | None


@overload
def ensemble(cell: Cell, x: object, parameters: Mapping[str, object], *, start: Start = ..., lengths: object = ...,
             mask: object = ..., batch_first: bool = ...) -> Trace: ...  # fmt: skip
@overload
def ensemble(cell: Stack, x: object, parameters: Mapping[str, object], *, start: Start = ..., lengths: object = ...,
             mask: object = ..., batch_first: bool = ...) -> StackTrace: ...  # fmt: skip
def ensemble(
    cell: Cell | Stack,
    x: object,
    parameters: Mapping[str, object],
    *,
    start: Start = None,
    lengths: object = None,
    mask: object = None,
    batch_first: bool = False,
) -> Trace | StackTrace:
    """Run ``cell`` over ``x`` once for each of many sets of parameters.

    Parameters
    ----------
    cell : Cell or Stack
        The parameters that are not given are this cell's.
    x : array_like
        (T, D) or (T, B, D), the same for every set.
    parameters : mapping of str to array_like
        By a parameter's name, one array per setting: the settings' axes precede the parameter's own, as in
        (S, H, H) or (S1, S2, H, H), and are the same for all that are given.
    start, lengths, mask, batch_first
        As for :func:`cells.run`.

    Returns
    -------
    Trace or StackTrace
        Its arrays have the settings' axes first: (S, T, …).  :func:`cells.backprop` takes it as any other.
    """
    instance("cell", cell, (Cell, Stack), "a cell or a stack of them")
    given = mapping("parameters", parameters, "parameters to arrays")
    known(f"{cell.kind if isinstance(cell, Cell) else 'stack'} parameter", given, cell.parameters)
    arrays = {name: numbers(name, value) for name, value in given.items()}
    lead = _lead(cell, arrays)
    whole = {name: array.reshape(-1, *cell.parameters[name].shape) for name, array in arrays.items()}
    how: dict[str, Any] = {"lengths": lengths, "mask": mask, "batch_first": batch_first}
    if isinstance(cell, Stack):
        return recorded_stack(cell, x, whole, lead, start, **how)
    sequence, masking, batched = read_input(cell.inputs, cell.dtype, x, **how)
    first = read_start(cell, start, masking.batch)
    return recorded(cell, sequence, with_settings(cell, sequence.dtype, whole), first, lead, batched, masking)


def _lead(cell: Cell | Stack, arrays: Mapping[str, Array]) -> tuple[int, ...]:
    """Return the settings' axes, which all arrays must share."""
    leads: dict[str, tuple[int, ...]] = {}
    for name, array in arrays.items():
        own = cell.parameters[name].shape
        settings = array.shape[: array.ndim - len(own)]
        if not settings or 0 in settings or array.shape[len(settings) :] != own:
            raise ValueError(f"{name}: expected settings before its own shape, (S, …) + {own}, got {array.shape}")
        leads[name] = settings
    if not leads:
        raise ValueError("parameters: expected at least one parameter, with an axis of settings")
    if len(set(leads.values())) > 1:
        listed = ", ".join(f"{name} {settings}" for name, settings in leads.items())
        raise ValueError(f"parameters: expected the same settings for all, got {listed}")
    return next(iter(leads.values()))
