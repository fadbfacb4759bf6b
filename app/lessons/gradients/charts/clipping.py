"""What clipping changes: each timestep's part of an update, and the loss of a training run."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, named, plain

METHOD_STYLES = {"none": ("ink", "dot"), "norm": ("i", "solid"), "value": ("f", "dash")}


def updates(sizes: Mapping[str, np.ndarray], words: Mapping[str, str], dark: bool) -> go.Figure:
    """How far each timestep would move the weights in one update, by way of clipping.

    Parameters
    ----------
    sizes : mapping of str to array (T,)
        Sizes by step, t = 1 … T.
    words : mapping of str to str
        A name for each way, and ``back``.
    """
    paint, axis = colours(dark), Decades.of(*sizes.values())
    traces = []
    for way, values in sizes.items():
        hue, dash = METHOD_STYLES[way]
        look = {"color": paint[hue], "width": 2.8, "dash": dash}
        traces.append(curve(range(len(values)), values[::-1], words[way], axis, look))
    layout = {"xaxis": plain(paint) | named(words["back"], paint), "yaxis": axis.axis(paint)}
    return figure(traces, layout, paint, 300)


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
