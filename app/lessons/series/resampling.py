"""Values seen at uneven times, put on an even grid. No torch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

EVEN = 0.15  # how far gaps may differ from the median: months of 28 and of 31 days are even enough
PERIOD = 4  # steps that `mean` makes one of

Resampler = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def hold(times: np.ndarray, values: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """The last value seen at or before each time of the grid, which begins no earlier than `times`."""
    return values[np.searchsorted(times, grid, side="right") - 1]


def linear(times: np.ndarray, values: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """A straight line between the value before and the value after: where a value is missing, it knows the next one."""
    return np.interp(grid, times, values)


def mean(times: np.ndarray, values: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """The mean of what was seen since the time of the grid before; where nothing was, the last value seen."""
    ends = np.searchsorted(times, grid, side="right")
    starts = np.concatenate([[0], ends[:-1]])
    sums = np.concatenate([[0.0], values.cumsum()])
    seen = ends - starts
    return np.where(seen > 0, (sums[ends] - sums[starts]) / np.maximum(seen, 1), hold(times, values, grid))


RESAMPLERS: dict[str, Resampler] = {"hold": hold, "linear": linear, "mean": mean}


def median_gap(times: np.ndarray) -> float:
    """The median gap between two values."""
    return float(np.median(np.diff(times)))


def even(times: np.ndarray) -> bool:
    """Whether all gaps are about the median."""
    median = median_gap(times)
    return bool(np.all(np.abs(np.diff(times) - median) <= EVEN * median))


def grid_of(times: np.ndarray, step: float) -> np.ndarray:
    """Even times from the first to the last."""
    return times[0] + step * np.arange(int((times[-1] - times[0]) / step + 1e-9) + 1)


def thinned(length: int, share: float, seed: int) -> np.ndarray:
    """Which of so many values are seen when a share of them, drawn from a seed, is missing; the two ends always are."""
    seen = np.random.default_rng(seed).random(length) >= share
    seen[[0, -1]] = True
    return seen
