"""A text read by trained networks: the verdict after every word, and the gates over the words."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import CELLS, colours, figure, named, plain

ROW = 15  # pixels of one unit


def over(words: Sequence[str], paint: Mapping[str, str]) -> dict[str, Any]:
    """An axis of words. A reader may have typed them: nothing in them is markup."""
    return plain(paint) | {
        "tickvals": list(range(len(words))),
        "ticktext": [escape(word) for word in words],
        "tickangle": -55,
        "showgrid": False,
        "range": [-0.5, len(words) - 0.5],
    }


def running(
    words: Sequence[str], verdicts: Mapping[str, np.ndarray], labels: Mapping[str, str], dark: bool
) -> go.Figure:
    """The verdict of each kind of cell after every word.

    Parameters
    ----------
    words : sequence of str
    verdicts : mapping of str to array (T,)
        By kind, 0 to 1.
    labels : mapping of str to str
        ``positive``, ``negative``, and the name of each kind.
    """
    paint = colours(dark)
    lines = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": list(range(len(words))),
            "y": values.tolist(),
            "name": labels[kind],
            "line": {"color": paint[CELLS[kind][0]], "dash": CELLS[kind][1], "width": 2.5},
            "marker": {"size": 6},
            "hovertemplate": "%{y:.3f}",
        }
        for kind, values in verdicts.items()
    ]
    middle = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5}
    layout = {
        "margin": {"l": 8, "r": 14, "t": 40, "b": 8},
        "shapes": [middle | {"line": {"color": paint["mute"], "width": 1.5, "dash": "dot"}}],
        "xaxis": over(words, paint),
        "yaxis": plain(paint) | {
            "range": [-0.03, 1.03],
            "tickvals": [0, 0.25, 0.5, 0.75, 1],
            "ticktext": [labels["negative"], "0.25", "0.5", "0.75", labels["positive"]],
        },
    }  # fmt: skip
    return figure(lines, layout, paint, 290)


def gates(words: Sequence[str], values: np.ndarray, labels: Mapping[str, str], dark: bool) -> go.Figure:
    """One gate over the words: the mean of all units on top, each unit below.

    Parameters
    ----------
    words : sequence of str
    values : array (T, H)
        0 to 1, or −1 to 1 where one is negative.
    labels : mapping of str to str
        ``unit`` and ``mean``.
    """
    paint, units, signed = colours(dark), values.shape[1], bool((values < 0).any())
    rows = np.vstack([values.mean(1), values.T])
    names = [labels["mean"], *(f"{k + 1}" for k in range(units))]
    high = [[1.0, paint["high"]]]
    heat = {
        "type": "heatmap",
        "z": rows.tolist(),
        "x": list(range(len(words))),
        "y": [-1.6, *range(units)],
        "zmin": -1 if signed else 0,
        "zmax": 1,
        "colorscale": [[0, paint["low"]], [0.5, paint["zero"]], *high] if signed else [[0, paint["zero"]], *high],
        "xgap": 0.5,
        "ygap": 0.5,
        "text": [[f"{name} · {escape(word)}" for word in words] for name in names],
        "hovertemplate": f"{labels['unit']} %{{text}}<br><b>%{{z:.3f}}</b><extra></extra>",
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickvals": [-1, 0, 1] if signed else [0, 0.5, 1],
            "tickfont": {"color": paint["mute"], "size": 12.5},
        },
    }
    shown = sorted({0, *range(3, units, 4), units - 1})
    layout = {
        "margin": {"l": 8, "r": 8, "t": 28, "b": 8},  # above the scale: the button that saves
        "hovermode": "closest",
        "xaxis": over(words, paint),
        "yaxis": plain(paint) | named(labels["unit"], paint) | {
            "autorange": "reversed",
            "showgrid": False,
            "tickvals": [-1.6, *shown],
            "ticktext": [labels["mean"], *(f"{k + 1}" for k in shown)],
        },
    }  # fmt: skip
    return figure([heat], layout, paint, 150 + ROW * max(units, 8))
