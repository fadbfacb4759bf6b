"""The numbers of a run as files: every value of every timestep, its gradient, and the weights, in full precision."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import numpy as np

from app.export.programs import held
from app.export.sequence import Sequence
from app.messages import RefusedError
from cells import __version__, to_json, to_npz
from cells.functions import Function
from cells.weight_formats import to_onnx, to_torch


def csv(shown: Sequence) -> bytes:
    """One row per value, timestep and unit, both from 1, beneath lines with the cell and its weights, after a #."""
    cell, found = shown.cell, shown.gradients
    lines = [f"# Gatewalk {__version__}", f"# cell,{cell.kind.key}", f"# units,{cell.units}", f"# inputs,{cell.inputs}"]
    lines += [f"# {name},{text}" for name, text in options(shown).items()]
    lines += [] if shown.target is None else [f"# target,{shown.target!r}"]
    for name, array in cell.parameters.items():
        lines += [f"# {','.join([name, *map(repr, row)])}" for row in np.atleast_2d(array).tolist()]
    lines += ["step,unit,name,value,gradient"]
    for name in shown.trace.names:
        both = zip(shown.values(name).tolist(), found[name].reshape(shown.trace.steps, -1).tolist(), strict=True)
        for step, (values, gradients) in enumerate(both, 1):
            pairs = enumerate(zip(values, gradients, strict=True), 1)
            lines += [f"{step},{unit},{name},{value!r},{gradient!r}" for unit, (value, gradient) in pairs]
    return "\n".join([*lines, ""]).encode()


def options(shown: Sequence) -> dict[str, object]:
    """The options that are not the usual ones; a function by its name."""
    cell = shown.cell
    own = {name: value for name, value in cell.options.items() if value != cell.kind.options[name]}
    return {name: value.name if isinstance(value, Function) else value for name, value in own.items()}


def json_file(shown: Sequence) -> bytes:
    """The cell, its weights, every value, and the gradients of both."""
    found = shown.gradients
    gradients = {"parameters": found.params, "values": {name: found[name] for name in shown.trace.names}}
    lists = {what: {name: array.tolist() for name, array in named.items()} for what, named in gradients.items()}
    return json.dumps(json.loads(to_json(shown.trace)) | {"target": shown.target, "gradients": lists}).encode()


def npz(shown: Sequence) -> bytes:
    """What `cells.saving.from_npz` reads, with `gradient.<name>` of values and parameters, and `target`, besides."""
    file = BytesIO()
    to_npz(shown.trace, file)
    found = {name: shown.gradients[name] for name in shown.trace.names} | shown.gradients.params
    arrays = {f"gradient.{name}": array for name, array in found.items()}
    arrays |= {} if shown.target is None else {"target": np.array(shown.target)}
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as stored:
        for name, array in arrays.items():
            with stored.open(f"{name}.npy", "w") as entry:
                np.lib.format.write_array(entry, np.asarray(array), allow_pickle=False)
    return file.getvalue()


def safetensors(shown: Sequence) -> bytes:
    """The weights under PyTorch's names where it has such a layer, else under the cell's own; metadata says what of."""
    from safetensors.numpy import save  # of this file alone: a notebook may lack it

    cell = shown.cell
    try:
        weights, names = to_torch(cell), "torch"
    except ValueError:
        weights, names = cell.parameters, "gatewalk"
    metadata = {"version": __version__, "cell": cell.kind.key, "options": json.dumps(options(shown)), "names": names}
    return save({name: np.ascontiguousarray(array) for name, array in weights.items()}, metadata)


def onnx_model(shown: Sequence) -> bytes:
    """A model in single precision: X (steps, 1, inputs) to Y, with the states it begins with.

    Of one operator where ONNX has the layer, else of a Scan whose body is the cell's graph.
    """
    from onnx import TensorProto, helper, numpy_helper  # takes 100 ms, and only who asks for it should wait

    from app.export.onnx_scan import IR, OPSET, scan_model

    try:
        op_type, attributes, weights = held("ONNX", to_onnx, shown.cell)
    except RefusedError:
        return scan_model(shown)
    starts = {f"initial_{name}": start[None, None] for name, start in shown.starts.items()}
    order = ("W", "R", "B", "", *starts, *(["P"] if "P" in weights else []))
    results = ["Y", "Y_h", "Y_c"][: 1 + len(starts)]
    floats = TensorProto.FLOAT
    steps, inputs = shown.x.shape
    graph = helper.make_graph(
        [helper.make_node(op_type, ["X", *order], results, **attributes)],
        "gatewalk",
        [helper.make_tensor_value_info("X", floats, (steps, 1, inputs))],
        [helper.make_tensor_value_info(name, floats, None) for name in results],
        [numpy_helper.from_array(array.astype(np.float32), name) for name, array in (weights | starts).items()],
    )
    opset = helper.make_opsetid("", OPSET)
    model: bytes = helper.make_model(graph, opset_imports=[opset], ir_version=IR).SerializeToString()
    return model
