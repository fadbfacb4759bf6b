"""Trains networks on small benchmarks: the figures that come with a lesson."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import torch

from app.training.figures import Benchmark, Budget, Figures, Trial
from app.training.fit import Plan, fit, seeded
from app.training.network import Readout
from app.training.saved import Losses, Weights

HELD, TEST = 500, 2000  # sequences held back: to look at during training, and to judge by after it

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Maker = Callable[[str, int, int], Readout]


@dataclass(frozen=True)
class Trainer:
    """Trains any network on one benchmark, with one budget.

    Attributes
    ----------
    loss
        Of what is read out at every timestep, (T, B), and of the answers.
    """

    task: str
    benchmark: Benchmark
    loss: Loss
    budget: Budget

    def trial(self, name: str, network: Callable[[int], Readout], seed: int) -> Trial:
        """Train the network that is made of a seed; every network reads the same sequences from a seed."""
        random, curve, budget = seeded(seed), [], self.budget
        (held, wanted), (test, answers) = (self.sequences(count, random) for count in (HELD, TEST))
        made = network(seed)

        def read(x: torch.Tensor) -> torch.Tensor:
            return made(x)[..., 0]

        def batches() -> Iterator[torch.Tensor]:
            for _ in range(budget.epoch):
                x, right = self.sequences(budget.batch, random)
                yield self.loss(read(x), right)

        def validate() -> float:
            outputs = read(held)
            curve.append(self.share(outputs, wanted))
            return float(self.loss(outputs, wanted))

        began = time.process_time()
        fit(made, batches, validate, Plan(name, budget.updates // budget.epoch, budget.rate, seconds=math.inf), quiet)
        seconds = time.process_time() - began
        with torch.no_grad():
            accuracy = self.share(read(test), answers)
        parameters = sum(each.numel() for each in made.cell.parameters() if each.requires_grad)
        return Trial(self.task, name, seed, parameters, round(seconds, 2), accuracy, curve)

    def sequences(self, count: int, random: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Some new sequences and their answers, as torch takes them."""
        x, answers = self.benchmark.make(count, random)
        return torch.tensor(x, dtype=torch.float32), torch.tensor(
            answers, dtype=torch.float32 if answers.dtype.kind == "f" else torch.int64
        )

    def share(self, outputs: torch.Tensor, answers: torch.Tensor) -> float:
        """The share of right answers."""
        return round(float(self.benchmark.right(outputs.numpy(), answers.numpy()).mean()), 4)


def measured(
    budget: Budget,
    benchmarks: Mapping[str, Benchmark],
    losses: Mapping[str, Loss],
    networks: Iterable[str],
    make: Maker,
) -> Figures:
    """Train every network on every task from every seed.

    Parameters
    ----------
    losses
        By task, the loss that is minimised.
    make
        Makes a network before training: of its name, the number of inputs and a seed.
    """
    trainers = [Trainer(task, benchmark, losses[task], budget) for task, benchmark in benchmarks.items()]
    rows = product(trainers, networks, budget.seeds)
    return Figures(
        budget,
        [trainer.trial(name, partial(make, name, trainer.benchmark.inputs), seed) for trainer, name, seed in rows],
    )


def quiet(run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None:
    """Report nothing."""
