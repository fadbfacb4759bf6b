"""The loss of every run of a training, epoch by epoch: training loss thin, validation loss thick."""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import CELLS, colours, figure, named, plain

LINE_WIDTHS = {"train": 1.3, "valid": 2.8}
MARKS = 9  # at most, on a curve


def losses(
    runs: Mapping[str, np.ndarray],
    kinds: Mapping[str, str],
    epochs: int,
    words: Mapping[str, str],
    dark: bool,
    best: Collection[str] = (),
    at: int | None = None,
) -> go.Figure:
    """Draw the runs; those of one kind share a hue and a dash, and a place in the legend unless a run has a name.

    Parameters
    ----------
    runs : mapping of str to array (K, 3)
        By run: epoch, loss of the training part, loss of the validation part.
    kinds : mapping of str to str
        The kind of cell of each run.
    epochs : int
        How far the axis goes.
    words : mapping of str to str
        ``epoch``, ``loss``, ``train``, and each kind's name; the names of runs that have marks on their
        curves, as another way than the kind's own. ``best``: the smallest validation loss.
    best : collection of str
        Runs whose smallest validation loss is marked, with the number of its epoch.
    at : int, optional
        An epoch that is looked at: a line across the figure.
    """
    paint, traces, listed = colours(dark), [], set[str]()
    for run, points in runs.items():
        hue, dash = CELLS[kinds[run]]
        marked = run in words and run not in CELLS
        for column, (part, width) in enumerate(LINE_WIDTHS.items(), 1):
            name = words[run if marked else kinds[run]] + (f", {words[part]}" if part == "train" else "")
            traces.append({
                "type": "scatter", "mode": "lines+markers" if marked else "lines",
                "x": points[:, 0].tolist(), "y": points[:, column].tolist(),
                "name": name, "line": {"color": paint[hue], "width": width, "dash": dash},
                "marker": {"symbol": "diamond-open", "size": 8, "maxdisplayed": MARKS},
                "opacity": 1 if part == "valid" else 0.75,
                "legendgroup": name, "showlegend": part == "valid" and name not in listed, "hovertemplate": "%{y:.4f}",
            })  # fmt: skip
            listed.add(name)
    traces += [smallest(runs[run], words["best"], paint[CELLS[kinds[run]][0]], order) for order, run in enumerate(best)]
    x = plain(paint) | named(words["epoch"], paint) | {"range": [0, epochs], "showgrid": False}
    y = plain(paint) | named(words["loss"], paint) | {"rangemode": "tozero"}
    look = {"type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1, "line": {"color": paint["ink"]}}
    layout = {"xaxis": x, "yaxis": y, "margin": {"l": 8, "r": 14, "t": 36, "b": 8}}
    return figure(traces, layout | {"shapes": [look] if at is not None else []}, paint, 300)


def smallest(points: np.ndarray, name: str, hue: str, order: int) -> dict[str, Any]:
    """A star at a run's smallest validation loss, and the number of its epoch, by turns above and below."""
    epoch, _, loss = points[int(np.argmin(points[:, 2]))].tolist()
    return {
        "type": "scatter", "mode": "markers+text", "x": [epoch], "y": [loss], "text": [f"{epoch:.0f}"],
        "textposition": "bottom center" if order % 2 else "top center", "textfont": {"color": hue, "size": 13},
        "cliponaxis": False, "marker": {"symbol": "star", "size": 12, "color": hue}, "name": name, "legendgroup": name,
        "showlegend": order == 0, "hoverinfo": "skip",
    }  # fmt: skip
