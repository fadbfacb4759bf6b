"""The two routes of a gradient: how large what came by each is."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import Decades, colours, curve, figure, named, plain


def routes(sizes: Mapping[str, np.ndarray], role: str, words: Mapping[str, str], dark: bool) -> go.Figure:
    """The sizes of the whole and its parts by steps back from the loss.

    Parameters
    ----------
    sizes : mapping of str to array (T,)
        As :class:`app.lessons.gates.routes.Split` gives them.
    role : str
        The hue of the state: ``"c"`` or ``"h"``.
    words : mapping of str to str
        ``whole``, ``along``, ``rest`` and ``back``.
    """
    paint, axis = colours(dark), Decades.of(*sizes.values())
    back = list(range(len(sizes["whole"])))
    lines = {
        "whole": {"color": paint["ink"], "width": 1.7},
        "along": {"color": paint[role], "width": 3.4},
        "rest": {"color": paint["mute"], "width": 2.4, "dash": "dot"},
    }
    traces = [curve(back, sizes[k][::-1], words[k], axis, line) for k, line in lines.items()]
    layout = {"xaxis": plain(paint) | named(words["back"], paint), "yaxis": axis.axis(paint)}
    return figure(traces, layout, paint, 300)
