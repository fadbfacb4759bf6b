"""One kind of cell with many sets of parameters, run side by side in one vectorised pass."""

from __future__ import annotations

from collections.abc import Mapping

from cells.cell import Cell
from cells.checks import Array, instance, known, mapping, numbers
from cells.trace import Trace, read_lengths, read_sequence, read_start, recorded


def ensemble(
    cell: Cell,
    x: object,
    parameters: Mapping[str, object],
    *,
    start: Mapping[str, object] | None = None,
    lengths: object = None,
) -> Trace:
    """Run ``cell`` over ``x`` once for each of many sets of parameters.

    Parameters
    ----------
    cell : Cell
        The parameters that are not given are this cell's.
    x : array_like
        (T, D) or (T, B, D), the same for every set.
    parameters : mapping of str to array_like
        By a parameter's name, one array per setting: the settings' axes precede the parameter's own, as in
        (S, H, H) or (S1, S2, H, H), and are the same for all that are given.
    start, lengths
        As for :func:`cells.run`.

    Returns
    -------
    Trace
        Its arrays have the settings' axes first: (S, T, …).  :func:`cells.backprop` takes it as any other.
    """
    instance("cell", cell, Cell, "a cell")
    given = mapping("parameters", parameters, "parameters to arrays")
    known(f"{cell.kind} parameter", given, cell.parameters)
    arrays = {name: numbers(name, value) for name, value in given.items()}
    lead = _lead(cell, arrays)
    sequence, batched = read_sequence(cell.inputs, cell.dtype, x)
    counted = read_lengths(lengths, sequence)
    whole = {
        name: arrays[name].reshape(-1, *p.shape) if name in arrays else p[None] for name, p in cell.parameters.items()
    }
    typed = {name: p.astype(sequence.dtype, copy=False) for name, p in whole.items()}
    return recorded(cell, sequence, typed, read_start(cell, start, sequence), lead, batched, counted, False)


def _lead(cell: Cell, arrays: Mapping[str, Array]) -> tuple[int, ...]:
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
