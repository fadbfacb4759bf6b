"""A sentence read word by word by three untrained cells: how much each word still moves what they say at the end."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np

from app.controls.examples import FORGET_BIAS, INPUTS, SEED
from app.messages import RefusedError
from cells import GRU, LSTM, RNN, Cell, Trace, backprop, memory, run
from cells.sensitivity import influence

LONGEST = 200  # words of a text
UNITS = 16
FAINT, CLEAR = 1e-6, 1e-3  # an influence below is as good as none; one above is clearly there
DECADES = 8  # the colour scale: from the strongest influence down by so many powers of ten
NEAR = 8  # words at the end, which would give the prediction about a short gap away
MARK = re.compile(r"\*(.+?)\*", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """The words of a text, and which of them is the cue."""

    words: tuple[str, ...]
    cue: int = 0

    @property
    def back(self) -> int:
        """How many words the cue is from the end."""
        return len(self.words) - 1 - self.cue


def text_of(typed: str) -> Text:
    """The words as a reader typed them; *stars* mark the cue, else it is the first word.

    Raises
    ------
    RefusedError
        If there is no word, or more than LONGEST.
    """
    plain = unicodedata.normalize("NFC", typed)
    match = MARK.search(plain)
    before = plain[: match.start()] if match else ""
    words = tuple(plain.replace("*", " ").split())
    if not words:
        raise RefusedError("reading.problem.empty")
    if len(words) > LONGEST:
        raise RefusedError("reading.problem.long", count=len(words), most=LONGEST)
    return Text(words, min(len(before.split()), len(words) - 1))


def embedded(word: str) -> np.ndarray:
    """A word as INPUTS numbers of length 1: drawn, once and for all, from the word itself. No meaning is in them."""
    plain = word.casefold().strip("".join(c for c in word if unicodedata.category(c).startswith("P"))) or word
    numbers = np.random.default_rng(int.from_bytes(blake2b(plain.encode(), digest_size=8).digest())).normal(size=INPUTS)
    return numbers / np.linalg.norm(numbers)


@lru_cache(maxsize=1)
def readers() -> Mapping[str, Cell]:
    """Untrained cells with the weights PyTorch would draw; LSTM and GRU start with the gate that keeps biased open."""
    return {
        "rnn": RNN.random(INPUTS, UNITS, SEED),
        "lstm": LSTM.random(INPUTS, UNITS, SEED, forget_bias=FORGET_BIAS),
        "gru": GRU.random(INPUTS, UNITS, SEED, forget_bias=FORGET_BIAS),
    }


@lru_cache(maxsize=1)
def plain_readers() -> Mapping[str, Cell]:
    """The cells with gates with all weights as PyTorch would draw them, the bias of the keeping gate too."""
    return {kind.key: kind.random(INPUTS, UNITS, SEED) for kind in (LSTM, GRU)}


@dataclass(frozen=True)
class Reading:
    """‖∂h_T/∂x_t‖ of every word, for each cell, and what one training step would learn from the cue."""

    text: Text
    influences: Mapping[str, np.ndarray]
    traces: Mapping[str, Trace] = field(repr=False, compare=False)

    @cached_property
    def plain(self) -> Mapping[str, np.ndarray]:
        """‖∂h_T/∂x_t‖ of every word for the cells with gates, without the bias of +2."""
        x = embeddings(self.text)
        return {name: influence(run(cell, x)) for name, cell in plain_readers().items()}

    @cached_property
    def steps(self) -> Mapping[str, "Step"]:
        """The training step of each cell; computed when it is asked for, which no moving slider does."""
        return {name: step_of(trace, self.text.cue) for name, trace in self.traces.items()}

    @property
    def cue(self) -> Mapping[str, float]:
        """How much the cue still moves each cell's last state."""
        return {name: float(values[self.text.cue]) for name, values in self.influences.items()}

    @property
    def verdicts(self) -> Mapping[str, str]:
        """What is left of the cue, by cell: `clear`, `faint`, or `lost`, of which nothing can be learned."""
        return {
            name: "lost" if value < FAINT else "clear" if value > CLEAR else "faint" for name, value in self.cue.items()
        }

    @property
    def strongest(self) -> str:
        """The cell whose last state the cue still moves most."""
        return max(self.cue, key=self.cue.__getitem__)

    def strengths(self) -> Mapping[str, np.ndarray]:
        """Every word's place on the one shared colour scale, 0…1."""
        top = self.top
        with np.errstate(divide="ignore"):
            return {
                name: np.clip(1 + np.log10(values / top) / DECADES, 0, 1) for name, values in self.influences.items()
            }

    @property
    def top(self) -> float:
        """The strongest influence there is: the upper end of the scale."""
        return max(float(values.max()) for values in self.influences.values())


def goal(reading: Reading, shorter: Reading | None) -> str:
    """The state of the challenge: the smallest gap at which the RNN has lost the cue and the LSTM has it.

    `shorter` is how the text is read with one word less in the gap, None where there is none.
    """
    rnn, lstm = (reading.verdicts[cell] for cell in ("rnn", "lstm"))
    if rnn != "lost":
        return "near"
    if lstm != "clear":
        return "far"
    if shorter is None:
        return "long"
    return "loose" if shorter.verdicts["rnn"] == "lost" else "solved"


@dataclass(frozen=True)
class Step:
    """One weight on the input, as the cue's timestep alone would change it: new = old − rate · gradient."""

    weight: float
    gradient: float
    rate: float = 0.1

    @property
    def new(self) -> float:
        return self.weight + self.change

    @property
    def change(self) -> float:
        return -self.rate * self.gradient


def embeddings(text: Text) -> np.ndarray:
    """The words of a text as numbers (T, D)."""
    return np.array([embedded(word) for word in text.words])


@lru_cache(maxsize=24)  # a text of 200 words is read in 0.8 MB
def read(text: Text) -> Reading:
    """Have every cell read a text."""
    x = embeddings(text)
    traces = {name: run(cell, x) for name, cell in readers().items()}
    return Reading(text, {name: influence(trace) for name, trace in traces.items()}, traces)


def step_of(trace: Trace, cue: int) -> Step:
    """The weight on the cue that the loss Σ h_T would move most, and its gradient from that timestep alone."""
    held, graph = memory(trace.cell), trace.cell.graph
    candidate = held.candidate if held else graph.values[graph.output]  # it takes a word in
    upstream = backprop(trace, {"h": np.ones(trace.cell.units)})[candidate.inputs[0].name][cue]
    gradient = np.outer(upstream, trace.x[cue])
    place = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    weights = trace.cell.parameters[f"W_{candidate.name}"]
    return Step(float(weights[place]), float(gradient[place]))


def stretched(before: str, after: str, filler: Sequence[str], gap: int) -> str:
    """A sentence with `gap` words of filler between its cue and its end."""
    between = [filler[k % len(filler)] for k in range(gap)]
    return " ".join([before, *between, after]).strip()
