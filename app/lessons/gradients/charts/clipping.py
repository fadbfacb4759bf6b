"""What clipping changes: each timestep's part of an update, and the loss of a training run."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import CELLS, Decades, colours, curve, figure, named, plain

METHOD_STYLES = {"none": ("ink", "dot"), "norm": ("i", "solid"), "value": ("f", "dash")}


def updates(
    before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray], words: Mapping[str, str], dark: bool
) -> go.Figure:
    """How far each timestep would move the weights, by kind of cell; thin, after clipping by norm where it clips.

    Parameters
    ----------
    before, after : mapping of str to array (T,)
        Sizes by step, t = 1 … T; a cell whose gradient clipping leaves alone is not in `after`.
    words : mapping of str to str
        A name for each cell, ``after`` with its {cell}, ``circles`` and ``back``.
    """
    paint, axis = colours(dark), Decades.of(*before.values(), *after.values())
    circles = {"mode": "lines+markers", "marker": {"size": 5, "symbol": "circle-open", "maxdisplayed": 30}}
    traces = []
    for kind, values in before.items():
        hue, dash = CELLS[kind]
        line = {"color": paint[hue], "width": 3, "dash": dash}
        back = range(len(values))
        traces.append(curve(back, values[::-1], words[kind], axis, line))
        if kind in after:
            name = words["after"].format(cell=words[kind])
            thin = circles | {"showlegend": False}
            traces.append(curve(back, after[kind][::-1], name, axis, line | {"width": 1.5}, **thin))
    if after:  # one entry of the legend for all of them
        mark = {"type": "scatter", "x": [None], "y": [None], "name": words["circles"], "line": {"color": paint["mute"]}}
        traces.append(mark | circles)
    layout = {"xaxis": plain(paint) | named(words["back"], paint), "yaxis": axis.axis(paint)}
    return figure(traces, layout | {"margin": {"l": 8, "r": 14, "t": 88, "b": 8}}, paint, 380)


def losses(runs: Mapping[str, np.ndarray], words: Mapping[str, str], dark: bool) -> go.Figure:
    """The loss before every update; a run that broke ends at a cross, at ∞ where its loss became infinite.

    Parameters
    ----------
    runs : mapping of str to array
        By way of clipping; NaN from where a run broke.
    words : mapping of str to str
        ``none``, ``norm``, ``value``, ``update`` and ``broke``.
    """
    paint = colours(dark)
    shown = {way: ended(values) for way, values in runs.items()}
    axis = Decades.of(*shown.values())
    traces = []
    for way, values in shown.items():
        hue, dash = METHOD_STYLES[way]
        traces.append(
            curve(
                range(1, len(values) + 1), values, words[way], axis, {"color": paint[hue], "width": 2.8, "dash": dash}
            )
        )
        if np.isinf(values).any():
            at = int(np.flatnonzero(np.isinf(values))[0])
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers+text",
                    "x": [at + 1],
                    "y": axis.place([np.inf]),
                    "showlegend": False,
                    "text": [words["broke"]],
                    "textposition": "middle right",
                    "textfont": {"color": paint["ink"], "size": 13},
                    "marker": {"symbol": "x", "size": 12, "color": paint[hue]},
                    "hoverinfo": "skip",
                    "cliponaxis": False,
                }
            )
    ticks = plain(paint) | named(words["update"], paint) | {"range": [0, max(map(len, runs.values())) + 1]}
    return figure(traces, {"xaxis": ticks, "yaxis": axis.axis(paint)}, paint, 360)


def ended(values: np.ndarray) -> np.ndarray:
    """A run's losses, ∞ where it broke: what is no number any more was too large for one."""
    bad = np.flatnonzero(~np.isfinite(values))
    return values if not len(bad) else np.append(values[: bad[0]], np.inf)
