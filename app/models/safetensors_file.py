"""Files of safetensors: a header of JSON, and numbers."""

from __future__ import annotations

import json
import pathlib
import struct

import numpy as np
from safetensors import SafetensorError, safe_open

from app.messages import Message, RefusedError
from app.models.found import layers_of
from app.models.numbers import BFLOAT16, PLAIN, array, mapped, unreadable
from app.models.own_file import refuse_own
from app.models.records import ModelFile, Tensor
from app.models.weights import without_wrappers

MOST_HEADER = 16 * 2**20
TYPES = {
    "F64": "float64", "F32": "float32", "F16": "float16", "BF16": BFLOAT16, "I64": "int64", "I32": "int32",
    "I16": "int16", "I8": "int8", "U8": "uint8", "BOOL": "bool",
}  # fmt: skip


def read(path: pathlib.Path, name: str, size: int) -> ModelFile:
    """Return the recurrent layers of a file of safetensors.

    Raises
    ------
    RefusedError
        If there are none, or the header is not one.
    """
    content = mapped(path)
    (length,) = struct.unpack_from("<Q", content)
    if length > MOST_HEADER or 8 + length > size:
        raise RefusedError("file.header", length=f"{length / 2**20:.0f} MB")
    try:
        with safe_open(path, framework="numpy"):  # checks that the tensors cover the file, and each byte once
            pass
    except SafetensorError as error:
        raise ValueError("a header that does not fit its file") from error
    header = json.loads(bytes(content[8 : 8 + length]))
    refuse_own(header.get("__metadata__", {}))
    body = content[8 + length :]
    tensors = {key: tensor(key, about, body) for key, about in header.items() if key != "__metadata__"}
    if not tensors:
        raise RefusedError("file.no_tensors")
    stripped, removed = without_wrappers(tensors)
    layers = layers_of(stripped)
    notes = [Message("file.note.prefix", prefix=removed)] if removed else []
    return ModelFile(name, size, "safetensors", layers.found, layers.others, (*notes, *layers.notes))


def tensor(name: str, about: dict[str, list[int]], body: memoryview) -> Tensor:
    """Return one tensor by what the header says of it."""
    said, shape = str(about["dtype"]), tuple(about["shape"])
    start, end = about["data_offsets"]
    dtype = TYPES.get(said, said.lower())
    if dtype not in PLAIN:
        return Tensor(name, shape, dtype, unreadable(name, dtype))

    def numbers() -> np.ndarray:
        return array(body[start:end], dtype, int(np.prod(shape, dtype=np.int64))).reshape(shape)

    return Tensor(name, shape, dtype, numbers)
