"""The lesson `variants`: one option at a time, beside the cell as it usually is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.controls import examples
from app.controls.address import Address, Controls, Runs
from app.controls.one_unit import OneUnit, address
from cells import GRU, LSTM, CheatSheetLSTM, Kind, Trace
from cells.expression import Graph

WEIGHTS = examples.FAMILY_WEIGHTS
DAYS = {"x": examples.DAYS}


@dataclass(frozen=True)
class Variant:
    """A member of the family: a kind, the options that make it different, and the cell it departs from."""

    kind: Kind
    options: tuple[tuple[str, Any], ...] = ()
    base: Kind = LSTM

    @property
    def unit(self) -> OneUnit:
        return OneUnit(self.kind, self.options)

    @property
    def graph(self) -> Graph:
        return self.kind.graph(**(self.kind.options | dict(self.options)))


VARIANTS = {
    "peephole": Variant(LSTM, (("peephole", True),)),
    "coupled": Variant(LSTM, (("couple", "i=1-f"),)),
    "hard": Variant(LSTM, (("gate", "hard_sigmoid"),)),
    "linear": Variant(LSTM, (("output_activation", "linear"),)),
    "before": Variant(GRU, (("reset", "before"),), GRU),
    "write": Variant(GRU, (("update", "write"),), GRU),
    "sheet": Variant(CheatSheetLSTM),
}
BESIDE = ("both", "alone")
TRAINED = {"lstm": Variant(LSTM), "always_keeps": Variant(LSTM), "gru": Variant(GRU, base=GRU)} | VARIANTS
"""The cells that are trained: the two they depart from, an LSTM whose forget gate is held at 1, and the variants."""


def address_of(variant: Variant) -> Address:
    return address({name: WEIGHTS[name] for name in variant.graph.shapes}, DAYS, ("x",))


@dataclass(frozen=True)
class Pair(Runs):
    """A variant, and beside it, if wanted, the default cell with the same weights."""

    variant: Variant
    beside: bool

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        base = self.base_traces(controls) if self.beside else {}
        return base | self.variant.unit.traces(controls)

    def base_traces(self, controls: Controls) -> dict[str, Trace]:
        both = Controls(WEIGHTS | dict(controls.weights), controls.days, controls.show)
        return {"default": OneUnit(self.variant.base).traces(both)["x"]}


def ends(variant: Variant, controls: Controls) -> tuple[float, float]:
    """The last hidden state of the default cell and of the variant."""
    base, own = Pair(variant, True).traces(controls).values()
    return float(base["h"][-1, 0, 0]), float(own["h"][-1, 0, 0])


def parameters(variant: Variant) -> tuple[str, ...]:
    """The parameters of the variant that the default cell has not, then those it has lost (with a minus)."""
    own = set(variant.graph.shapes)
    base = set(Variant(variant.base).graph.shapes)
    return (*sorted(own - base), *(f"\N{MINUS SIGN}{name}" for name in sorted(base - own)))
