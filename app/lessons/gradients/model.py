"""The RNN's gradient at the presets, the challenge about it, and the bare product of one weight."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from app.untrained import curves
from app.untrained.curves import ends
from app.untrained.initial import Settings

RNN = ("rnn",)
PRESETS = {"vanish": 0.5, "last": 1.2, "explode": 3.0}  # recurrent scales
ASKED, HIDDEN = 1.0, (0.7, 1.2)  # the scale that is asked about; those between would give it away
STAYS = 0.1, 10.0  # a gradient between the two is called the same
LONG, STEP = 50, 0.05  # the challenge: at least so many steps; how far a smaller scale is away


def rnn(settings: Settings) -> float:
    """The gradient of the RNN's hidden state at the first step."""
    return ends(settings, RNN)["rnn"]


def fate(settings: Settings) -> str:
    """What becomes of the gradient at the scale that is asked about."""
    value, (low, high) = rnn(replace(settings, scale=ASKED)), STAYS
    return "shrinks" if value < low else "stays" if value <= high else "grows"


def gives_away(settings: Settings) -> bool:
    """Whether a scale is so near the one asked about that its curve would give the answer away."""
    return HIDDEN[0] < settings.scale < HIDDEN[1]


def goal(settings: Settings) -> str:
    """The state of the challenge, a key of the labels: the smallest scale at which the gradient is alive."""
    smaller = replace(settings, scale=round(settings.scale - STEP, 2)) if settings.scale > 0 else None
    return curves.goal(settings, rnn, smaller, LONG)


def power(weight: float, steps: int) -> np.ndarray:
    """A weight carried through 0 … `steps` steps: its powers."""
    with np.errstate(over="ignore"):
        return np.cumprod([1.0, *[weight] * steps])


def exact(weight: Fraction, steps: int) -> Fraction:
    """The same product without any rounding."""
    return weight**steps
