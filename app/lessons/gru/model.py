"""The lesson `gru`: one state, two gates, and the conventions that differ between papers and libraries."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.controls import examples
from app.controls.address import Controls, Runs
from app.controls.examples import GRU_WEIGHTS, LSTM_PRESETS
from app.controls.one_unit import OneUnit, address, traced
from cells import GRU, LSTM, Trace

RESET, UPDATE, BESIDE = ("after", "before"), ("keep", "write"), ("gru", "both")
WEIGHTS, DAYS = GRU_WEIGHTS, {"x": examples.DAYS}
ADDRESS = address(WEIGHTS, DAYS, ("x",))
GOAL = 0.05  # the challenge: how little the hidden state may move on the last day


@dataclass(frozen=True)
class Blend(Runs):
    """A GRU by its two conventions; beside it, if wanted, an LSTM that reads the same days."""

    reset: str
    update: str
    beside: bool = False

    @property
    def unit(self) -> OneUnit:
        return OneUnit(GRU, (("reset", self.reset), ("update", self.update)))

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        runs = self.unit.traces(controls)
        if self.beside:
            weights = tuple(LSTM_PRESETS["two"].items())
            runs |= {"lstm": traced(OneUnit(LSTM), weights, tuple(controls.days["x"]))}
        return runs

    def swept(self, controls: Controls, parameter: str, values: np.ndarray) -> Mapping[str, Trace]:
        return {} if self.beside else self.unit.swept(controls, parameter, values)


def answers(controls: Controls) -> dict[str, float]:
    """The last hidden state under each pair of conventions, all with the same weights and days."""
    return {
        f"{reset}_{update}": float(Blend(reset, update).traces(controls)["x"]["h"][-1, 0, 0])
        for reset in RESET
        for update in UPDATE
    }


def larger_part(trace: Trace) -> str:
    """Which part of the last day's hidden state is larger: what was kept, or what was written."""
    keep, write = (abs(float(trace[name][-1, 0, 0])) for name in ("keep", "write"))
    return "kept" if keep > write else "written"


def change(trace: Trace) -> float:
    """How far the hidden state moved on the last day."""
    return abs(float(trace["h"][-1, 0, 0]) - float(trace.before("h")[-1, 0, 0]))


def goal(controls: Controls, trace: Trace) -> str:
    """The state of the challenge: a key of the lesson's labels."""
    if tuple(controls.days["x"]) != DAYS["x"]:
        return "days"
    if any(controls.weights[name] != WEIGHTS[name] for name in WEIGHTS if name[2:] != "z"):
        return "others"
    return "solved" if change(trace) < GOAL else "open"
