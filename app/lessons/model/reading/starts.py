"""The states that a module's cells have before the first step: zeros, the file's own, or a reader's."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from app.formatting import NUMBER
from app.lessons.model.reading.inputs import arrays
from app.lessons.model.shown import Start
from app.messages import RefusedError
from app.models import Found
from cells import Cell, Stack


def states_of(start: Start, found: Found, stack: Stack) -> dict[str, dict[str, np.ndarray]]:
    """The first states of a stack's cells, as `run(start=...)` takes them.

    Raises
    ------
    RefusedError
        If what was given has other sizes than they.
    """
    if start.kind == "learned":
        return {where: dict(states) for where, states in found.start.items()}
    if start.kind == "zeros":
        return {}
    cells = list(stack.cells.items())
    for name, rows in start.given.items():
        if len(rows) not in (1, len(cells)):
            raise RefusedError("start.rows", name=name, count=len(rows), cells=len(cells))
    return {
        where: {
            name: row_of(name, rows[place % len(rows)], cell)
            for name, rows in start.given.items()
            if name in cell.graph.before
        }
        for place, (where, cell) in enumerate(cells)
    }


def row_of(name: str, row: np.ndarray, cell: Cell) -> np.ndarray:
    """A cell's first state: a number for all units is repeated."""
    width = cell.sizes[cell.graph.values[name].size]
    if len(row) not in (1, width):
        raise RefusedError("start.width", name=name, count=len(row), units=width)
    return np.broadcast_to(row, width).astype(float)


def typed(name: str, text: str) -> np.ndarray:
    """A line for each cell, or one for all; in it a number for each unit, or one for all."""
    rows = []
    for place, line in enumerate((each for each in text.splitlines() if each.strip()), 1):
        words = [each.replace("−", "-") for each in re.split(r"[\s,;]+", line.strip(" \t,;"))]
        for each in words:
            if not NUMBER.fullmatch(each):
                raise RefusedError("input.word", line=place, text=each[:20])
        rows.append([float(each) for each in words])
    if not rows:
        return np.zeros((1, 1))
    if len({len(row) for row in rows}) > 1:
        raise RefusedError("start.ragged", name=name)
    return finite(name, np.array(rows))


def from_arrays(data: bytes, item: int = 0) -> Mapping[str, np.ndarray]:
    """States out of a .npy or .npz file, as PyTorch has them: cells × units, or cells × batch × units.

    An array without a name is the hidden state; ``h0``, ``h_0``, ``hx`` and the like are known by their letter.
    """
    found = {}
    for name, array in arrays(data).items():
        rows = np.asarray(array, float)
        if rows.ndim == 3:
            rows = rows[:, item]
        letter = "c" if name.lower().startswith("c") else "h"
        found[letter] = finite(letter, np.atleast_2d(rows))
    return found


def finite(name: str, rows: np.ndarray) -> np.ndarray:
    if not (rows.size and np.isfinite(rows).all()):
        raise RefusedError("start.finite", name=name)
    return rows
