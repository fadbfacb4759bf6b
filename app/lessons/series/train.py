"""Training of the lesson `series`: three cells on the same windows, judged by horizon beside naive forecasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

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
    forecast,
    naive,
    origins,
    read,
    signal_of,
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
class WindowedSeries:
    """What is forecast of a series, what is read of it, and how."""

    values: np.ndarray
    signal: np.ndarray
    settings: SeriesSettings

    def batch(self, scaler: Scaler, first: int, end: int, ahead: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The windows whose targets are in a part of the series: x (T, B, 1), and targets (B, ahead); scaled."""
        steps, scaled = self.settings.steps, scaler.scaled(self.signal)
        at = origins(first, end, steps, ahead)
        return sequence(read(scaled, at, steps)), tensor(targets(scaled, at, ahead))

    def origins(self, fold: Fold, horizon: int) -> np.ndarray:
        return origins(fold.cut, fold.end, self.settings.steps, horizon)

    def error(self, forecasts: np.ndarray, at: np.ndarray) -> list[float]:
        """The mean absolute error of forecasts (N, horizon), by horizon."""
        return error(forecasts, targets(self.values, at, forecasts.shape[1])).tolist()


@dataclass(frozen=True, eq=False)
class Learned:
    """A network after training, and the scale it reads in."""

    series: WindowedSeries
    scaler: Scaler
    network: Network
    run: Run

    def forecasts(self, at: np.ndarray, horizon: int) -> np.ndarray:
        """What follows each origin, (N, horizon), in the units of the series.

        A network of one output reads its own outputs, until the horizon is reached.
        """
        series = self.series
        window = sequence(read(self.scaler.scaled(series.signal), at, series.settings.steps))
        outputs: list[torch.Tensor] = []
        with torch.no_grad():
            while sum(part.shape[1] for part in outputs) < horizon:
                outputs.append(self.network(window)[-1])
                window = torch.cat([window[1:], outputs[-1].T[-1:, :, None]])
        found = self.scaler.restored(torch.cat(outputs, 1).double().numpy())
        return forecast(found, series.values[at], series.settings.learn)


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
    series: WindowedSeries, kind: str, fold: Fold, ahead: int, plan: Plan, drawn: np.random.Generator, report: Report
) -> Learned:
    """Train one network on what comes before a fold's cut; its scale is fitted there too."""
    scaler = Scaler.of(series.signal[: fold.cut])
    x, wanted = series.batch(scaler, 0, fold.cut, ahead)
    held_x, held = series.batch(scaler, fold.cut, fold.end, ahead)
    network = Network(kind, 1, series.settings.units, ahead)
    loss, size = torch.nn.MSELoss(), max(SMALLEST, -(-len(wanted) // BATCHES))

    def batches() -> Iterator[torch.Tensor]:
        order = drawn.permutation(len(wanted))
        for start in range(0, len(order), size):
            some = order[start : start + size]
            yield loss(network(x[:, some])[-1], wanted[some])

    run = fit(network, batches, lambda: float(loss(network(held_x)[-1], held)), plan, report)
    return Learned(series, scaler, network, run)


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
    series = WindowedSeries(*signal_of(np.array(settings.values), settings.learn), settings)
    rolls, test = folds(len(series.values), settings.steps, horizon)
    learned = {}
    for place, (name, kind, fold, ahead) in enumerate(networks(rolls, horizon)):
        plan = Plan(name, settings.epochs, settings.rate, place, PLACES)
        learned[name] = learn(series, kind, fold, ahead, plan, drawn, report)
    shown = {f"{kind}{rest}": learned[f"{kind}{rest}"] for kind in FIRST for rest in ("", "-direct")}
    at = series.origins(test, horizon)
    forecasts = baselines(series.values, at, horizon, settings.season, test.cut)
    forecasts |= {name: one.forecasts(at, horizon) for name, one in shown.items()}
    rolling = rolled(series, rolls, learned)
    facts = SeriesFacts(
        settings=settings,
        rolling=rolling,
        origins=at.tolist(),
        errors={name: series.error(found, at) for name, found in forecasts.items()},
        forecasts={name: found.tolist() for name, found in forecasts.items()},
        scale=learned["rnn"].scaler,
        best=min(LAYERS, key=lambda kind: sum(rolling[kind])),
    )
    return Trained({name: one.run for name, one in shown.items()}, facts)


def rolled(series: WindowedSeries, rolls: list[Fold], learned: dict[str, Learned]) -> dict[str, list[float]]:
    """The mean absolute error one step ahead on what each fold held back: of every cell, and if nothing changes."""
    found: dict[str, list[float]] = {name: [] for name in ("naive", *LAYERS)}
    for name, kind, fold, ahead in networks(rolls, 1):
        if not name.endswith("-direct"):
            at = series.origins(fold, ahead)
            found[kind] += series.error(learned[name].forecasts(at, ahead), at)
    for fold in rolls:
        at = series.origins(fold, 1)
        found["naive"] += series.error(naive(series.values, at, 1), at)
    return found
