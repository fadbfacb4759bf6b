"""Files of ``torch.export``: the weights beside an exported program, which is not looked at.

A config of JSON names each weight's bytes, type, shape and strides:
https://docs.pytorch.org/docs/stable/user_guide/torch_compiler/export/pt2_archive.html
"""

from __future__ import annotations

import json
import pathlib
from typing import Any

from app.messages import RefusedError
from app.models.archive import Archive
from app.models.found import layers_of
from app.models.numbers import BFLOAT16, shape_of, width
from app.models.records import ModelFile, Tensor
from app.models.torch_objects import Records, Storage, Strided

CONFIG = "data/weights/model_weights_config.json"
MOST_CONFIG = 8 * 2**20
TYPES = {
    1: "uint8", 2: "int8", 3: "int16", 4: "int32", 5: "int64", 6: "float16", 7: "float32", 8: "float64", 12: "bool",
    13: BFLOAT16,
}  # fmt: skip
"""By the number of ``ScalarType`` in PyTorch's ``torch/_export/serde/schema.py``."""


def read(path: pathlib.Path, name: str, size: int) -> ModelFile:
    """Return the recurrent layers of an exported program, by the names that its weights have.

    Raises
    ------
    RefusedError
        If there are none.
    ValueError
        If it is damaged.
    """
    archive = Archive(path)
    config = next(entry for entry in archive.entries if entry.endswith(f"/{CONFIG}"))
    root = config.removesuffix(CONFIG)
    little = archive.read(f"{root}byteorder", 100).strip() == b"little" if f"{root}byteorder" in archive else True
    records = Records(archive.bytes_of, "<" if little else ">")
    weights = json.loads(archive.read(config, MOST_CONFIG))["config"]
    tensors = {
        key: tensor(key, f"{root}data/weights/{about['path_name']}", about["tensor_meta"], archive, records)
        for key, about in weights.items()
        if not about["use_pickle"]
    }
    if not tensors:
        raise RefusedError("file.no_tensors")
    layers = layers_of(tensors)
    return ModelFile(name, size, "torch", layers.found, layers.others, layers.notes)


def tensor(name: str, entry: str, about: dict[str, Any], archive: Archive, records: Records) -> Tensor:
    """Return one weight."""
    dtype = TYPES.get(about["dtype"], "unknown")
    sizes, strides = (tuple(each["as_int"] for each in about[key]) for key in ("sizes", "strides"))
    count = archive.entries[entry].file_size // (width(dtype) if dtype != "unknown" else 1)
    (offset,) = shape_of((about["storage_offset"]["as_int"],), 2**40)
    return records.tensor(name, Strided(Storage(entry, dtype, count), offset, shape_of(sizes, 2**62), strides))
