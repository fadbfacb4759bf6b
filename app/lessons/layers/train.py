"""Training of the lesson `layers`: LSTMs of one to three layers, forward and both ways, on two tasks."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from app.lessons.layers.benchmarks import BENCHMARKS, BUDGET, NETWORKS
from app.training.figures import Figures
from app.training.network import Readout
from app.training.trials import measured


def loss(outputs: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of a yes or no at every timestep that has an answer."""
    asked = answers >= 0
    return functional.binary_cross_entropy_with_logits(outputs[asked], answers[asked].to(outputs.dtype))


def network(name: str, inputs: int, seed: int) -> Readout:
    """A network as torch draws it, from the seed that its sequences are drawn from."""
    shape = NETWORKS[name]
    layers = nn.LSTM(inputs, shape.units, num_layers=shape.layers, bidirectional=shape.both)
    return Readout(layers, shape.units * (1 + shape.both), 1)


def measure() -> Figures:
    """Make the lesson's figures."""
    return measured(BUDGET, BENCHMARKS, dict.fromkeys(BENCHMARKS, loss), NETWORKS, network)
