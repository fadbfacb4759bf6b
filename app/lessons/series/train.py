"""Training of the lesson `series`: three cells on the same windows, judged by horizon beside naive forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from app.lessons.series.inputs import Signals
from app.lessons.series.records import SeriesFacts, SeriesSettings
from app.lessons.series.snapshot import snapshot
from app.lessons.series.sources import settings_of, stock
from app.lessons.series.windows import (
    FOLDS,
    Fold,
    Scaler,
    baselines,
    error,
    folds,
    naive,
    origins,
    targets,
)
from app.training.fit import Plan, Report, fit, seeded
from app.training.network import LAYERS, Network
from app.training.saved import Run, Trained

__all__ = ["SHIPPED", "snapshot", "train"]

SHIPPED = settings_of("GOOG", stock("GOOG"))
BATCHES, SMALLEST = 16, 32  # an epoch has at most so many batches; a batch has at least so many windows
FIRST = ("lstm", "gru", "rnn")  # the order in which cells are opened: gates first
PLACES = len(LAYERS) * (FOLDS + 1)


@dataclass(frozen=True, eq=False)
class Learned:
    """A network after training, and the scales it reads in."""

    signals: Signals
    scalers: list[Scaler]
    network: Network
    ahead: int
    run: Run

    def forecasts(self, at: np.ndarray, horizon: int) -> np.ndarray:
        """What follows each origin, (N, horizon), in the units of the series."""
        return self.signals.forecasts(at, horizon, self.ahead, self.scalers, self.output)

    def output(self, windows: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return self.network(tensor(windows))[-1].double().numpy()


def tensor(values: np.ndarray) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)


def networks(rolls: list[Fold], horizon: int) -> Iterator[tuple[str, str, Fold, int]]:
    """Name, kind, fold and outputs of all that is trained; the last fold's one-step network has its kind's name."""
    for kind in LAYERS:
        for order, fold in enumerate(rolls, 1):
            yield (kind if fold is rolls[-1] else f"{kind}-{order}"), kind, fold, 1
        yield f"{kind}-direct", kind, rolls[-1], horizon


def learn(
    signals: Signals, kind: str, fold: Fold, ahead: int, plan: Plan, drawn: np.random.Generator, report: Report
) -> Learned:
    """Train one network on what comes before a fold's cut; its scales are fitted there too."""
    scalers = signals.scalers(fold.cut)
    x, wanted = map(tensor, signals.examples(scalers, 0, fold.cut, ahead))
    held_x, held = map(tensor, signals.examples(scalers, fold.cut, fold.end, ahead))
    network = Network(kind, x.shape[2], signals.settings.units, ahead)
    loss, size = torch.nn.MSELoss(), max(SMALLEST, -(-len(wanted) // BATCHES))

    def batches() -> Iterator[torch.Tensor]:
        order = drawn.permutation(len(wanted))
        for start in range(0, len(order), size):
            some = order[start : start + size]
            yield loss(network(x[:, some])[-1], wanted[some])

    run = fit(network, batches, lambda: float(loss(network(held_x)[-1], held)), plan, report)
    return Learned(signals, scalers, network, ahead, run)


def train(settings: SeriesSettings, report: Report) -> Trained[SeriesFacts]:
    """Train RNN, LSTM and GRU: one step ahead on every fold, and many steps at once on the last.

    Returns
    -------
    Trained
        Runs ``rnn``, ``lstm``, ``gru`` (one step ahead, last fold) and ``rnn-direct`` and so on.

    Raises
    ------
    SplitError
        When the series is too short for its windows.
    """
    drawn, horizon = seeded(settings.seed), settings.horizon
    signals = Signals(settings)
    rolls, test = folds(len(signals.values), settings.steps, horizon)
    learned = {}
    for place, (name, kind, fold, ahead) in enumerate(networks(rolls, horizon)):
        plan = Plan(name, settings.epochs, settings.rate, place, PLACES)
        learned[name] = learn(signals, kind, fold, ahead, plan, drawn, report)
    shown = {f"{kind}{rest}": learned[f"{kind}{rest}"] for kind in FIRST for rest in ("", "-direct")}
    at = origins(test.cut, test.end, settings.steps, horizon)
    forecasts = baselines(signals.values, at, horizon, settings.season, test.cut)
    forecasts |= {name: one.forecasts(at, horizon) for name, one in shown.items()}
    rolling = rolled(signals, rolls, learned)
    facts = SeriesFacts(
        settings=settings,
        rolling=rolling,
        origins=at.tolist(),
        errors={name: mean_errors(signals, found, at) for name, found in forecasts.items()},
        forecasts={name: found.tolist() for name, found in forecasts.items()},
        scale=learned["rnn"].scalers[0],
        best=min(LAYERS, key=lambda kind: sum(rolling[kind])),
    )
    return Trained({name: one.run for name, one in shown.items()}, facts)


def mean_errors(signals: Signals, forecasts: np.ndarray, at: np.ndarray) -> list[float]:
    """The mean absolute error of forecasts (N, horizon), by horizon."""
    found: list[float] = error(forecasts, targets(signals.values, at, forecasts.shape[1])).tolist()
    return found


def rolled(signals: Signals, rolls: list[Fold], learned: dict[str, Learned]) -> dict[str, list[float]]:
    """The mean absolute error one step ahead on what each fold held back: of every cell, and if nothing changes."""
    found: dict[str, list[float]] = {name: [] for name in ("naive", *LAYERS)}
    steps = signals.settings.steps
    for name, kind, fold, ahead in networks(rolls, 1):
        if not name.endswith("-direct"):
            at = origins(fold.cut, fold.end, steps, ahead)
            found[kind] += mean_errors(signals, learned[name].forecasts(at, ahead), at)
    for fold in rolls:
        at = origins(fold.cut, fold.end, steps, 1)
        found["naive"] += mean_errors(signals, naive(signals.values, at, 1), at)
    return found
