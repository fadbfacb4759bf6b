"""A series cut into windows: what is learned from, what is held back, and the baseline forecasts. No torch.

The baselines are those of Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np

FOLDS = 3  # rolling origins
FEWEST = 6  # windows a network learns from at least
LEARN = ("change", "level")


class SplitError(ValueError):
    """A series too short for its windows; `least` values are needed."""

    def __init__(self, length: int, least: int) -> None:
        super().__init__(f"{length} values are too few: these windows need at least {least}")
        self.length, self.least = length, least


@dataclass(frozen=True)
class Fold:
    """Values before `cut` are learned from; those from `cut` up to before `end` judge what was learned."""

    cut: int
    end: int


def folds(length: int, steps: int, horizon: int) -> tuple[list[Fold], Fold]:
    """Cut a series by time alone: rolling origins for validation, and a test part that none of them touches.

    The last fifth is the test. The sixth before it validates the last fold, the sixth before that the one before: each
    fold learns from everything earlier.

    Parameters
    ----------
    length
        Values of the series.
    steps, horizon
        Values a window reads, and values it forecasts.

    Raises
    ------
    SplitError
        When such windows do not fit.
    """
    if not fits(length, steps, horizon):
        raise SplitError(length, next(n for n in count(length + 1) if fits(n, steps, horizon)))
    *cuts, test = cuts_of(length)
    return [Fold(*pair) for pair in pairwise([*cuts, test])], Fold(test, length)


def cuts_of(length: int) -> list[int]:
    """Where each fold begins to judge, and last where the test does."""
    test = length - length // 5
    size = test // (2 * FOLDS)
    return [test - k * size for k in range(FOLDS, -1, -1)]


def fits(length: int, steps: int, horizon: int) -> bool:
    """Whether every fold has windows to learn from and to be judged by."""
    first, *rest = cuts_of(length)
    held_back = [b - a for a, b in pairwise([first, *rest, length])]
    return min(held_back) >= horizon and first - steps - horizon + 1 >= FEWEST


def origins(first: int, end: int, steps: int, horizon: int) -> np.ndarray:
    """The last values that windows read whose targets are all from `first` up to before `end`."""
    return np.arange(max(first, steps) - 1, end - horizon)


def read(signal: np.ndarray, origins: np.ndarray, steps: int) -> np.ndarray:
    """What a network reads at each origin, (N, steps): the values up to the origin and with it."""
    return signal[origins[:, None] + np.arange(1 - steps, 1)]


def targets(signal: np.ndarray, origins: np.ndarray, horizon: int) -> np.ndarray:
    """What comes after each origin, (N, horizon)."""
    return signal[origins[:, None] + np.arange(1, horizon + 1)]


class Scaler(NamedTuple):
    """Moves what is learned from to mean 0 and standard deviation 1, and everything else by the same numbers."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, learned: np.ndarray) -> Scaler:
        """Fit on the part that is learned from, and nothing after it; a constant is only moved."""
        return cls(float(learned.mean()), float(learned.std()) or 1.0)

    def scaled(self, values: np.ndarray) -> np.ndarray:
        return (values - self.mean) / self.deviation

    def restored(self, values: np.ndarray) -> np.ndarray:
        return values * self.deviation + self.mean


def signal_of(values: np.ndarray, learn: str) -> tuple[np.ndarray, np.ndarray]:
    """The values that are forecast, and what a network reads of each: itself, or its change from the value before.

    The first value has no change, so it is left out where changes are read.
    """
    return (values, values) if learn == "level" else (values[1:], np.diff(values))


def forecast(signal: np.ndarray, last: np.ndarray, learn: str) -> np.ndarray:
    """Forecasts (N, horizon) in the units of the series, from those of the signal and the last known values (N,)."""
    return signal if learn == "level" else last[:, None] + signal.cumsum(axis=1)


# ---- baselines -------------------------------------------------------------------------------------------------------


def naive(values: np.ndarray, origins: np.ndarray, horizon: int) -> np.ndarray:
    """Nothing changes: the last known value, (N, horizon)."""
    return np.repeat(values[origins][:, None], horizon, axis=1)


def seasonal(values: np.ndarray, origins: np.ndarray, horizon: int, season: int) -> np.ndarray:
    """As it was a season ago, (N, horizon): the latest such value that was known at the origin."""
    ahead = np.arange(1, horizon + 1)
    back = ahead - season * -(-ahead // season)
    return values[origins[:, None] + back]


def drift(values: np.ndarray, origins: np.ndarray, horizon: int) -> np.ndarray:
    """It goes on changing by what it has changed on average from its first value to the origin, (N, horizon)."""
    slope = (values[origins] - values[0]) / np.maximum(origins, 1)
    return values[origins][:, None] + slope[:, None] * np.arange(1, horizon + 1)


def baselines(values: np.ndarray, origins: np.ndarray, horizon: int, season: int, known: int) -> dict[str, np.ndarray]:
    """The forecasts that need no training, (N, horizon) each; the seasonal one where a season is within `known`."""
    found = {"naive": naive(values, origins, horizon), "drift": drift(values, origins, horizon)}
    if 1 < season <= known:
        found["seasonal"] = seasonal(values, origins, horizon, season)
    return found


def error(forecasts: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """The mean absolute error at every horizon, (horizon,)."""
    return np.abs(forecasts - truth).mean(axis=0)
