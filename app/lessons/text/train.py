"""The lesson `text`: networks that read a review word by word and at its end give a verdict: is the writer pleased?."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from app.lessons.text.corpus import Review, Split, corpus, split
from app.lessons.text.records import OWN, Counts, Measured, TextFacts, TextSettings
from app.lessons.text.snapshot import snapshot
from app.lessons.text.vocabulary import Vocabulary, tokens
from app.training.fit import Plan, Report, fit, seeded
from app.training.network import LAYERS, Network
from app.training.saved import Run, Trained

__all__ = ["SHIPPED", "snapshot", "train"]

SHIPPED = TextSettings()
SECONDS = 30  # the longest that the networks of one source may train
BATCH = 32
DROPPED = 0.25  # of the words in training are shown as unknown, so that unknown words mean something
ALONG = 0.5  # of the loss is on the verdict after every word; the rest is on the last word’s
KEPT = 5  # checkpoints of each network that are kept, besides the first: the file stays small


@dataclass(frozen=True)
class Batch:
    """Reviews of any length side by side: words (T, B), where there are any, and whether the writer is pleased (B,)."""

    words: torch.Tensor
    there: torch.Tensor
    positive: torch.Tensor

    @staticmethod
    def of(vocabulary: Vocabulary, reviews: Sequence[Review]) -> Batch:
        read = [torch.from_numpy(vocabulary.indices(tokens(review.text))) for review in reviews]
        words = torch.nn.utils.rnn.pad_sequence(read)
        lengths = torch.tensor([len(indices) for indices in read])
        there = torch.arange(len(words))[:, None] < lengths
        return Batch(words, there, torch.tensor([float(review.positive) for review in reviews]))

    def part(self, chosen: np.ndarray) -> Batch:
        """Some of the reviews."""
        most = int(self.there[:, chosen].sum(0).max())
        return Batch(self.words[:most, chosen], self.there[:most, chosen], self.positive[chosen])

    def last(self, values: torch.Tensor) -> torch.Tensor:
        """Of values (T, B), those at each review's last word."""
        return values[self.there.sum(0) - 1, torch.arange(values.shape[1])]

    def loss(self, network: Network, words: torch.Tensor) -> torch.Tensor:
        """The cross entropy of the verdict, most of it after the last word."""
        logits = network(words)[..., 0]
        each = cross_entropy(logits, self.positive.expand_as(logits), reduction="none")
        return (1 - ALONG) * self.last(each).mean() + ALONG * each[self.there].mean()

    def right(self, network: Network) -> int:
        """How many reviews the network judges as their writers do."""
        with torch.no_grad():
            return int(((self.last(network(self.words)[..., 0]) > 0) == (self.positive > 0.5)).sum())


def train(settings: TextSettings, report: Report) -> Trained[TextFacts]:
    """Train an RNN, an LSTM and a GRU on each source of reviews, and count what they get right on its test."""
    runs: dict[str, Run] = {}
    measured: dict[str, Measured] = {}
    places, seconds = len(settings.sources) * len(LAYERS), SECONDS * len(settings.sources)
    for source in settings.sources:
        parts = split(settings.lines if source == OWN else corpus(source))
        vocabulary = Vocabulary.of(tokens(review.text) for review in parts.train)
        right = {}
        for kind in LAYERS:
            plan = Plan(f"{source}-{kind}", settings.epochs, settings.rate, len(runs), places, seconds)
            runs[plan.name], right[kind] = trained(kind, vocabulary, parts, settings, plan, report)
        count = Counts(len(parts.train), len(parts.valid), len(parts.test))
        measured[source] = Measured(list(vocabulary.words), right, count, list(parts.test))
    return Trained(runs, TextFacts(settings, measured))


def trained(
    kind: str, vocabulary: Vocabulary, parts: Split, settings: TextSettings, plan: Plan, report: Report
) -> tuple[Run, Counts]:
    """Train one network; how many reviews of each part it then gets right. The test is looked at once, here."""
    random = seeded(settings.seed)
    network = Network(kind, settings.embedding, settings.units, 1, len(vocabulary.words))
    train, valid, test = (Batch.of(vocabulary, part) for part in (parts.train, parts.valid, parts.test))

    def batches() -> Iterator[torch.Tensor]:
        for chosen in np.array_split(random.permutation(len(parts.train)), -(-len(parts.train) // BATCH)):
            batch = train.part(chosen)
            hidden = torch.from_numpy(random.random(batch.words.shape) < DROPPED)
            yield batch.loss(network, batch.words.masked_fill(hidden, 0))

    run = fit(network, batches, lambda: float(valid.loss(network, valid.words)), plan, report)
    return thinned(run), Counts(train.right(network), valid.right(network), test.right(network))


def thinned(run: Run) -> Run:
    """A run with fewer checkpoints, evenly spread: the first and the last stay."""
    epochs = sorted(run.checkpoints)
    kept = {epochs[round(place)] for place in np.linspace(0, len(epochs) - 1, KEPT + 1)}
    return Run({epoch: run.checkpoints[epoch] for epoch in sorted(kept)}, run.losses)
