"""Training of the lesson `variants`: each variant and the cells they depart from, on two tasks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch.nn import functional

from app.lessons.variants.benchmarks import BENCHMARKS, BUDGET
from app.lessons.variants.model import TRAINED
from app.training.figures import Figures
from app.training.network import CoreLayer, Readout
from app.training.trials import Loss, measured

ALWAYS_OPEN = 40.0  # a bias at which a sigmoid is 1 to the last bit


def latest_loss(outputs: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """The mean square of what is read out at the end."""
    return functional.mse_loss(outputs[-1], answers)


def interval_loss(outputs: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """Cross-entropy over the timesteps: which of them is it?"""
    return functional.cross_entropy(outputs.T, answers)


LOSSES: Mapping[str, Loss] = {"latest": latest_loss, "interval": interval_loss}


def network(name: str, inputs: int, seed: int) -> Readout:
    """One of the trained cells with a readout; weights as PyTorch draws them."""
    variant, frozen = TRAINED[name], {}
    cell = variant.kind.random(inputs, BUDGET.units, seed, **dict(variant.options))
    if name == "always_keeps":
        frozen = {"W_f": 0.0, "U_f": 0.0, "b_f": ALWAYS_OPEN}
        cell = cell.replace(**{name: np.full_like(cell.parameters[name], value) for name, value in frozen.items()})
    return Readout(CoreLayer(cell, frozen), BUDGET.units, 1)


def measure() -> Figures:
    """Make the lesson's figures."""
    return measured(BUDGET, BENCHMARKS, LOSSES, TRAINED, network)
