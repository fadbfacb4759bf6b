"""The four-day example: two companies read by one small LSTM, and what the lesson asks about them.

The example is StatQuest's: "Long Short-Term Memory (LSTM), Clearly Explained", https://youtu.be/YCzL96nL7j0, with the
trained cell in chapter_08 of https://github.com/StatQuest/signa. The video shows the parameters to two decimals; the
unrounded ones are printed in https://github.com/beenlanced/ltsm_project_pytorch (lstm_manual.ipynb).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.controls.address import Controls
from app.controls.one_unit import OneUnit, address, weights_of
from cells import LSTM, Gradients, Trace, backprop

PRESETS = {
    "two": weights_of(
        f=(2.7, 1.63, 1.62),
        i=(2.0, 1.65, 0.62),
        g=(1.41, 0.94, -0.32),
        o=(4.38, -0.19, 0.59),
    ),
    "full": weights_of(
        f=(2.704272985458374, 1.6307340860366821, 1.6233751773834229),
        i=(1.998272180557251, 1.652487874031067, 0.6204319596290588),
        g=(1.4122228622436523, 0.9393231272697449, -0.3217000365257263),
        o=(4.384811878204346, -0.19428038597106934, 0.5934787392616272),
    ),
}
DAYS = {"A": (0.0, 0.5, 0.25, 1.0), "B": (1.0, 0.5, 0.25, 1.0)}
TARGETS = {"A": 0.0, "B": 1.0}
GOAL = 0.2  # the challenge: Company B's answer below this

UNIT = OneUnit(LSTM, aims=tuple(TARGETS.items()))
ADDRESS = address(PRESETS["two"], DAYS, ("A",))


@dataclass(frozen=True)
class Goal:
    """How the challenge stands: which sliders left the nearest preset, and whether that is a solution."""

    moved: tuple[str, ...]
    days_kept: bool
    answer: float

    @property
    def state(self) -> str:
        """A key of labels.toml (`goal.…`)."""
        if not self.days_kept:
            return "days"
        if len(self.moved) != 1:
            return "many" if self.moved else "untouched"
        return "solved" if self.answer < GOAL else "one"


@dataclass(frozen=True)
class Example:
    """What one cell makes of both companies."""

    controls: Controls
    traces: Mapping[str, Trace]
    gradients: Mapping[str, Gradients]
    answers: Mapping[str, float]
    losses: Mapping[str, float]

    @property
    def nearer(self) -> str | None:
        """The company whose answer is nearer 1; None when neither is."""
        distance = {name: abs(1 - answer) for name, answer in self.answers.items()}
        return None if distance["A"] == distance["B"] else min(distance, key=distance.__getitem__)

    @property
    def same_ending(self) -> bool:
        """Whether the companies differ on their first day and on no other, as published."""
        first, second = self.controls.days.values()
        return first[0] != second[0] and first[1:] == second[1:]

    @property
    def same_answer(self) -> bool:
        """Whether both answers print alike."""
        return f"{self.answers['A']:.3f}" == f"{self.answers['B']:.3f}"

    @property
    def goal(self) -> Goal:
        moved = min((differing(preset, self.controls.weights) for preset in PRESETS.values()), key=len)
        return Goal(moved, tuple(self.controls.days["B"]) == DAYS["B"], self.answers["B"])


def differing(preset: Mapping[str, float], weights: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(name for name in preset if weights[name] != preset[name])


def example(controls: Controls) -> Example:
    days = tuple((name, tuple(values)) for name, values in controls.days.items())
    return read(tuple(controls.weights.items()), days)


@lru_cache(maxsize=512)
def read(weights: tuple[tuple[str, float], ...], days: tuple[tuple[str, tuple[float, ...]], ...]) -> Example:
    """Run the cell over each company's days, and back from the squared error of its answer."""
    controls = Controls(dict(weights), dict(days), tuple(dict(days)))
    traces = UNIT.traces(controls)
    answers = {name: float(trace["h"][-1, 0, 0]) for name, trace in traces.items()}
    losses = {name: (answer - TARGETS[name]) ** 2 for name, answer in answers.items()}
    gradients = {name: backprop(trace, {"h": slope(trace, TARGETS[name])}) for name, trace in traces.items()}
    return Example(controls, traces, gradients, answers, losses)


def slope(trace: Trace, target: float) -> np.ndarray:
    """dL/dh of the loss (h − target)², which looks at the last day alone."""
    dh = np.zeros_like(trace["h"])
    dh[-1] = 2 * (trace["h"][-1] - target)
    return dh
