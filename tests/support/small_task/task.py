"""A task small enough for tests: output the number of the step before."""

from __future__ import annotations

import os
import signal
import time

import torch

from app.training.fit import Plan, Report, fit, seeded
from app.training.network import Network
from app.training.saved import Trained
from tests.support.small_task.settings import TinyFacts, TinySettings, snapshot

__all__ = ["snapshot", "train"]


def train(settings: TinySettings, report: Report) -> Trained[TinyFacts]:
    """Train each kind."""
    random = seeded(settings.seed)
    x = torch.tensor(random.uniform(-1, 1, (settings.steps, 32, 1)), dtype=torch.float32)
    runs = {}

    def loss(network: Network) -> torch.Tensor:
        return ((network(x)[1:] - x[:-1]) ** 2).mean()

    for place, kind in enumerate(settings.kinds):
        network = Network(kind, 1, settings.units, 1)

        def batches(network: Network = network):
            time.sleep(settings.pause)
            fail(settings.fault)
            yield loss(network)

        plan = Plan(kind, settings.epochs, 0.03, place, len(settings.kinds))
        runs[kind] = fit(network, batches, lambda network=network: float(loss(network)), plan, report)
    return Trained(runs, TinyFacts(settings, {kind: run.losses[-1].valid for kind, run in runs.items()}))


def fail(fault: str) -> None:
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "diverged":
        raise FloatingPointError("inf")
    if fault == "failed":
        raise RuntimeError("a mistake")
