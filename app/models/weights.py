"""Which of a file's named tensors are the weights of recurrent layers, as PyTorch names them or nearly so."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from app.models.records import Tensor
from cells.weight_formats.state_dict import PAIRS, PART, weight_normed

TORCH = re.compile(r"(?:(.*)\.)?(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)(_l\d{1,6}(?:_reverse)?|)")
LOOSE = re.compile(r"(?:(.*?)[._/])?(weight|bias|w|b)_?(ih|hh|hr)(_l\d{1,6}(?:_reverse)?|)", re.IGNORECASE)
"""``enc_w_ih``, ``W_hh``, ``lstm/bias_ih_l0``: meant like PyTorch's, but nobody says so."""

Places = dict[str, dict[str, Tensor]]
"""Tensors by place (``""``, ``"_l0"``, ``"_l0_reverse"``, …) and then by name, ``"weight_ih"``."""

MOST_WRAPPERS = 8
WRAPPERS = ("module", "_orig_mod")
"""What DataParallel and torch.compile put before every name."""


@dataclass
class Module:
    """The weights of one recurrent module."""

    name: str
    torch: bool
    """Whether the names are exactly PyTorch's."""
    places: Places = field(default_factory=dict)

    @property
    def tensors(self) -> list[Tensor]:
        return [tensor for arrays in self.places.values() for tensor in arrays.values()]


def modules_of(tensors: Mapping[str, Tensor]) -> dict[str, Module]:
    """Return the recurrent modules by name, in the order of the file."""
    found: dict[str, Module] = {}
    for name, tensor in tensors.items():
        if match := TORCH.fullmatch(name):
            before, weight, place, exact = match[1] or "", match[2], match[3], True
        elif match := LOOSE.fullmatch(name):
            before, place, exact = match[1] or "", match[4].lower(), False
            weight = {"w": "weight", "b": "bias"}[match[2][0].lower()] + "_" + match[3].lower()
        else:
            continue
        module = found.setdefault(before, Module(before, exact))
        module.torch &= exact
        module.places.setdefault(place, {})[weight] = tensor
    return found


def joined(tensors: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], list[str]]:
    """Return the tensors with every weight that is held as two parts made whole, and how that was done.

    Weight norm, in its old and its new form, is multiplied out, and pruning applied.
    """
    parts: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        if (match := PART.fullmatch(name)) and match[5]:
            parts.setdefault(match[1] + match[2], {})[match[5]] = tensor
    whole, ways = dict(tensors), []
    for name, pieces in parts.items():
        if way := PAIRS.get(tuple(sorted(pieces))):
            first, second = (pieces[suffix] for suffix in sorted(pieces))
            for piece in (first, second):
                del whole[piece.name]
            shaped = second if way == "norm" else max(first, second, key=lambda t: t.dtype.startswith("float"))
            whole[name] = Tensor(name, shaped.shape, shaped.dtype, product(first, second, way))
            ways.append(way)
    return whole, sorted(set(ways))


def product(first: Tensor, second: Tensor, way: str) -> Callable[[], np.ndarray]:
    """Return what reads a weight that is held as two parts."""

    def read() -> np.ndarray:
        a, b = first.read(), second.read()
        return np.asarray(a * b, np.result_type(b)) if way == "pruned" else weight_normed(a, b)

    return read


def without_wrappers(tensors: Mapping[str, Tensor], containers: Collection[str] = ()) -> tuple[dict[str, Tensor], str]:
    """Return the tensors without what stands before the names of all recurrent weights, and what that was.

    ``containers`` are names of dicts around the state dict; they are no part of a model, nor are `WRAPPERS`.
    """
    removed = ""
    for _ in range(MOST_WRAPPERS):
        weights = [name for name in tensors if LOOSE.fullmatch(name)]
        heads = {name.partition(".")[0] for name in weights}
        head = heads.pop() if len(heads) == 1 else ""
        if not head or not (head in WRAPPERS or removed + head in containers) or head in weights:
            break
        removed += f"{head}."
        inside = {name.removeprefix(f"{head}."): t for name, t in tensors.items() if name.startswith(f"{head}.")}
        beside = {name: t for name, t in tensors.items() if not name.startswith(f"{head}.")}
        tensors = {name: replace(t, name=name) for name, t in (inside | beside).items()}
    return dict(tensors), removed.rstrip(".")
