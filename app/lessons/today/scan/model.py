"""The rounds of a scan for one entry of a cell's state, and which gates of a cell make a scan impossible."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.lessons.today.model import CHOICES
from cells import Cell, Scan, run, scan
from cells.scan import gates_reading, linear_states

SUNSPOTS = (5, 11, 16, 23, 36, 58, 29, 20, 10, 8, 3, 0, 0, 2, 11, 27)
"""The yearly mean sunspot numbers of 1700 … 1715, in their first version: https://www.sidc.be/SILSO/versionarchive"""

FIRST_YEAR, SCALE = 1700, 50  # what a cell reads is the number of a year, divided by SCALE

LONGER = {"min_gru": {"b_z": -1.5}, "min_lstm": {"b_f": 1.0, "b_i": -0.5}, "lru": {"l_r": -1.5}, "rwkv": {"l_w": -1.0},
          "mamba": {"l_A": -1.0}}  # fmt: skip
"""Of the stage's weights, those that are others here: with these a cell keeps for long what it has read."""


@dataclass(frozen=True)
class Shown:
    """One entry of a cell's state, or two of which each enters the other, as a complex number.

    Attributes
    ----------
    states : tuple of str
        Its name, or the names of its real and its imaginary part.
    rounds : tuple of (array (T,), array (T,))
        Before the first round of the scan and after each: what is multiplied by, and what is added; none of a cell
        that cannot be scanned.
    loop : array (T,)
        The state in the run.
    difference : float
        The largest between a state of the scan and of the run.
    """

    states: tuple[str, ...]
    rounds: tuple[tuple[np.ndarray, np.ndarray], ...]
    loop: np.ndarray
    difference: float = 0.0

    @property
    def joins(self) -> int:
        """How many pairs of timesteps are joined, in all rounds together."""
        return sum(len(self.loop) - 2**k for k in range(len(self.rounds) - 1))


def numbers(steps: int) -> np.ndarray:
    """What a cell reads, (T, 1)."""
    return np.array(SUNSPOTS[:steps])[:, None] / SCALE


def one_unit(name: str) -> Cell:
    """The cell that is scanned, of one unit."""
    chosen = CHOICES[name]
    return chosen.unit.cell({**chosen.weights, **LONGER.get(name, {})})


def waiting(cell: Cell) -> Mapping[str, tuple[str, ...]]:
    """The gates that read a state, each with the states, for which a scan is impossible; none of a linear cell."""
    try:
        linear_states(cell.graph)
    except ValueError:
        return {gate: read for gate, read in gates_reading(cell.graph).items() if len(gate) == 1}
    return {}


def shown(cell: Cell, x: np.ndarray) -> Shown:
    """The first entry of the state that a step hands to the next."""
    trace, read = run(cell, x), waiting(cell)
    if read:
        state = next(iter(read.values()))[0]
        return Shown((state,), (), trace[state][:, 0])
    found = scan(cell, x)
    difference = max(float(np.abs(values - trace[name]).max()) for name, values in found.states.items())
    states = coupled(found)
    rounds = tuple(zip(*of(found, states), strict=True))
    return Shown(states, rounds, complex_of([trace[state] for state in states]), difference)


def coupled(found: Scan) -> tuple[str, ...]:
    """The first state, or the first two where they turn into each other as the parts of a complex number."""
    first, *rest = found.states
    others = [other for other in rest if found.factors[0][first, other].any()]
    if not others:
        return (first,)
    (other,) = others
    factor = found.factors[0]
    turns = (factor[first, first] == factor[other, other]) & (factor[first, other] == -factor[other, first])
    if not turns.all():
        raise ValueError(f"{first} and {other} are no complex number")
    return first, other


def of(found: Scan, states: tuple[str, ...]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Every round's factors and additions."""
    factors = [complex_of([factor[state, states[0]] for state in states]) for factor in found.factors]
    return factors, [complex_of([values[state] for state in states]) for values in found.rounds]


def complex_of(parts: list[np.ndarray]) -> np.ndarray:
    """The first entry of one array, or of two as real and imaginary part."""
    first, *rest = (part[:, 0] for part in parts)
    return first + 1j * rest[0] if rest else np.asarray(first)
