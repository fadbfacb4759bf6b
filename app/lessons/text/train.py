"""The lesson `text`: networks that read a review word by word and at its end give a verdict: is the writer pleased?."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from app.lessons.text.corpus import Review, Split, TypedReview, corpus, split, typed
from app.lessons.text.reader import text_words
from app.lessons.text.records import OWN, Confusion, Counts, Measured, TextFacts, TextSettings
from app.lessons.text.snapshot import snapshot
from app.lessons.text.tokens import language_of
from app.lessons.text.vocabulary import Vocabulary
from app.training.fit import Plan, Report, fit, seeded
from app.training.network import LAYERS, Network
from app.training.saved import Run, Trained

__all__ = ["SHIPPED", "snapshot", "train"]

SHIPPED = TextSettings()
SECONDS = 55  # the longest that the networks of one source may train
BATCH = 32
DROPPED = 0.2  # of the words in training are shown as unknown, so that unknown words mean something
ALONG = 0.5  # of the loss is on the verdict after every word; the rest is on the last word’s
KEPT = 5  # checkpoints of each network that are kept, besides the first: the file stays small


@dataclass(frozen=True)
class Batch:
    """Reviews of any length side by side: words (T, B), where there are any, and whether the writer is pleased (B,)."""

    words: torch.Tensor
    there: torch.Tensor
    positive: torch.Tensor

    @staticmethod
    def of(source: Source, reviews: Sequence[Review | TypedReview]) -> Batch:
        texts = (text_words(review.text, source.language) for review in reviews)
        read = [torch.from_numpy(source.vocabulary.indices(words)) for words in texts]
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

    def right(self, network: Network) -> torch.Tensor:
        """Which reviews the network judges as their writers do."""
        with torch.no_grad():
            return (self.last(network(self.words)[..., 0]) > 0) == (self.positive > 0.5)

    def confusion(self, network: Network) -> Confusion:
        right, positive = self.right(network), self.positive > 0.5
        sides = (right & positive, ~right & positive, ~right & ~positive, right & ~positive)
        return Confusion(*(int(side.sum()) for side in sides))


@dataclass(frozen=True)
class Source:
    """What the networks of one source learn from and are judged by."""

    language: str
    vocabulary: Vocabulary
    parts: Split
    typed: Sequence[TypedReview]

    @staticmethod
    def of(name: str, lines: Sequence[Review]) -> Source:
        """The course's reviews in a language, or a reader's lines."""
        parts = split(lines if name == OWN else corpus(name))
        language = language_of([review.text for review in lines]) if name == OWN else name
        words = (text_words(review.text, language) for review in parts.train)
        return Source(language, Vocabulary.of(words), parts, () if name == OWN else typed(name))


@dataclass(frozen=True)
class Score:
    """What one network has right: the reviews of each part; those of the test, and those as people type, by way."""

    right: Counts
    confusion: Confusion
    typed: dict[str, int]


def train(settings: TextSettings, report: Report) -> Trained[TextFacts]:
    """Train an RNN, an LSTM and a GRU on each source of reviews, and count what they get right on its test."""
    runs: dict[str, Run] = {}
    measured: dict[str, Measured] = {}
    places, seconds = len(settings.sources) * len(LAYERS), SECONDS * len(settings.sources)
    for name in settings.sources:
        source, scores = Source.of(name, settings.lines), {}
        for kind in LAYERS:
            plan = Plan(f"{name}-{kind}", settings.epochs, settings.rate, len(runs), places, seconds)
            runs[plan.name], scores[kind] = trained(kind, source, settings, plan, report)
        measured[name] = facts(source, scores)
    return Trained(runs, TextFacts(settings, measured))


def facts(source: Source, scores: dict[str, Score]) -> Measured:
    parts = source.parts
    return Measured(
        source.language,
        list(source.vocabulary.words),
        {kind: score.right for kind, score in scores.items()},
        Counts(len(parts.train), len(parts.valid), len(parts.test)),
        {kind: score.confusion for kind, score in scores.items()},
        list(parts.test),
        {kind: score.typed for kind, score in scores.items()},
        dict(Counter(review.way for review in source.typed)),
    )


def trained(kind: str, source: Source, settings: TextSettings, plan: Plan, report: Report) -> tuple[Run, Score]:
    """Train one network; what it then has right. The test and the reviews as typed are looked at once, here."""
    random, parts = seeded(settings.seed), source.parts
    network = Network(kind, settings.embedding, settings.units, 1, len(source.vocabulary.words))
    train, valid, test = (Batch.of(source, part) for part in (parts.train, parts.valid, parts.test))

    def batches() -> Iterator[torch.Tensor]:
        for chosen in np.array_split(random.permutation(len(parts.train)), -(-len(parts.train) // BATCH)):
            batch = train.part(chosen)
            hidden = torch.from_numpy(random.random(batch.words.shape) < DROPPED)
            yield batch.loss(network, batch.words.masked_fill(hidden, 0))

    run = fit(network, batches, lambda: float(valid.loss(network, valid.words)), plan, report)
    right = Counts(*(int(part.right(network).sum()) for part in (train, valid, test)))
    return thinned(run), Score(right, test.confusion(network), right_as_typed(source, network))


def right_as_typed(source: Source, network: Network) -> dict[str, int]:
    """How many reviews as people type the network has right, by way of typing."""
    counts = dict.fromkeys((review.way for review in source.typed), 0)
    if source.typed:
        for review, right in zip(source.typed, Batch.of(source, source.typed).right(network).tolist(), strict=True):
            counts[review.way] += right
    return counts


def thinned(run: Run) -> Run:
    """A run with fewer checkpoints, evenly spread: the first and the last stay."""
    epochs = sorted(run.checkpoints)
    kept = {epochs[round(place)] for place in np.linspace(0, len(epochs) - 1, KEPT + 1)}
    return Run({epoch: run.checkpoints[epoch] for epoch in sorted(kept)}, run.losses)
