"""Untrained cells, run on one sequence, and the gradients of one loss."""

from collections.abc import Mapping, Sequence

import numpy as np

from app.controls.kinds import KINDS
from app.untrained.initial import INPUTS, Settings, untrained
from cells import Cell, Gradients, Trace, backprop, run


def cells_of(settings: Settings, kinds: Sequence[str] = KINDS) -> dict[str, Cell]:
    """An untrained cell of each kind."""
    return {kind: untrained(kind, settings) for kind in kinds}


def sequence(settings: Settings) -> np.ndarray:
    """Inputs (T, D) of length about 1, the same for every cell."""
    return np.random.default_rng(settings.seed).normal(size=(settings.steps, INPUTS)) / np.sqrt(INPUTS)


def loss(settings: Settings, width: int | None = None) -> np.ndarray:
    """dL/d(output) at every step (T, width), by that step's own loss alone: of length 1 where the loss looks.

    An output is as wide as there are units, unless a cell has another.
    """
    width = width or settings.units
    slopes = np.zeros((settings.steps, width))
    slopes[0 if settings.every else -1 :] = 1 / np.sqrt(width)
    return slopes


def traces(settings: Settings, kinds: Sequence[str] = KINDS) -> dict[str, Trace]:
    """The run of each kind of cell."""
    x = sequence(settings)
    return {kind: run(cell, x) for kind, cell in cells_of(settings, kinds).items()}


def gradients_of(settings: Settings, kinds: Sequence[str] = KINDS) -> Mapping[str, Gradients]:
    """The gradients of the loss in each kind of cell."""
    return {kind: gradients(trace, settings) for kind, trace in traces(settings, kinds).items()}


def gradients(trace: Trace, settings: Settings) -> Gradients:
    """The gradients of the loss in one run."""
    output = trace.cell.graph.output
    return backprop(trace, {output: loss(settings, trace[output].shape[-1])})


def length(vectors: np.ndarray) -> np.ndarray:
    """‖·‖ of each row, exact where its squares would be 0 or infinite."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    unit = np.where((largest > 0) & np.isfinite(largest), largest, 1)
    return np.linalg.norm(vectors / unit, axis=-1) * unit[..., 0]
