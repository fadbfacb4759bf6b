"""A network that writes: it reads letters as one-hot inputs, and its output layer gives the odds of the next one.

All arithmetic is in 64 bits on the weights as they are saved, which the browser has too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.lessons.writing.corpus import closest
from app.lessons.writing.records import Measured, WritingFacts
from app.lessons.writing.units import Found, found, strongest
from app.training.saved import LESSONS, Run, Trained, cell_of
from cells import CELLS, Cell, decode, run

UNTRAINED = "untrained"
KINDS = ("lstm", "gru", "rnn", UNTRAINED)
PIECE = 2000  # letters that are run at once: a record has every gate of each
WORD = 2**32
LISTENED, SHOWN = 1500, 4  # letters over which units are compared, and units that are pointed at


@dataclass(frozen=True)
class Writer:
    """A network.

    Attributes
    ----------
    letters
        The alphabet: the order of the inputs and of the outputs.
    cell
        Of as many inputs as there are letters.
    weight, bias
        The output layer, (letters, H) and (letters,).
    """

    letters: tuple[str, ...]
    cell: Cell
    weight: np.ndarray
    bias: np.ndarray

    def indices(self, text: str) -> np.ndarray:
        """The places in the alphabet of a text's letters, unknown ones read as `closest` says; (T,)."""
        place = {letter: k for k, letter in enumerate(self.letters)}
        read = {letter: place[closest(letter, self.letters)] for letter in set(text)}
        return np.array([read[letter] for letter in text], int)

    def one_hot(self, indices: int | np.ndarray) -> np.ndarray:
        """The inputs of letters by their places: (letters,), or (T, letters)."""
        return np.eye(len(self.letters))[indices]

    def scores(self, hidden: np.ndarray) -> np.ndarray:
        """What the output layer gives for hidden states (…, H): (…, letters)."""
        return np.asarray(hidden @ self.weight.T + self.bias)


def odds(scores: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Return softmax(scores / temperature); at 0 all is on the largest score, the first of equal ones."""
    if temperature == 0:
        return np.eye(scores.shape[-1])[np.argmax(scores, -1)]
    raised = np.exp((scores - scores.max(-1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(-1, keepdims=True))


def uniform(seed: int) -> Iterator[float]:
    """Yield numbers in [0, 1): mulberry32 by Tommy Ettinger, which JavaScript repeats exactly."""
    state = seed % WORD
    while True:
        state = (state + 0x6D2B79F5) % WORD
        mixed = (state ^ state >> 15) * (state | 1) % WORD
        mixed ^= (mixed + (mixed ^ mixed >> 7) * (mixed | 61)) % WORD
        yield ((mixed ^ mixed >> 14) % WORD) / WORD


def drawn(probabilities: np.ndarray, number: float) -> int:
    """Return the first letter whose cumulated probability is above a number in [0, 1)."""
    return min(int(np.searchsorted(np.cumsum(probabilities), number, side="right")), len(probabilities) - 1)


def write(writer: Writer, beginning: str, count: int, temperature: float = 1.0, seed: int = 1) -> str:
    """Return ``count`` letters that follow a beginning; an empty one is a new line.

    The state before the first letter is 0.  Every letter takes the next number of `uniform`.
    """
    numbers, read = uniform(seed), list(writer.indices(beginning or "\n"))
    written: list[int] = []

    def feed(hidden: np.ndarray) -> np.ndarray:
        if len(read) > 1:
            read.pop(0)
            return writer.one_hot(read[0])
        written.append(drawn(odds(writer.scores(hidden), temperature), next(numbers)))
        return writer.one_hot(written[-1])

    decode(writer.cell, writer.one_hot(read[0]), feed, len(read) + count)
    return "".join(writer.letters[k] for k in written)


def bits(writer: Writer, text: str) -> float:
    """Return the mean bits per letter of a text, of all its letters but the first."""
    indices, start, total = writer.indices(text), None, 0.0
    for at in range(0, len(indices) - 1, PIECE):
        part = indices[at : min(at + PIECE, len(indices) - 1)]
        trace = run(writer.cell, writer.one_hot(part), start=start)
        scores = writer.scores(trace[writer.cell.graph.output])
        after = indices[at + 1 : at + 1 + len(part)]
        total -= np.log2(odds(scores)[np.arange(len(part)), after]).sum()
        start = trace.final
    return float(total / (len(indices) - 1))


def followed(writer: Writer, text: str) -> tuple[list[Found], list[Found]]:
    """Return the units that follow something most, and what every one follows, over the beginning of a text."""
    text = text[:LISTENED]
    trace = run(writer.cell, writer.one_hot(writer.indices(text)))
    values = trace["c" if "c" in writer.cell.graph.before else "h"]
    return found(text, values)[:SHOWN], strongest(text, values)


def writer_of(trained: Run, kind: str, letters: tuple[str, ...]) -> Writer:
    """Return a trained network."""
    weight, bias = (trained.weights[f"readout.{name}"].astype(float) for name in ("weight", "bias"))
    return Writer(letters, cell_of(trained.weights, CELLS[kind]), weight, bias)


def untrained(letters: tuple[str, ...], units: int, seed: int = 1) -> Writer:
    """Return an LSTM as it is before training."""
    random, most = np.random.default_rng(seed), units**-0.5
    cell = CELLS["lstm"].random(len(letters), units, seed)
    drawn_ = [random.uniform(-most, most, shape) for shape in ((len(letters), units), (len(letters),))]
    plain = {name: np.float32(array).astype(float) for name, array in cell.parameters.items()}
    return Writer(letters, cell.replace(**plain), *(np.float32(array).astype(float) for array in drawn_))


@lru_cache(maxsize=2)
def shipped(source: str) -> Trained[WritingFacts]:
    """Return the networks that come with the course for one text; `make models` makes them anew."""
    return Trained.read(LESSONS / "writing" / f"{source}.safetensors", WritingFacts)


def measured(trained: Trained[WritingFacts]) -> Measured:
    """Return what was measured on the one source of a training."""
    (found,) = trained.facts.sources.values()
    return found


def writer(trained: Trained[WritingFacts], kind: str) -> Writer:
    """Return the network of a kind of cell, or the untrained one, of a training with one source."""
    letters = tuple(measured(trained).letters)
    if kind == UNTRAINED:
        return untrained(letters, trained.facts.settings.units)
    (source,) = trained.facts.sources
    return writer_of(trained.runs[f"{source}-{kind}"], kind, letters)
