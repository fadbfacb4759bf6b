"""The lesson `today`: the cells that came after the LSTM, one unit of each, and the weights that each keeps by."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.controls import examples
from app.controls.address import Address, Controls, Runs
from app.controls.one_unit import OneUnit, address, traced, weights_of
from cells import LRU, LSTM, RWKV, SLSTM, Kind, Mamba, MinGRU, MinLSTM, Trace

DAYS = {"x": examples.DAYS}
BESIDE = ("alone", "both")
THE_LSTM, LSTM_WEIGHTS = OneUnit(LSTM), examples.LSTM_PRESETS["two"]


@dataclass(frozen=True)
class Later:
    """A cell that came after the LSTM, with weights that are set by hand, and those of them that decide how long it
    keeps what it has read."""

    unit: OneUnit
    weights: Mapping[str, float]
    keeping: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        return self.unit.kind

    @property
    def key(self) -> str:
        return self.kind.key

    @property
    def output(self) -> str:
        """The name of the value that it outputs."""
        return self.kind.output

    @property
    def address(self) -> Address:
        """How its controls are written."""
        return address(self.weights, DAYS, ("x",))


CHOICES = {
    "min_gru": Later(OneUnit(MinGRU), {"W_z": 1.0, "b_z": 0.5, "W_n": 1.5, "b_n": -0.3}, ("W_z", "b_z")),
    "min_lstm": Later(
        OneUnit(MinLSTM),
        {"W_f": -1.0, "b_f": 0.0, "W_i": 1.5, "b_i": 0.5, "W_n": 1.5, "b_n": -0.3},
        ("W_f", "b_f", "W_i", "b_i"),
    ),
    "slstm": Later(
        OneUnit(SLSTM),
        weights_of(f=(0.5, -1.0, -0.5), i=(0.5, 1.0, 0.5), g=(0.5, 1.5, -0.3), o=(0.5, 1.0, 1.0)),
        ("U_f", "W_f", "b_f"),
    ),
    "lru": Later(
        OneUnit(LRU),
        {"l_r": 0.0, "l_s": -0.5, "l_g": -0.2, "W_a": 1.0, "W_b": 0.0, "P_a": 1.0, "P_b": -0.5, "W_h": 0.2},
        ("l_r",),
    ),
    "rwkv": Later(
        OneUnit(RWKV, (("stabilised", False),)),  # no exponent that a slider allows overflows
        {"W_k": 1.0, "W_v": 1.5, "W_r": 2.0, "l_w": 0.3, "b_u": 0.5},
        ("l_w",),
    ),
    "mamba": Later(
        OneUnit(Mamba),
        {"W_d": 1.0, "b_d": 0.5, "W_u": 1.0, "W_B": 1.0, "W_C": 1.0, "l_A": 0.0, "d_u": 0.2},
        ("W_d", "b_d", "l_A"),
    ),
}


@dataclass(frozen=True)
class Beside(Runs):
    """A later cell, and before it, if wanted, the LSTM of the lesson `fourday`, reading the same days."""

    later: Later
    beside: bool

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        own = {self.later.key: (self.later.unit, controls.weights)}
        both = {THE_LSTM.kind.key: (THE_LSTM, LSTM_WEIGHTS)} if self.beside else {}
        days = tuple(controls.days["x"])
        return {key: traced(unit, tuple(weights.items()), days) for key, (unit, weights) in (both | own).items()}


def influence(later: Later, controls: Controls) -> float:
    """How far the last output would be elsewhere, had the first day brought 1 more."""
    first, *rest = controls.days["x"]
    weights = tuple(controls.weights.items())
    ends = [traced(later.unit, weights, (x, *rest))[later.output][-1].item() for x in (first, first + 1)]
    return abs(ends[1] - ends[0])
