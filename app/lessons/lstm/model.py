"""The lesson `lstm`: one event on the first day, and what the gates make of its memory."""

from app.controls.address import Controls
from app.controls.one_unit import OneUnit, address, weights_of
from cells import LSTM, Trace

UNIT = OneUnit(LSTM)
PRESETS = {
    name: weights_of(f=(0.0, 0.0, forget), i=(0.0, 8.0, -4.0), g=(0.0, 2.0, 0.0), o=(0.0, 0.0, 2.0))
    for name, forget in {"leak": 1.0, "hold": 5.0, "drop": -5.0}.items()
}
"""The input gate opens only where there is an event; the forget gate leaks, holds or drops, the same every day."""
DAYS = {"x": (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)}
ADDRESS = address(PRESETS["leak"], DAYS, ("x",))

MUCH, LITTLE = 2 / 3, 0.1  # what counts as most of a memory, and as hardly any
GOAL = 0.8  # the challenge: so much in the cell state after the last day


def run_of(controls: Controls) -> Trace:
    return UNIT.traces(controls)["x"]


def left(trace: Trace) -> float:
    """The share of day 1's cell state that is there after the last day."""
    first, last = float(trace["c"][0, 0, 0]), float(trace["c"][-1, 0, 0])
    return last / first if first else 0.0


def amount(share: float) -> str:
    """The share in words: a key of the lesson's labels."""
    return "most" if share > MUCH else "some" if share > LITTLE else "hardly"
