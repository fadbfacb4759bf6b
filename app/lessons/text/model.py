"""Trained networks read a text: after every word, how sure they are that its writer is pleased."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from app.lessons.text.corpus import WORDS
from app.lessons.text.reader import Text, text_of
from app.lessons.text.records import OWN, SourceFacts, TextFacts
from app.lessons.text.vocabulary import Vocabulary
from app.messages import RefusedError
from app.training.saved import Run, Trained
from cells import CELLS, Trace, run

GATES = {"rnn": ("h",), "gru": ("r", "z"), "lstm": ("f", "i", "o")}
"""What is shown of each cell: its gates, or the hidden state of a cell that has none."""
SURE = 0.6  # from here on a verdict counts as positive, and as negative below 1 − SURE


@dataclass(frozen=True)
class Read:
    """What one network made of a text."""

    trace: Trace
    verdicts: np.ndarray  # (T,), 0 … 1: how sure it is after each word that the writer is pleased

    @property
    def last(self) -> float:
        return float(self.verdicts[-1])

    @property
    def turns(self) -> int:
        """How often the verdict changes sides; between 1 − SURE and SURE it is on neither."""
        sides = [value > 0.5 for value in self.verdicts if abs(value - 0.5) >= SURE - 0.5]
        return int(sum(a != b for a, b in pairwise(sides)))

    def gates(self) -> dict[str, np.ndarray]:
        """What is shown of the cell, (T, H) by name."""
        return {name: self.trace[name] for name in GATES[self.trace.cell.kind.key]}


@dataclass(frozen=True)
class Reading:
    """A text as its words, their indices, and what each network made of it."""

    text: Text
    indices: np.ndarray
    by: Mapping[str, Read]

    @property
    def words(self) -> tuple[str, ...]:
        return self.text.words

    @property
    def unknown(self) -> list[int]:
        """The places of the words that are not in the vocabulary."""
        return np.flatnonzero(self.indices == 0).tolist()


def part(trained: Trained[TextFacts], language: str) -> Trained[SourceFacts]:
    """The networks, by kind, and the facts of the reader's own lines if there are any, else of one language."""
    source = OWN if OWN in trained.facts.sources else language
    runs = {name.removeprefix(f"{source}-"): run for name, run in trained.runs.items() if name.startswith(f"{source}-")}
    settings = replace(trained.facts.settings, sources=(source,))
    return Trained(runs, SourceFacts(settings, trained.facts.sources[source]))


def vocabulary(trained: Trained[SourceFacts]) -> Vocabulary:
    return Vocabulary(tuple(trained.facts.measured.words))


def text_to_read(typed: str, language: str) -> Text:
    """The words of a text.

    Raises
    ------
    RefusedError
        If there is none, or more than WORDS.
    """
    text = text_of(typed, language)
    if not text.words:
        raise RefusedError("reading.problem.empty")
    if len(text.words) > WORDS:
        raise RefusedError("reading.problem.long", count=len(text.words), most=WORDS)
    return text


def read(trained: Trained[SourceFacts], typed: str) -> Reading:
    """Have every network read a text.

    Raises
    ------
    RefusedError
        As `text_to_read`.
    """
    text = text_to_read(typed, trained.facts.measured.language)
    indices = vocabulary(trained).indices(text.words)
    return Reading(text, indices, {kind: judged(kind, run, indices) for kind, run in trained.runs.items()})


def judged(kind: str, trained: Run, indices: np.ndarray) -> Read:
    """What one network makes of indices: cell and readout with their last weights."""
    trace = run(trained.cell(CELLS[kind]), embedded(trained, indices))
    weights, bias = (trained.weights[f"readout.{name}"].astype(float) for name in ("weight", "bias"))
    logits = trace["h"] @ weights[0] + bias[0]
    return Read(trace, 1 / (1 + np.exp(-logits)))


def embedded(trained: Run, indices: np.ndarray) -> np.ndarray:
    """The vectors of some words, (T, D)."""
    return trained.weights["embedding.weight"][indices].astype(float)


def wilson(right: int, count: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share: Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953."""
    share, weight = right / count, z * z / count
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / count + weight / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)
