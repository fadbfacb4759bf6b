"""How long the gradient is at every step back from the loss, for three cells; and the bare product."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from app.lessons.gradients.model import Settings, gradients_of
from app.lessons.gradients.routes import length

STATES = {"rnn": ("h",), "lstm": ("c", "h"), "gru": ("h",)}
"""The states of each kind of cell, first the one that carries the memory."""

PRESETS = {"vanish": 0.5, "stable": 1.0, "explode": 3.0}  # recurrent scales
VANISHED, ALIVE, EXPLODED = 1e-6, 1e-3, 1e3  # a gradient has vanished below the first, is alive between the others
GOALS = {"lstm": 100, "rnn": 50}
"""The challenges: the steps over which a cell's gradient shall stay alive."""
NUDGE = 0.3  # how far the scale is moved to see how fragile a solution is


@lru_cache(maxsize=128)
def curves(settings: Settings) -> Mapping[str, Mapping[str, np.ndarray]]:
    """‖dL/d(state)‖ of each cell and each of its states at every step (T,), the loss last."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = gradients_of(settings)
        return {kind: {state: length(found[kind][state]) for state in states} for kind, states in STATES.items()}


def ends(settings: Settings) -> dict[str, float]:
    """The gradient of each cell's memory at the first step."""
    return {kind: float(curves(settings)[kind][states[0]][0]) for kind, states in STATES.items()}


def power(weight: float, steps: int) -> np.ndarray:
    """A weight carried through 0 … `steps` steps: its powers."""
    with np.errstate(over="ignore"):
        return np.cumprod([1.0, *[weight] * steps])


def exact(weight: Fraction, steps: int) -> Fraction:
    """The same product without any rounding."""
    return weight**steps


def longest(settings: Settings) -> str:
    """The cell whose gradient is longest at the first step."""
    found = ends(settings)
    return max(found, key=lambda kind: -1.0 if np.isnan(found[kind]) else found[kind])


def goal(kind: str, settings: Settings) -> str:
    """The state of a challenge, a key of the labels: the cell's gradient alive after so many steps."""
    if settings.steps < GOALS[kind]:
        return "short"
    value = ends(settings)[kind]
    return "solved" if ALIVE < value < EXPLODED else "high" if value >= EXPLODED else "open"


def nudged(settings: Settings) -> dict[str, float]:
    """What becomes of the RNN's gradient when the recurrent scale is a little lower, or higher."""
    scales = {"lower": max(settings.scale - NUDGE, 0.0), "higher": settings.scale + NUDGE}
    return {name: ends(replace(settings, scale=scale))["rnn"] for name, scale in scales.items()}
