"""The lesson `rnn`: one unit that hears itself."""

from app.controls.address import Controls
from app.controls.one_unit import OneUnit, address, weights_of
from app.lessons.fourday.model import differing
from cells import RNN, Trace

UNIT = OneUnit(RNN)
PRESETS = {
    "usual": weights_of(h=(1.67, 1.6, -0.49)),
    "forgetful": weights_of(h=(0.3, 1.6, -0.49)),
    "deaf": weights_of(h=(1.67, 0.0, -0.49)),
}
DAYS = {"x": (0.0, 0.5, 0.25, 1.0)}
ADDRESS = address(PRESETS["usual"], DAYS, ("x",))
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


def heard(controls: Controls) -> str:
    """Whether the last day still hears of the first: a key of the lesson's labels."""
    return "yes" if difference(controls) >= GOAL else "no"


def goal(controls: Controls) -> str:
    """How the challenge stands: a key of the lesson's labels."""
    if tuple(controls.days["x"]) != DAYS["x"]:
        return "days"
    changes = differing(PRESETS["usual"], controls.weights)
    if len(changes) != 1:
        return "many" if changes else "untouched"
    return "solved" if difference(controls) < GOAL else "one"
