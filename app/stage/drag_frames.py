"""A drag, computed beforehand: the run for every place a slider can be dragged to, small enough to send at once."""

import base64
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

import numpy as np

from app.stage.scene import Back, series
from app.stage.scene_types import Frames
from app.stage.vector_scene import hundredths, printed_alike
from cells import Trace

BUDGET = 130_000  # bytes of one grab, as they travel
FINEST = 201  # places along the slider
THINNER = (1, 2, 4, 5, 10, 20)  # for a long run every n-th place is sent
LIVELY = (8, 30)  # a drag of more units or steps is not computed beforehand: what is let go of is
FILLS = 127  # hundredths that fit into a byte; a fill is clipped at ±1
PRINTS = 32767  # hundredths that fit into two


def places(low: float, high: float) -> np.ndarray:
    """Where along a slider the run is computed."""
    return np.linspace(low, high, FINEST).round(9)


def lively(traces: Iterable[Trace]) -> bool:
    """Whether a drag of these runs is computed beforehand."""
    return all(trace.cell.units <= LIVELY[0] and trace.steps <= LIVELY[1] for trace in traces)


def frames(
    parameter: str, values: np.ndarray, traces: Mapping[str, Trace], unit: int = 0, back: Back = None
) -> Frames | None:
    """The series of a scene for each value of one parameter; None where a drag would be too much to send.

    Parameters
    ----------
    parameter : str
        As the stage calls it: `U_f`, or an entry, `U_f.4.6`.
    values : numpy.ndarray
        (S,), what the sweeps in `traces` went through.
    traces : mapping of str to Trace
        A sweep for each series on the stage.
    unit : int
        The selected unit, from 0.
    back : mapping of str to float, optional
        Targets of the loss, where the gradients are wanted as well.

    Returns
    -------
    dict
        For each series its `pattern`: the series of a scene, with a reference in the place of each array: a column of
        `moving` (n ≥ 0), a list of `still` (−1 − n), or {lag: column, start} for a column one step behind. In place of
        a strip stands {strip: n}, {list: {strip: n}} or {lag: {strip: n}, start}: one of `strips`, which says where in
        `prints` (int16) or `fills` (int8), both in hundredths and deflated, its places begin, `first + each · place`.
    """
    if not lively(traces.values()):
        return None
    pools = {key: Pool() for key in traces}
    patterns = {key: series(key, "", trace, pools[key], unit, back) for key, trace in traces.items()}
    for pattern in patterns.values():
        strips: dict[str, Any] = cast("dict[str, Any]", pattern).get("units", {})
        for told in ("count", "selected"):  # the scene says it
            strips.pop(told, None)
    if any(pool.overflows for pool in pools.values()):
        return None
    for thin in THINNER:
        series_of = {key: pool.sent(thin) for key, pool in pools.items()}
        if sum(size(sent) for sent in series_of.values()) <= BUDGET:
            break
    return {
        "parameter": parameter,
        "values": values[::thin].tolist(),
        "series": [{"pattern": patterns[key], "steps": traces[key].steps, **series_of[key]} for key in traces],
    }


def size(sent: Mapping[str, Any]) -> int:
    """The bytes of what a pool sends that depend on how many places it sends."""
    return sum(len(sent.get(part, "")) for part in ("moving", "prints", "fills"))


class Pool:
    """Arrays (S, T) and strips (S, T, n), each kept once: a gate's value is also a factor, and tomorrow's state."""

    def __init__(self) -> None:
        self.moving: list[np.ndarray] = []
        self.still: list[list[float]] = []
        self.strips: list[np.ndarray] = []
        self.overflows = False

    def sent(self, thin: int) -> dict[str, Any]:
        """Every `thin`-th place of what was kept."""
        moving = np.array([array[::thin] for array in self.moving])  # (columns, S, T)
        parts: dict[str, list[np.ndarray]] = {"prints": [], "fills": []}
        strips = []
        for strip in self.strips:
            sort, kept = "fills" if strip.dtype == np.int8 else "prints", strip[::thin]
            first, each = sum(part.size for part in parts[sort]), kept[0].size if len(kept) > 1 else 0
            strips.append({"in": sort, "shape": list(kept.shape[1:]), "first": first, "each": each})
            parts[sort].append(kept)
        short = {sort: zlib.compress(b"".join(part.tobytes() for part in kept)) for sort, kept in parts.items()}
        return {
            "still": self.still,
            "moving": encoded(printed_alike(moving).tobytes()),
            **({"strips": strips} | {sort: encoded(kept) for sort, kept in short.items()} if strips else {}),
        }

    def numbers(self, array: np.ndarray) -> Any:
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

    def strip(self, array: np.ndarray, printed: bool) -> Any:
        """Keep a strip, and say where it is."""
        strip = self._short(array, printed)
        for place, known in enumerate(self.strips):
            if known.shape == strip.shape and np.array_equal(known, strip):
                return {"strip": place}
            if self._behind(strip, known):
                return {"lag": {"strip": place}, "start": (strip[0, 0] / 100).tolist()}
        self.strips.append(strip)
        return {"strip": len(self.strips) - 1}

    def row(self, array: np.ndarray) -> Any:
        return {"list": self.strip(array[:, None, :], printed=True)}

    def _short(self, array: np.ndarray, printed: bool) -> np.ndarray:
        whole = hundredths(array)
        if not printed:
            whole = whole.clip(-FILLS, FILLS)
        if not (np.abs(whole) <= PRINTS).all():
            self.overflows, whole = True, np.zeros_like(whole)
        short = whole.astype(np.int16 if printed else np.int8)
        return short[:1] if (short == short[0]).all() else short  # the same at every place

    def _behind(self, strip: np.ndarray, known: np.ndarray) -> bool:
        """Whether a strip is one step behind another: a state as it enters a step."""
        return (
            strip.shape == known.shape
            and strip.shape[1] > 1
            and np.array_equal(strip[:, 1:], known[:, :-1])
            and (strip[:, 0] == strip[0, 0]).all()
        )

    def _still(self, values: list[float]) -> int:
        if values not in self.still:
            self.still.append(values)
        return -1 - self.still.index(values)


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
