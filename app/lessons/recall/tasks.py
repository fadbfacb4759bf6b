"""Two published tests of memory, as NumPy arrays: recall of the first symbol, and the adding problem.

Both hide what matters n steps or so before the answer is asked for. Sources: Hochreiter & Schmidhuber 1997, experiments
2 and 4, https://doi.org/10.1162/neco.1997.9.8.1735.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from app.controls.kinds import KEEPERS
from cells import CELLS, Cell

SYMBOLS = 4  # that may have to be recalled; as many others only distract
CUE = 2 * SYMBOLS  # the symbol that asks
HELD, TEST = 500, 2000  # sequences held back: to look at during training, and to judge by after it
NEAR = 0.04  # a sum counts as right within this, on the scale from 0 to 1


@dataclass(frozen=True)
class Puzzle:
    """One test: what a network reads, what it answers, and when that is right.

    Attributes
    ----------
    make
        Draws ``batch`` sequences of length parameter n: x (T, B, D) and the answers (B,).
    inputs, outputs
        D, and how many numbers are read out: one for each symbol, or the sum itself.
    chance
        The share of right answers of somebody who has not read the sequence, at best.
    goal
        The loss at which the test counts as solved, and training ends.
    """

    make: Callable[[int, int, np.random.Generator], tuple[np.ndarray, np.ndarray]]
    inputs: int
    outputs: int
    chance: float
    goal: float

    def held_back(self, n: int, random: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
        """The sequences and answers for validation and for the test: the first that a seed draws."""
        return [self.make(n, batch, random) for batch in (HELD, TEST)]

    def right(self, outputs: np.ndarray, answers: np.ndarray) -> float:
        """The share of right answers among what a network reads out, (B, outputs)."""
        hits = outputs.argmax(1) == answers if self.outputs > 1 else np.abs(outputs[:, 0] - answers) < NEAR
        return float(hits.mean())


def recall(n: int, batch: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A symbol, n symbols of another alphabet, and the cue, as one-hot x (n + 2, B, 9); the answer is the first."""
    symbols = random.integers(SYMBOLS, CUE, (n + 2, batch))
    symbols[0] = random.integers(0, SYMBOLS, batch)
    symbols[-1] = CUE
    return np.eye(CUE + 1)[symbols], symbols[0]


def adding(n: int, batch: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Numbers from −1 to 1, two of the first half marked, as x (n, B, 2); the answer is 0.5 + their sum / 4."""
    values, marks = random.uniform(-1, 1, (n, batch)), np.zeros((n, batch))
    chosen = random.random((n // 2, batch)).argsort(axis=0)[:2]
    marks[chosen, np.arange(batch)] = 1
    return np.stack([values, marks], axis=-1), 0.5 + (values * marks).sum(0) / 4


def sum_guessed() -> float:
    """How often the best guess, 0.5, is within NEAR: the sum of two even draws from −1 to 1 is spread as a triangle."""
    off = 4 * NEAR  # of the sum itself
    return off - off**2 / 4


PUZZLES: Mapping[str, Puzzle] = {
    "recall": Puzzle(recall, CUE + 1, SYMBOLS, 1 / SYMBOLS, 0.02),
    "adding": Puzzle(adding, 2, 1, sum_guessed(), 2e-4),
}

LENGTHS = (10, 30, 100)
TORCH = {"rnn": 1, "gru": 3, "lstm": 4}  # the cells that torch has, and how many matrices of each kind they have


def parameters(kind: str, inputs: int, units: int) -> int:
    """The weights of a recurrent layer: as torch counts them, with its two biases, or those of a cell of the core."""
    if kind in TORCH:
        return TORCH[kind] * units * (units + inputs + 2)
    sizes = {"D": inputs, "H": units, "1": 1}
    return sum(prod(sizes[size] for size in shape) for shape in CELLS[kind].graph().shapes.values())


def units_of(kind: str, inputs: int, units: int) -> int:
    """The number of units that gives a cell as many parameters as an LSTM of `units` has, as nearly as can be."""
    aim = parameters("lstm", inputs, units)
    return min(range(1, aim), key=lambda own: abs(parameters(kind, inputs, own) - aim))


# ---- the cells that came later ---------------------------------------------------------------------------------------


def first(kind: str, inputs: int, units: int, n: int, seed: int) -> Cell:
    """One of the later cells before training, whose units begin with spans of memory spread from 1 to n.

    What decides how long a cell keeps begins at plus or minus their logarithm, as `spread` has it of the LSTM.
    """
    random, cell = np.random.default_rng(seed), CELLS[kind].random(inputs, units, seed)
    spans = random.uniform(1, n, units)
    own = {name: sign * np.log(spans) for name, sign in KEEPERS[kind].items()}
    if kind == "lru":  # its angles and its γ as the authors draw them
        own |= {"l_s": np.log(2 * np.pi * random.random(units)), "l_g": np.log(1 - np.exp(-2 / spans)) / 2}
    return cell.replace(**own)


# ---- settings --------------------------------------------------------------------------------------------------------

GATES = ("spread", "one", "zero")  # how the bias of the gate that keeps begins
INITIALISERS = ("even", "orthogonal")  # how the weights on the hidden state are drawn
RATES = (0.001, 0.003, 0.01, 0.03)
SEEDS = (1, 2, 3)
UNITS = (8, 16, 32)  # of the LSTM; an RNN with as many parameters has more than twice as many
