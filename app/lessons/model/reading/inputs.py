"""What a model is given to read: made here, typed, or taken from a file. Steps by inputs, (T, D), always finite."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from app.formatting import NUMBER
from app.messages import RefusedError

Way = Literal["pulse", "sine", "noise"]
WAYS: tuple[Way, ...] = ("pulse", "sine", "noise")
MOST = 1000  # steps that are run
STEPS = 200  # until a reader chooses
PERIOD = 25  # steps of a sine


def made(way: Way, steps: int, inputs: int, seed: int) -> np.ndarray:
    """A pulse in all inputs, sines that are shifted against each other, or normal noise."""
    t = np.arange(steps)[:, None]
    if way == "noise":
        return np.random.default_rng(seed).normal(size=(steps, inputs))
    if way == "sine":
        return np.sin(2 * np.pi * (t / PERIOD + np.arange(inputs) / max(2, inputs)))
    return np.repeat(((t >= steps // 5) & (t < 2 * steps // 5)).astype(float), inputs, axis=1)


def typed(text: str, inputs: int) -> np.ndarray:
    """Numbers as they are typed: a line for each step; of a single input also all in one line."""
    lines = [re.split(r"[\s,;]+", line.strip(" \t,;")) for line in text.strip().splitlines() if line.strip()]
    rows = [[each] for line in lines for each in line] if inputs == 1 else lines
    for place, row in enumerate(rows, 1):
        if len(row) != inputs:
            raise RefusedError("input.columns_wrong", line=place, count=len(row), inputs=inputs)
        for each in row:
            if not NUMBER.fullmatch(each.replace("−", "-")):
                raise RefusedError("input.word", line=place, text=each[:20])
    if not rows:
        raise RefusedError("input.none")
    return checked(np.array([[float(each.replace("−", "-")) for each in row] for row in rows]), inputs)


def ids(text: str, embedding: np.ndarray) -> np.ndarray:
    """The rows of an embedding, by numbers from 0."""
    found = re.split(r"[\s,;]+", text.strip(" \t\r\n,;")) if text.strip() else []
    if not found:
        raise RefusedError("input.none")
    for each in found:
        if not (re.fullmatch(r"\d{1,9}", each, re.ASCII) and int(each) < len(embedding)):
            raise RefusedError("input.id", text=each[:20], most=len(embedding) - 1)
    return checked(embedding[[int(each) for each in found]], embedding.shape[1])


def table(data: bytes) -> dict[str, np.ndarray]:
    """The columns of numbers of a CSV file, by name; the separator is found."""
    try:
        frame = pd.read_csv(io.BytesIO(data), sep=None, engine="python", nrows=100_000)
    except Exception as fault:  # pandas raises what its parsers do
        raise RefusedError("input.csv_bad") from fault
    columns = {str(name): column for name, column in frame.items() if pd.api.types.is_numeric_dtype(column)}
    if not columns:
        raise RefusedError("input.csv_numbers")
    return {name: column.to_numpy(float) for name, column in columns.items()}


def arrays(data: bytes) -> dict[str, np.ndarray]:
    """The arrays of numbers of a .npy or .npz file, by name. Nothing in it is executed: no pickles."""
    try:
        read = np.load(io.BytesIO(data), allow_pickle=False)
        found: Mapping[str, np.ndarray] = dict(read) if isinstance(read, np.lib.npyio.NpzFile) else {"array": read}
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, MemoryError) as fault:
        raise RefusedError("input.npy_bad") from fault
    kept = {name: array for name, array in found.items() if array.dtype.kind in "fiub" and array.ndim in (1, 2, 3)}
    if not kept:
        raise RefusedError("input.npy_numbers")
    return kept


def of_file(path: Path) -> dict[str, np.ndarray]:
    """The arrays of a file of numbers, by name; of a CSV file all columns of numbers as one."""
    data = path.read_bytes()
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return {path.name: np.column_stack(list(table(data).values()))}
    return arrays(data)


def sequence(array: np.ndarray, item: int, batch_first: bool) -> np.ndarray:
    """One sequence (T, D) of an array (T,), (T, D), (T, B, D), or (B, T, D) if the batch is first."""
    if array.ndim == 1:
        return array[:, None]
    if array.ndim == 2:
        return array
    return array[item] if batch_first else array[:, item]


def scaled(x: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and spread 1; one that does not move with 0."""
    spread = x.std(axis=0)
    return (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)


def checked(x: np.ndarray, inputs: int) -> np.ndarray:
    """A sequence that the layer can read, at most its first thousand steps."""
    x = np.asarray(x, float)
    if x.ndim != 2 or x.shape[1] != inputs:
        raise RefusedError("input.width", count=x.shape[-1], inputs=inputs)
    if not len(x):
        raise RefusedError("input.none")
    x = x[:MOST]
    if not np.isfinite(x).all():
        raise RefusedError("input.missing", line=int(np.argwhere(~np.isfinite(x))[0, 0]) + 1)
    return x
