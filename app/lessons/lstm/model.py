"""The lesson `lstm`: an event on the first day, another that clears it, and what the gates make of its memory."""

from app.controls.address import Controls
from app.controls.one_unit import OneUnit, address, weights_of
from cells import LSTM, Trace

UNIT = OneUnit(LSTM)
PRESETS = {
    name: weights_of(f=(0.0, *forget), i=(0.0, 8.0, -4.0), g=(0.0, 2.0, 0.0), o=(0.0, 0.0, 2.0))
    for name, forget in {"react": (5.0, 3.0), "hold": (0.0, 5.0), "drop": (0.0, -5.0)}.items()
}
"""The input gate opens where the input is 1. The forget gate shuts where it is −1, or is the same every day."""
CLEARING = 4  # the second event's day, from 0
DAYS = {"x": (1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0)}
ADDRESS = address(PRESETS["react"], DAYS, ("x",))

MUCH, LITTLE = 2 / 3, 0.1  # what counts as most of a memory, and as hardly any
GOAL = 0.5  # the challenge: so much in the cell state after the last day


def run_of(controls: Controls) -> Trace:
    return UNIT.traces(controls)["x"]


def left(trace: Trace) -> float:
    """The share of day 1's cell state that is there after the last day."""
    first, last = float(trace["c"][0, 0, 0]), float(trace["c"][-1, 0, 0])
    return last / first if first else 0.0


def amount(share: float) -> str:
    """The share in words: a key of the lesson's labels."""
    return "most" if share > MUCH else "some" if share > LITTLE else "hardly"
