"""Cells of many units, any entry of whose weights can be moved: their runs, and their address.

An entry of a parameter is called by its place, counted from 1: `U_f.4.6` is row 4 (unit 4), column 6; `b_f.4` is a
vector's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.controls.address import Address, Controls, Runs, mapping, numbers, outside
from app.controls.one_unit import column
from app.messages import Message
from cells import Cell, Trace, run

TYPED = (0.0, 0.5, 0.25, 1.0, 0.0, -0.5, 0.0, 0.75)  # what a typed sequence begins as
ENTRY = re.compile(r"(?P<name>\w+?)\.(?P<row>\d{1,4})(\.(?P<column>\d{1,4}))?", re.ASCII)
MOVED = re.compile(r"([A-Za-z]_[A-Za-z]+(?:\.\d{1,3}){1,2}):([^;]+)", re.ASCII)
MOST_MOVED = 200  # entries in an address or a commit


@dataclass(frozen=True)
class Lab(Runs):
    """A cell before anything is moved, and what it reads if that is not typed."""

    cell: Cell
    sequence: tuple[float, ...] = ()

    def x(self, controls: Controls) -> np.ndarray:
        return column(self.sequence or controls.days["x"])

    def traces(self, controls: Controls) -> dict[str, Trace]:
        return {"x": run(moved(self.cell, controls.weights), self.x(controls))}


@dataclass(frozen=True)
class Entries(Address):
    """An address whose weights are the moved entries of matrices: w=U_f.4.6:1.25;b_f.4:-0.5."""

    cell: Cell | None = None

    @property
    def keys(self) -> list[str]:
        return ["w", *super().keys]

    def is_entry(self, name: Any) -> bool:
        try:
            entry(self.cell, name)  # type: ignore[arg-type]
        except ValueError:
            return False
        return True

    def read(self, query: Mapping[str, str]) -> tuple[Controls, list[Message]]:
        controls, problems = super().read(query)
        if "w" not in query:
            return controls, problems
        pieces = query["w"].split(";")[: MOST_MOVED + 1]
        found = [MOVED.fullmatch(piece) for piece in pieces]
        weights = {match[1]: numbers(match[2]) for match in found if match}
        if len(pieces) > MOST_MOVED or not all(found):
            problems.append(Message("problem.entry", key="w"))
        return replace(controls, weights=self.within_limits(weights, problems)), problems

    def check(self, commit: Any, current: Controls) -> tuple[Controls, list[Message]]:
        """A commit names all entries that differ; one that is None is as it was drawn."""
        sent = mapping(mapping(commit).get("weights"))
        known = {
            key: value for key, value in mapping(commit).items() if key == "days" or (key == "show" and current.show)
        }
        rest, problems = super().check(known, current)
        named = {name: value for name, value in sent.items() if value is not None}
        if len(named) > MOST_MOVED:  # no address could say them
            return replace(rest, weights=current.weights), [*problems, Message("problem.entry", key="w")]
        asked = {name: numbers([value]) for name, value in named.items()}
        return replace(rest, weights=self.within_limits(asked, problems)), problems

    def within_limits(self, asked: Mapping[Any, list[float] | None], problems: list[Message]) -> dict[str, float]:
        """The entries that there are, with numbers they may have."""
        low, high = self.limits.typed
        kept = {}
        for name, values in asked.items():
            if not self.is_entry(name) or values is None or len(values) != 1:
                problems.append(Message("problem.entry", key="w"))
            elif not low <= values[0] <= high:
                problems.append(outside("range", "w", (low, high)))
            else:
                kept[name] = values[0]
        return kept

    def write(self, controls: Controls) -> dict[str, str]:
        texts = super().write(replace(controls, weights={}))
        if controls.weights:
            texts["w"] = ";".join(f"{name}:{value!r}".removesuffix(".0") for name, value in controls.weights.items())
        return texts


def entries(lab: Lab) -> Entries:
    """The address of a lab: its days are the sequence, where that is typed."""
    days = {} if lab.sequence else {"x": TYPED}
    return Entries({}, Controls({}, days, tuple(days)), cell=lab.cell)


# ---- entries by their names -----------------------------------------------------------------------------------------


def entry(cell: Cell, name: str) -> tuple[str, tuple[int, ...]]:
    """The parameter and the place in it, from 0, that an entry's name (`U_f.4.6`, `b_f.4`) says.

    Raises
    ------
    ValueError
        If the cell has no such entry.
    """
    match = ENTRY.fullmatch(name)
    shape = cell.parameters[match["name"]].shape if match and match["name"] in cell.parameters else ()
    numbers = [int(number) for number in (match["row"], match["column"]) if number] if match else []
    if not match or len(numbers) != len(shape) or not all(1 <= k <= n for k, n in zip(numbers, shape, strict=True)):
        raise ValueError(f"{name}: expected an entry of {cell!r} such as U_f.1.1 or b_f.1")
    return match["name"], tuple(number - 1 for number in numbers)


def moved(cell: Cell, entries: Mapping[str, float]) -> Cell:
    """The cell with some entries of its parameters replaced, by their names, to the digit in a float32 cell too."""
    changed: dict[str, np.ndarray] = {}
    for name, value in entries.items():
        parameter, place = entry(cell, name)
        changed.setdefault(parameter, cell.parameters[parameter].astype(float))[place] = value
    return cell.replace(**changed)
