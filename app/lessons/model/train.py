"""The samples: models of the lessons, each in another format, with what PyTorch computes kept in it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import h5py
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

from app.lessons.model.networks import network
from app.lessons.model.offered import FILES
from app.training.network import LAYERS
from cells import Cell
from cells.weight_formats import from_torch, to_keras, to_onnx

STEPS, WORDS = 24, 12  # of what is kept with a model; two right runs of the reader of words soon drift apart
INPUT, OUTPUT = "reference.input", "reference.output"
SYMBOLS = 8  # of the task `recall`; one more input asks for the answer
Arrays = dict[str, np.ndarray]


def write(folder: Path) -> list[Path]:
    """Write every sample, of the models that come with the lessons."""
    drawn = np.random.default_rng(0)
    sources = (("series", "lstm"), ("text", "en-lstm"), ("recall", "recall-gru"), ("recall", "adding-lstm"))
    forecast, review, recall, adding = (network(*source) for source in sources)
    words = review["embedding.weight"][drawn.integers(2, len(review["embedding.weight"]), WORDS)]
    symbols = np.eye(SYMBOLS + 1)[drawn.integers(0, SYMBOLS, STEPS)]
    terms = np.column_stack([drawn.uniform(0, 1, STEPS), drawn.uniform(0, 1, STEPS) < 0.1])
    made: dict[str, bytes | Arrays] = {
        "forecast.pt": in_torch(referred(forecast, "lstm", drawn.normal(size=(STEPS, 1)).cumsum(axis=0) / 4)),
        "review.safetensors": referred(review, "lstm", words),
        "recall.onnx": in_onnx(referred(recall, "gru", symbols)),
        "adding.keras": in_keras(referred(adding, "lstm", terms)),
    }
    assert set(made) == set(FILES.values())
    for name, content in made.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            save_file(content, folder / name)
    return [folder / name for name in made]


def referred(weights: Arrays, kind: str, x: np.ndarray) -> Arrays:
    """The weights with an input, and with what PyTorch's layer makes of it."""
    own = layer(weights, kind)
    module = LAYERS[kind](x.shape[1], own["weight_hh_l0"].shape[1])
    module.load_state_dict({name: torch.tensor(array) for name, array in own.items()})
    x = x.astype(np.float32)
    with torch.no_grad():
        output = module(torch.tensor(x[:, None]))[0][:, 0].numpy()
    return weights | {INPUT: np.ascontiguousarray(x), OUTPUT: np.ascontiguousarray(output)}


def layer(weights: Mapping[str, np.ndarray], kind: str) -> Arrays:
    return {name.removeprefix(f"{kind}."): each for name, each in weights.items() if name.startswith(f"{kind}.")}


def cell(weights: Arrays, kind: str) -> Cell:
    made = from_torch(layer(weights, kind))
    assert isinstance(made, Cell)
    return made


def in_torch(weights: Arrays) -> bytes:
    """A state dict, as `torch.save` writes it."""
    file = io.BytesIO()
    torch.save({name: torch.tensor(array) for name, array in weights.items()}, file)
    return file.getvalue()


def in_onnx(weights: Arrays) -> bytes:
    """A graph of the recurrent operator and of a linear layer over every step."""
    op_type, attributes, arrays = to_onnx(cell(weights, "gru"))
    kept = {name: weights[name] for name in (INPUT, OUTPUT)}
    linear = {"readout.weight": weights["readout.weight"].T, "readout.bias": weights["readout.bias"]}
    nodes = [
        helper.make_node(op_type, ["x", *arrays], ["states"], name="gru", **attributes),
        helper.make_node("Squeeze", ["states", "axis"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "readout.weight"], ["product"]),
        helper.make_node("Add", ["product", "readout.bias"], ["y"]),
    ]
    held = arrays | linear | kept
    constants = [numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name) for name, array in held.items()]
    constants.append(numpy_helper.from_array(np.array([1]), "axis"))
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["steps", "batch", width])
        for name, width in (("x", weights[INPUT].shape[1]), ("y", len(weights["readout.bias"])))
    ]
    graph = helper.make_graph(nodes, "recall", ends[:1], ends[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def in_keras(weights: Arrays) -> bytes:
    """An archive as Keras 3 writes it; a test has Keras open it."""
    width = weights[INPUT].shape[1]
    class_name, config, arrays = to_keras(cell(weights, "lstm"))
    config |= {"name": "lstm", "return_sequences": True, "dtype": "float32"}
    layers = [
        described("InputLayer", name="input", batch_shape=[None, None, width], dtype="float32"),
        described(class_name, **config),
        described("Dense", name="readout", units=len(weights["readout.bias"]), activation="linear", dtype="float32"),
    ]
    model = described("Sequential", name="adding", layers=layers)
    file = io.BytesIO()
    with h5py.File(file, "w", track_order=True) as h5:
        for k, array in enumerate(arrays):
            h5[f"layers/lstm/cell/vars/{k}"] = array
        h5["layers/dense/vars/0"] = weights["readout.weight"].T
        h5["layers/dense/vars/1"] = weights["readout.bias"]
        h5["reference/input"], h5["reference/output"] = weights[INPUT], weights[OUTPUT]
    parts: dict[str, str | bytes] = {
        "metadata.json": json.dumps({"keras_version": "3.15.1", "date_saved": "2026-11-29@00:00:00"}),
        "config.json": json.dumps(model),
        "model.weights.h5": file.getvalue(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def described(class_name: str, **config: object) -> dict[str, object]:
    """A layer's entry of a config of Keras."""
    module = "keras" if class_name == "Sequential" else "keras.layers"
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}
