"""The lesson `compare`: three cells on one playhead, and the figures by which one chooses among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from app.controls.address import Controls, Runs
from app.controls.examples import DAYS, FORGET_BIAS, GRU_WEIGHTS, INPUTS, LSTM_PRESETS, RNN_PRESETS, SEED
from app.controls.kinds import KINDS
from app.controls.one_unit import OneUnit, address, traced
from app.timing import in_turns
from cells import CELLS, GRU, LSTM, RNN, Kind, Trace, run
from cells.sensitivity import influence

WEIGHTS = {"rnn": RNN_PRESETS["default"], "lstm": LSTM_PRESETS["two"], "gru": GRU_WEIGHTS}
ADDRESS = address({}, {"x": DAYS}, ("x",))

FAINT = 1e-6  # a word counts as long as its influence is above this share of the last one's
STEPS = 200  # of the run that reach is measured in, and as far as it can be measured
DRAWS = range(SEED, SEED + 3)  # seeds of the weights that reach is measured with
TIMED, RUNS = 50, 9  # steps of a run whose time is taken, and how many of them
PATTERN = 16  # units of the LSTM in the challenge


class Trio(Runs):
    """One unit of each kind, with the weights of its own lesson, reading the same days."""

    def traces(self, controls: Controls) -> Mapping[str, Trace]:
        return {
            name: traced(OneUnit(CELLS[name]), tuple(WEIGHTS[name].items()), tuple(controls.days["x"]))
            for name in KINDS
        }


def count(kind: Kind, units: int) -> int:
    """How many parameters a cell has."""
    return kind.random(INPUTS, units, SEED).parameters_count


@dataclass(frozen=True)
class Figures:
    """What one cell costs and gives, at a number of units; the same on every machine.

    Attributes
    ----------
    memory
        Numbers carried from step to step.
    reach, reach_open
        Steps back to the last input that still counts, for each draw of the weights: as PyTorch draws them, and with
        the bias of the gate that keeps set to `FORGET_BIAS`. An RNN has no such gate, and both are the same.
    """

    parameters: int
    memory: int
    reach: tuple[int, ...]
    reach_open: tuple[int, ...]


@lru_cache(maxsize=256)
def figures(name: str, units: int) -> Figures:
    """The figures of one untrained cell."""
    kind = CELLS[name]
    cell = kind.random(INPUTS, units, SEED)
    carried = sum(cell.sizes[node.size] for node in cell.graph.before.values())
    drawn = tuple(reach(run(kind.random(INPUTS, units, seed), signal(STEPS))) for seed in DRAWS)
    opened = [kind.random(INPUTS, units, seed, forget_bias=FORGET_BIAS) for seed in DRAWS if kind is not RNN]
    return Figures(cell.parameters_count, carried, drawn, tuple(reach(run(c, signal(STEPS))) for c in opened) or drawn)


def signal(steps: int) -> np.ndarray:
    """What untrained cells read."""
    return np.random.default_rng(SEED).normal(size=(steps, INPUTS)) / np.sqrt(INPUTS)


def microseconds(units: int) -> dict[str, list[float]]:
    """The time of a step in every run, by cell: of this machine at this moment, and so never kept."""
    cells = {name: CELLS[name].random(INPUTS, units, SEED) for name in KINDS}
    seconds = in_turns({name: partial(run, cell, signal(TIMED)) for name, cell in cells.items()}, RUNS)
    return {name: [each / TIMED * 1e6 for each in runs] for name, runs in seconds.items()}


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
