"""How soon networks learn a task: a row for each network, a ring for every seed, a bar at the median."""

import math
from collections.abc import Mapping, Sequence
from statistics import median_low

import plotly.graph_objects as go

from app.charts.axes import CELLS, colours, figure, named, plain

ROW, AROUND = 27, 96  # px of a network's row; above and below all of them
FAN = 0.5  # how far the rings of a row are spread over it
TICKS = 4


def trials(
    updates: Mapping[str, Sequence[float]], kinds: Mapping[str, str], budget: int, words: Mapping[str, str], dark: bool
) -> go.Figure:
    """Draw the updates that each network needed; those that never solved it are in a column of their own.

    Parameters
    ----------
    updates : mapping of str to sequence of float
        By a network's name: for each seed its updates, ∞ where the budget was not enough.
    kinds : mapping of str to str
        The kind of cell of each network, for its hue.
    budget : int
        How many updates each was given.
    words : mapping of str to str
        ``updates``, ``never``, ``seed`` and ``median``.
    """
    paint, never = colours(dark), 1.14 * budget
    traces = []
    for row, (name, values) in enumerate(updates.items()):
        hue = paint[CELLS[kinds[name]][0]]
        places = [never if math.isinf(value) else value for value in values]
        texts = [words["never"] if math.isinf(value) else f"{value:g}" for value in values]
        step = FAN / max(len(values) - 1, 1)
        shared = {"type": "scatter", "mode": "markers", "hovertemplate": f"{name}: %{{text}}<extra></extra>"}
        traces.append(shared | {
            "x": places, "y": [row - FAN / 2 + step * k for k in range(len(values))], "text": texts,
            "name": words["seed"], "legendgroup": "seed", "showlegend": row == 0,
            "marker": {"symbol": "circle-open", "size": 9, "line": {"width": 2}, "color": hue},
        })  # fmt: skip
        middle = median_low(values)
        traces.append(shared | {
            "x": [never if math.isinf(middle) else middle], "y": [row],
            "text": [words["never"] if math.isinf(middle) else f"{middle:g}"],
            "name": words["median"], "legendgroup": "median", "showlegend": row == 0,
            "marker": {"symbol": "line-ns", "size": 16, "line": {"width": 4, "color": hue}},
        })  # fmt: skip
    ticks = [budget * k // TICKS for k in range(TICKS + 1)]
    x = plain(paint) | named(words["updates"], paint) | {
        "range": [0, 1.24 * budget], "tickvals": [*ticks, never],
        "ticktext": [*(f"{tick}" for tick in ticks), words["never"]],
    }  # fmt: skip
    y = plain(paint) | {
        "range": [len(updates) - 0.5, -0.5], "tickvals": list(range(len(updates))), "ticktext": list(updates),
    }  # fmt: skip
    layout = {"xaxis": x, "yaxis": y, "hovermode": "closest", "margin": {"l": 8, "r": 14, "t": 36, "b": 8}}
    return figure(traces, layout, paint, AROUND + ROW * len(updates))
