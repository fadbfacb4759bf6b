"""Files of Keras in HDF5: models of Keras 2, and weights without a model, of Keras 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from app.messages import Message, RefusedError
from app.models.hdf5 import Hdf5, opened_hdf5
from app.models.keras_cells import OPTIMIZER, CellWeights, cells_of, matched, pairs_of
from app.models.keras_config import Model, model_of
from app.models.keras_found import Layer, found_of
from app.models.layer import not_finite
from app.models.records import Found, ModelFile, Tensor
from app.models.words import listed, word

SHOWN = 2_000  # arrays that are no part of a recurrent layer


def read(path: Path, name: str, size: int) -> ModelFile:
    """Return what an HDF5 file of Keras holds.

    Raises
    ------
    RefusedError
        If it cannot be read, or holds no recurrent layer.
    """
    file = opened_hdf5(path)
    text = file.text("", "model_config") or file.text("model_weights", "model_config")
    version = file.text("", "keras_version") or file.text("model_weights", "keras_version")
    layers, others, notes = contents(file, model_of(text) if text else None, version)
    return ModelFile(name, size, "hdf5", layers, others, notes)


def contents(
    file: Hdf5, model: Model | None, version: str | None
) -> tuple[tuple[Found, ...], tuple[Tensor, ...], tuple[Message, ...]]:
    """Return the recurrent layers of a file of weights, all else, and notes.

    Parameters
    ----------
    file : Hdf5
    model : Model or None
        What the config says, where there is one.
    version : str or None
        Of Keras, as the file says it.
    """
    said = re.match(r"([23](?:\.\d+){0,2})\S*?(-tf)?$", version or "")
    version = "".join(part or "" for part in said.groups()) if said else None
    if version is None and model is None:  # Keras 3 says it, or writes its weights in groups of this name
        version = "3.0" if any(path.endswith("/vars") for path in file.groups) else "2"
    cells = cells_of(file)
    layers, notes = _layers(file, cells, model, version)
    found = []
    for layer in layers:
        try:
            found.append(found_of(layer))
        except ValueError as error:
            notes.append(Message("file.keras.left_out", layer=word(layer.name), why=word(error, 200)))
            continue
        if bad := not_finite(layer.weights):
            notes.append(Message("file.note.not_finite", layer=word(layer.name), count=bad))
    if not found:
        raise _nothing(model, file, notes)
    if model and model.code:
        notes.append(Message("file.keras.code", layers=listed(model.code)))
    if file.links:
        notes.append(Message("file.hdf5.links", count=file.links))
    used = {name for cell in cells for name in cell.names}
    return tuple(found), _others(file, used), tuple(notes)


def _layers(
    file: Hdf5, cells: list[CellWeights], model: Model | None, version: str | None
) -> tuple[list[Layer], list[Message]]:
    """The layers of the config with their weights; then what weights are left, by their shapes alone."""
    layers: list[Layer] = []
    notes: list[Message] = []
    plan: list[tuple[str, str, Mapping[str, Any], tuple[CellWeights, ...]]] = []
    used: set[str] = set()
    for place, own in matched(model.places if model else (), cells, file):
        if own:
            plan.append((place.name or place.class_name, place.class_name, place.config, own))
            used |= {cell.path for cell in own}
        else:
            notes.append(Message("file.keras.no_weights", layer=word(place.name)))
    by_shape = pairs_of([cell for cell in cells if cell.path not in used])
    if by_shape:
        notes.append(Message("file.keras.no_config", layers=listed(_name(pair[0].path) for pair in by_shape)))
    for pair in by_shape:
        plan.append((_name(pair[0].path), *_by_shape(pair), pair))
    arrays = iter(file.arrays([name for *_, own in plan for cell in own for name in cell.names]) if plan else ())
    for name, class_name, config, own in plan:
        weights = [next(arrays) for cell in own for _ in cell.names]
        layers.append(Layer(name, class_name, config, weights, version))
    return layers, notes


def _by_shape(pair: tuple[CellWeights, ...]) -> tuple[str, Mapping[str, Any]]:
    """The class and what is known of the config of cells that have none."""
    configs: list[dict[str, Any]] = [
        {} if cell.class_name.startswith("CuDNN") else {"use_bias": cell.biased} for cell in pair
    ]
    if len(pair) == 1:
        return pair[0].class_name, configs[0]
    configs[1]["go_backwards"] = True
    layers = [{"class_name": cell.class_name, "config": config} for cell, config in zip(pair, configs, strict=True)]
    return "Bidirectional", {"layer": layers[0], "backward_layer": layers[1]}


def _name(path: str) -> str:
    """A cell's place as a name: the containers, and the layer's name that Keras 2 repeats, say nothing."""
    parts = [part for part in path.split("/") if part not in ("model_weights", "layers", "cell", "forward_layer")]
    kept = [part for k, part in enumerate(parts) if part not in parts[:k]]
    if len(kept) > 1 and re.fullmatch(r"(lstm|gru|simple_rnn)_cell(_\d+)?|forward_\w+", kept[-1]):
        kept.pop()
    return "/".join(kept) or path


def _others(file: Hdf5, used: set[str]) -> tuple[Tensor, ...]:
    """What is no part of a recurrent layer, and none of the training's."""
    others: list[Tensor] = []
    for path, (shape, dtype) in file.datasets.items():
        if path in used or path.partition("/")[0] in OPTIMIZER or not shape or len(others) == SHOWN:
            continue
        parent, _, leaf = path.rpartition("/")
        title = file.text(parent, "name") if parent.endswith("/vars") else None
        name = f"{title}/{leaf}" if title else path.removeprefix("model_weights/")
        plain = dtype if dtype == "bfloat16" else np.dtype(dtype).name
        others.append(Tensor(name, shape, plain, partial(_one, file, path)))
    return tuple(others)


def _one(file: Hdf5, path: str) -> np.ndarray:
    return file.arrays([path])[0]


def _nothing(model: Model | None, file: Hdf5, notes: list[Message]) -> RefusedError:
    """Why there is no layer to show."""
    left_out = [note for note in notes if note.reason == "file.keras.left_out"]
    if left_out:
        return RefusedError("file.keras.unusual", **left_out[0].values)
    if model:
        lost = [place.name for place in model.places]
        if lost:
            return RefusedError("file.keras.lost", layers=listed(lost))
        return RefusedError("file.keras.none", classes=listed(model.classes))
    return RefusedError("file.hdf5.none", listed=listed(file.datasets))
