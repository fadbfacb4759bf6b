"""The lesson `writing`: networks that guess the next letter of a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout, one_hot

from app.lessons.writing.corpus import OWN, alphabet, corpus, own_text, split
from app.lessons.writing.model import bits, writer_of
from app.lessons.writing.ngrams import baselines
from app.lessons.writing.records import Measured, WritingFacts, WritingSettings
from app.lessons.writing.snapshot import snapshot
from app.training.fit import SECONDS, Plan, Report, fit, seeded
from app.training.network import Network
from app.training.saved import Run, Trained

__all__ = ["SHIPPED", "snapshot", "train", "write"]

UPDATES = 40  # of one epoch
STREAMS, STEPS = 16, 100  # read side by side, and letters of each for one update
LATE = 5  # seconds of a job that are left for measuring

SHIPPED = (
    WritingSettings(sources=("kieu",), epochs=120, dropped=0.4),
    WritingSettings(sources=("english",), units=160, epochs=130, dropped=0.1),
)


@dataclass(frozen=True)
class Streams:
    """A text cut into parts that are read side by side: letters and the letters after them, (steps, streams)."""

    letters: torch.Tensor
    after: torch.Tensor
    size: int

    @staticmethod
    def of(text: str, letters: tuple[str, ...]) -> Streams:
        place = {letter: k for k, letter in enumerate(letters)}
        indices = torch.tensor([place.get(letter, 0) for letter in text])
        streams = max(1, min(STREAMS, (len(indices) - 1) // STEPS))
        steps = (len(indices) - 1) // streams
        read, after = (indices[shift : shift + steps * streams].view(streams, steps).T for shift in (0, 1))
        return Streams(read, after, len(letters))

    def loss(self, network: Network, state: object, steps: slice, dropped: float) -> tuple[torch.Tensor, object]:
        """The mean cross entropy over some steps, and the state after them."""
        hidden, state = network.cell(one_hot(self.letters[steps], self.size).float(), state)
        scores = network.readout(dropout(hidden, dropped))
        return cross_entropy(scores.flatten(0, 1), self.after[steps].flatten()), state

    def updates(self, network: Network, dropped: float, random: np.random.Generator) -> Iterator[torch.Tensor]:
        """The loss of one update after another, without end; every pass begins at another letter, with a state of 0."""
        for _ in count():
            state: object = None
            first = int(random.integers(0, min(STEPS, len(self.letters))))
            for at in range(first, len(self.letters), STEPS):
                loss, state = self.loss(network, state, slice(at, at + STEPS), dropped)
                yield loss
                state = detached(state)


def detached(state: object) -> object:
    """A state of torch's layers without what it was computed from."""
    return tuple(map(detached, state)) if isinstance(state, tuple) else state.detach()  # type: ignore[attr-defined]


def train(settings: WritingSettings, report: Report) -> Trained[WritingFacts]:
    """Train a network of each kind on each source, and measure it on the end of the text beside n-grams."""
    runs: dict[str, Run] = {}
    facts: dict[str, Measured] = {}
    places = len(settings.sources) * len(settings.kinds)
    for source in settings.sources:
        text = own_text(settings.text) if source == OWN else corpus(source)
        parts, letters, found = split(text), alphabet(text), {}
        for kind in settings.kinds:
            seconds = SECONDS - LATE if source == OWN else np.inf
            name, place = f"{source}-{kind}", len(runs)
            plan = Plan(name, settings.epochs, settings.rate, place, places, seconds, decay=True)
            runs[name] = learned(kind, (parts.learned, parts.held), letters, settings, plan, report)
            found[kind] = bits(writer_of(runs[name], kind, letters), parts.held)
        lines, sizes = parts.learned.count("\n"), (len(parts.learned), len(parts.held))
        facts[source] = Measured(letters, lines, *sizes, found, baselines(parts.learned, parts.held, len(letters)))
    return Trained(runs, WritingFacts(replace(settings, text=""), facts))


def learned(
    kind: str,
    parts: tuple[str, str],
    letters: tuple[str, ...],
    settings: WritingSettings,
    plan: Plan,
    report: Report,
) -> Run:
    """Train one network; its last weights are kept, in 16 bits."""
    random = seeded(settings.seed)
    network = Network(kind, len(letters), settings.units, len(letters))
    learn, held = (Streams.of(part, letters) for part in parts)
    losses = learn.updates(network, settings.dropped, random)

    def batches() -> Iterator[torch.Tensor]:
        return (next(losses) for _ in range(UPDATES))

    def validate() -> float:
        return float(held.loss(network, None, slice(None), 0)[0])

    run = fit(network, batches, validate, plan, report)
    last = max(run.checkpoints)
    return Run({last: {name: array.astype(np.float16) for name, array in run.weights.items()}}, run.losses)


def write(folder: Path) -> list[Path]:
    """Train what comes with the course, and save each text's networks in a file of their own."""
    paths = []
    for settings in SHIPPED:
        paths.append(folder / f"{settings.sources[0]}.safetensors")
        train(settings, lambda *_: None).write(paths[-1])
    return paths
