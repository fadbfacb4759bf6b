"""One run as files need it: of a single sequence, with its loss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.messages import Message, RefusedError
from cells import Cell, Gradients, Trace, backprop


@dataclass(frozen=True)
class Sequence:
    """A run of one sequence that is read whole.

    Attributes
    ----------
    trace : Trace
    target : float or None
        What the last output should be: the loss is the squared distance; else it is the last output itself.
    """

    trace: Trace
    target: float | None = None

    def __post_init__(self) -> None:
        if self.trace.batch > 1 or self.trace.lead or not self.trace.masking.whole:
            raise RefusedError("refused.many")

    @property
    def cell(self) -> Cell:
        return self.trace.cell

    @property
    def steps(self) -> range:
        """The timesteps in the order in which they are read."""
        steps = range(self.trace.steps)
        return steps[::-1] if self.trace.reverse else steps

    @cached_property
    def x(self) -> np.ndarray:
        """What is read, in the order of reading, (T, D)."""
        return self.values("x")[list(self.steps)]

    @property
    def starts(self) -> dict[str, np.ndarray]:
        """The states that enter the first timestep, (n,) each."""
        entered = {name: self.trace.before(name) for name in self.cell.graph.before}
        return {name: array.reshape(self.trace.steps, -1)[self.steps[0]] for name, array in entered.items()}

    @property
    def last(self) -> np.ndarray:
        """The output after the last timestep that is read, (n,)."""
        return self.values(self.cell.graph.output)[self.steps[-1]]

    def values(self, name: str) -> np.ndarray:
        """A value at every timestep, (T, n)."""
        return self.trace[name].reshape(self.trace.steps, -1)

    @cached_property
    def gradients(self) -> Gradients:
        """Those of the loss."""
        output = self.trace[self.cell.graph.output]
        given = np.zeros_like(output)
        last = self.steps[-1]
        given[last] = 1 if self.target is None else 2 * (output[last] - self.target)
        return backprop(self.trace, {self.cell.graph.output: given})


MOST_UNITS, MOST_STEPS, MOST_INPUTS = 16, 30, 64
"""What is still readable as a workbook; that of an LSTM of so many units and steps has about 6,000 formulas."""


def refused(trace: Trace) -> Message | None:
    """Why a run is not written as a workbook, if it is not."""
    if trace.cell.units > MOST_UNITS or trace.steps > MOST_STEPS or trace.cell.inputs > MOST_INPUTS:
        return Message("refused.size", units=MOST_UNITS, steps=MOST_STEPS, inputs=MOST_INPUTS)
    return None
