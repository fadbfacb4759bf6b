"""The map of where gradients vanish and explode, one kind of cell a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import EXPLODED, VANISHED, colours, figure, named, plain, power
from app.text import scientific

SPAN = 12  # decades up and down that the colours tell apart
HATCH = {-1: "line-ne-open", 1: "line-nw-open"}
TARGETS = 2  # which of the figure's traces takes the click


def reachmap(
    decades: np.ndarray,
    scales: Sequence[float],
    others: Sequence[float],
    here: tuple[float, float],
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """A heat map of log10 of the ratio, hatched where gradients have vanished (/) or exploded (∖), to click on.

    Parameters
    ----------
    decades : numpy.ndarray
        (others, scales); −∞ where the gradient is 0.
    scales, others : sequence of float
    here : (float, float)
        The place of the reader's settings.
    words : mapping of str to str
        ``scale``, ``other`` and ``ratio``.
    """
    paint = colours(dark)
    flat = [(x, y, float(decades[j, k])) for j, y in enumerate(others) for k, x in enumerate(scales)]
    heat = {
        "type": "heatmap",
        "x": list(scales),
        "y": list(others),
        "z": np.clip(decades, -SPAN, SPAN).tolist(),
        "zmin": -SPAN,
        "zmax": SPAN,
        "colorscale": [[0, paint["low"]], [0.5, paint["zero"]], [1, paint["high"]]],
        "xgap": 0.5,
        "ygap": 0.5,
        "hoverinfo": "skip",
        "colorbar": {
            "orientation": "h",
            "thickness": 10,
            "y": -0.2,
            "yanchor": "top",
            "len": 1,
            "outlinewidth": 0,
            "tickvals": [-12, -6, 0, 3, 12],
            "ticktext": [f"≤ {power(-12)}", power(-6), "1", power(3), f"≥ {power(12)}"],
            "tickfont": {"color": paint["mute"], "size": 12.5},
        },
    }
    hatched = [(x, y, np.sign(d)) for x, y, d in flat if d < VANISHED or d > EXPLODED]
    hatch = {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [x for x, _, _ in hatched],
        "y": [y for _, y, _ in hatched],
        "marker": {
            "symbol": [HATCH[int(s)] for _, _, s in hatched],
            "size": 7,
            "line": {"width": 1.1, "color": paint["ink2"]},
            "color": paint["ink2"],
        },
    }
    unseen = {"marker": {"opacity": 0}}
    targets = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in flat],
        "y": [y for _, y, _ in flat],
        "marker": {"symbol": "square", "size": 14, "opacity": 0, "color": paint["ink"]},
        "selected": unseen,
        "unselected": unseen,
        "text": [scientific(10.0**d) for _, _, d in flat],
        "hovertemplate": f"{words['scale']} %{{x}}<br>{words['other']} %{{y}}<br>{words['ratio']} <b>%{{text}}</b>"
        "<extra></extra>",
    }
    place: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": [here[0]],
        "y": [here[1]],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "symbol": "square-open",
            "size": 15,
            "color": paint["ink"],
            "line": {"width": 3, "color": paint["ink"]},
        },
    }
    layout = {
        "margin": {"l": 8, "r": 8, "t": 34, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": plain(paint) | named(words["scale"], paint) | edges(scales),
        "yaxis": plain(paint) | named(words["other"], paint) | edges(others),
    }
    return figure([heat, hatch, targets, place], layout, paint, 380)


def edges(places: Sequence[float]) -> dict[str, Any]:
    """An axis that ends where the outermost squares do."""
    half = (places[1] - places[0]) / 2
    return {"showgrid": False, "range": [places[0] - half, places[-1] + half]}
