"""The numbers of a run as files: every value of every timestep, its gradient, and the weights, in full precision."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import numpy as np
from safetensors.numpy import save

from app.export.programs import held
from app.export.sequence import Sequence
from cells.functions import Function
from cells.saving import frame, to_json, to_npz
from cells.weight_formats import to_onnx, to_torch

OPSET, IR = 22, 10  # those that ONNX Runtime 1.20 and later read


def csv(shown: Sequence) -> bytes:
    """One row per timestep, unit and value: columns step and unit from 1, name, value, gradient."""
    table = frame(shown.trace).drop(columns="batch")
    table["gradient"] = np.concatenate([shown.gradients[name].ravel() for name in shown.trace.names])
    table["step"] += 1
    table["unit"] += 1
    text: str = table.to_csv(index=False)
    return text.encode()


def json_file(shown: Sequence) -> bytes:
    """The cell, its weights, every value, and the gradients of both."""
    found = shown.gradients
    gradients = {"parameters": found.params, "values": {name: found[name] for name in shown.trace.names}}
    lists = {what: {name: array.tolist() for name, array in named.items()} for what, named in gradients.items()}
    return json.dumps(json.loads(to_json(shown.trace)) | {"gradients": lists}).encode()


def npz(shown: Sequence) -> bytes:
    """What `cells.saving.from_npz` reads, with arrays `gradient.<name>` of values and parameters besides."""
    file = BytesIO()
    to_npz(shown.trace, file)
    arrays = {name: shown.gradients[name] for name in shown.trace.names} | shown.gradients.params
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as stored:
        for name, array in arrays.items():
            with stored.open(f"gradient.{name}.npy", "w") as entry:
                np.lib.format.write_array(entry, np.asarray(array), allow_pickle=False)
    return file.getvalue()


def safetensors(shown: Sequence) -> bytes:
    """The weights under PyTorch's names where it has such a layer, else under the cell's own; metadata says what of."""
    cell = shown.cell
    try:
        weights, names = to_torch(cell), "torch"
    except ValueError:
        weights, names = cell.parameters, "gatewalk"
    options = {name: value.name if isinstance(value, Function) else value for name, value in cell.options.items()}
    metadata = {"cell": cell.kind.key, "options": json.dumps(options), "names": names}
    return save({name: np.ascontiguousarray(array) for name, array in weights.items()}, metadata)


def onnx_model(shown: Sequence) -> bytes:
    """A model of one operator in single precision: X (steps, 1, inputs) to Y, with the states it begins with."""
    from onnx import TensorProto, helper, numpy_helper  # takes 100 ms, and only who asks for it should wait

    op_type, attributes, weights = held("ONNX", to_onnx, shown.cell)
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
