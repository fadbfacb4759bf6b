"""What a network reads of a series and of the columns beside it, and what it then forecasts. No torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.lessons.series.records import SeriesSettings
from app.lessons.series.windows import Scaler, folds, forecast, origins, read, signal_of, targets

Output = Callable[[np.ndarray], np.ndarray]  # of windows (T, N, 1 + K): what a network says at their ends, (N, outputs)


class Signals:
    """A series as it is read and forecast, and what is read beside it.

    Each column is read as the series is: itself, or its changes. What is known in advance is read as many steps ahead
    as a network forecasts at once, so that it has seen it for the steps it speaks of; beyond the end of the file it
    keeps its last value. What is not known in advance is read up to the origin; where a network reads its own
    forecasts, it keeps the value it had at the origin.

    Attributes
    ----------
    values, signal
        What is forecast, and what is read of it, (T,) each.
    columns
        What is read of each input, (T + horizon,) each.
    """

    def __init__(self, settings: SeriesSettings) -> None:
        self.settings = settings
        self.values, self.signal = signal_of(np.array(settings.values), settings.learn)
        self.known = [one.known for one in settings.inputs]
        length = len(settings.values) + settings.horizon
        lasting = (np.pad(one.values, (0, max(0, length - len(one.values))), "edge") for one in settings.inputs)
        self.columns = [signal_of(column[:length], settings.learn)[1] for column in lasting]

    def scalers(self, cut: int) -> list[Scaler]:
        """A scale for each column, fitted on what comes before a cut: that of the series first."""
        return [Scaler.of(column[:cut]) for column in (self.signal, *self.columns)]

    def windows(self, at: np.ndarray, ahead: int, scalers: list[Scaler]) -> np.ndarray:
        """What a network that forecasts so many values at once reads at each origin: (T, N, 1 + K), scaled."""
        steps, (own, *others) = self.settings.steps, scalers
        parts = [read(own.scaled(self.signal), at, steps)]
        for column, known, scaler in zip(self.columns, self.known, others, strict=True):
            parts.append(read(scaler.scaled(column), at + ahead if known else at, steps))
        return np.stack(parts, axis=2).swapaxes(0, 1)

    def following(self, at: np.ndarray, found: np.ndarray, scalers: list[Scaler]) -> np.ndarray:
        """What a network of one output reads next, (N, 1 + K): its last forecast (N, k), and the inputs."""
        parts, step = [found[:, -1]], found.shape[1]
        for column, known, scaler in zip(self.columns, self.known, scalers[1:], strict=True):
            held = column[at] if self.settings.learn == "level" else np.zeros(len(at))
            parts.append(scaler.scaled(column[at + step + 1] if known else held))
        return np.stack(parts, axis=1)

    def forecasts(self, at: np.ndarray, horizon: int, ahead: int, scalers: list[Scaler], output: Output) -> np.ndarray:
        """What follows each origin, (N, horizon), in the units of the series.

        A network of one output reads its own forecasts until the horizon is reached.
        """
        window, found = self.windows(at, ahead, scalers), np.empty((len(at), 0))
        while True:
            found = np.concatenate([found, output(window)], axis=1)
            if found.shape[1] >= horizon:
                return forecast(scalers[0].restored(found), self.values[at], self.settings.learn)
            window = np.concatenate([window[1:], self.following(at, found, scalers)[None]])

    def examples(self, scalers: list[Scaler], first: int, end: int, ahead: int) -> tuple[np.ndarray, np.ndarray]:
        """The windows whose targets are in a part of the series, (T, N, 1 + K), and those, (N, ahead); scaled."""
        at = origins(first, end, self.settings.steps, ahead)
        return self.windows(at, ahead, scalers), targets(scalers[0].scaled(self.signal), at, ahead)


def outputs_of(run: str, settings: SeriesSettings) -> int:
    """How many values a network forecasts at once, by the name of its run."""
    return settings.horizon if run.endswith("-direct") else 1


def cut_of(run: str, settings: SeriesSettings) -> int:
    """Where the part that a run learns from ends: ``lstm-1`` is of the first fold, ``lstm`` of the last."""
    length = len(settings.values) - (settings.learn != "level")
    rolls, _ = folds(length, settings.steps, settings.horizon)
    order = run.rpartition("-")[2]
    return rolls[int(order) - 1 if order.isdigit() else -1].cut
