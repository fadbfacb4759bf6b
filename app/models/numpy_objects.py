"""Arrays of NumPy inside of a pickle, as data: how they are pickled is documented at ``ndarray.__reduce__``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from app.models.numbers import PLAIN, shape_of, unreadable
from app.models.pickles import Box
from app.models.records import Tensor

ARRAYS = ("numpy._core.multiarray._reconstruct", "numpy.core.multiarray._reconstruct")
ENCODED = ("_codecs.encode", "codecs.encode")
"""What older protocols have in place of bytes: a text, each letter of which is a byte."""
TYPES = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "b1"}


@dataclass(frozen=True)
class Written:
    """An array whose numbers stand in the pickle itself."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    content: Callable[[], bytes]
    fortran: bool

    def tensor(self, name: str) -> Tensor:
        """Return it by its name."""
        dtype = self.dtype

        def read() -> np.ndarray:
            flat = np.frombuffer(self.content(), dtype)
            return flat.reshape(self.shape, order="F" if self.fortran else "C")

        return Tensor(name, self.shape, dtype.name, read if dtype.name in PLAIN else unreadable(name, dtype.name))


def written(value: Any) -> Written | None:
    """Return what a pickle says of an array; None of anything else, of arrays of objects too.

    Raises
    ------
    ValueError
        If it has another number of bytes than its shape says.
    """
    if not (isinstance(value, Box) and value.kind in ARRAYS and isinstance(value.state, tuple)):
        return None
    if len(value.state) != 5:
        return None
    _, shape, dtype, fortran, data = value.state
    if not (isinstance(dtype, Box) and dtype.kind == "numpy.dtype" and dtype.arguments):
        return None
    kind = dtype.arguments[0]
    state = dtype.state if isinstance(dtype.state, tuple) else ()
    order = ">" if state[1:2] == (">",) else "<"
    if not isinstance(kind, str) or kind not in TYPES:
        return None
    sizes = shape_of(shape, 2**40)
    count, content = content_of(data)
    if count != prod(sizes) * np.dtype(kind).itemsize:
        raise ValueError("an array with another number of bytes than its shape says")
    return Written(sizes, np.dtype(f"{order}{kind}"), content, fortran is True)


def content_of(data: Any) -> tuple[int, Callable[[], bytes]]:
    """Return how many bytes there are, and what gives them: only then are they made of a text."""
    if isinstance(data, Box) and data.kind in ENCODED and data.arguments[1:] in (("latin1",), ("latin-1",)):
        text = data.arguments[0]
        if isinstance(text, str):
            return len(text), lambda: text.encode("latin-1")
    if isinstance(data, (bytes, bytearray)):
        return len(data), lambda: bytes(data)
    raise ValueError("an array without bytes")
