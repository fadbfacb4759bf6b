"""What of an HDF5 file is read, in a process of its own: the HDF5 library is C, and crashes on damaged files.

Run as a script by `hdf5.py`. Input: a request as JSON. Output: a line of JSON, then the bytes of the arrays that
were asked for. The process may take little memory and time, and may open and write no other file once it has this one.
"""

import codecs
import json
import math
import sys
import zipfile
from contextlib import suppress
from typing import Any

import h5py
import numpy as np

OBJECTS, DEPTH = 20_000, 24
TEXT = 32_000_000  # characters of all attributes
SMALL = 1 << 25  # bytes that are read with the names
MEMORY = 3 << 30
ATTRIBUTES = ("model_config", "keras_version", "backend", "layer_names", "weight_names", "name", "dtype")
FILTERS = ("gzip", "lzf", None)


Attributes = dict[str, str | list[str] | None]
Datasets = dict[str, tuple[list[int], str]]
"""By the path of each: shape and type."""
Request = dict[str, Any]


class RefusedFileError(Exception):
    """Why a file is not read, as it is answered."""

    def __init__(self, reason: str, **values: object):
        self.answer = {"refused": [f"file.hdf5.{reason}", values]}


def confine(seconds: int, most: int) -> None:
    """Nothing but what is open already, and bounded."""
    with suppress(ImportError):
        import resource

        for name, limit in (("AS", MEMORY), ("CPU", seconds), ("CORE", 0), ("FSIZE", most), ("NOFILE", 0)):
            with suppress(ValueError, OSError):  # not every system has each
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def text_of(value: Any) -> str | list[str] | None:
    """Text, or a list of texts; None for what is neither."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, str):
        return value
    if isinstance(value, np.ndarray) and value.dtype.kind in "SUO" and value.ndim == 1:
        return [str(text_of(each) or "") for each in value.tolist()]
    return None


def attributes_of(thing: Any, left: list[int]) -> Attributes:
    """The attributes that say what a model is; `layer_names0`, `layer_names1`, … where a list was too long for one."""
    read: Attributes = {}
    for name in thing.attrs:
        plain = name.rstrip("0123456789")
        if plain in ATTRIBUTES:
            dtype = thing.attrs.get_id(name).dtype
            if dtype.kind not in "SO" or (dtype.kind == "O" and not h5py.check_string_dtype(dtype)):
                continue
            value = text_of(thing.attrs[name])
            left[0] -= len(value) if isinstance(value, str) else sum(map(len, value or ()))
            if left[0] < 0:
                raise RefusedFileError("text")
            before = read.get(plain)
            read[plain] = before + value if isinstance(value, list) and isinstance(before, list) else value
    return read


def listing(file: Any) -> dict[str, Any]:
    """Every group and dataset that hard links lead to, once each."""
    groups: dict[str, Attributes] = {}
    datasets: Datasets = {}
    seen: set[int] = set()
    links, left = 0, [TEXT]
    waiting = [("", file, 0)]
    while waiting:
        path, group, depth = waiting.pop()
        groups[path] = attributes_of(group, left)
        if depth > DEPTH:
            raise RefusedFileError("deep", most=DEPTH)
        if len(group) + len(seen) > OBJECTS:
            raise RefusedFileError("many", most=OBJECTS)
        for name in group:
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                links += 1
                continue
            thing = group[name]
            place = h5py.h5o.get_info(thing.id).addr
            if place in seen:
                continue
            seen.add(place)
            inner = f"{path}/{name}".lstrip("/")
            if isinstance(thing, h5py.Group):
                waiting.append((inner, thing, depth + 1))
            elif isinstance(thing, h5py.Dataset):
                datasets[inner] = described(inner, thing, left)
    return {"groups": groups, "datasets": datasets, "links": links}


def small(datasets: Datasets) -> list[str]:
    """The names of all matrices and vectors, if they are few enough to be read at once."""
    sizes = {name: math.prod(shape) * 8 for name, (shape, _) in datasets.items() if shape}
    return list(sizes) if sum(sizes.values()) <= SMALL else []


def described(path: str, dataset: Any, left: list[int]) -> tuple[list[int], str]:
    """A dataset's shape and type; one whose numbers are elsewhere is refused."""
    if dataset.is_virtual or dataset.external:
        raise RefusedFileError("elsewhere", name=path[:80])
    shape, dtype = dataset.shape, dataset.dtype
    kind = attributes_of(dataset, left).get("dtype") if dtype.itemsize == 2 else None
    return list(shape or ()), "bfloat16" if kind == "bfloat16" else dtype.str


def array(file: Any, path: str, left: list[int]) -> np.ndarray:
    """A dataset's numbers: none whose declared size is beyond what is left."""
    dataset = file[path]
    described(path, dataset, [TEXT])
    bytes_of = math.prod(dataset.shape) * dataset.dtype.itemsize
    left[0] -= bytes_of
    if left[0] < 0 or max(dataset.chunks or (0,)) > 2**31:
        raise RefusedFileError("large", name=path[:80])
    if dataset.compression not in FILTERS or dataset.dtype.kind not in "fiuV":
        raise RefusedFileError("packed", name=path[:80])
    return np.ascontiguousarray(dataset[()])


def opened(request: Request) -> Any:
    """The file; or the one in an archive, which is unpacked in memory."""
    if request["member"] is None:
        return h5py.File(request["path"], "r", locking=False)
    with zipfile.ZipFile(request["path"]) as archive, archive.open(request["member"]) as packed:
        image = packed.read(request["bytes"] + 1)
    if len(image) > request["bytes"]:
        raise RefusedFileError("large", name=request["member"])
    return h5py.File(h5py.h5f.open_file_image(image))


def answer(request: Request) -> tuple[dict[str, Any], list[np.ndarray]]:
    with opened(request) as file:
        codecs.lookup("ascii")  # which Python would load from a file when it is first used
        confine(request["seconds"], request["bytes"] + TEXT * 8)
        head: dict[str, Any] = {}
        names, left = request["names"], [request["bytes"]]
        if names is None:
            head = listing(file)
            names, left = small(head["datasets"]), [2 * SMALL]
        arrays = {}
        for name in names:
            try:
                arrays[name] = array(file, name, left)
            except Exception:
                if request["names"]:  # else it is refused when it is asked for
                    raise
        return head | {"arrays": {n: [list(a.shape), a.dtype.str] for n, a in arrays.items()}}, list(arrays.values())


def main() -> None:
    try:
        head, arrays = answer(json.load(sys.stdin))
    except RefusedFileError as refused:
        head, arrays = refused.answer, []
    except MemoryError:
        head, arrays = {"refused": ["file.hdf5.large", {"name": "?"}]}, []
    except Exception as error:  # whatever the library makes of a damaged file
        head, arrays = {"refused": ["file.hdf5.damaged", {"why": f"{error}"[:120]}]}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")
    for each in arrays:
        sys.stdout.buffer.write(each.data if each.size else b"")


if __name__ == "__main__":
    main()
