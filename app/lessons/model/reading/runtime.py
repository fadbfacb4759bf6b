"""What a layer of an ONNX model truly reads: ONNX Runtime computes it of what the whole model is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod

import numpy as np

from app.messages import RefusedError
from app.models import Around, onnx_runtime

STEPS = 50  # of a size that is open, unless it counts sequences
BATCH = re.compile(r"n|b|bs|.*batch.*", re.IGNORECASE)
MOST = 4_000_000  # numbers that are made up


def layer_input(around: Around, feeds: Mapping[str, np.ndarray]) -> np.ndarray:
    """The layer's input as an array (T, B, D).

    Raises
    ------
    RefusedError
        If ONNX Runtime refuses, or what it computes is no sequence.
    """
    (x,) = onnx_runtime.outputs_of(around.model(), feeds, [around.output])
    if x.ndim != 3:
        raise RefusedError("runtime.shape", shape=" × ".join(map(str, x.shape)) or "1")
    return x.swapaxes(0, 1) if around.batch_first else x


def given(around: Around, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """A reader's arrays as the model's inputs: by their names, or the only one.

    Raises
    ------
    RefusedError
        If one is missing.
    """
    if len(around.inputs) == len(arrays) == 1:
        arrays = dict(zip(around.inputs, arrays.values(), strict=True))
    missing = [name for name in around.inputs if name not in arrays]
    if missing:
        raise RefusedError("runtime.missing", name=missing[0].replace("`", "'"))
    return {name: arrays[name].astype(dtype) for name, (_, dtype) in around.inputs.items()}


def made_up(around: Around) -> dict[str, np.ndarray]:
    """Normal noise, and zeros where whole numbers are read, until a reader gives arrays.

    Raises
    ------
    RefusedError
        If the model asks for more than is made up.
    """
    drawn, feeds = np.random.default_rng(1), {}
    for name, (sizes, dtype) in around.inputs.items():
        shape = [size if isinstance(size, int) else 1 if BATCH.fullmatch(size) else STEPS for size in sizes]
        if prod(shape) > MOST:
            raise RefusedError("runtime.large")
        noise = drawn.normal(size=shape) if np.dtype(dtype).kind == "f" else np.zeros(shape)
        feeds[name] = noise.astype(dtype)
    return feeds
