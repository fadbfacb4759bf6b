"""How far gradients reach in a later cell, beside the LSTM and the GRU: what each keeps of its memory at a step."""

import numpy as np

from app.lessons.today.shares import kept
from app.untrained.curves import curves
from app.untrained.initial import Settings
from app.untrained.model import traces

BESIDE = ("lstm", "gru")
"""The cells that every other is compared with."""


def seen(settings: Settings, kinds: tuple[str, ...]) -> dict[str, dict[str, np.ndarray]]:
    """The curves, with no number at the loss where it does not read a state: RWKV's output reads the state before."""

    def of(values: np.ndarray) -> np.ndarray:
        return values if values[-1] else np.append(values[:-1], np.nan)

    return {kind: {state: of(v) for state, v in states.items()} for kind, states in curves(settings, kinds).items()}


def longest(kind: str, settings: Settings) -> tuple[float, float]:
    """The least and the most that the unit which keeps longest keeps of its memory at a step."""
    shares = np.abs(kept(traces(settings, (kind,))[kind]))
    with np.errstate(divide="ignore"):
        unit = np.log(shares).mean(axis=0).argmax()
    return float(shares[:, unit].min()), float(shares[:, unit].max())
