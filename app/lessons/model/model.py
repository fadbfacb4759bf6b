"""What is computed of a model's run: a cell's values, how its units differ, and why a number is what it is.

Gate statistics are those of Karpathy, Johnson & Li (2016), https://arxiv.org/abs/1506.02078.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from app.stage.layout import layout_of
from cells import Cell, StackTrace, Trace, backprop, run
from cells.equations import Term, arithmetic, formula

LEFT, RIGHT = 0.1, 0.9  # beyond these a gate counts as saturated
SKIPPED = 0.1  # the share of the first steps that a correlation leaves out
UNITS, INPUTS = 3, 2  # the largest terms that are named: of units, of inputs
CLIP = 97  # the percentile of |value| at which a map without limits of its own is clipped

Kind = Literal["unit", "input", "bias", "value"]


@dataclass(frozen=True)
class Look:
    """One cell of a run, over a window of its steps; arrays (n, H) are in the order of the input."""

    trace: Trace
    first: int
    """The window's first step, from 0."""
    steps: int

    @property
    def cell(self) -> Cell:
        return self.trace.cell

    @property
    def window(self) -> slice:
        return slice(self.first, self.first + self.steps)

    def __getitem__(self, name: str) -> np.ndarray:
        return self.trace[name][self.window]

    @property
    def x(self) -> np.ndarray:
        """What the cell reads, (n, D)."""
        return self.trace.x[self.window]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The quantities that every unit has one of, in the order in which a step computes them."""
        values = [stage["value"] for stage in layout_of(self.cell)["stages"]]
        return tuple(name for name in values if self.trace[name].shape[-1] == self.cell.units)

    @cached_property
    def gates(self) -> tuple[str, ...]:
        return tuple(name for name in self.names if formula(self.cell, name).function in ("sigmoid", "hard_sigmoid"))

    @property
    def memory(self) -> np.ndarray:
        """What a unit keeps from step to step, (n, H): the cell state, or else the hidden state."""
        return self["c" if "c" in self.names else self.names[-1]]

    def read(self) -> Trace:
        """The window alone, in the order in which the cell reads it: what the stage plays."""
        order = slice(None, None, -1) if self.trace.reverse else slice(None)
        entered = self.first + self.steps - 1 if self.trace.reverse else self.first
        start = {name: self.trace.before(name)[entered] for name in self.cell.graph.before}
        return run(self.cell, self.x[order], start=start)

    def played(self, step: int) -> int:
        """Where a step of the window stands in what the stage plays; and the other way round."""
        return self.steps - 1 - step if self.trace.reverse else step


def look_at(trace: StackTrace, where: str, first: int, steps: int) -> Look:
    """One cell of a stack's run, by ``"<layer>.<direction>"``."""
    return Look(trace.traces[where], first, min(steps, trace.steps - first))


def limits(looks: Sequence[Look], name: str) -> tuple[float, float]:
    """What the ends of the scale of a quantity's map stand for; maps side by side have one scale."""
    if name in looks[0].gates:
        return 0.0, 1.0
    end = float(np.percentile(np.abs([look[name] for look in looks]), CLIP))
    return -end or -1.0, end or 1.0


def apart(look: Look, other: Look, name: str) -> float:
    """What the end of the scale of |A − B| stands for."""
    return float(np.percentile(np.abs(look[name] - other[name]), CLIP)) or 1.0


# ---- units in order --------------------------------------------------------------------------------------------------


def activity(look: Look) -> np.ndarray:
    """The mean size of what each unit keeps, (H,)."""
    return np.abs(look.memory).mean(axis=0)


def differences(look: Look, other: Look) -> np.ndarray:
    """How far what each unit keeps is from what it keeps in another cell, in the mean, (H,)."""
    return np.abs(look.memory - other.memory).mean(axis=0)


def change(look: Look) -> np.ndarray:
    """How far that moves from a step to the next, in the mean, (H,)."""
    return np.abs(np.diff(look.memory, axis=0)).mean(axis=0) if look.steps > 1 else np.zeros(look.cell.units)


def saturation(look: Look) -> np.ndarray:
    """The share of steps at which a unit's gates are saturated, in the mean of its gates, (H,)."""
    shares = [left + right for left, right in saturated(look).values()]
    return np.mean(shares, axis=0) if shares else np.zeros(look.cell.units)


def correlation(look: Look, series: np.ndarray) -> np.ndarray:
    """Pearson's r of what each unit keeps with a series (n,), without the first steps; 0 where one does not move."""
    begin = int(SKIPPED * look.steps)
    a, b = look.memory[begin:].astype(float), series[begin:].astype(float)
    a, b = a - a.mean(axis=0), b - b.mean()
    size = np.sqrt((a**2).sum(axis=0) * (b**2).sum())
    return np.divide(b @ a, size, out=np.zeros(a.shape[1]), where=size > 1e-12)


def liveliest(look: Look, unit: int) -> int:
    """The step of the window at which what a unit keeps changes most."""
    return int(np.abs(np.diff(look.memory[:, unit])).argmax()) + 1 if look.steps > 1 else 0


def ranked(score: np.ndarray) -> np.ndarray:
    """The units from the largest score to the smallest; ties keep the order of the file."""
    return np.argsort(-score, kind="stable")


# ---- statistics of gates ---------------------------------------------------------------------------------------------


def saturated(look: Look) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By gate, the share of steps at which each unit is below 0.1, and above 0.9: (H,) both."""
    return {name: ((look[name] < LEFT).mean(axis=0), (look[name] > RIGHT).mean(axis=0)) for name in look.gates}


def half_life(look: Look) -> np.ndarray | None:
    """The steps after which half of what a unit keeps is left, if only the gate acts that keeps it, (H,).

    ln ½ / mean ln f: of an LSTM's forget gate, of what a GRU's update gate keeps; None for a cell without.
    """
    cell = look.cell
    if cell.kind.key == "lstm":
        kept = look["f"]
    elif cell.kind.key == "gru":
        kept = look["z"] if cell.options["update"] == "keep" else 1 - look["z"]
    else:
        return None
    with np.errstate(divide="ignore"):
        fades = -np.log(np.clip(kept.astype(float), 0, 1)).mean(axis=0)
        return np.divide(np.log(2), fades, out=np.full(cell.units, np.inf), where=fades > 0)


def moves(trace: StackTrace, where: str, name: str, step: int, unit: int) -> np.ndarray:
    """∂value/∂x_t of one unit's value at a step, by what the model reads at each step t, (T, D)."""
    value = f"{where}.{name}"
    seed = np.zeros_like(trace[value])
    seed[step, unit] = 1
    return backprop(trace, {value: seed}).x


def movers(gradient: np.ndarray, most: int) -> list[tuple[int, int]]:
    """The inputs that move a value most, the first of them most, each with the step at which it does."""
    steps = np.abs(gradient).argmax(axis=0)
    largest = np.abs(gradient).max(axis=0)
    order = np.argsort(-largest, kind="stable")[:most]
    return [(int(column), int(steps[column])) for column in order if largest[column] > 0]


# ---- why a number is what it is --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """One row of a sum: a product, or the rest of the products of one kind."""

    kind: Kind
    product: float
    source: int | None = None
    """The unit or the input that is read, from 0."""
    factors: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    """Of the factors that are values of the cell."""
    count: int = 1
    """How many products it stands for."""


@dataclass(frozen=True)
class Reason:
    """value = function(the sum of its parts)."""

    name: str
    function: str | None
    parts: tuple[Part, ...]
    products: tuple[Part, ...]
    """The same sum, with every product as a part."""
    total: float
    result: float


def reason(look: Look, name: str, unit: int, step: int) -> Reason:
    """What a unit's value at a step of the window is made of: the largest products, and the rest added up."""
    made = arithmetic(look.trace, name, unit=unit)
    at = look.first + step
    products = tuple(
        Part(
            kind_of(each.term, each.source),
            float(each.product[at]),
            each.source,
            tuple(float(factor[at]) for factor in each.factors),
            tuple(factor.name for factor in each.term.factors if factor.kind == "value"),
        )
        for each in made.terms
    )
    parts = [
        *largest([part for part in products if part.kind == "unit"], UNITS),
        *largest([part for part in products if part.kind == "input"], INPUTS),
        *(part for part in products if part.kind in ("bias", "value")),
    ]
    return Reason(
        name, made.formula.function, tuple(parts), products, float(made.total[at]), float(made.result[at])
    )  # fmt: skip


def kind_of(term: Term, source: int | None) -> Kind:
    names = [factor.name for factor in term.factors if factor.kind == "value"]
    if not names:
        return "bias"
    if len(names) == len(term.factors) or source is None:
        return "value"
    return "input" if names == ["x"] else "unit"


def largest(products: list[Part], most: int) -> list[Part]:
    """The largest products, and one part for all others."""
    ordered = sorted(products, key=lambda part: -abs(part.product))
    if len(ordered) <= most + 1:
        return ordered
    rest = ordered[most:]
    return [*ordered[:most], Part(rest[0].kind, sum(part.product for part in rest), count=len(rest))]
