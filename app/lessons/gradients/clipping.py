"""Clipping a gradient: what is left of it, what each timestep asks of the weights, and training with and without."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.untrained.model import length
from cells import RNN, Gradients, backprop, run

Params = Mapping[str, np.ndarray]

RATE = 0.1  # of every step of gradient descent here
UPDATES, LENGTH, BATCH, UNITS, SCALE = 60, 30, 16, 16, 1.6  # the training run: an RNN whose gradient explodes
METHODS = ("none", "norm", "value")
ACTIVATIONS = ("linear", "tanh")


def norm(params: Params) -> float:
    """The length of all gradients together, as one long vector."""
    return float(length(np.concatenate([p.ravel() for p in params.values()])))


def by_norm(params: Params, most: float) -> dict[str, np.ndarray]:
    """Shrink all gradients by one factor, so that together they are no longer than `most`.

    Pascanu, Mikolov & Bengio 2013, https://arxiv.org/abs/1211.5063. ``torch.nn.utils.clip_grad_norm_`` divides by the
    length plus 1e-6; this divides by the length.
    """
    whole = norm(params)
    return {name: p * (most / whole) if whole > most else p for name, p in params.items()}


def by_value(params: Params, most: float) -> dict[str, np.ndarray]:
    """Cut every entry to ±`most`, as ``torch.nn.utils.clip_grad_value_`` does."""
    return {name: np.clip(p, -most, most) for name, p in params.items()}


def clipped(way: str, params: Params, most: float) -> Params:
    """The gradients after one of METHODS."""
    return {"none": lambda p, _: p, "norm": by_norm, "value": by_value}[way](params, most)


def turned(params: Params, others: Params) -> float:
    """The angle between two gradients, in degrees; 0 where either is 0."""
    a, b = (np.concatenate([p.ravel() for p in each.values()]) for each in (params, others))
    if not (length(a) > 0 and length(b) > 0):
        return 0.0
    a, b = a / length(a), b / length(b)
    return float(
        np.degrees(2 * np.arctan2(length(a - b), length(a + b)))
    )  # exact for small angles, where arccos is not


def by_step(gradients: Gradients) -> np.ndarray:
    """How long a part of the gradient of all parameters each timestep gives, (T,).

    A step's part for one sum of the cell is the outer product of the sum's gradient with what it read: the state before
    the step, the input, and the 1 of its bias. (A GRU's candidate reads state and input through sums of their own.)
    """
    trace = gradients.trace
    state, x = length(trace.before("h")), length(trace.x)
    parts = []
    for name in trace.cell.graph.values:
        d = length(gradients[name]) if name in ("a", "Uh") or name.startswith("a_") else None
        if d is None or (name == "Uh" and trace.cell.kind.key == "rnn"):
            continue
        reads = {"Uh": (state,), "a_n": (x,)}.get(name, (state, x))
        parts.append(d * np.sqrt(sum(read**2 for read in reads) + 1))
    return length(np.stack(parts, axis=1))


@dataclass(frozen=True)
class Training:
    """One training run: the loss before each update, and the length of the gradient (∞ or NaN where it broke)."""

    losses: np.ndarray
    norms: np.ndarray

    @property
    def broken(self) -> int | None:
        """The first update, from 1, whose loss is no finite number."""
        bad = np.flatnonzero(~np.isfinite(self.losses))
        return int(bad[0]) + 1 if len(bad) else None


def training(way: str, most: float, seed: int, activation: str) -> Training:
    """Train an RNN to say at the end of a sequence what number it began with.

    Its output is v·h_T, its loss half the mean square of the error; U, W, b and v learn by plain gradient descent. A
    run ends where its loss or its weights are no finite numbers any more; from there on it is NaN.
    """
    random = np.random.default_rng(seed)
    cell = RNN.random(1, UNITS, seed, spectral_radius=SCALE, activation=activation)
    readout = random.normal(size=UNITS) / np.sqrt(UNITS)
    losses, norms = np.full((2, UPDATES), np.nan)
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(UPDATES):
            x = random.uniform(-1, 1, (LENGTH, BATCH, 1))
            trace = run(cell, x)
            last = trace["h"][-1]
            error = last @ readout - x[0, :, 0]
            losses[update] = (error**2).mean() / 2
            if not np.isfinite(losses[update]):
                break
            d = error / BATCH
            slopes = dict(backprop(trace, {"h": d[:, None] * readout}).params) | {"v": d @ last}
            norms[update] = norm(slopes)
            steps = {name: RATE * g for name, g in clipped(way, slopes, most).items()}
            learnt = {name: w - steps[name] for name, w in cell.parameters.items()}
            readout = readout - steps["v"]
            if not all(np.isfinite(w).all() for w in (*learnt.values(), readout)):
                break
            cell = cell.replace(**learnt)
    return Training(losses, norms)
