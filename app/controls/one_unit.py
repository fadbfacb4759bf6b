"""Cells of one unit and one input, whose every weight is a slider: their runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.controls.address import Address, Controls, Runs
from cells import Cell, Kind, Trace, run

ORDER = "UWbdpPl"  # of a gate's weights, in the address: on h, on x, bias, bias beside h, peephole; on a state, as log


@dataclass(frozen=True)
class OneUnit(Runs):
    """A kind of cell with its options, and what it should say at the end; weights come from a reader's controls."""

    kind: Kind
    options: tuple[tuple[str, Any], ...] = ()
    aims: tuple[tuple[str, float], ...] = ()

    @property
    def targets(self) -> Mapping[str, float]:
        """What the last hidden state should be, by sequence, where a lesson says so."""
        return dict(self.aims)

    def cell(self, weights: Mapping[str, float]) -> Cell:
        """The cell with these weights; what it has no use for is left out."""
        options = dict(self.options)
        shapes = self.kind.graph(**(self.kind.options | options)).shapes
        parameters = {name: np.full([1] * len(shape), weights[name]) for name, shape in shapes.items()}
        return self.kind(**parameters, **options)

    def traces(self, controls: Controls) -> dict[str, Trace]:
        """A run for each sequence on the stage."""
        weights = tuple(controls.weights.items())
        return {name: traced(self, weights, tuple(controls.days[name])) for name in controls.show}


@lru_cache(maxsize=512)
def traced(unit: OneUnit, weights: tuple[tuple[str, float], ...], days: tuple[float, ...]) -> Trace:
    return run(unit.cell(dict(weights)), column(days))


def column(values: Sequence[float]) -> np.ndarray:
    return np.array(values, dtype=float)[:, None, None]  # (T, B=1, D=1)


def address(weights: Mapping[str, float], days: Mapping[str, Sequence[float]], show: Sequence[str]) -> Address:
    """How these controls are written: a gate's weights together, under its letter."""
    groups = {gate: of_gate(weights, gate) for gate in dict.fromkeys(name[2:] for name in weights)}
    return Address(groups, Controls(weights, {name: tuple(values) for name, values in days.items()}, tuple(show)))


def of_gate(names: Iterable[str], gate: str) -> tuple[str, ...]:
    return tuple(sorted((name for name in names if name[2:] == gate), key=lambda name: ORDER.index(name[0])))


def weights_of(**gates: tuple[float, ...]) -> dict[str, float]:
    """Weights gate by gate, in ORDER: f=(on h, on x, bias)."""
    return {
        f"{kind}_{gate}": value for gate, values in gates.items() for kind, value in zip(ORDER, values, strict=False)
    }
