"""The map of where gradients vanish and explode, one kind of cell a figure."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import EXPLODED, VANISHED, colours, figure, named, plain, power
from app.formatting import scientific

SPAN = 12  # decades up and down that the colours distinguish
HATCH = {-1: "line-ne-open", 1: "line-nw-open"}
TARGETS = 2  # which of the figure's traces takes the click

Place = tuple[float, float, float]  # scale, the other setting, log10 of the ratio


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
    heat = coloured(decades, paint) | {"x": list(scales), "y": list(others)}
    traces = [heat, hatch(flat, paint), targets(flat, words, paint), frame(here, paint)]
    layout = {
        "margin": {"l": 8, "r": 8, "t": 34, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": plain(paint) | named(words["scale"], paint) | edges(scales),
        "yaxis": plain(paint) | named(words["other"], paint) | edges(others),
    }
    return figure(traces, layout, paint, 380)


def coloured(decades: np.ndarray, paint: Mapping[str, str]) -> dict[str, Any]:
    """The squares, and the scale of their colours."""
    scale = {
        "orientation": "h",
        "thickness": 10,
        "y": -0.2,
        "yanchor": "top",
        "len": 1,
        "outlinewidth": 0,
        "tickvals": [-12, -6, 0, 3, 12],
        "ticktext": [f"≤ {power(-12)}", power(-6), "1", power(3), f"≥ {power(12)}"],
        "tickfont": {"color": paint["mute"], "size": 12.5},
    }
    return {
        "type": "heatmap",
        "z": np.clip(decades, -SPAN, SPAN).tolist(),
        "zmin": -SPAN,
        "zmax": SPAN,
        "colorscale": [[0, paint["low"]], [0.5, paint["zero"]], [1, paint["high"]]],
        "xgap": 0.5,
        "ygap": 0.5,
        "hoverinfo": "skip",
        "colorbar": scale,
    }


def marks(places: Sequence[Place], marker: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    """A mark at every place."""
    x, y = [x for x, _, _ in places], [y for _, y, _ in places]
    return {"type": "scatter", "mode": "markers", "x": x, "y": y, "marker": dict(marker)} | rest


def hatch(places: Sequence[Place], paint: Mapping[str, str]) -> dict[str, Any]:
    """What has vanished, and what has exploded."""
    extreme = [place for place in places if not VANISHED <= place[2] <= EXPLODED]
    symbols = [HATCH[int(np.sign(decade))] for _, _, decade in extreme]
    look = {"symbol": symbols, "size": 7, "line": {"width": 1.1, "color": paint["ink2"]}, "color": paint["ink2"]}
    return marks(extreme, look, hoverinfo="skip")


def targets(places: Sequence[Place], words: Mapping[str, str], paint: Mapping[str, str]) -> dict[str, Any]:
    """The targets of pointer and click: an invisible square at every place."""
    look = {"symbol": "square", "size": 14, "opacity": 0, "color": paint["ink"]}
    unseen = {"marker": {"opacity": 0}}
    hover = f"{words['scale']} %{{x}}<br>{words['other']} %{{y}}<br>{words['ratio']} <b>%{{text}}</b><extra></extra>"
    texts = [scientific(10.0**decade) for _, _, decade in places]
    return marks(places, look, selected=unseen, unselected=unseen, text=texts, hovertemplate=hover)


def frame(here: tuple[float, float], paint: Mapping[str, str]) -> dict[str, Any]:
    """A frame around the place of the reader's settings."""
    look = {"symbol": "square-open", "size": 15, "color": paint["ink"], "line": {"width": 3, "color": paint["ink"]}}
    return marks([(*here, 0.0)], look, hoverinfo="skip", cliponaxis=False)


def edges(places: Sequence[float]) -> dict[str, Any]:
    """An axis that ends where the outermost squares do."""
    half = (places[1] - places[0]) / 2
    return {"showgrid": False, "range": [places[0] - half, places[-1] + half]}
