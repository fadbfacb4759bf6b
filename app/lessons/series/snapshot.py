"""What a network that learns a series is watched on: a window of the validation part. No torch."""

from __future__ import annotations

import numpy as np

from app.lessons.series.records import SeriesSettings
from app.lessons.series.windows import Fold, Scaler, folds, forecast, origins, read, signal_of
from app.training.saved import Weights, kind_of, outputs
from cells import CELLS


def rolls(settings: SeriesSettings) -> list[Fold]:
    """The folds of a series."""
    values, _ = signal_of(np.array(settings.values), settings.learn)
    return folds(len(values), settings.steps, settings.horizon)[0]


def origin(settings: SeriesSettings) -> int:
    """The last value that is read: the first forecasts of the last fold's validation part follow it."""
    last = rolls(settings)[-1]
    return int(origins(last.cut, last.end, settings.steps, settings.horizon)[0])


def snapshot(settings: SeriesSettings, run: str, weights: Weights) -> list[float]:
    """What a network forecasts after `origin`, (horizon,), in the units of the series.

    A network of one output reads its own outputs, until the horizon is reached. Each has the scale of what its fold
    learns from: run ``lstm-1`` is of the first, ``lstm`` and ``lstm-direct`` are of the last.
    """
    values, signal = signal_of(np.array(settings.values), settings.learn)
    kind, at = kind_of(run), np.array([origin(settings)])
    order = run.removeprefix(f"{kind}-")
    fold = rolls(settings)[int(order) - 1 if order.isdigit() else -1]
    scaler = Scaler.of(signal[: fold.cut])
    window, found = read(scaler.scaled(signal), at, settings.steps).T[..., None], np.empty((1, 0))
    while found.shape[1] < settings.horizon:
        following = outputs(weights, CELLS[kind], window)[-1]
        found = np.concatenate([found, following], axis=1)
        window = np.concatenate([window[1:], following.T[-1:, :, None]])
    told: list[float] = forecast(scaler.restored(found), values[at], settings.learn)[0].tolist()
    return told
