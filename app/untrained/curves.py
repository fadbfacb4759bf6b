"""How large the gradient is at every step back from the loss, for untrained cells."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np

from app.controls.kinds import KINDS
from app.untrained.initial import Settings
from app.untrained.model import gradients_of, length
from cells.expression import Graph

VANISHED, ALIVE, EXPLODED = 1e-6, 1e-3, 1e3  # a gradient has vanished below the first, is alive between the others


def states_of(graph: Graph) -> tuple[str, ...]:
    """The states that the next step reads, first the one that carries the memory."""
    memory = graph.memory.state.name if graph.memory else ""
    read = [name for name, state in graph.before.items() if graph.consumers[state]]
    return tuple(sorted(read, key=lambda name: name != memory))


@lru_cache(maxsize=128)
def curves(settings: Settings, kinds: tuple[str, ...] = KINDS) -> Mapping[str, Mapping[str, np.ndarray]]:
    """‖dL/d(state)‖ of each cell and each of its states at every step (T,), the loss last."""
    with np.errstate(over="ignore", invalid="ignore"):
        return {
            kind: {state: length(found[state]) for state in states_of(found.trace.cell.graph)}
            for kind, found in gradients_of(settings, kinds).items()
        }


def ends(settings: Settings, kinds: tuple[str, ...] = KINDS) -> dict[str, float]:
    """The gradient of each cell's memory at the first step."""
    return {kind: float(next(iter(states.values()))[0]) for kind, states in curves(settings, kinds).items()}


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
