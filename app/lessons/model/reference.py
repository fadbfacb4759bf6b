"""An input and an output that a file keeps of a layer, to compare with."""

from __future__ import annotations

import numpy as np

from app.models import Found, ModelFile


def reference_of(file: ModelFile, found: Found) -> tuple[np.ndarray, np.ndarray] | None:
    """An input and an output of a layer that its file keeps, by the names `reference.input` and `reference.output`.

    Before them may stand the layer's own name; without it they are the first layer's.
    """
    own = {each.name.replace("/", "."): each for each in file.others}
    heads = [f"{found.name}."] if found.name else []
    heads += [""] if found is file.layers[0] else []
    for head in heads:
        pair = [own.get(f"{head}reference.{end}") for end in ("input", "output")]
        x, output = (each.shape if each else () for each in pair)
        if len(x) == len(output) == 2 and x[0] == output[0] > 0 and x[1] == found.inputs:
            arrays = [np.asarray(each.read(), float) for each in pair if each]
            if all(np.isfinite(array).all() for array in arrays):
                return arrays[0], arrays[1]
    return None


def is_reference(name: str) -> bool:
    """Whether a tensor of this name is no part of a model, but kept to compare with."""
    return name.replace("/", ".").endswith(("reference.input", "reference.output"))
