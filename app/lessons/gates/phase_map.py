"""A map of where gradients vanish and explode: ‖dL/dh_1‖ / ‖dL/dh_T‖ of each cell over many settings and seeds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.lessons.gates.routes import KEEPS
from app.untrained.initial import Settings
from app.untrained.model import cells_of, length, loss, sequence
from cells import backprop, ensemble

SEEDS = range(5)
RECIPE = Settings(units=16, steps=50)
AT_ONCE = 3  # scales that are run in one pass: what they need stays in the processor's cache


@dataclass(frozen=True)
class View:
    """The settings on the map's axes: the recurrent scale and another of the settings."""

    other: str
    scales: tuple[float, ...]
    others: tuple[float, ...]

    def at(self, scale: float, other: float) -> Settings:
        """The settings of one place of the map, with the recipe's seed."""
        changed: dict[str, Any] = {"scale": scale, self.other: other}
        return replace(RECIPE, **changed)

    def nearest(self, scale: float, other: float) -> tuple[float, float]:
        """The place of the map that is nearest."""
        return min(self.scales, key=lambda v: abs(v - scale)), min(self.others, key=lambda v: abs(v - other))


SCALES = tuple(round(0.15 * k, 2) for k in range(21))
VIEWS = {
    "steps": View("steps", SCALES, tuple(range(5, 106, 5))),
    "bias": View("forget_bias", SCALES, tuple(k / 2 for k in range(-8, 13))),
}


def ratios(view: View, kind: str, seed: int) -> np.ndarray:
    """‖dL/dh_1‖ / ‖dL/dh_T‖ of one kind of cell and one seed at every place of the map, (others, scales)."""
    parts = [view.scales[k : k + AT_ONCE] for k in range(0, len(view.scales), AT_ONCE)]
    some = by_steps if view.other == "steps" else by_bias
    return np.concatenate([some(view, kind, seed, np.array(scales)) for scales in parts], axis=1)


def by_steps(view: View, kind: str, seed: int, scales: np.ndarray) -> np.ndarray:
    """The map for some scales: each number of steps is a sequence of a batch, the same inputs cut to its length."""
    whole = replace(RECIPE, scale=1.0, steps=int(max(view.others)), seed=seed)
    cell, last = cells_of(whole)[kind], loss(whole)[-1]
    x = np.repeat(sequence(whole)[:, None], len(view.others), axis=1)
    recurrent = {n: scales[:, None, None] * p for n, p in cell.parameters.items() if n.startswith("U")}
    trace = ensemble(cell, x, recurrent, lengths=np.array(view.others))
    first = backprop(trace, {"h": np.tile(last, (len(view.others), 1))})["h"][:, 0]
    return (length(first) / length(last)).T


def by_bias(view: View, kind: str, seed: int, scales: np.ndarray) -> np.ndarray:
    """The map for some scales: each of them with each bias is a cell of its own; an RNN has no gate to bias."""
    setting = replace(RECIPE, scale=1.0, seed=seed)
    cell, last = cells_of(setting)[kind], loss(setting)[-1]
    biases = np.array(view.others if kind in KEEPS else view.others[:1])
    grid = (len(scales), len(biases))
    sets = {
        n: np.broadcast_to(scales[:, None, None, None] * p, grid + p.shape)
        for n, p in cell.parameters.items()
        if n.startswith("U")
    }
    if kind in KEEPS:
        sets[f"b_{KEEPS[kind][0]}"] = np.broadcast_to(biases[None, :, None], (*grid, cell.units))
    first = backprop(ensemble(cell, sequence(setting), sets), {"h": last})["h"][:, :, 0]
    return np.broadcast_to(length(first) / length(last), (len(scales), len(view.others))).T


def decades(seeds: Iterable[np.ndarray]) -> np.ndarray:
    """log10 of the median over seeds; −∞ where it is 0."""
    with np.errstate(divide="ignore"):
        return np.log10(np.median(np.stack(list(seeds)), axis=0))
