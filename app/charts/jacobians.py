"""Singular values of the step Jacobians, and the curve that their product and a simple rule predict."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, heading, named


def jacobians(
    back: Sequence[int],
    singular: np.ndarray,
    largest: np.ndarray,
    curves: Mapping[str, np.ndarray],
    role: str,
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Above, each step's smallest to largest singular value; below, what all steps together do to the gradient.

    Parameters
    ----------
    back : sequence of int
        How far back from the loss the steps end whose singular values are given.
    singular : numpy.ndarray
        (len(back), n), largest first.
    largest : numpy.ndarray
        The largest of the product of these steps and all after them, which start one step further back, (len(back),).
    curves : mapping of str to array (T,)
        ``measured`` and ``predicted`` sizes of the gradient, t = 1 … T.
    role : str
        The hue of the state.
    words : mapping of str to str
        ``first``, ``last``, ``product``, ``measured``, ``predicted``, ``steps``, ``together`` and ``back``.
    """
    paint = colours(dark)
    above, below = Decades.of(singular[:, 0], singular[:, -1], np.ones(1)), Decades.of(largest, *curves.values())
    every = range(len(curves["measured"]))
    thin = {"color": paint["mute"], "width": 1.7}
    band = {
        "fill": "tonexty",
        "fillcolor": "rgba(0,0,0,0)",
        "fillpattern": {"shape": "/", "fgcolor": paint[role], "size": 7, "solidity": 0.2},
    }
    traces: list[dict[str, Any]] = [
        curve(back, singular[:, -1], words["last"], above, thin),
        curve(back, singular[:, 0], words["first"], above, {"color": paint[role], "width": 2.4}, **band),
        curve([b + 1 for b in back], largest, words["product"], below, thin | {"dash": "dot"}, yaxis="y2"),
        curve(
            every, curves["measured"][::-1], words["measured"], below, {"color": paint[role], "width": 3.4}, yaxis="y2"
        ),
        curve(
            every,
            curves["predicted"][::-1],
            words["predicted"],
            below,
            {"color": paint["ink"], "width": 2, "dash": "dash"},
            yaxis="y2",
        ),
    ]
    layout = {
        "margin": {"l": 8, "r": 14, "t": 128, "b": 8},
        "xaxis": above.axis(paint)
        | named(words["back"], paint)
        | {"anchor": "y2", "tickvals": None, "ticktext": None, "range": [-0.5, len(every) - 0.5]},
        "yaxis": above.axis(paint, 4) | {"domain": [0.66, 1]},
        "yaxis2": below.axis(paint) | {"domain": [0, 0.54]},
        "annotations": [heading(words["steps"], 1.0, paint), heading(words["together"], 0.545, paint)],
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "yref": "y",
                "y0": 0,
                "y1": 0,
                "line": {"color": paint["mute"], "width": 1.2},
            }
        ],
    }
    made = figure(traces, layout, paint, 560)
    made.layout.legend.y = 1.06
    return made
