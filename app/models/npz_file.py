"""Archives of NumPy's arrays; pickled ones are not read."""

from __future__ import annotations

import io
import pathlib
import struct

import numpy as np

from app.messages import Message, RefusedError
from app.models.archive import Archive
from app.models.bare_arrays import bare_layers
from app.models.found import Layers, layers_of
from app.models.numbers import PLAIN, shape_of, unreadable
from app.models.own_file import ABOUT, about_of, layers_about
from app.models.records import ModelFile, Tensor
from app.models.weights import modules_of, without_wrappers

MOST_HEADER = 10_000


def read(path: pathlib.Path, name: str, size: int) -> ModelFile:
    """Return the recurrent layers of an archive of arrays, named as PyTorch does, or of one layer without names.

    Raises
    ------
    RefusedError
        If there are none; the message has names and shapes.
    ValueError
        If it is damaged.
    """
    archive = Archive(path)
    entries = [entry for entry in archive.entries if entry.endswith(".npy")]
    about = about_of(archive)
    arrays = {entry.removesuffix(".npy"): array_of(archive, entry) for entry in entries if not about or entry != ABOUT}
    if about:
        own = layers_about(about, arrays)
        return ModelFile(name, size, "npz", own.found, own.others, own.notes)
    tensors, removed = without_wrappers({key: tensor for key, tensor in arrays.items() if tensor.shape != ()})
    notes = [Message("file.note.prefix", prefix=removed)] if removed else []
    layers = layers_of(tensors) if modules_of(tensors) else of_shapes(tensors)
    return ModelFile(name, size, "npz", layers.found, layers.others, (*notes, *layers.notes))


def of_shapes(tensors: dict[str, Tensor]) -> Layers:
    """Return what arrays are by their shapes alone."""
    if found := bare_layers(tensors):
        return Layers(found, (), (Message("file.note.shapes"),))
    return layers_of(tensors)


def array_of(archive: Archive, entry: str) -> Tensor:
    """Return one array, of which only the header is read now."""
    name = entry.removesuffix(".npy")
    head = archive.head(entry, MOST_HEADER + 100)
    stream = io.BytesIO(head)
    version = np.lib.format.read_magic(stream)
    if version not in ((1, 0), (2, 0)):
        raise ValueError("a header of an unknown version")
    (length,) = struct.unpack_from("<H" if version == (1, 0) else "<I", head, 8)
    if length > MOST_HEADER:
        raise ValueError("a header that is too long")
    header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, fortran, dtype = header(stream, MOST_HEADER)
    if dtype.hasobject:
        raise RefusedError("file.objects", tensor=name)
    if dtype.name not in PLAIN:
        return Tensor(name, shape, dtype.name, unreadable(name, dtype.name))
    start, count = stream.tell(), int(np.prod(shape_of(shape, 2**40), dtype=np.int64))
    if start + count * dtype.itemsize != archive.entries[entry].file_size:
        raise ValueError("an array that is longer than its entry")

    def numbers() -> np.ndarray:
        flat = np.frombuffer(archive.bytes_of(entry), dtype, count, start)
        return flat.reshape(shape, order="F" if fortran else "C")

    return Tensor(name, tuple(shape), dtype.name, numbers)
