"""Numbers where they stand in a file: seen through a memory map, not read before they are needed."""

from __future__ import annotations

import mmap
import pathlib
from collections.abc import Callable, Sequence
from math import prod
from typing import Any, Literal

import numpy as np

from app.messages import RefusedError

Bytes = bytes | memoryview
Order = Literal["<", ">"]
BFLOAT16 = "bfloat16"
FLOATS = ("float16", BFLOAT16, "float32", "float64")
PLAIN = (*FLOATS, "int8", "uint8", "int16", "int32", "int64", "bool")
"""The types of numbers that are read, by their names."""


def mapped(path: pathlib.Path) -> memoryview:
    """Return the bytes of a file, of which the system reads what is looked at."""
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def width(dtype: str) -> int:
    """Return how many bytes one number takes."""
    return 2 if dtype == BFLOAT16 else np.dtype(dtype).itemsize


def array(content: Bytes, dtype: str, count: int, order: Order = "<") -> np.ndarray:
    """Return the first ``count`` numbers of some bytes; bfloat16, which NumPy lacks, as float32."""
    if dtype == BFLOAT16:
        halves = np.frombuffer(content, f"{order}u2", count)
        return (halves.astype(np.uint32) << 16).view(np.float32)
    return np.frombuffer(content, np.dtype(dtype).newbyteorder(order), count)


def shape_of(value: Any, most: int) -> tuple[int, ...]:
    """Return sizes, or strides: whole numbers from 0 whose product is at most ``most``; else a ValueError."""
    sizes = tuple(value) if isinstance(value, (tuple, list)) and len(value) <= 32 else (-1,)
    if not all(type(size) is int and 0 <= size <= 2**40 for size in sizes) or prod(sizes) > most:
        raise ValueError("a tensor that is larger than its file")
    return sizes


def strided(numbers: np.ndarray, offset: int, shape: Sequence[int], strides: Sequence[int]) -> np.ndarray:
    """Return a view of numbers in a row; a ValueError if it would look outside of them."""
    if len(strides) != len(shape) or offset < 0:
        raise ValueError("strides that do not fit")
    reach = offset + sum((size - 1) * step for size, step in zip(shape, strides, strict=True))
    if prod(shape) and reach >= len(numbers):
        raise ValueError("a tensor that reaches behind its storage")
    if not prod(shape):
        return np.zeros(shape, numbers.dtype)
    steps = [step * numbers.itemsize for step in strides]
    return np.lib.stride_tricks.as_strided(numbers[offset:], shape, steps, writeable=False)


def unreadable(name: str, dtype: str) -> Callable[[], np.ndarray]:
    """Return what reads numbers of a type that is not read: it refuses."""

    def read() -> np.ndarray:
        raise RefusedError("file.dtype", tensor=name, dtype=dtype)

    return read
