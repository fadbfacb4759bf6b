"""What of an open model is shown: a cell of one of its layers, what it reads, and a window of its run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from app.components.overview.data import Data
from app.lessons.model.alone import can_stand_alone
from app.lessons.model.model import Look
from app.models import Found
from cells import StackTrace

UNITS, STEPS = 256, 200  # that the stage has room for
StartKind = Literal["learned", "zeros", "typed", "npy"]


@dataclass(frozen=True)
class Layer:
    """One cell of the file, and what was answered about it."""

    index: int
    found: Found
    where: str
    """``"<layer>.<direction>"``."""
    answers: Mapping[str, str]
    cells: Sequence[str]
    """Every cell of the module, by the same names."""

    @property
    def is_first(self) -> bool:
        """Whether it reads the input itself, and not another layer."""
        return self.where.startswith("0.")


@dataclass(frozen=True)
class Start:
    """The states before the first step, as a reader chose them."""

    kind: StartKind = "zeros"
    given: Mapping[str, np.ndarray] = field(default_factory=dict)
    """By the state's letter, a row for each cell, or one for all: of a number for each unit, or of one for all."""


@dataclass(frozen=True)
class Reading:
    """What the module reads, (T, D), what its columns are called, and the states before it."""

    x: np.ndarray
    names: Sequence[str]
    source: str = ""
    """What a reader calls it: a file's name, or how it was made."""
    start: Start = field(default_factory=Start)


@dataclass(frozen=True)
class Other:
    """A cell beside the one that is shown, over the same window of the same input."""

    name: str
    look: Look


@dataclass(frozen=True)
class Shown:
    """A window of a run."""

    layer: Layer
    reading: Reading
    trace: StackTrace
    look: Look
    data: Data
    other: Other | None = None

    @property
    def too_wide(self) -> bool:
        """Whether the stage has no room for all units and steps: it would be sent all weights, and run them all."""
        return self.look.cell.units > UNITS or self.look.steps > STEPS

    @property
    def one_unit(self) -> bool:
        """Whether the stage has the chosen unit alone."""
        return self.too_wide and can_stand_alone(self.look.cell)

    @property
    def columns(self) -> Sequence[str]:
        """What the cell's inputs are called; none of a layer that reads another."""
        return self.reading.names if self.layer.is_first else ()
