"""The lesson `today`: the cells that came after the LSTM, one unit of each, and what each of them keeps by."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.controls import examples
from app.controls.address import Address, Controls, Runs
from app.controls.kinds import LATER
from app.controls.one_unit import OneUnit, address, traced, weights_of
from cells import CELLS, LSTM, Kind, Trace

DAYS = {"x": examples.DAYS}
BESIDE = ("alone", "both")
LSTM_WEIGHTS = examples.LSTM_PRESETS["two"]


@dataclass(frozen=True)
class Later:
    """A cell of the years after the LSTM, with weights that are set by hand, and those of them that decide how long
    it keeps what it has read."""

    kind: Kind
    weights: Mapping[str, float]
    keeping: tuple[str, ...]

    @property
    def address(self) -> Address:
        """How its controls are written."""
        return address(self.weights, DAYS, ("x",))


WEIGHTS = {
    "min_gru": {"W_z": 1.0, "b_z": 0.5, "W_n": 1.5, "b_n": -0.3},
    "min_lstm": {"W_f": -1.0, "b_f": 0.0, "W_i": 1.5, "b_i": 0.5, "W_n": 1.5, "b_n": -0.3},
    "slstm": weights_of(f=(0.5, -1.0, -0.5), i=(0.5, 1.0, 0.5), g=(0.5, 1.5, -0.3), o=(0.5, 1.0, 1.0)),
    "lru": {"l_r": 0.0, "l_s": -0.5, "l_g": -0.2, "W_a": 1.0, "W_b": 0.0, "P_a": 1.0, "P_b": -0.5, "W_h": 0.2},
    "rwkv": {"W_k": 1.0, "W_v": 1.5, "W_r": 2.0, "l_w": 0.3, "b_u": 0.5},
    "mamba": {"W_d": 1.0, "b_d": 0.5, "W_u": 1.0, "W_B": 1.0, "W_C": 1.0, "l_A": 0.0, "d_u": 0.2},
}
KEEPING = {
    "min_gru": ("W_z", "b_z"),
    "min_lstm": ("W_f", "b_f", "W_i", "b_i"),
    "slstm": ("U_f", "W_f", "b_f"),
    "lru": ("l_r",),
    "rwkv": ("l_w",),
    "mamba": ("W_d", "b_d", "l_A"),
}
CHOICES = {name: Later(CELLS[name], WEIGHTS[name], KEEPING[name]) for name in LATER}


@dataclass(frozen=True)
class Beside(Runs):
    """A later cell, and before it, if wanted, the LSTM of the lesson `fourday`, reading the same days."""

    later: Later
    beside: bool

    @property
    def unit(self) -> OneUnit:
        """The cell that is chosen."""
        return OneUnit(self.later.kind)

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        own = self.unit.traces(controls)
        if not self.beside:
            return own
        return {"lstm": traced(OneUnit(LSTM), tuple(LSTM_WEIGHTS.items()), tuple(controls.days["x"]))} | own


def influence(later: Later, controls: Controls) -> float:
    """How far the last output would be elsewhere, had the first day brought 1 more."""
    first, *rest = controls.days["x"]
    ends = [
        traced(OneUnit(later.kind), tuple(controls.weights.items()), days)[later.kind.output][-1].item()
        for days in ((first, *rest), (first + 1, *rest))
    ]
    return abs(ends[1] - ends[0])
