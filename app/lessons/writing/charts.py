"""Figures of the lesson `writing`: bits per letter while a network learns, beside counting."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import colours, figure, named, plain

HEIGHT = 260


def learning(
    points: np.ndarray, grams: Sequence[float], updates: int, kept: float | None, words: Mapping[str, str], dark: bool
) -> go.Figure:
    """Draw the bits per letter over updates, and the best of counting as a line across.

    Parameters
    ----------
    points : numpy.ndarray
        (K, 3): updates, bits of what is learned, bits of what is checked.
    grams : sequence of float
        Bits by counting the last 0, 1, … letters.
    updates : int
        How far the axis goes.
    kept : float or None
        The updates after which the weights were kept: marked.
    words : mapping of str to str
        ``updates``, ``bits``, ``train``, ``valid``, ``kept`` and ``best``, the name of the line across.
    """
    paint, best = colours(dark), min(grams)
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "mode": "lines", "x": points[:, 0].tolist(), "y": points[:, column].tolist(),
            "name": words[name], "line": {"color": paint["c"], "width": width}, "hovertemplate": "%{y:.3f}",
        }
        for column, name, width in ((1, "train", 1.2), (2, "valid", 2.8))
    ]  # fmt: skip
    traces.append({
        "type": "scatter", "mode": "lines", "x": [0, updates], "y": [best, best], "name": words["best"],
        "line": {"color": paint["f"], "width": 2, "dash": "dash"}, "hovertemplate": "%{y:.3f}",
    })  # fmt: skip
    for at in points[points[:, 0] == kept].tolist() if kept else []:
        traces.append({
            "type": "scatter", "mode": "markers", "x": [at[0]], "y": [at[2]], "name": words["kept"],
            "marker": {"symbol": "star", "size": 12, "color": paint["c"]}, "hoverinfo": "skip",
        })  # fmt: skip
    low, high = min(best, float(points[:, 1:].min())), max(grams)
    x = plain(paint) | named(words["updates"], paint) | {"range": [0, updates], "showgrid": False}
    y = plain(paint) | named(words["bits"], paint) | {"range": [max(0.0, low - 0.3), high + 0.7]}
    return figure(traces, {"xaxis": x, "yaxis": y, "margin": {"l": 8, "r": 14, "t": 60, "b": 8}}, paint, HEIGHT)
