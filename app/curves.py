"""How long the gradient is at every step back from the loss, for three cells; and the bare product."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

import numpy as np

from app.routes import length
from app.vanishing import Settings, gradients_of

STATE = {"rnn": "h", "lstm": "c", "gru": "h"}
"""The state whose gradient is drawn: the one that carries the memory."""

PRESETS = {"vanish": 0.5, "stable": 1.0, "explode": 3.0}  # recurrent scales
GONE, SURVIVES, KEPT = 1e-6, 1e-3, 50  # what counts as vanished, as alive, and over how many steps
GOAL_STEPS = 100


@lru_cache(maxsize=128)
def curves(settings: Settings) -> Mapping[str, np.ndarray]:
    """‖dL/d(state)‖ of each cell at every step (T,), the loss last."""
    with np.errstate(over="ignore", invalid="ignore"):
        return {kind: length(g[STATE[kind]]) for kind, g in gradients_of(settings).items()}


def ends(settings: Settings) -> dict[str, float]:
    """Each cell's gradient at the first step."""
    return {kind: float(values[0]) for kind, values in curves(settings).items()}


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


def goal(settings: Settings) -> str:
    """How the challenge stands: the LSTM's gradient above SURVIVES after GOAL_STEPS steps; a key of the labels."""
    if settings.steps < GOAL_STEPS:
        return "short"
    return "solved" if ends(settings)["lstm"] > SURVIVES else "open"
