"""Training of the lesson `series`: three cells on the same windows, judged by horizon beside naive forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from app.lessons.series.sources import settings_of, stock
from app.lessons.series.windows import (
    FOLDS,
    Fold,
    Scaler,
    error,
    folds,
    forecast,
    naive,
    origins,
    read,
    seasonal,
    signal_of,
    targets,
)
from app.training.fit import Plan, Report, fit, seeded
from app.training.network import LAYERS, Network
from app.training.saved import Run, Trained

SHIPPED: dict[str, Any] = settings_of("GOOG", stock("GOOG"))
BATCHES, SMALLEST = 16, 32  # an epoch has at most so many batches; a batch has at least so many windows
FIRST = ("lstm", "gru", "rnn")  # the order in which cells are opened: gates first
PLACES = len(LAYERS) * (FOLDS + 1)


@dataclass(frozen=True, eq=False)
class Task:
    """One series: what is forecast, what is read of it, and how."""

    values: np.ndarray
    signal: np.ndarray
    settings: dict[str, Any]

    def batch(self, scaler: Scaler, first: int, end: int, ahead: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The windows whose targets stand in a part of the series: x (T, B, 1), and targets (B, ahead); scaled."""
        steps, scaled = self.settings["steps"], scaler.scaled(self.signal)
        at = origins(first, end, steps, ahead)
        return sequence(read(scaled, at, steps)), tensor(targets(scaled, at, ahead))

    def origins(self, fold: Fold, horizon: int) -> np.ndarray:
        return origins(fold.cut, fold.end, self.settings["steps"], horizon)

    def error(self, forecasts: np.ndarray, at: np.ndarray) -> list[float]:
        """The mean absolute error of forecasts (N, horizon), by horizon."""
        return error(forecasts, targets(self.values, at, forecasts.shape[1])).tolist()


@dataclass(frozen=True, eq=False)
class Learned:
    """A network after training, and the scale it reads in."""

    task: Task
    scaler: Scaler
    network: Network
    run: Run

    def forecasts(self, at: np.ndarray, horizon: int) -> np.ndarray:
        """What it says will follow each origin, (N, horizon), in the units of the series.

        A network of one output is fed what it has said, until the horizon is reached.
        """
        task = self.task
        window = sequence(read(self.scaler.scaled(task.signal), at, task.settings["steps"]))
        said: list[torch.Tensor] = []
        with torch.no_grad():
            while sum(part.shape[1] for part in said) < horizon:
                said.append(self.network(window)[-1])
                window = torch.cat([window[1:], said[-1].T[-1:, :, None]])
        found = self.scaler.restored(torch.cat(said, 1).double().numpy())
        return forecast(found, task.values[at], task.settings["learn"])


def tensor(values: np.ndarray) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)


def sequence(windows: np.ndarray) -> torch.Tensor:
    """Windows (N, T) as a network reads them, (T, N, 1)."""
    return tensor(windows.T[:, :, None])


def networks(rolls: list[Fold], horizon: int) -> Iterator[tuple[str, str, Fold, int]]:
    """Name, kind, fold and outputs of all that is trained; the last fold's one-step network has its kind's name."""
    for kind in LAYERS:
        for order, fold in enumerate(rolls, 1):
            yield (kind if fold is rolls[-1] else f"{kind}-{order}"), kind, fold, 1
        yield f"{kind}-direct", kind, rolls[-1], horizon


def learn(
    task: Task, kind: str, fold: Fold, ahead: int, plan: Plan, drawn: np.random.Generator, report: Report
) -> Learned:
    """Train one network on what comes before a fold's cut; its scale is fitted there too."""
    scaler = Scaler.of(task.signal[: fold.cut])
    x, wanted = task.batch(scaler, 0, fold.cut, ahead)
    held_x, held = task.batch(scaler, fold.cut, fold.end, ahead)
    network = Network(kind, 1, task.settings["units"], ahead)
    loss, size = torch.nn.MSELoss(), max(SMALLEST, -(-len(wanted) // BATCHES))

    def batches() -> Iterator[torch.Tensor]:
        order = drawn.permutation(len(wanted))
        for start in range(0, len(order), size):
            some = order[start : start + size]
            yield loss(network(x[:, some])[-1], wanted[some])

    run = fit(network, batches, lambda: float(loss(network(held_x)[-1], held)), plan, report)
    return Learned(task, scaler, network, run)


def train(settings: dict[str, Any], report: Report) -> Trained:
    """Train RNN, LSTM and GRU: one step ahead on every fold, and many steps at once on the last.

    Returns
    -------
    Trained
        Runs ``rnn``, ``lstm``, ``gru`` (one step ahead, last fold) and ``rnn-direct`` and so on. Facts: ``rolling``,
        the mean absolute error one step ahead by fold; ``origins`` of the test part, and there ``errors`` by horizon
        and ``forecasts`` (N, horizon), by name (``seasonal`` only where a season is known); ``scale``, the mean and
        the deviation that were fitted; ``best``, the cell with the smallest error in validation.

    Raises
    ------
    SplitError
        When the series is too short for its windows.
    """
    drawn = seeded(settings["seed"])
    task = Task(*signal_of(np.array(settings["values"], float), settings["learn"]), settings)
    horizon = settings["horizon"]
    rolls, test = folds(len(task.values), settings["steps"], horizon)
    learned = {}
    for place, (name, kind, fold, ahead) in enumerate(networks(rolls, horizon)):
        plan = Plan(name, settings["epochs"], settings["rate"], place, PLACES)
        learned[name] = learn(task, kind, fold, ahead, plan, drawn, report)
    shown = {f"{kind}{rest}": learned[f"{kind}{rest}"] for kind in FIRST for rest in ("", "-direct")}
    at = task.origins(test, horizon)
    forecasts = {"naive": naive(task.values, at, horizon)}
    if 1 < settings["season"] <= test.cut:
        forecasts["seasonal"] = seasonal(task.values, at, horizon, settings["season"])
    forecasts |= {name: one.forecasts(at, horizon) for name, one in shown.items()}
    rolling = rolled(task, rolls, learned)
    facts = {
        "settings": settings,
        "rolling": rolling,
        "origins": at.tolist(),
        "errors": {name: task.error(found, at) for name, found in forecasts.items()},
        "forecasts": {name: found.tolist() for name, found in forecasts.items()},
        "scale": [learned["rnn"].scaler.mean, learned["rnn"].scaler.deviation],
        "best": min(LAYERS, key=lambda kind: sum(rolling[kind])),
    }
    return Trained({name: one.run for name, one in shown.items()}, facts)


def rolled(task: Task, rolls: list[Fold], learned: dict[str, Learned]) -> dict[str, list[float]]:
    """The mean absolute error one step ahead on what each fold held back: of every cell, and if nothing changes."""
    found: dict[str, list[float]] = {name: [] for name in ("naive", *LAYERS)}
    for name, kind, fold, ahead in networks(rolls, 1):
        if not name.endswith("-direct"):
            at = task.origins(fold, ahead)
            found[kind] += task.error(learned[name].forecasts(at, ahead), at)
    for fold in rolls:
        at = task.origins(fold, 1)
        found["naive"] += task.error(naive(task.values, at, 1), at)
    return found
