"""Run and backprop, for a cell and for a stack of cells alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from cells.cell import Cell
from cells.checks import one_of
from cells.gradients import Gradients, backprop_trace
from cells.layers import Stack, StackGradients, StackTrace
from cells.through_layers import backprop_stack, run_stack
from cells.trace import Trace, run_cell

Start = Mapping[str, Any] | None


@overload
def run(cell: Cell, x: object, *, start: Start = ..., lengths: object = ..., mask: object = ...,
        reverse: bool = ..., batch_first: bool = ...) -> Trace: ...  # fmt: skip
@overload
def run(cell: Stack, x: object, *, start: Start = ..., lengths: object = ..., mask: object = ...,
        batch_first: bool = ...) -> StackTrace: ...  # fmt: skip
def run(
    cell: Cell | Stack,
    x: object,
    *,
    start: Start = None,
    lengths: object = None,
    mask: object = None,
    reverse: bool = False,
    batch_first: bool = False,
) -> Trace | StackTrace:
    """Run a cell, or a stack of them, over a sequence and record every named value at every step.

    Parameters
    ----------
    cell : Cell or Stack
    x : array_like
        (T, D), or (T, B, D) for a batch.  Read as the cell's own float type unless it is a float64 array.
    start : mapping of str to array_like, optional
        The states before the first step, each (H,) or (B, H); zero where absent.  For a stack: such a mapping for each
        cell, by ``"<layer>.<direction>"``.
    lengths : array_like of int, optional
        For a batch: how many steps of each sequence are real, (B,), each 0 … T.
    mask : array_like of bool, optional
        Where a step is read, (T,) or (T, B), within the lengths: padding may stand in front, behind and in between.
    reverse : bool
        Read each sequence from its last step to its first (of a cell; a stack has a direction of its own).
    batch_first : bool
        ``x`` is (B, T, D) and ``mask`` (B, T), as Keras has them, and PyTorch with ``batch_first``.  What is
        returned is time first all the same.

    Returns
    -------
    Trace or StackTrace

    Notes
    -----
    The run is float64 unless the cell and ``x`` are both float32.

    A step that is not read copies the states on, as in Keras (https://keras.io/guides/understanding_masking_and_padding/):
    ``trace["h"]`` is there what it was, ``trace.output`` is zero, as of a packed sequence of PyTorch, and with Keras's
    ``zero_output_for_mask``.  The input there may be anything, NaN too.  A sequence of which nothing is read ends with
    its first states.

    A run goes on where another ended with ``start=trace.final``; of a decoder, whose next input is read off its output,
    :func:`cells.decode` has one trace.
    """
    if isinstance(cell, Stack):
        one_of("reverse, of a stack", reverse, (False,))
        return run_stack(cell, x, start=start, lengths=lengths, mask=mask, batch_first=batch_first)
    if isinstance(cell, Cell):
        how = {"lengths": lengths, "mask": mask, "reverse": reverse, "batch_first": batch_first}
        return run_cell(cell, x, start=start, **how)
    raise ValueError(f"cell: expected a cell or a stack of them, got {cell!r:.80}")


@overload
def backprop(trace: Trace, loss: Mapping[str, object]) -> Gradients: ...
@overload
def backprop(trace: StackTrace, loss: Mapping[str, object]) -> StackGradients: ...
def backprop(trace: Trace | StackTrace, loss: Mapping[str, object]) -> Gradients | StackGradients:
    """Carry the gradient of a loss back through a run.

    Parameters
    ----------
    trace : Trace or StackTrace
    loss : mapping of str to array_like
        dL/d(value) by the value's name, shaped as ``trace[name]``; or the last read step alone, for a loss on the
        last step only.  ``"output"`` is the output, which ends where a sequence ends.  A stack's values are
        named ``"<layer>.<direction>.<value>"``; its own ``"output"``, when given for one step alone, is that of each
        sequence's last step in time.

    Returns
    -------
    Gradients or StackGradients
    """
    if isinstance(trace, StackTrace):
        return backprop_stack(trace, loss)
    if isinstance(trace, Trace):
        return backprop_trace(trace, loss)
    raise ValueError(f"trace: expected what run returned, got {trace!r:.80}")
