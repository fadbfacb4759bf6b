"""What is inside of a file of PyTorch: storages and tensors of a pickle, and the modules around them, as data.

The arguments of the functions that rebuild tensors are those of
https://github.com/pytorch/pytorch/blob/main/torch/_utils.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.models.numbers import BFLOAT16, PLAIN, Bytes, Order, array, shape_of, strided, unreadable, width
from app.models.numpy_objects import Written, written
from app.models.pickles import Box, Name, Rebuild
from app.models.records import Tensor

STORAGES = {
    "Float": "float32", "Double": "float64", "Half": "float16", "BFloat16": BFLOAT16, "Long": "int64", "Int": "int32",
    "Short": "int16", "Char": "int8", "Byte": "uint8", "Bool": "bool",
}  # fmt: skip
MOST_VISITED = 50_000
"""Tensors, modules and what holds such; a vocabulary does not count."""
MOST_PARTS = 1_000_000
"""All that is looked at on the way; what is shared counts each time."""
MOST_DEPTH = 64
MOST_REPEATED = 2**24
"""How many numbers a tensor may show of a storage that has fewer (of a tensor that was expanded)."""


@dataclass(frozen=True)
class Storage:
    """Numbers of one type in a row, or those from ``start`` on of another storage."""

    key: str
    dtype: str
    count: int
    start: int = 0


@dataclass(frozen=True)
class Strided:
    """A tensor: a view of a storage."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass
class Records:
    """The bytes of the storages, by their keys."""

    bytes_of: Callable[[str], Bytes]
    order: Order = "<"

    def tensor(self, name: str, view: Strided | Written) -> Tensor:
        """Return a tensor by its name, after checking that it stays within its storage."""
        if isinstance(view, Written):
            return view.tensor(name)
        storage = view.storage
        if storage.dtype not in PLAIN:
            return Tensor(name, view.shape, storage.dtype, unreadable(name, storage.dtype))
        shape_of(view.shape, max(storage.count, MOST_REPEATED))

        def read() -> np.ndarray:
            content = self.bytes_of(storage.key)
            end = (storage.start + storage.count) * width(storage.dtype)
            if end > len(content):
                raise ValueError("a storage that is longer than its bytes")
            numbers = array(content, storage.dtype, storage.start + storage.count, self.order)[storage.start :]
            return strided(numbers, view.offset, view.shape, view.strides)

        return Tensor(name, view.shape, storage.dtype, read)


def storage_of(identifier: Any) -> Any:
    """Return what a persistent identifier of torch's stands for."""
    if isinstance(identifier, tuple) and identifier[:1] == ("module",) and len(identifier) == 4:
        return identifier[1]  # the class, before its source
    if not (isinstance(identifier, tuple) and len(identifier) in (5, 6) and identifier[0] == "storage"):
        return Box("persistent")
    _, kind, key, _, count, *view = identifier
    if not (isinstance(kind, Name) and isinstance(key, str) and len(key) < 100):
        raise ValueError("a storage without a type")
    (count,) = shape_of((count,), 2**40)
    short = kind.text.rpartition(".")[2].removesuffix("Storage")
    dtype = STORAGES.get(short, short.lower())
    if view and view[0] is not None:
        _, start, count = view[0]
        start, count = (*shape_of((start,), 2**40), *shape_of((count,), 2**40))
        return Storage(key, dtype, count, start)
    return Storage(key, dtype, count)


def tensor_of(storage: Any, offset: Any, size: Any, stride: Any, *_: Any) -> Any:
    """Return the view that ``torch._utils._rebuild_tensor_v2`` would make a tensor of."""
    if not isinstance(storage, Storage):
        return Box("torch.Tensor", (storage,))
    (offset,) = shape_of((offset,), 2**40)
    return Strided(storage, offset, shape_of(size, 2**62), shape_of(stride, 2**1300))


def quantised(storage: Any, offset: Any, size: Any, stride: Any, *_: Any) -> Any:
    """Return a tensor of whole numbers with a scale, which is not read."""
    view = tensor_of(storage, offset, size, stride)
    return (
        Strided(Storage("", "quantised", 0), 0, view.shape, view.strides)
        if isinstance(view, Strided)
        else Box("quantised")
    )


def typed(storage: Any, offset: Any, size: Any, stride: Any, grad: Any, hooks: Any, dtype: Any, *_: Any) -> Any:
    """Return what ``torch._utils._rebuild_tensor_v3`` would make, of a type that has no storage of its own."""
    name = dtype.text.removeprefix("torch.") if isinstance(dtype, Name) else "unknown"
    known = isinstance(storage, Storage)
    return tensor_of(Storage(storage.key, name, storage.count) if known else storage, offset, size, stride)


def first(value: Any, *_: Any) -> Any:
    """Return what a parameter or a copy to another device holds."""
    return value


def subclass(function: Any, _: Any, arguments: Any, *__: Any) -> Any:
    """Return what ``torch._tensor._rebuild_from_type_v2`` would make: a tensor with attributes."""
    rebuild = UNDERSTOOD.get(function.text) if isinstance(function, Name) else None
    return rebuild(*arguments) if rebuild and rebuild is not subclass else Box("torch.Tensor")


def ordered(entries: Any = None, *_: Any) -> Any:
    """Return a dict; of pairs, as Python 2 wrote them, a box that `parts_of` looks into."""
    if isinstance(entries, dict):
        return entries
    return Box("pairs", values=entries) if isinstance(entries, list) else {}


UNDERSTOOD: dict[str, Rebuild] = {
    "torch._utils._rebuild_tensor_v2": tensor_of,
    "torch._utils._rebuild_tensor": tensor_of,
    "torch._utils._rebuild_tensor_v3": typed,
    "torch._utils._rebuild_qtensor": quantised,
    "torch._utils._rebuild_parameter": first,
    "torch._utils._rebuild_parameter_with_state": first,
    "torch._utils._rebuild_device_tensor_from_cpu_tensor": first,
    "torch._tensor._rebuild_from_type_v2": subclass,
    "torch._tensor._rebuild_from_type": subclass,
    "torch.nn.parameter.Parameter": first,
    "torch.nn.Parameter": first,
    "collections.OrderedDict": ordered,
    "collections.defaultdict": lambda *_: {},
    "builtins.dict": ordered,
    "torch.Size": first,
}
INSIDE = ("_parameters", "_buffers", "_modules")
"""The dictionaries in which a module keeps what it consists of."""
REPEATED = ("_flat_weights", "_all_weights", "_flat_weights_names")
"""What a script keeps of a recurrent layer's weights a second time."""


@dataclass
class Content:
    """All that a file of PyTorch names."""

    tensors: dict[str, Strided | Written] = field(default_factory=dict)
    modules: dict[str, Box] = field(default_factory=dict)
    containers: set[str] = field(default_factory=set)
    """The names of dicts: what stands before the names of the state dict in them."""


def content_of(root: Any) -> Content:
    """Return what is found under an object; a ValueError if that is too deep or too much."""
    content, visited, looked = Content(), 0, 0
    empty: dict[int, bool] = {}
    ahead: list[tuple[str, Any, int]] = [("", root, 0)]
    while ahead:
        name, value, depth = ahead.pop()
        visited += 1
        if max(visited, len(ahead)) > MOST_VISITED or depth > MOST_DEPTH or len(name) > 500:
            raise ValueError("too much, or too deep")
        if isinstance(value, Strided):
            content.tensors[name] = value
            continue
        if array := written(value):
            content.tensors[name] = array
            continue
        if isinstance(value, Box):
            content.modules[name] = value
        elif isinstance(value, dict):
            content.containers.add(name)
        before = f"{name}." if name else ""
        held = []
        for key, part in parts_of(value):
            looked += 1
            if looked > MOST_PARTS:
                raise ValueError("too much")
            if holds(part, empty):
                held.append((f"{before}{key}", part, depth + 1))
        ahead += reversed(held)
    return content


def holds(value: Any, empty: dict[int, bool]) -> bool:
    """Return whether a value is, or may hold, what is looked for; ``empty`` remembers by identity which do not."""
    if not isinstance(value, (dict, list, tuple)):
        return isinstance(value, (Strided, Box))
    if id(value) not in empty:
        parts = value.values() if isinstance(value, dict) else value
        empty[id(value)] = not any(isinstance(part, (Strided, Box, dict, list, tuple)) for part in parts)
    return not empty[id(value)]


def parts_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an object consists of, by the names that a state dict would have."""
    if isinstance(value, dict):
        yield from ((str(key)[:200], part) for key, part in value.items() if isinstance(key, (str, int)))
    elif isinstance(value, (list, tuple)):
        yield from ((str(k), part) for k, part in enumerate(value))
    elif isinstance(value, Box) and isinstance(value.state, dict):
        if "_modules" in value.state:
            for inside in INSIDE:
                if isinstance(parts := value.state.get(inside), dict) or getattr(parts, "kind", "") == "pairs":
                    yield from parts_of(parts)
        else:
            yield from ((name, part) for name, part in parts_of(value.state) if name not in REPEATED)
    elif isinstance(value, Box) and value.kind == "pairs":
        pairs = (pair for pair in value.values if isinstance(pair, (list, tuple)) and len(pair) == 2)
        yield from ((key[:200], part) for key, part in pairs if isinstance(key, str))
    elif isinstance(value, Box):
        yield from parts_of(value.items or value.values)


def hooks_of(module: Box) -> list[str]:
    """Return the names of what a module calls before or after it computes, but for weight norm and pruning."""
    state = module.state if isinstance(module.state, dict) else {}
    held = [state.get(name) for name in ("_forward_pre_hooks", "_forward_hooks")]
    hooks = [hook for each in held if isinstance(each, dict) for hook in each.values()]
    names = [hook.text if isinstance(hook, Name) else hook.kind for hook in hooks if isinstance(hook, (Name, Box))]
    return [name for name in names if not name.startswith("torch.nn.utils.")]


def attributes(module: Box) -> dict[str, Any]:
    """Return what a recurrent module says of itself, as its file has it."""
    state = module.state if isinstance(module.state, dict) else {}
    return {name: state[name] for name in ("batch_first", "dropout", "mode", "nonlinearity") if name in state}
