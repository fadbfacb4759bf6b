"""The ONNX operators RNN, GRU and LSTM: their weights to and from cells, and the operators themselves.

https://onnx.ai/onnx/operators/onnx__LSTM.html; what it leaves open is done as ONNX Runtime does it: ``clip`` bounds
what goes into the gates and the candidate, not what goes into the last function of an LSTM, h(C); a sequence of length
0 gives zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cells.cell import Cell
from cells.checks import Array, expect_finite, known, mapping, numbers, whole_numbers
from cells.layers import Stack, StackTrace
from cells.running import run
from cells.weight_formats.gates import (
    Blocks,
    expect,
    joined,
    layer_of,
    name_of,
    named,
    one_layer,
    units_of,
)
from cells.weight_formats.onnx_attributes import Attributes, read_attributes, written_attributes

WEIGHTS = ("W", "R", "B", "P")
DATA = ("X", "sequence_lens", "initial_h", "initial_c")
ONLY_LSTM = ("P", "initial_c")

PEEPHOLES = "iof"


def from_onnx(op_type: str, attributes: Mapping[str, Any], inputs: Mapping[str, object]) -> Cell | Stack:
    """Return the cell, or the stack of one layer, that computes what an ONNX operator computes.

    Parameters
    ----------
    op_type : str
        ``"RNN"``, ``"GRU"`` or ``"LSTM"``.
    attributes : mapping
        The node's attributes as Python values; text may be bytes, as ``onnx.helper.get_attribute_value`` gives it.
    inputs : mapping of str to array_like
        The weights by the operator's names: ``W`` (directions, G·H, D), ``R`` (directions, G·H, H), and optionally
        ``B`` (directions, 2·G·H) and an LSTM's peepholes ``P`` (directions, 3·H).

    Returns
    -------
    Cell or Stack
        A cell for direction ``"forward"``, else a stack.  ``layout`` is a property of the data: here time is first.

    Raises
    ------
    ValueError
        If an attribute or an input is unknown, missing, of the wrong shape or not finite; or it belongs to a run, which
        :func:`run_onnx` is for.
    """
    _expect_name(op_type)
    kind, gates = layer_of("onnx", op_type)
    read = read_attributes(op_type, attributes)
    given = _given(op_type, inputs, WEIGHTS)
    R = expect("R", given["R"], len(read.functions), None, None)
    units = units_of("R", R[0], gates)
    rows = len(gates) * units
    if read.hidden_size not in (None, units):
        raise ValueError(f"hidden_size: expected {units}, as many as R has, got {read.hidden_size!r}")
    R = expect("R", R, len(R), rows, units)
    W = expect("W", given["W"], len(R), rows, None)
    B = expect("B", given.get("B", np.zeros((len(R), 2 * rows), R.dtype)), len(R), 2 * rows)
    P = expect("P", given["P"], len(R), 3 * units) if "P" in given else None
    cells, apart = [], "n" if read.options.get("reset") == "after" else ""
    for k, functions in enumerate(read.functions):
        options = read.options | functions | ({} if P is None else {"peephole": True})
        parameters = named(gates, Blocks(W[k], R[k], B[k, :rows], B[k, rows:]), apart)
        if P is not None:
            parameters |= {f"p_{gate}": p for gate, p in zip(PEEPHOLES, np.split(P[k], 3), strict=True)}
        if options.get("couple"):  # the operator holds weights of f, and does not look at them
            parameters = {name: p for name, p in parameters.items() if not name.endswith("_f")}
        cells.append(kind(**parameters, **options))
    if read.direction == "forward":
        return cells[0]
    return Stack([cells[0] if len(cells) == 1 else cells], reverse=read.direction == "reverse")


def run_onnx(op_type: str, attributes: Mapping[str, Any], inputs: Mapping[str, object]) -> dict[str, Array]:
    """Return what an ONNX operator returns; :func:`trace_onnx` has every named value of the same run.

    Parameters
    ----------
    op_type, attributes
        As for :func:`from_onnx`.
    inputs : mapping of str to array_like
        The weights, and ``X`` (T, B, D), ``sequence_lens`` (B,), ``initial_h`` and ``initial_c`` (directions, B, H).
        With ``layout=1`` the batch is first: X (B, T, D), initial_h (B, directions, H).  An absent input is not there,
        or None.

    Returns
    -------
    dict of str to numpy.ndarray
        ``Y`` (T, directions, B, H), zero past a sequence's end; ``Y_h`` and an LSTM's ``Y_c`` (directions, B, H).  With
        ``layout=1``: (B, T, directions, H) and (B, directions, H).
    """
    read = read_attributes(op_type, attributes)
    trace = trace_onnx(op_type, attributes, inputs)
    some = trace.masking.last[:, None] >= 0
    Y = np.stack([each.output for each in trace.traces.values()], axis=1)
    result = {"Y": Y.transpose(2, 0, 1, 3) if read.layout else Y}
    for state in trace.stack.first.graph.before:
        final = np.where(some, np.stack([each[state] for each in trace.final.values()]), 0)
        result[f"Y_{state}"] = final.swapaxes(0, 1) if read.layout else final
    return result


def trace_onnx(op_type: str, attributes: Mapping[str, Any], inputs: Mapping[str, object]) -> StackTrace:
    """Return the run of an ONNX operator, with its first states: a trace of one layer, time first.

    Parameters
    ----------
    op_type, attributes, inputs
        As for :func:`run_onnx`.
    """
    read = read_attributes(op_type, attributes)
    given = _given(op_type, inputs, (*WEIGHTS, *DATA))
    made = from_onnx(op_type, attributes, {name: given[name] for name in WEIGHTS if name in given})
    stack = Stack([made]) if isinstance(made, Cell) else made
    X = numbers("X", given["X"], finite=False)
    if X.ndim != 3 or X.shape[2] != stack.inputs:
        raise ValueError(f"X: expected shape (any, any, {stack.inputs}), got {X.shape}")
    if 0 in X.shape:
        raise ValueError(f"X: expected at least one of everything, got shape {X.shape}")
    batch, steps = X.shape[:2] if read.layout else X.shape[1::-1]
    lengths = whole_numbers("sequence_lens", given.get("sequence_lens", np.full(batch, steps)), batch, 0, steps)
    within = np.arange(steps)[:, None, None] < lengths[:, None]
    expect_finite("X", X, within.swapaxes(0, 1) if read.layout else within)
    start = _start(given, read, stack.cells, batch)
    return run(stack, X, start=start, lengths=lengths, batch_first=bool(read.layout))


def to_onnx(cell: Any) -> tuple[str, dict[str, Any], dict[str, Array]]:
    """Return a cell, or a stack of one layer, as an ONNX operator.

    Parameters
    ----------
    cell : Cell or Stack

    Returns
    -------
    op_type : str
    attributes : dict
    inputs : dict of str to numpy.ndarray
        ``W``, ``R``, ``B`` and, of an LSTM with peepholes, ``P``, in the cell's own float type.

    Raises
    ------
    ValueError
        If ONNX has no such operator.
    """
    cells, direction = one_layer("onnx", cell)
    if getattr(cell, "merge", "concat") != "concat":
        raise ValueError(f"merge: onnx has 'concat' only, got {cell.merge!r}")
    if any((c.kind, c.units) != (cells[0].kind, cells[0].units) for c in cells):
        raise ValueError("stack: onnx has one kind and number of units for both directions")
    op_type = name_of(cells[0].kind, "onnx")
    attributes = written_attributes(op_type, cells, direction)
    blocks = [joined(layer_of("onnx", op_type)[1], c) for c in cells]
    inputs = {
        "W": np.stack([b.W for b in blocks]),
        "R": np.stack([b.U for b in blocks]),
        "B": np.stack([np.concatenate([b.b, b.d]) for b in blocks]),
    }
    if cells[0].options.get("peephole"):
        zero = np.zeros(cells[0].units, cells[0].dtype)
        inputs["P"] = np.stack([np.concatenate([c.parameters.get(f"p_{g}", zero) for g in PEEPHOLES]) for c in cells])
    return op_type, attributes, inputs


def _expect_name(op_type: object) -> None:
    """Refuse a model, and a node itself, with what is asked for instead."""
    if type(op_type).__name__ in ("ModelProto", "GraphProto", "NodeProto"):
        raise ValueError(
            f"op_type: expected 'RNN', 'GRU' or 'LSTM', got a {type(op_type).__name__}; of a node n give n.op_type, "
            "{a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}, and its weights as arrays"
        )


def _given(op_type: str, inputs: Mapping[str, object], names: tuple[str, ...]) -> dict[str, object]:
    """Return the inputs that are not None; refuse unknown names and missing arrays."""
    given = {k: value for k, value in mapping("inputs", inputs, "names to arrays").items() if value is not None}
    for name, value in given.items():
        if type(value).__name__ == "TensorProto":
            raise ValueError(f"{name}: expected an array, got a TensorProto; give onnx.numpy_helper.to_array(it)")
    names = names if op_type == "LSTM" else tuple(name for name in names if name not in ONLY_LSTM)
    for name in given:
        if name in DATA and name not in names and name not in ONLY_LSTM:
            raise ValueError(
                f"{name} belongs to a run, not to the weights: expected {', '.join(names)}; see run_onnx and trace_onnx"
            )
    known(f"{op_type} input", given, names)
    for name in ("X", "W", "R"):
        if name in names and name not in given:
            raise ValueError(f"missing {op_type} input {name!r}")
    return given


def _start(
    given: Mapping[str, object], read: Attributes, cells: Mapping[str, Cell], batch: int
) -> dict[str, dict[str, Array]]:
    """Return each direction's first states."""
    start: dict[str, dict[str, Array]] = {where: {} for where in cells}
    units = next(iter(cells.values())).units
    for state in ("h", "c"):
        name = f"initial_{state}"
        if name in given:
            shape = (batch, len(cells), units) if read.layout else (len(cells), batch, units)
            first = numbers(name, given[name])
            if first.shape != shape:
                raise ValueError(f"{name}: expected shape ({', '.join(map(str, shape))}), got {first.shape}")
            for k, where in enumerate(cells):
                start[where][state] = first[:, k] if read.layout else first[k]
    return start
