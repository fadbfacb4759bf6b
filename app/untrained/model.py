"""Three untrained cells of one recurrent scale, run on one sequence, and the gradients of one loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.controls.kinds import KINDS
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
    """An untrained cell of each kind."""
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


def traces(settings: Settings, kinds: Sequence[str] = KINDS) -> dict[str, Trace]:
    """The run of each kind of cell."""
    x, cells = sequence(settings), cells_of(settings)
    return {kind: run(cells[kind], x) for kind in kinds}


def gradients_of(settings: Settings, kinds: Sequence[str] = KINDS) -> Mapping[str, Gradients]:
    """The gradients of the loss in each kind of cell."""
    return {kind: backprop(trace, {"h": loss(settings)}) for kind, trace in traces(settings, kinds).items()}


def length(vectors: np.ndarray) -> np.ndarray:
    """‖·‖ of each row, exact where its squares would be 0 or infinite."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    unit = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    return np.linalg.norm(vectors / unit, axis=-1) * unit[..., 0]
