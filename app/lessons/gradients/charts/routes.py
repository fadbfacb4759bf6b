"""The two routes of a gradient: how long each is, and what share of the whole came by each."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, heading, named, plain


def routes(
    sizes: Mapping[str, np.ndarray], shares: Mapping[str, np.ndarray], role: str, words: Mapping[str, str], dark: bool
) -> go.Figure:
    """Above, the sizes of the whole and its parts by steps back from the loss; below, the parts' shares, stacked.

    Parameters
    ----------
    sizes, shares : mapping of str to array (T,)
        As :class:`app.lessons.gradients.routes.Split` gives them.
    role : str
        The hue of the state: ``"c"`` or ``"h"``.
    words : mapping of str to str
        ``whole``, ``along``, ``rest``, ``size``, ``share`` and ``back``.
    """
    paint, axis = colours(dark), Decades.of(*sizes.values())
    back = list(range(len(sizes["whole"])))
    lines = {
        "whole": {"color": paint["ink"], "width": 1.7},
        "along": {"color": paint[role], "width": 3.4},
        "rest": {"color": paint["mute"], "width": 2.4, "dash": "dot"},
    }
    traces = [curve(back, sizes[k][::-1], words[k], axis, line) for k, line in lines.items()]
    fills = {
        "along": {"color": paint[f"{role}_tint"], "pattern": {"shape": "/", "fgcolor": paint[role], "size": 6}},
        "rest": {
            "color": paint["line"],
            "pattern": {"shape": ".", "fgcolor": paint["mute"], "size": 6, "solidity": 0.15},
        },
    }
    traces += [
        {
            "type": "bar",
            "x": back,
            "y": (100 * shares[k][::-1]).tolist(),
            "name": words[k],
            "yaxis": "y2",
            "marker": {**fill, "line": {"width": 0}},
            "showlegend": False,
            "hovertemplate": "%{y:.1f} %",
        }
        for k, fill in fills.items()
    ]
    layout = {
        "barmode": "relative",
        "bargap": 0,
        "xaxis": plain(paint) | named(words["back"], paint) | {"anchor": "y2", "showgrid": False},
        "yaxis": axis.axis(paint) | {"domain": [0.54, 1]},
        "yaxis2": plain(paint) | {"domain": [0, 0.42], "ticksuffix": " %"},
        "annotations": [heading(words["share"], 0.43, paint)],
    }
    return figure(traces, layout, paint, 470)
