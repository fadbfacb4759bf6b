"""A drag, computed beforehand: the run for every place a slider can be dragged to, small enough to send at once."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.stage.scene import Scene, series
from cells import Trace

BUDGET = 130_000  # bytes of one grab, as they travel
FINEST = 201  # places along the slider
THINNER = (1, 2, 4, 5, 10, 20)  # for a long run every n-th place is sent
DECIMALS = (3, 4)  # what the stage and its arithmetic print


def places(low: float, high: float) -> np.ndarray:
    """Where along a slider the run is computed."""
    return np.linspace(low, high, FINEST).round(9)


def frames(parameter: str, values: np.ndarray, traces: Mapping[str, Trace]) -> Scene:
    """The series of a scene for each value of one parameter.

    Parameters
    ----------
    parameter : str
    values : numpy.ndarray
        (S,), what the sweeps in `traces` went through.
    traces : mapping of str to Trace
        A sweep for each series on the stage.

    Returns
    -------
    dict
        For each series its `pattern`: the series of a scene, with a reference in the place of each array: a column of
        `moving` (n ≥ 0), a list of `still` (−1 − n), or {lag: column, start} for a column one step behind.
    """
    pools = {key: Pool() for key in traces}
    patterns = {key: series(key, "", trace, pools[key].reference) for key, trace in traces.items()}
    moving = {key: np.array(pool.moving) for key, pool in pools.items()}  # (columns, S, T)
    size = sum(array.size for array in moving.values()) * 4 * 4 / 3  # float32 in base64
    thin = next((n for n in THINNER if size / n <= BUDGET), THINNER[-1])
    return {
        "parameter": parameter,
        "values": values[::thin].tolist(),
        "series": [
            {
                "pattern": pattern,
                "steps": traces[key].steps,
                "still": pools[key].still,
                "moving": base64.b64encode(printed_alike(moving[key][:, ::thin]).tobytes()).decode(),
            }
            for key, pattern in patterns.items()
        ],
    }


def printed_alike(numbers: np.ndarray) -> np.ndarray:
    """Return float32 numbers that print to three and to four decimals as the float64 ones do.

    The nearest float32 may lie across a rounding boundary; then a neighbour does not.
    """
    near = numbers.astype(np.float32)
    for index in zip(*np.nonzero(close_to_boundary(numbers)), strict=True):
        exact, around = numbers[index], near[index]
        candidates = (around, *(np.nextafter(around, np.float32(way)) for way in (np.inf, -np.inf)))
        near[index] = next((c for c in candidates if prints(c) == prints(exact)), around)
    return near


def close_to_boundary(numbers: np.ndarray) -> np.ndarray:
    """Tell which numbers lie within float32's reach of where a printed digit changes."""
    reach = 2e-7 * np.maximum(1, np.abs(numbers))
    return np.logical_or.reduce([np.abs(numbers * 10**n % 1 - 0.5) <= reach * 10**n for n in DECIMALS])


def prints(value: float) -> list[str]:
    return [f"{value:.{n}f}" for n in DECIMALS]


class Pool:
    """Arrays (S, T), each kept once: a gate's value is also a factor, a result, and tomorrow's state."""

    def __init__(self) -> None:
        self.moving: list[np.ndarray] = []
        self.still: list[list[float]] = []

    def reference(self, array: np.ndarray) -> Any:
        """Keep an array, and say where it is."""
        if (array == array[0]).all():
            return self._still(array[0].tolist())
        for column, known in enumerate(self.moving):
            if np.array_equal(array, known):
                return column
            if np.array_equal(array[:, 1:], known[:, :-1]) and (array[:, 0] == array[0, 0]).all():
                return {"lag": column, "start": float(array[0, 0])}
        self.moving.append(array)
        return len(self.moving) - 1

    def _still(self, values: list[float]) -> int:
        if values not in self.still:
            self.still.append(values)
        return -1 - self.still.index(values)
