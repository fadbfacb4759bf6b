"""The same cell run by PyTorch, here and now. torch is loaded only when it is asked for."""

from collections.abc import Mapping

import numpy as np

from app.lessons.frameworks.programs import Example
from cells.weight_formats import to_torch


def differences(shown: Example) -> Mapping[str, float]:
    """The largest difference between PyTorch's numbers and ours: of the outputs, and of each last state."""
    import torch

    module = getattr(torch.nn, shown.name)(shown.inputs, shown.units, dtype=torch.float64)
    to_torch(shown.cell, module)
    with torch.no_grad():
        output, last = module(torch.tensor(shown.x))
    states = last if isinstance(last, tuple) else (last,)
    theirs = {"output": output} | dict(zip(shown.trace.final, (state[0] for state in states), strict=True))
    ours = {"output": shown.trace.output, **shown.trace.final}
    return {name: float(np.abs(value.numpy() - ours[name]).max()) for name, value in theirs.items()}
