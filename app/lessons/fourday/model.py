"""The four-day example: two companies read by one small LSTM, and what the lesson asks about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.controls.address import Controls
from app.controls.examples import COMPANIES, LSTM_PRESETS, TARGETS, TWO_COMPANIES, TWO_COMPANIES_ADDRESS
from cells import Gradients, Trace, backprop

UNIT, ADDRESS, PRESETS, DAYS = TWO_COMPANIES, TWO_COMPANIES_ADDRESS, LSTM_PRESETS, COMPANIES
GOAL = 0.2  # the challenge: Company B's answer below this


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
