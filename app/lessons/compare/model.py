"""The lesson `compare`: three cells on one playhead, and the figures by which one chooses among them."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.controls.address import Controls, Runs
from app.controls.examples import DAYS, FORGET_BIAS, GRU_WEIGHTS, INPUTS, LSTM_PRESETS, RNN_PRESETS, SEED
from app.controls.kinds import KINDS
from app.controls.one_unit import OneUnit, address, traced
from cells import CELLS, GRU, LSTM, RNN, Cell, Kind, Trace, run
from cells.sensitivity import influence

WEIGHTS = {"rnn": RNN_PRESETS["default"], "lstm": LSTM_PRESETS["two"], "gru": GRU_WEIGHTS}
ADDRESS = address({}, {"x": DAYS}, ("x",))

FAINT = 1e-6  # a word counts as long as its influence is above this share of the last one's
STEPS, RUNS = 200, 5  # what reach and time are measured on
PATTERN = 16  # units of the LSTM in the challenge


class Trio(Runs):
    """One unit of each kind, with the weights of its own lesson, reading the same days."""

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        return {
            name: traced(OneUnit(CELLS[name]), tuple(WEIGHTS[name].items()), tuple(controls.days["x"]))
            for name in KINDS
        }

    def swept(self, controls: Controls, parameter: str, values: np.ndarray) -> Mapping[str, Trace]:
        return {}


def cell_of(kind: Kind, units: int) -> Cell:
    """An untrained cell of the course: the gate that keeps starts open."""
    return kind.random(INPUTS, units, SEED, forget_bias=None if kind is RNN else FORGET_BIAS)


def count(kind: Kind, units: int) -> int:
    """How many parameters a cell has."""
    return sum(p.size for p in cell_of(kind, units).parameters.values())


@dataclass(frozen=True)
class Figures:
    """What one cell costs and gives, at a number of units."""

    parameters: int
    memory: int  # numbers carried from step to step
    microseconds: float  # a step, measured here and now
    reach: int  # steps back to the last input that still counts


def figures(name: str, units: int) -> Figures:
    """Measure one cell."""
    cell = cell_of(CELLS[name], units)
    x = np.random.default_rng(SEED).normal(size=(STEPS, INPUTS)) / np.sqrt(INPUTS)
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        trace = run(cell, x)
        seconds.append(time.perf_counter() - start)
    carried = sum(cell.sizes[node.size] for node in cell.graph.before.values())
    return Figures(count(cell.kind, units), carried, statistics.median(seconds) / STEPS * 1e6, reach(trace))


def reach(trace: Trace) -> int:
    """How many steps back from the last an input's influence first falls below FAINT of the last one's."""
    values = influence(trace)[::-1]
    faint = np.flatnonzero(values < FAINT * values[0])
    return int(faint[0]) if len(faint) else len(values)


def ratio(units: int) -> int:
    """How many times the RNN's parameters the LSTM has, to a whole number."""
    return round(count(LSTM, units) / count(RNN, units))


def most_units() -> int:
    """The largest GRU that has no more parameters than the LSTM of the challenge."""
    limit, units = count(LSTM, PATTERN), PATTERN
    while count(GRU, units + 1) <= limit:
        units += 1
    return units


def goal(units: int) -> str:
    """The state of the challenge: a key of the lesson's labels."""
    best = most_units()
    return "solved" if units == best else "more" if units < best else "less"
