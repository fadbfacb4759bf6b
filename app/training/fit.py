"""Gradient descent with torch: one loop for every lesson that trains."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import nn

from app.training.saved import Losses, Run, Weights

SECONDS = 60.0  # the longest a job may train
KEPT = 12  # checkpoints of one run, besides the first and the last
LAST_RATE = 0.02  # of a rate that decays, at the end
CLIP = 1.0  # the longest gradient, as in the lesson on exploding ones


class Report(Protocol):
    """Receives the progress of a training; raises `StoppedError` when it shall end."""

    def __call__(self, run: str, losses: Losses, epochs: int, share: float, weights: Weights) -> None: ...


class StoppedError(Exception):
    """The reader does not want this training any more."""


@dataclass(frozen=True)
class Plan:
    """How one network is trained: a job of several networks gives each its place among them."""

    name: str
    epochs: int
    rate: float = 0.01
    place: int = 0
    places: int = 1
    seconds: float = SECONDS
    goal: float = 0.0  # a validation loss below which there is nothing left to learn
    decay: bool = False  # the rate falls along half a cosine, to 2 % of what it was
    patience: float = math.inf  # epochs without a smaller validation loss, after which it ends

    def share(self, epoch: int) -> float:
        """How much of the job is done after an epoch, 0 to 1."""
        return (self.place + epoch / self.epochs) / self.places


def seeded(seed: int) -> np.random.Generator:
    """Make everything torch draws from now on follow from a seed; the same on one machine at one thread count."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # one core per worker: the others are for the pages
    return np.random.default_rng(seed)


def fit(
    network: nn.Module,
    batches: Callable[[], Iterable[torch.Tensor]],
    validate: Callable[[], float],
    plan: Plan,
    report: Report,
) -> Run:
    """Train a network with Adam and clipping by norm.

    Parameters
    ----------
    batches
        Makes one epoch: yields the loss of each batch, as a scalar with its graph.
    validate
        The loss on what is held back.
    plan
        Epochs, learning rate, and the seconds after which training ends with what it has learned.

    Returns
    -------
    Run
        The weights before training, at some epochs, and at the last; the losses of every epoch.

    Raises
    ------
    StoppedError
        From `report`.
    FloatingPointError
        When the loss is no finite number any more.
    """
    optimiser, began = torch.optim.Adam(network.parameters(), plan.rate), time.monotonic()
    least = plan.rate * (LAST_RATE if plan.decay else 1)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, plan.epochs, least)
    checkpoints, losses = {0: weights(network)}, []
    for epoch in range(1, plan.epochs + 1):
        train = float(np.mean(list(descent(network, batches(), optimiser))))
        schedule.step()
        with torch.no_grad():
            losses.append(Losses(epoch, train, validate()))
        if not np.isfinite(train):
            raise FloatingPointError(f"the loss of epoch {epoch} is {train}: a smaller learning rate may help")
        checkpoints[epoch] = weights(network)
        report(plan.name, losses[-1], plan.epochs, plan.share(epoch), checkpoints[epoch])
        late = time.monotonic() - began > plan.seconds / plan.places
        stale = epoch - min(losses, key=lambda each: each.valid).epoch >= plan.patience
        if late or stale or losses[-1].valid < plan.goal:
            break
    return Run(thinned(checkpoints), tuple(losses))


def thinned(checkpoints: Mapping[int, Weights]) -> dict[int, Weights]:
    """The first checkpoint, the last, and some at even distances."""
    last = max(checkpoints)
    every = math.ceil(last / KEPT)
    return {epoch: kept for epoch, kept in checkpoints.items() if epoch % every == 0 or epoch == last}


def descent(network: nn.Module, batches: Iterable[torch.Tensor], optimiser: torch.optim.Optimizer) -> Iterator[float]:
    """One step down for every batch's loss."""
    for loss in batches:
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        yield float(loss.detach())


def weights(network: nn.Module) -> Weights:
    """A copy of every weight under torch's names."""
    return {name: tensor.detach().numpy().copy() for name, tensor in network.state_dict().items()}
