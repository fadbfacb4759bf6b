"""The lesson `rnn`: one unit that reads its own last hidden state."""

from app.controls import examples
from app.controls.address import Controls
from app.controls.examples import RNN_PRESETS
from app.controls.one_unit import OneUnit, address
from cells import RNN, Trace

UNIT = OneUnit(RNN)
PRESETS, DAYS = RNN_PRESETS, {"x": examples.DAYS}
ADDRESS = address(PRESETS["default"], DAYS, ("x",))
GOAL = 0.01  # the challenge: how near the two last hidden states must be


def run_of(controls: Controls) -> Trace:
    return UNIT.traces(controls)["x"]


def without_first(controls: Controls) -> Trace:
    """The same run, had day 1 brought +1 more."""
    days = controls.days["x"]
    return UNIT.traces(Controls(controls.weights, {"x": (days[0] + 1, *days[1:])}, ("x",)))["x"]


def difference(controls: Controls) -> float:
    """How far day 1 still moves the last hidden state."""
    return abs(float(without_first(controls)["h"][-1, 0, 0]) - float(run_of(controls)["h"][-1, 0, 0]))


def first_day_matters(controls: Controls) -> str:
    """Whether the last hidden state still depends on day 1: a key of the lesson's labels."""
    return "yes" if difference(controls) >= GOAL else "no"
