"""What a network that learns a series is watched on: a window of the validation part. No torch."""

from __future__ import annotations

import numpy as np

from app.lessons.series.inputs import Signals, cut_of, outputs_of
from app.lessons.series.records import SeriesSettings
from app.lessons.series.windows import folds, origins
from app.training.saved import Weights, kind_of, outputs
from cells import CELLS


def origin(settings: SeriesSettings) -> int:
    """The last value that is read: the first forecasts of the last fold's validation part follow it."""
    length = len(settings.values) - (settings.learn != "level")
    last = folds(length, settings.steps, settings.horizon)[0][-1]
    return int(origins(last.cut, last.end, settings.steps, settings.horizon)[0])


def snapshot(settings: SeriesSettings, run: str, weights: Weights) -> list[float]:
    """What a network forecasts after `origin`, (horizon,), in the units of the series.

    Each has the scale of what its fold learns from.
    """
    found: list[float] = forecasts(settings, run, weights, np.array([origin(settings)]))[0].tolist()
    return found


def forecasts(settings: SeriesSettings, run: str, weights: Weights, at: np.ndarray) -> np.ndarray:
    """What a network forecasts after each origin, computed by the core: (N, horizon), in the units of the series."""
    signals = Signals(settings)

    def output(windows: np.ndarray) -> np.ndarray:
        return outputs(weights, CELLS[kind_of(run)], windows)[-1]

    scalers = signals.scalers(cut_of(run, settings))
    return signals.forecasts(at, settings.horizon, outputs_of(run, settings), scalers, output)
