"""A weight multiplied by itself again and again."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, named, plain
from app.formatting import scientific


def carried(powers: np.ndarray, decades: bool, words: Mapping[str, str], dark: bool) -> go.Figure:
    """Draw wᵗ over t = 0 …, on powers of ten or on a plain axis; where that ends, ∞ is drawn above it.

    `words`: ``times``, and ``alt`` for those who do not see it.
    """
    paint, axis = colours(dark), Decades.of(powers)
    look = {"color": paint["h"], "width": 3}
    line = curve(list(range(len(powers))), powers, "w", axis, look) | {"hovertemplate": "%{text}<extra></extra>"}
    y = axis.axis(paint)
    if not decades:
        finite = powers[np.isfinite(powers)]
        top = float(finite.max())
        line["y"] = [float(p) if np.isfinite(p) else 1.1 * top for p in powers]
        places = [k * top / 4 for k in range(5)] + ([1.1 * top] if len(finite) < len(powers) else [])
        texts = [scientific(p) for p in places[:5]] + ["∞"]
        y = plain(paint) | {"tickvals": places, "ticktext": texts[: len(places)], "range": [-0.04 * top, 1.15 * top]}
    x = plain(paint) | named(words["times"], paint) | {"showgrid": False}
    margin = {"l": 8, "r": 14, "t": 30, "b": 44}
    return figure([line], {"xaxis": x, "yaxis": y, "showlegend": False, "margin": margin}, paint, 300)
