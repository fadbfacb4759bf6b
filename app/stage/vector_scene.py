"""The numbers of many units: strips of every value, the selected unit's dot products, and matrices, as they travel.

A strip is (T, n) in float32, in base64; its numbers print as the core's do.
"""

import base64
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Protocol

import numpy as np

from app.stage.layout_types import Layout
from app.stage.scene_types import Dot, Packed, Units
from cells import Cell, Trace
from cells.equations import Arithmetic, TermNumbers, arithmetic

DECIMALS = (2, 3, 4)  # what the stage and its arithmetic print


class Writer(Protocol):
    """How a series' numbers are written down: as lists and strips, or as references into the frames of a drag."""

    def numbers(self, array: np.ndarray) -> list[float]:
        """One number a step, (T,) or (settings, T)."""

    def strip(self, array: np.ndarray, printed: bool) -> Packed:
        """All numbers of each step, (T, n) or (settings, T, n); `printed` when each is read, not only its fill."""

    def row(self, array: np.ndarray) -> list[float]:
        """A row of weights, (n,) or (settings, n)."""


class Lists:
    """Writes what a scene is made of."""

    def numbers(self, array: np.ndarray) -> list[float]:
        return array.tolist()

    def strip(self, array: np.ndarray, printed: bool) -> Packed:
        return packed(array)

    def row(self, array: np.ndarray) -> list[float]:
        return array.tolist()


def is_vector(cell: Cell) -> bool:
    """Whether anything of a cell is longer than one number."""
    return max(cell.sizes.values()) > 1


def unit_of(length: int, unit: int) -> int:
    """The entry of a value that stands for the selected unit: a projection may be shorter than the cell."""
    return min(unit, length - 1)


def numbers_of(array: np.ndarray, name: str, unit: int) -> np.ndarray:
    """One value of one unit: (T, B, n) → (T,), settings before T. An input belongs to no unit: it is its first."""
    return array[..., 0, 0 if name == "x" else unit_of(array.shape[-1], unit)]


def arithmetic_of(trace: Trace, layout: Layout, unit: int) -> dict[str, Arithmetic]:
    """The selected unit's arithmetic of each stage's value, and of the matrix products that such a value reads."""
    stages = [stage["value"] for stage in layout["stages"]]
    made = {value: arithmetic(trace, value, unit=unit_of(trace[value].shape[-1], unit)) for value in stages}
    if not is_vector(trace.cell):
        return made
    read = {f.name for sums in made.values() for t in sums.terms for f in t.term.factors if f.kind == "value"}
    for value in sorted(read & set(trace.cell.graph.values) - set(stages)):
        inner = arithmetic(trace, value, unit=unit_of(trace[value].shape[-1], unit))
        if any(len(terms) > 1 for terms in by_term(inner)):
            made[value] = inner
    return made


def by_term(sums: Arithmetic) -> list[list[TermNumbers]]:
    """The numbers of each term of the formula: several where a matrix has several columns."""
    return [list(group) for _, group in groupby(sums.terms, key=lambda numbers: id(numbers.term))]


def dot(terms: list[TermNumbers], write: Writer) -> Dot:
    """A matrix's term for one unit: its row of weights, what it reads, and their products with the sum."""
    factor = terms[0].term.factors[1]
    products = np.stack([term.product for term in terms], axis=-1)
    return {
        "sum": write.numbers(products.sum(axis=-1)),
        "row": write.row(np.stack([term.factors[0][..., 0] for term in terms], axis=-1)),
        "inputs": {"name": factor.name, "before": True} if factor.before else {"name": factor.name},
        "products": write.strip(products, printed=True),
    }


def units(trace: Trace, layout: Layout, sums: Iterable[Arithmetic], unit: int, write: Writer) -> Units:
    """Every value of every unit that the stage draws."""
    read = {t.term.factors[1].name for one in sums for t in one.terms if t.source is not None}
    drawn = (
        {value["name"] for value in (*layout["wide"]["values"], *layout["narrow"]["values"])} | {*layout["rows"]} | read
    )
    return {
        "count": trace.cell.units,
        "selected": unit,
        "strips": {
            name: write.strip(trace[name][..., 0, :], printed=name in read) for name in trace.names if name in drawn
        },
        "before": {
            name: write.strip(trace.before(name)[..., 0, :], printed=name in read) for name in trace.cell.kind.states
        },
    }


def parameters(cell: Cell) -> dict[str, Packed]:
    """A cell's matrices and vectors, for the maps of its weights."""
    return {name: packed(values) for name, values in cell.parameters.items()}


# ---- numbers in fewer bytes -----------------------------------------------------------------------------------------


def packed(array: np.ndarray) -> Packed:
    """Return an array as float32 in base64, with its shape."""
    return {"shape": list(array.shape), "data": base64.b64encode(printed_alike(array).tobytes()).decode()}


def printed_alike(numbers: np.ndarray) -> np.ndarray:
    """Return float32 numbers that print to two, three and four decimals as the float64 ones do.

    The nearest float32 may lie across a rounding boundary; then a neighbour does not.
    """
    near = numbers.astype(np.float32)
    for index in zip(*np.nonzero(close_to_boundary(numbers, DECIMALS)), strict=True):
        exact, around = numbers[index], near[index]
        candidates = (around, *(np.nextafter(around, np.float32(way)) for way in (np.inf, -np.inf)))
        near[index] = next((c for c in candidates if prints(c) == prints(exact)), around)
    return near


def hundredths(numbers: np.ndarray) -> np.ndarray:
    """Return numbers as whole hundredths, rounded as they print to two decimals."""
    near = np.rint(numbers * 100)
    for index in zip(*np.nonzero(close_to_boundary(numbers, (2,))), strict=True):
        near[index] = int(rounded(numbers[index], 2) * 100)
    return near


def close_to_boundary(numbers: np.ndarray, decimals: tuple[int, ...]) -> np.ndarray:
    """Tell which numbers lie within float32's reach of where a printed digit changes."""
    reach = 2e-7 * np.maximum(1, np.abs(numbers))
    return np.logical_or.reduce([np.abs(numbers * 10**n % 1 - 0.5) <= reach * 10**n for n in decimals])


def prints(value: float) -> list[str]:
    """A number as it prints in Python, which rounds a tie to even, and in JavaScript, which rounds it up."""
    return [f"{value:.{n}f}" for n in DECIMALS] + [str(rounded(value, n)) for n in DECIMALS]


def rounded(value: float, decimals: int) -> Decimal:
    return Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
