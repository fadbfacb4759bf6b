"""How large the gradient is at every step back from the loss, for three untrained cells."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from app.controls.kinds import KINDS
from app.untrained.model import Settings, gradients_of, length

STATES = {"rnn": ("h",), "lstm": ("c", "h"), "gru": ("h",)}
"""The states of each kind of cell, first the one that carries the memory."""

VANISHED, ALIVE, EXPLODED = 1e-6, 1e-3, 1e3  # a gradient has vanished below the first, is alive between the others


@lru_cache(maxsize=128)
def curves(settings: Settings, kinds: tuple[str, ...] = KINDS) -> Mapping[str, Mapping[str, np.ndarray]]:
    """‖dL/d(state)‖ of each cell and each of its states at every step (T,), the loss last."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = gradients_of(settings, kinds)
        return {kind: {state: length(found[kind][state]) for state in STATES[kind]} for kind in kinds}


def ends(settings: Settings, kinds: tuple[str, ...] = KINDS) -> dict[str, float]:
    """The gradient of each cell's memory at the first step."""
    return {kind: float(curves(settings, kinds)[kind][STATES[kind][0]][0]) for kind in kinds}


def goal(settings: Settings, size: Callable[[Settings], float], smaller: Settings | None, least: int) -> str:
    """The state of a challenge to find the smallest value of a setting that keeps a gradient alive.

    Parameters
    ----------
    settings : Settings
    size : callable
        The gradient at the first step.
    smaller : Settings or None
        With the next smaller value, if there is one.
    least : int
        Steps that the challenge takes.

    Returns
    -------
    str
        A key of the labels.
    """
    if settings.every:  # the loss at the first step would keep it alive
        return "every"
    if settings.steps < least:
        return "short"
    if (value := size(settings)) >= EXPLODED:
        return "high"
    if not value > ALIVE:
        return "open"
    return "loose" if smaller and size(smaller) > ALIVE else "solved"


def covered(found: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, dict[str, np.ndarray]]:
    """The curves without their numbers, NaN instead: a prediction asks for them."""
    return {kind: {state: np.full_like(v, np.nan) for state, v in states.items()} for kind, states in found.items()}
