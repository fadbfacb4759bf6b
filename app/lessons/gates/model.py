"""What is asked about the LSTM's gradient: without a bias that keeps its gate open, and the smallest bias that does."""

from dataclasses import replace

from app.untrained import curves
from app.untrained.curves import ALIVE, VANISHED, ends
from app.untrained.initial import Settings

ASKED, HIDDEN = 0.0, 1.5  # the bias that is asked about; those below would give it away
LONG, STEP = 100, 0.25  # the challenge: at least so many steps; how far a smaller bias is away


def lstm(settings: Settings) -> float:
    """The gradient of the LSTM's cell state at the first step."""
    return ends(settings, ("lstm",))["lstm"]


def fate(settings: Settings) -> str:
    """What is left of the LSTM's gradient at the bias that is asked about."""
    value = lstm(replace(settings, forget_bias=ASKED))
    return "vanished" if value < VANISHED else "alive" if value > ALIVE else "faint"


def gives_away(settings: Settings) -> bool:
    """Whether a bias is so near the one asked about that its curves would give the answer away."""
    return settings.forget_bias < HIDDEN


def goal(settings: Settings) -> str:
    """The state of the challenge, a key of the labels: the smallest bias at which the gradient is alive."""
    smaller = replace(settings, forget_bias=settings.forget_bias - STEP)
    return curves.goal(settings, lstm, smaller, LONG)
