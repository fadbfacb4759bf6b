"""How often a network is right in the course of its training: every seed thin, their median thick."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import CELLS, colours, figure, named, plain

TICKS = (25, 100, 400, 1500)


def median(curves: Sequence[Sequence[float]]) -> np.ndarray:
    """The median at every epoch; a run that ended, for it had solved the test, stays where it was."""
    longest = max(map(len, curves))
    return np.median([[*curve, *[curve[-1]] * (longest - len(curve))] for curve in curves], axis=0)


def success(
    curves: Mapping[str, Sequence[Sequence[float]]],
    epoch: int,
    updates: int,
    chance: float,
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Draw the share of right answers over the updates, on a scale of powers.

    Parameters
    ----------
    curves : mapping of str to sequence of sequences of float
        By kind of cell: for each seed the share, 0 to 1, after every epoch.
    epoch, updates : int
        Updates of an epoch, and of the whole budget.
    chance : float
        The share that guessing reaches, drawn as a dotted line.
    words : mapping of str to str
        Each kind's name; ``updates``, ``right`` and ``chance``.
    """
    paint, traces = colours(dark), []
    for kind, seeds in curves.items():
        hue, dash = CELLS[kind]
        shared = {"type": "scatter", "mode": "lines", "legendgroup": kind}
        if len(seeds) > 1:
            traces += [
                shared | points(seed, epoch) | {
                    "line": {"color": paint[hue], "width": 1.2, "dash": dash}, "opacity": 0.6,
                    "showlegend": False, "hoverinfo": "skip",
                } for seed in seeds
            ]  # fmt: skip
        line = {"color": paint[hue], "width": 3.2, "dash": dash}
        traces.append(
            shared | points(median(seeds), epoch) | {"name": words[kind], "line": line, "hovertemplate": "%{y:.1f} %"}
        )
    ends = {"x": [epoch, updates], "y": [100 * chance] * 2}
    dots = {"color": paint["mute"], "width": 1.6, "dash": "dot"}
    traces.append(
        {"type": "scatter", "mode": "lines", "name": words["chance"], "line": dots, "hoverinfo": "skip"} | ends
    )
    ticks = [tick for tick in TICKS if epoch <= tick <= updates]
    x = plain(paint) | named(words["updates"], paint) | {
        "type": "log", "range": [np.log10(epoch) - 0.03, np.log10(updates) + 0.03],
        "tickvals": ticks, "ticktext": [f"{tick}" for tick in ticks],
    }  # fmt: skip
    y = plain(paint) | named(words["right"], paint) | {"range": [-2, 104], "tickvals": [0, 25, 50, 75, 100]}
    return figure(traces, {"xaxis": x, "yaxis": y}, paint, 300)


def points(shares: Sequence[float] | np.ndarray, epoch: int) -> dict[str, list[float]]:
    """A curve's places: updates, and per cent."""
    return {"x": [epoch * (k + 1) for k in range(len(shares))], "y": (100 * np.asarray(shares)).tolist()}
