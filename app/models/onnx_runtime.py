"""ONNX Runtime's own word on a model, where it is installed: it runs in a process of its own, see `onnx_child.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from app.messages import RefusedError
from app.models.child import SilentError, arrays_of, asked
from app.models.words import word

SECONDS = 20  # of a processor
CHILD = Path(__file__).with_name("onnx_child.py")
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@cache
def installed() -> bool:
    """Return whether there is an ONNX Runtime; it is not loaded."""
    return find_spec("onnxruntime") is not None


def outputs_of(model: bytes, feeds: Mapping[str, np.ndarray], names: Sequence[str]) -> list[np.ndarray]:
    """Return what ONNX Runtime computes, on the processor.

    Parameters
    ----------
    model : bytes
        A whole model, without external data.
    feeds : dict of str to array
        By the names of the model's inputs.
    names : sequence of str
        Of its outputs.

    Raises
    ------
    RefusedError
        If the runtime refuses, or takes more time or memory than it may.
    """
    arrays = {name: np.ascontiguousarray(array) for name, array in feeds.items()}
    about = {name: [list(array.shape), array.dtype.str] for name, array in arrays.items()}
    request = {"model": len(model), "arrays": about, "outputs": list(names), "seconds": SECONDS}
    data = [model, *(array.tobytes() for array in arrays.values())]
    try:
        head, answer = asked(CHILD, request, data, environment=ENVIRONMENT)
    except SilentError:
        raise RefusedError("runtime.silent", seconds=SECONDS) from None
    if "refused" in head:
        raise RefusedError("runtime.refused", why=word(head["refused"], 200))
    found = arrays_of(head, answer)
    return [found[name] for name in names]
