"""Cells in files that Gatewalk wrote: opened where PyTorch has such a layer, else called by what they are."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.messages import RefusedError
from app.models.archive import Archive
from app.models.found import Layers, layers_of
from app.models.records import Tensor
from app.models.words import word
from cells import CELLS, Stack
from cells.saving import model_of
from cells.weight_formats import to_torch

ABOUT = "about.npy"
MOST_ABOUT = 100_000
PARAMETER = "parameter."


def about_of(archive: Archive) -> dict[str, Any] | None:
    """Return what an archive of arrays says of itself; None where Gatewalk did not write it."""
    if ABOUT not in archive:
        return None
    text = np.load(io.BytesIO(archive.read(ABOUT, MOST_ABOUT)), allow_pickle=False)
    try:
        about = json.loads(str(text))
    except ValueError:
        return None
    return about if isinstance(about, dict) and about.keys() & {"cell", "layers"} else None


def layers_about(about: dict[str, Any], tensors: Mapping[str, Tensor]) -> Layers:
    """Return the layers of a cell or a stack of `to_npz`, as PyTorch holds them.

    Raises
    ------
    RefusedError
        If PyTorch has no such layer.
    """
    own = {name.removeprefix(PARAMETER): each.read() for name, each in tensors.items() if name.startswith(PARAMETER)}
    model = model_of(about, own)
    cells = list(model.cells.values()) if isinstance(model, Stack) else [model]
    try:
        state = to_torch(model)
    except ValueError as error:
        names = dict.fromkeys(called(cell.kind.key, cell.options) for cell in cells)
        raise RefusedError("file.own", cell=", ".join(names)) from error
    activation = str(cells[0].options.get("activation", "tanh"))
    return layers_of({name: tensor(name, array) for name, array in state.items()}, {"": {"nonlinearity": activation}})


def called(kind: str, options: Mapping[str, object]) -> str:
    """A cell by its kind and the options that are not the default ones."""
    default = CELLS[kind].options if kind in CELLS else {}
    own = [f"{name}={value}" for name, value in options.items() if name not in default or value != default[name]]
    return ", ".join([repr(CELLS[kind]) if kind in CELLS else word(kind), *map(word, own)])


def tensor(name: str, array: np.ndarray) -> Tensor:
    return Tensor(name, array.shape, array.dtype.name, lambda: array)


def refuse_own(metadata: Mapping[str, str]) -> None:
    """Refuse weights under a cell's own names, as a run that was taken along has where PyTorch has no such layer."""
    if metadata.get("names") == "gatewalk":
        raise RefusedError("file.own", cell=called(metadata["cell"], json.loads(metadata["options"])))
