"""Traces as tables and files: a tidy frame, JSON, and NumPy's own format without pickle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from cells.cell import CELLS, Cell
from cells.checks import Array
from cells.functions import Function
from cells.trace import Trace, expect_run, run_cell

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1


def frame(trace: Trace) -> pd.DataFrame:
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


def to_json(trace: Trace) -> str:
    """Return the cell and every named value as JSON."""
    expect_run(trace)
    arrays = {"parameters": trace.cell.parameters, "values": {name: trace[name] for name in trace.names}}
    lists = {what: {name: array.tolist() for name, array in named.items()} for what, named in arrays.items()}
    return json.dumps(_about(trace) | lists)


def to_npz(trace: Trace, file: str | Path | IO[bytes]) -> None:
    """Write the cell, its input and every named value; :func:`from_npz` reads it back."""
    expect_run(trace)
    if not (isinstance(file, (str, Path)) or hasattr(file, "write")):
        raise ValueError(f"file: expected a path or a file that can be written, got {file!r:.80}")
    arrays = {f"parameter.{name}": p for name, p in trace.cell.parameters.items()}
    arrays |= {f"value.{name}": trace[name] for name in trace.names}
    arrays |= {f"start.{name}": _start(trace, name) for name in trace.cell.graph.before}
    if trace.lengths is not None:
        arrays["lengths"] = trace.lengths
    np.savez_compressed(file, allow_pickle=False, about=np.array(json.dumps(_about(trace))), **arrays)


def from_npz(file: str | Path | IO[bytes]) -> Trace:
    """Return the trace that :func:`to_npz` wrote.

    Raises
    ------
    ValueError
        If the file holds something else, or values that its own cell does not compute.
    """
    try:
        with np.load(file, allow_pickle=False) as stored:
            about = json.loads(str(stored["about"]))
            arrays = {name: stored[name] for name in stored.files if name != "about"}
        return _recomputed(about, arrays)
    except Exception as error:  # a damaged file makes zip, zlib and NumPy raise nearly anything
        raise ValueError(f"file: expected a trace written by to_npz ({error})") from error


def _recomputed(about: dict[str, Any], arrays: dict[str, Array]) -> Trace:
    """Run the stored cell on the stored input; refuse stored values that it does not compute."""
    if about["format"] != FORMAT or about["cell"] not in CELLS:
        raise ValueError(f"expected format {FORMAT} and a known cell, got {about}")
    part = {kind: {n.partition(".")[2]: a for n, a in arrays.items() if n.startswith(f"{kind}.")}
            for kind in ("parameter", "value", "start")}  # fmt: skip
    cell, values = Cell(CELLS[about["cell"]], about["options"], part["parameter"]), part["value"]
    trace = run_cell(cell, values["x"], start=part["start"], lengths=arrays.get("lengths"), reverse=about["reverse"])
    if set(values) != set(trace.names):
        raise ValueError(f"expected the values {', '.join(trace.names)}, got {', '.join(values)}")
    for name, array in values.items():
        tolerance = 1e-5 if array.dtype == np.float32 else 1e-10
        if array.shape != trace[name].shape or not np.allclose(array, trace[name], rtol=0, atol=tolerance):
            raise ValueError(f"value {name!r} is not what its cell computes")
    return trace


def _about(trace: Trace) -> dict[str, Any]:
    options = {k: v.name if isinstance(v, Function) else v for k, v in trace.cell.options.items()}
    return {"format": FORMAT, "cell": trace.cell.kind.key, "options": options, "reverse": trace.reverse}


def _start(trace: Trace, name: str) -> Array:
    first: Array = trace.record[trace.state(name)][0, 0]
    return first if trace.batched else np.squeeze(first, 0)
