"""The lesson `writing`: networks that guess the next letter of a text."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, dropout, one_hot

from app.lessons.writing.corpus import OWN, Parts, alphabet, corpus, course_parts, own_parts, own_text
from app.lessons.writing.model import bits, followed, writer_of
from app.lessons.writing.ngrams import baselines
from app.lessons.writing.records import Measured, WritingFacts, WritingSettings
from app.lessons.writing.snapshot import snapshot
from app.lessons.writing.units import Found
from app.training.fit import Plan, Report, fit, seeded
from app.training.network import Network
from app.training.saved import Losses, Run, Trained, Weights

__all__ = ["SHIPPED", "snapshot", "train", "write"]

STREAMS = 16  # parts of a text that are read side by side
SECONDS = 38  # for which a reader's own text is learned: of a minute, what loading torch and measuring leave
LEAST = 0.6  # of them for the updates of an epoch, however long the sample and the check after the last one took
PATIENCE = 5  # epochs without a better guess, after which learning it ends

SHIPPED = (
    WritingSettings(sources=("kieu",), epochs=120, dropped=0.4),
    WritingSettings(sources=("english",), units=160, epochs=130, dropped=0.1),
)


@dataclass(frozen=True)
class Streams:
    """A text cut into parts that are read side by side: letters and the letters after them, (T, streams).

    Attributes
    ----------
    size
        Of the alphabet.
    steps
        Letters of each part that are read for one update.
    """

    letters: torch.Tensor
    after: torch.Tensor
    size: int
    steps: int

    @staticmethod
    def of(text: str, letters: tuple[str, ...], steps: int) -> Streams:
        place = {letter: k for k, letter in enumerate(letters)}
        indices = torch.tensor([place.get(letter, 0) for letter in text])
        streams = max(1, min(STREAMS, (len(indices) - 1) // steps))
        length = (len(indices) - 1) // streams
        read, after = (indices[shift : shift + length * streams].view(streams, length).T for shift in (0, 1))
        return Streams(read, after, len(letters), steps)

    def loss(self, network: Network, state: object, steps: slice, dropped: float) -> tuple[torch.Tensor, object]:
        """The mean cross entropy over some steps, and the state after them."""
        hidden, state = network.cell(one_hot(self.letters[steps], self.size).float(), state)
        scores = network.readout(dropout(hidden, dropped))
        return cross_entropy(scores.flatten(0, 1), self.after[steps].flatten()), state

    def updates(self, network: Network, dropped: float, random: np.random.Generator) -> Iterator[torch.Tensor]:
        """The loss of one update after another, without end; every pass begins at another letter, with a state of 0."""
        for _ in count():
            state: object = None
            first = int(random.integers(0, min(self.steps, len(self.letters))))
            for at in range(first, len(self.letters), self.steps):
                loss, state = self.loss(network, state, slice(at, at + self.steps), dropped)
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
        own = source == OWN
        text = own_text(settings.text) if own else corpus(source)
        parts, letters, found = own_parts(text) if own else course_parts(text), alphabet(text), {}
        seconds, patience = (SECONDS, PATIENCE) if own else (math.inf, math.inf)
        units: dict[str, list[Found]] = {}
        every: dict[str, list[Found]] = {}
        for kind in settings.kinds:
            name, place = f"{source}-{kind}", len(runs)
            plan = Plan(name, settings.epochs, settings.rate, place, places, seconds, decay=True, patience=patience)
            runs[name] = learned(kind, parts, letters, settings, plan, report)
            made = writer_of(runs[name], kind, letters)
            found[kind] = bits(made, parts.held)
            if own:
                units[kind], every[kind] = followed(made, parts.held)
        lines, sizes = parts.learned.count("\n"), (len(parts.learned), len(parts.held))
        grams = baselines(parts.learned, parts.held, len(letters))
        checked = len(parts.checked) if own else 0
        facts[source] = Measured(letters, lines, *sizes, found, grams, checked, units, every)
    return Trained(runs, WritingFacts(settings.bare, facts))


def learned(
    kind: str, parts: Parts, letters: tuple[str, ...], settings: WritingSettings, plan: Plan, report: Report
) -> Run:
    """Train one network; the weights that guess best are kept, in 16 bits. Epochs are told as the updates so far.

    Where time is limited, each epoch has its share of it: updates that are not made by then are left out, so that
    the learning rate falls to its end on a slow machine too, and a reader hears of every epoch.
    """
    random, began = seeded(settings.seed), time.monotonic()
    network = Network(kind, len(letters), settings.units, len(letters))
    learn, checked = (Streams.of(part, letters, settings.steps) for part in (parts.learned, parts.checked))
    losses = learn.updates(network, settings.dropped, random)
    share = plan.seconds / plan.places / plan.epochs
    updates = [0]  # made by the end of every epoch

    def batches() -> Iterator[torch.Tensor]:
        due = max(began + len(updates) * share, time.monotonic() + LEAST)
        updates.append(updates[-1])
        for loss in islice(losses, settings.updates):
            yield loss
            updates[-1] += 1
            if time.monotonic() > due:
                break

    def validate() -> float:
        return float(checked.loss(network, None, slice(None), 0)[0])

    def told(run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None:
        report(run, replace(losses, epoch=updates[losses.epoch]), epochs * settings.updates, share, weights)

    run = fit(network, batches, validate, plan, told)
    best = kept(run, math.isfinite(plan.patience))
    halved = {name: array.astype(np.float16) for name, array in run.checkpoints[best].items()}
    return Run({updates[best]: halved}, tuple(replace(each, epoch=updates[each.epoch]) for each in run.losses))


def kept(run: Run, best: bool) -> int:
    """The epoch of the weights to keep: the last, or of those that there still are the one that guessed best."""
    there = [each for each in run.losses if each.epoch in run.checkpoints]
    return (min(there, key=lambda each: each.valid) if best else there[-1]).epoch


def write(folder: Path) -> list[Path]:
    """Train what comes with the course, and save each text's networks in a file of their own."""
    paths = []
    for settings in SHIPPED:
        paths.append(folder / f"{settings.sources[0]}.safetensors")
        train(settings, lambda *_: None).write(paths[-1])
    return paths
