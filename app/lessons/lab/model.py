"""The lab: a cell of many units with drawn weights, any entry of which can be moved, over a sequence of one's own."""

from functools import lru_cache

import numpy as np

from cells import CELLS, Cell, Trace

UNITS = (2, 4, 8, 16, 32, 64)
SEQUENCES = ("typed", "wave", "noise", "pulse")
STEPS = (10, 200)  # of a sequence that is made
FIRST = 8  # units that a question is asked about
NEAR = 0.005  # the challenge: so near zero, which prints as 0.00


@lru_cache(maxsize=64)
def drawn(kind: str, units: int, seed: int) -> Cell:
    """A cell as PyTorch draws it, with weights of two decimals, so that what is read is what is computed."""
    cell = CELLS[kind].random(1, units, seed)
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


def most_active_unit(trace: Trace) -> int:
    """The unit, among the first, whose hidden state goes furthest from zero; from 0."""
    return int(np.abs(trace["h"][:, 0, :FIRST]).max(axis=0).argmax())
