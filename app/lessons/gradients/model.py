"""What the lesson `gradients` runs: three cells of one recurrent scale on one sequence, and the slopes of one loss."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cells import GRU, LSTM, RNN, Cell, Gradients, Trace, backprop, run

INPUTS = 8


@dataclass(frozen=True)
class Settings:
    """What a reader's sliders say."""

    scale: float = 1.0  # spectral radius of every recurrent matrix
    forget_bias: float = 2.0  # bias of the gate that keeps
    units: int = 16
    steps: int = 60
    seed: int = 0
    every: bool = False  # the loss looks at every step, not at the last alone


def cells_of(settings: Settings) -> dict[str, Cell]:
    drawn = (INPUTS, settings.units, settings.seed)
    radius, bias = settings.scale, settings.forget_bias
    return {
        "rnn": RNN.random(*drawn, spectral_radius=radius),
        "lstm": LSTM.random(*drawn, spectral_radius=radius, forget_bias=bias),
        "gru": GRU.random(*drawn, spectral_radius=radius, forget_bias=bias),
    }


def sequence(settings: Settings) -> np.ndarray:
    """Inputs (T, D) of length about 1, the same for every cell."""
    return np.random.default_rng(settings.seed).normal(size=(settings.steps, INPUTS)) / np.sqrt(INPUTS)


def loss(settings: Settings) -> np.ndarray:
    """dL/dh at every step (T, H), by that step's own loss alone: of length 1 where the loss looks."""
    slopes = np.zeros((settings.steps, settings.units))
    slopes[0 if settings.every else -1 :] = 1 / np.sqrt(settings.units)
    return slopes


def traces(settings: Settings) -> dict[str, Trace]:
    x = sequence(settings)
    return {name: run(cell, x) for name, cell in cells_of(settings).items()}


def gradients_of(settings: Settings) -> Mapping[str, Gradients]:
    return {name: backprop(trace, {"h": loss(settings)}) for name, trace in traces(settings).items()}
