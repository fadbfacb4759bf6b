"""The lesson `gru`: one state, two gates, and the conventions that differ between papers and libraries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.controls import examples
from app.controls.address import Controls, Runs
from app.controls.examples import GRU_WEIGHTS, LSTM_PRESETS
from app.controls.one_unit import OneUnit, address, traced, weights_of
from cells import GRU, LSTM, Kind, Trace

RESET, UPDATE, BESIDE = ("after", "before"), ("keep", "write"), ("gru", "both", "held")
WEIGHTS, DAYS = GRU_WEIGHTS, {"x": examples.DAYS}
ADDRESS = address(WEIGHTS, DAYS, ("x",))
PRESETS: Mapping[str, dict[str, float]] = {
    "default": WEIGHTS,
    "event": weights_of(r=(0.0, -20.0, 15.0), z=(0.0, 0.0, -5.0), n=(3.0, -3.0, 2.0, 0.0)),
}
"""Of the second, z keeps next to nothing, so that the memory is in the candidate; r shuts at an input of 1."""
PASTS = ((0.0, 0.5, 0.25), (1.0, 1.0, 1.0))  # days before an event
EVENT = 1.0
HELD = {"U_r": 0.0, "W_r": 0.0, "b_r": 40.0}  # a reset gate that is 1 in 64 bits
SIZES, INPUTS = (1, 16, 128), 8  # of the cells whose parameters are compared
GOAL = 0.05  # the challenge: how little the hidden state may move on the last day


@dataclass(frozen=True)
class Blend(Runs):
    """A GRU by its two conventions; beside it, if wanted, another cell that reads the same days: with `both` an LSTM,
    with `held` the same GRU whose reset gate is held at 1."""

    reset: str
    update: str
    beside: str = "gru"

    @property
    def unit(self) -> OneUnit:
        return OneUnit(GRU, (("reset", self.reset), ("update", self.update)))

    @property
    def held(self) -> Mapping[str, Mapping[str, float]]:
        return {"held": HELD} if self.beside == "held" else {}

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        runs = self.unit.traces(controls)
        if self.beside == "both":
            weights = tuple(LSTM_PRESETS["two"].items())
            runs |= {"lstm": traced(OneUnit(LSTM), weights, tuple(controls.days["x"]))}
        if self.beside == "held":
            runs |= {"held": self.unit.traces(replace(controls, weights={**controls.weights, **HELD}))["x"]}
        return runs


def answers(controls: Controls) -> dict[str, float]:
    """The last hidden state under each pair of conventions, all with the same weights and days."""
    return {
        f"{reset}_{update}": float(Blend(reset, update).traces(controls)["x"]["h"][-1, 0, 0])
        for reset in RESET
        for update in UPDATE
    }


def after_the_event(past: Sequence[float]) -> tuple[float, float]:
    """The hidden state after some days and an event, with the reset gate and with r held at 1, of the second preset."""
    unit, weights = Blend("after", "keep").unit, PRESETS["event"]
    cells = (weights, weights | HELD)
    ends = [traced(unit, tuple(cell.items()), (*past, EVENT))["h"][-1].item() for cell in cells]
    return ends[0], ends[1]


def sizes() -> dict[int, tuple[int, int]]:
    """How many parameters an LSTM has, and a GRU, by the number of units."""

    def count(kind: Kind, units: int) -> int:
        return kind.random(INPUTS, units, seed=0).parameters_count

    return {units: (count(LSTM, units), count(GRU, units)) for units in SIZES}


def larger_part(trace: Trace) -> str:
    """Which part of the last day's hidden state is larger: what was kept, or what was written."""
    keep, write = (abs(float(trace[name][-1, 0, 0])) for name in ("keep", "write"))
    return "kept" if keep > write else "written"


def change(trace: Trace) -> float:
    """How far the hidden state moved on the last day."""
    return abs(float(trace["h"][-1, 0, 0]) - float(trace.before("h")[-1, 0, 0]))
