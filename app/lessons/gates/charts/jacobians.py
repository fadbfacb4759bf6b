"""Singular values of the step Jacobians, and the size of a gradient beside what a rule predicts."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, named, plain


def singular_values(
    back: Sequence[int], values: np.ndarray, steps: int, role: str, words: Mapping[str, str], dark: bool
) -> go.Figure:
    """Each step's smallest to largest singular value, and the line at 1 between stretching and shrinking.

    Parameters
    ----------
    back : sequence of int
        How far back from the loss each step ends.
    values : numpy.ndarray
        (len(back), n), largest first.
    steps : int
        T.
    role : str
        The hue of the state.
    words : mapping of str to str
        ``first``, ``last`` and ``back``.
    """
    paint, axis = colours(dark), Decades.of(values[:, 0], values[:, -1], np.ones(1))
    hatch = {"shape": "/", "fgcolor": paint[role], "size": 7, "solidity": 0.2}
    band = {"fill": "tonexty", "fillcolor": "rgba(0,0,0,0)", "fillpattern": hatch}
    traces = [
        curve(back, values[:, -1], words["last"], axis, {"color": paint["mute"], "width": 1.7}),
        curve(back, values[:, 0], words["first"], axis, {"color": paint[role], "width": 2.4}, **band),
    ]
    one = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
    layout = {
        "xaxis": plain(paint) | named(words["back"], paint) | {"range": [-0.5, steps - 0.5]},
        "yaxis": axis.axis(paint, 4),
        "shapes": [one | {"line": {"color": paint["mute"], "width": 1.2}}],
    }
    return figure(traces, layout, paint, 300)


def rule(
    back: Sequence[int],
    largest: np.ndarray,
    curves: Mapping[str, np.ndarray],
    role: str,
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """What all steps together do: the gradient, the rule's prediction on top, the most that could come back.

    Parameters
    ----------
    back : sequence of int
        How far back from the loss the products begin.
    largest : numpy.ndarray
        The largest singular value of the product of all steps from there to the loss, (len(back),).
    curves : mapping of str to array (T,)
        ``measured`` and ``predicted`` sizes of the gradient, t = 1 … T.
    role, words, dark
        As above; words ``product``, ``measured``, ``predicted`` and ``back``.
    """
    paint, axis = colours(dark), Decades.of(largest, *curves.values())
    every = range(len(curves["measured"]))
    lines = {
        "measured": {"color": paint[role], "width": 3.4},
        "predicted": {"color": paint["ink"], "width": 2, "dash": "dash"},
    }
    traces = [curve(every, curves[name][::-1], words[name], axis, line) for name, line in lines.items()]
    most = {"color": paint["mute"], "width": 1.7, "dash": "dot"}
    traces.append(curve(back, largest, words["product"], axis, most))
    layout = {
        "xaxis": plain(paint) | named(words["back"], paint) | {"range": [-0.5, len(every) - 0.5]},
        "yaxis": axis.axis(paint),
    }
    return figure(traces, layout, paint, 340)
