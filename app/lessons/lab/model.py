"""The lab: a cell of many units with drawn weights, any entry of which can be moved, over a sequence of one's own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from app.controls.address import Address, Controls, Problem, Runs, mapping, numbers
from app.controls.one_unit import column
from app.stage.vector_scene import entry, moved
from cells import GRU, LSTM, RNN, Cell, Kind, Trace, run, sweep

KINDS: dict[str, Kind] = {"lstm": LSTM, "gru": GRU, "rnn": RNN}
UNITS = (2, 4, 8, 16, 32, 64)
SEQUENCES = ("typed", "wave", "noise", "pulse")
TYPED = (0.0, 0.5, 0.25, 1.0, 0.0, -0.5, 0.0, 0.75)
STEPS = (10, 200)  # of a sequence that is made
MOVED = re.compile(r"([A-Za-z]_[A-Za-z]+(?:\.\d{1,3}){1,2}):([^;]+)", re.ASCII)
FIRST = 8  # units that a question is asked about
MOST = 200  # entries an address may move


@lru_cache(maxsize=64)
def drawn(kind: str, units: int, seed: int) -> Cell:
    """A cell as PyTorch draws it, with weights of two decimals, so that what is read is what is computed."""
    cell = KINDS[kind].random(1, units, seed)
    return cell.replace(**{name: np.round(values, 2) for name, values in cell.parameters.items()})


def made(sequence: str, steps: int, seed: int) -> tuple[float, ...]:
    """A sequence of so many steps: a wave, noise from the seed, or a pulse at every tenth step."""
    t = np.arange(steps)
    values = {
        "wave": np.sin(2 * np.pi * t / 12),
        "noise": np.random.default_rng(seed).uniform(-1, 1, steps),
        "pulse": (t % 10 == 0).astype(float),
    }[sequence]
    return tuple(values.round(2).tolist())


@dataclass(frozen=True)
class Lab(Runs):
    """What stands on the stage: a cell before anything is moved, and what it reads if that is not typed."""

    cell: Cell
    sequence: tuple[float, ...] = ()

    def x(self, controls: Controls) -> np.ndarray:
        return column(self.sequence or controls.days["x"])

    def traces(self, controls: Controls) -> dict[str, Trace]:
        return {"x": run(moved(self.cell, controls.weights), self.x(controls))}

    def swept(self, controls: Controls, parameter: str, values: np.ndarray) -> dict[str, Trace]:
        cell = moved(self.cell, controls.weights)
        return {"x": sweep(cell, self.x(controls), *entry(cell, parameter), values)}


@dataclass(frozen=True)
class Entries(Address):
    """An address whose weights are the moved entries of matrices: w=U_f.4.6:1.25;b_f.4:-0.5."""

    cell: Cell | None = None

    @property
    def keys(self) -> list[str]:
        return ["w", *super().keys]

    def knows(self, parameter: Any) -> bool:
        return isinstance(parameter, str) and self.is_entry(parameter)

    def is_entry(self, name: str) -> bool:
        try:
            entry(self.cell, name)  # type: ignore[arg-type]
        except ValueError:
            return False
        return True

    def read(self, query: Mapping[str, str]) -> tuple[Controls, list[Problem]]:
        controls, problems = super().read(query)
        if "w" not in query:
            return controls, problems
        pieces = query["w"].split(";")[: MOST + 1]
        found = [MOVED.fullmatch(piece) for piece in pieces]
        weights = {match[1]: numbers(match[2]) for match in found if match}
        if len(pieces) > MOST or not all(found):
            problems.append(Problem("entry", "w"))
        return replace(controls, weights=self.within_limits(weights, problems)), problems

    def check(self, commit: Any, current: Controls) -> tuple[Controls, list[Problem]]:
        """What a commit says of entries is the whole of them; one that is None stands as it was drawn."""
        sent = mapping(mapping(commit).get("weights"))
        known = {
            key: value for key, value in mapping(commit).items() if key == "days" or (key == "show" and current.show)
        }
        rest, problems = super().check(known, current)
        asked = {name: numbers([value]) for name, value in sent.items() if value is not None}
        return replace(rest, weights=self.within_limits(asked, problems)), problems

    def within_limits(self, asked: Mapping[Any, list[float] | None], problems: list[Problem]) -> dict[str, float]:
        """The entries that there are, with numbers they may have."""
        low, high = self.limits.typed
        kept = {}
        for name, values in asked.items():
            if not self.knows(name) or values is None or len(values) != 1:
                problems.append(Problem("entry", "w"))
            elif not low <= values[0] <= high:
                problems.append(Problem("range", "w", low, high))
            else:
                kept[name] = values[0]
        return kept

    def write(self, controls: Controls) -> dict[str, str]:
        said = super().write(replace(controls, weights={}))
        if controls.weights:
            said["w"] = ";".join(f"{name}:{value!r}".removesuffix(".0") for name, value in controls.weights.items())
        return said


def entries(lab: Lab) -> Entries:
    """The address of a lab: its days are the sequence, where that is typed."""
    days = {} if lab.sequence else {"x": TYPED}
    return Entries({}, Controls({}, days, tuple(days)), cell=lab.cell)


def loudest(trace: Trace) -> int:
    """The unit, among the first, whose hidden state goes furthest from zero; from 0."""
    return int(np.abs(trace["h"][:, 0, :FIRST]).max(axis=0).argmax())


def silent(trace: Trace, unit: int) -> bool:
    """Whether a unit's last hidden state prints as zero to one decimal."""
    return abs(float(trace["h"][-1, 0, unit])) < 0.05
