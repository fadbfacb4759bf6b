"""The cell of the lesson `frameworks`."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from app.export.programs import CODE
from app.export.sequence import Sequence
from cells import CELLS, Cell, Trace, run
from cells.weight_formats import name_of, to_keras, to_torch

STEPS = 4
FRAMEWORKS = ("pytorch", "keras", "numpy")
"""Those that the lesson compares."""


@dataclass(frozen=True)
class Example:
    """A cell with drawn weights, what it reads, and its run."""

    kind: str
    units: int
    inputs: int
    seed: int

    @cached_property
    def cell(self) -> Cell:
        """The cell; its weights are rounded, so that a program is short and exact."""
        drawn = CELLS[self.kind].random(self.inputs, self.units, self.seed)
        return drawn.replace(**{name: rounded(values, 3) for name, values in drawn.parameters.items()})

    @cached_property
    def x(self) -> np.ndarray:
        return rounded(np.random.default_rng(self.seed).uniform(-1, 1, (STEPS, self.inputs)), 2)

    @cached_property
    def trace(self) -> Trace:
        return run(self.cell, self.x)

    @property
    def name(self) -> str:
        """The layer as PyTorch calls it."""
        return name_of(self.cell.kind, "torch")

    def program(self, framework: str) -> str:
        """The program that computes what it computes, in PyTorch, Keras or NumPy."""
        return CODE[framework](Sequence(self.trace))

    def counts(self) -> dict[str, int]:
        """How many numbers each framework keeps for this cell."""
        return {
            "torch": sum(array.size for array in to_torch(self.cell).values()),
            "keras": sum(array.size for array in to_keras(self.cell)[2]),
        }

    @property
    def more(self) -> str:
        """The framework that keeps more numbers, or `same`."""
        counts = self.counts()
        return "same" if counts["torch"] == counts["keras"] else max(counts, key=counts.__getitem__)


@lru_cache(maxsize=128)
def example(kind: str, units: int, inputs: int, seed: int) -> Example:
    return Example(kind, units, inputs, seed)


def rounded(values: np.ndarray, decimals: int) -> np.ndarray:
    return np.round(values, decimals) + 0.0  # no negative zero
