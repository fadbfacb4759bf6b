"""Traces as tables and files, cells as files: a tidy frame, JSON, and NumPy's own format without pickle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from cells.cell import CELLS, Cell
from cells.checks import Array, instance
from cells.functions import Function
from cells.layers import DIRECTIONS, Stack, StackTrace, expect_run, of_cell
from cells.running import run
from cells.trace import Trace
from cells.version import __version__

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1


def frame(trace: Trace | StackTrace) -> pd.DataFrame:
    """Return one row per step, sequence, unit and name: columns step, batch, unit, name, value."""
    import pandas as pd  # optional: only a table needs pandas

    expect_run(trace)
    tables = []
    for name in trace.names:
        array = trace[name] if trace.batched else trace[name][:, None]
        step, batch, unit = (axis.ravel() for axis in np.indices(array.shape))
        columns = {"step": step, "batch": batch, "unit": unit, "name": name, "value": array.ravel()}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables, ignore_index=True)


def to_json(trace: Trace | StackTrace) -> str:
    """Return the cell or the stack, and every named value, as JSON."""
    expect_run(trace)
    arrays = {"parameters": _model(trace).parameters, "values": {name: trace[name] for name in trace.names}}
    lists = {what: {name: array.tolist() for name, array in named.items()} for what, named in arrays.items()}
    return json.dumps(_about(trace) | lists)


def to_npz(source: Trace | StackTrace | Cell | Stack, file: str | Path | IO[bytes]) -> None:
    """Write a cell or a stack; of a run also its input and every named value.  :func:`from_npz` reads it back."""
    instance("source", source, (Cell, Stack, Trace, StackTrace), "a cell, a stack, or what run returned")
    if not (isinstance(file, (str, Path)) or hasattr(file, "write")):
        raise ValueError(f"file: expected a path or a file that can be written, got {file!r:.80}")
    arrays = {f"parameter.{name}": p for name, p in _model(source).parameters.items()}
    if isinstance(source, (Trace, StackTrace)):
        expect_run(source)
        arrays |= {f"value.{name}": source[name] for name in source.names}
        arrays |= {f"start.{name}": first for name, first in _starts(source).items()}
        read = {"lengths": source.lengths, "mask": source.mask}
        arrays |= {name: array for name, array in read.items() if array is not None}
    np.savez_compressed(file, allow_pickle=False, about=np.array(json.dumps(_about(source))), **arrays)


def from_npz(file: str | Path | IO[bytes]) -> Trace | StackTrace | Cell | Stack:
    """Return what :func:`to_npz` wrote.

    Raises
    ------
    ValueError
        If the file holds something else, or values that its own cell does not compute.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            arrays = {name: stored[name] for name in stored.files if name != "about"}
        return _read(about, arrays)
    except Exception as error:  # a damaged file makes zip, zlib and NumPy raise nearly anything
        raise ValueError(f"file: expected a trace written by to_npz ({error})") from error


def _read(about: dict[str, Any], arrays: dict[str, Array]) -> Trace | StackTrace | Cell | Stack:
    """Make the stored cell, and run it on the stored input; refuse stored values that it does not compute."""
    part = {kind: {n.partition(".")[2]: a for n, a in arrays.items() if n.startswith(f"{kind}.")}
            for kind in ("parameter", "value", "start")}  # fmt: skip
    model = model_of(about, part["parameter"])
    if not part["value"]:
        return model
    read: dict[str, Any] = {"lengths": arrays.get("lengths"), "mask": arrays.get("mask")}
    if isinstance(model, Stack):
        start = {where: of_cell(part["start"], where) for where in model.cells}
        trace: Trace | StackTrace = run(model, part["value"][f"{next(iter(model.cells))}.x"], start=start, **read)
    else:
        trace = run(model, part["value"]["x"], start=part["start"], reverse=about["reverse"], **read)
    return _compared(trace, part["value"])


def model_of(about: dict[str, Any], parameters: dict[str, Array]) -> Cell | Stack:
    """Return the cell or the stack that a file is about: what :func:`to_npz` writes, without the values of a run."""
    if about["format"] != FORMAT:
        raise ValueError(f"expected format {FORMAT}, got {about}")
    return _stack(about, parameters) if "layers" in about else _cell(about, parameters)


def _compared(trace: Trace | StackTrace, values: dict[str, Array]) -> Trace | StackTrace:
    if set(values) != set(trace.names):
        raise ValueError(f"expected the values {', '.join(trace.names)}, got {', '.join(values)}")
    for name, array in values.items():
        tolerance = 1e-5 if array.dtype == np.float32 else 1e-10
        if array.shape != trace[name].shape or not np.allclose(array, trace[name], rtol=0, atol=tolerance):
            raise ValueError(f"value {name!r} is not what its cell computes")
    return trace


def _cell(about: dict[str, Any], parameters: dict[str, Array]) -> Cell:
    if about["cell"] not in CELLS:
        raise ValueError(f"expected a known cell, got {about}")
    return Cell(CELLS[about["cell"]], about["options"], parameters)


def _stack(about: dict[str, Any], parameters: dict[str, Array]) -> Stack:
    layers = [
        [
            _cell(each, of_cell(parameters, f"{depth}.{direction}"))
            for direction, each in zip(_directions(layer, about["reverse"]), layer, strict=True)
        ]
        for depth, layer in enumerate(about["layers"])
    ]
    return Stack([layer if len(layer) == 2 else layer[0] for layer in layers], about["merge"], about["reverse"])


def _directions(layer: list[Any], reverse: bool) -> tuple[str, ...]:
    return DIRECTIONS if len(layer) == 2 else DIRECTIONS[reverse:][:1]


def _model(source: Trace | StackTrace | Cell | Stack) -> Cell | Stack:
    return source.stack if isinstance(source, StackTrace) else source.cell if isinstance(source, Trace) else source


def _about(source: Trace | StackTrace | Cell | Stack) -> dict[str, Any]:
    model = _model(source)
    if isinstance(model, Stack):
        layers = [[_about_cell(model.cells[where]) for where in model.layer(depth)] for depth in range(model.depth)]
        return {
            "format": FORMAT,
            "version": __version__,
            "layers": layers,
            "merge": model.merge,
            "reverse": model.reverse,
        }
    sizes = {"units": model.units, "inputs": model.inputs}
    about = {"format": FORMAT, "version": __version__, **_about_cell(model), **sizes}
    return about | {"reverse": isinstance(source, Trace) and source.reverse}


def _about_cell(cell: Cell) -> dict[str, Any]:
    options = {k: v.name if isinstance(v, Function) else v for k, v in cell.options.items()}
    return {"cell": cell.kind.key, "options": options}


def _starts(trace: Trace | StackTrace) -> dict[str, Array]:
    """Return the first states, by their names in the trace."""
    if isinstance(trace, StackTrace):
        return {f"{where}.{name}": a for where, each in trace.traces.items() for name, a in _starts(each).items()}
    firsts = {name: trace.record[node][0, 0] for name, node in trace.cell.graph.before.items()}
    return {name: first if trace.batched else np.squeeze(first, 0) for name, first in firsts.items()}
