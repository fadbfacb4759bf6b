"""A task small enough for tests: say what number came a step before."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import torch

from app.training.fit import Plan, Report, fit, seeded
from app.training.network import Network
from app.training.saved import Trained


def train(settings: dict[str, Any], report: Report) -> Trained:
    """Train each kind; `pause` makes every epoch that much longer, `fault` is what goes wrong in the first."""
    random = seeded(settings["seed"])
    x = torch.tensor(random.uniform(-1, 1, (settings["steps"], 32, 1)), dtype=torch.float32)
    kinds, runs = settings.get("kinds", ["rnn", "lstm", "gru"]), {}

    def loss(network: Network) -> torch.Tensor:
        return ((network(x)[1:] - x[:-1]) ** 2).mean()

    for place, kind in enumerate(kinds):
        network = Network(kind, 1, settings["units"], 1)

        def batches(network: Network = network):
            time.sleep(settings.get("pause", 0))
            fail(settings.get("fault"))
            yield loss(network)

        plan = Plan(kind, settings["epochs"], 0.03, place, len(kinds))
        runs[kind] = fit(network, batches, lambda network=network: float(loss(network)), plan, report)
    hidden = {kind: float(run.losses[-1].valid) for kind, run in runs.items()}
    return Trained(runs, {"settings": settings, "loss": hidden})


def fail(fault: str | None) -> None:
    if fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "diverged":
        raise FloatingPointError("inf")
    if fault == "failed":
        raise RuntimeError("a mistake")
