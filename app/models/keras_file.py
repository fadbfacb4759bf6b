"""Models of Keras 3 (`.keras`): an archive of a config, which is read as data, and of weights in HDF5."""

from __future__ import annotations

import json
from pathlib import Path

from app.messages import RefusedError
from app.models.archive import Archive
from app.models.hdf5 import opened_hdf5
from app.models.hdf5_file import contents
from app.models.keras_config import TEXT, model_of
from app.models.records import ModelFile

CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"


def read(path: Path, name: str, size: int) -> ModelFile:
    """Return what a `.keras` file holds.

    Raises
    ------
    RefusedError
        If it cannot be read, or holds no recurrent layer.
    """
    archive = Archive(path)
    if CONFIG not in archive or WEIGHTS not in archive:
        raise RefusedError("file.keras.archive")
    model = model_of(_text(archive, CONFIG))
    version = None
    if METADATA in archive:
        said = json.loads(_text(archive, METADATA))
        version = str(said.get("keras_version"))[:40] if isinstance(said, dict) else None
    layers, others, notes = contents(opened_hdf5(path, WEIGHTS), model, version)
    return ModelFile(name, size, "keras", layers, others, notes)


def _text(archive: Archive, name: str) -> str:
    try:
        return archive.read(name, TEXT).decode()
    except ValueError:
        raise RefusedError("file.keras.config") from None
