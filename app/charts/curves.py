"""The size of a gradient at every step back from the loss: one row for each cell, on one shared axis."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import EXPLODED, VANISHED, Decades, colours, curve, figure, heading, named, plain
from app.text import scientific

ROWS = {"rnn": (0.70, 1.0), "lstm": (0.35, 0.65), "gru": (0.0, 0.30)}
HUES = {"rnn": "h", "lstm": "c", "gru": "h"}
DASHES = {"vanish": "dash", "stable": "longdash", "explode": "dot"}


def gradients_back(
    now: Mapping[str, np.ndarray],
    presets: Mapping[str, Mapping[str, np.ndarray]],
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Draw the curves of the settings (thick) over those of the presets (thin), the loss at the left.

    Parameters
    ----------
    now : mapping of str to array (T,)
        By cell; the loss last.
    presets : mapping of str to such mappings
    words : mapping of str to str
        ``rnn``, ``lstm``, ``gru``, the presets' names, ``back``, ``vanished``, ``exploded`` and ``now``.
    """
    paint = colours(dark)
    drawn = [values for one in (now, *presets.values()) for values in one.values()]
    axis = Decades.of(np.array([10.0**VANISHED, 10.0 ** (EXPLODED + 4)]), *drawn)  # room for what the bands mean
    back = list(range(len(next(iter(now.values())))))
    traces, layout, shapes, notes = [], {}, [], []
    for row, (kind, domain) in enumerate(ROWS.items(), 1):
        y = "y" if row == 1 else f"y{row}"
        layout[f"yaxis{row if row > 1 else ''}"] = axis.axis(paint, 5) | {"domain": list(domain)}
        for name, values in presets.items():
            thin = {"color": paint["mute"], "width": 1.7, "dash": DASHES[name]}
            traces.append(curve(back, values[kind][::-1], words[name], axis, thin, yaxis=y, showlegend=row == 1))
        thick = {"color": paint[HUES[kind]], "width": 3.4}
        traces.append(curve(back, now[kind][::-1], words[kind], axis, thick, yaxis=y, showlegend=False))
        top, floor = axis.high + 2 * axis.gap, axis.low - 2 * axis.gap
        shapes += [band(y, EXPLODED, top, paint["high"]), band(y, floor, VANISHED, paint["low"])]
        notes += [
            heading(f"<b>{words[kind]}</b>", domain[1], paint),
            note(words["exploded"], y, EXPLODED, "bottom", paint),
            note(words["vanished"], y, VANISHED, "top", paint),
            end(scientific(float(now[kind][0])), y, len(back) - 1, axis.one(float(now[kind][0])), paint[HUES[kind]]),
        ]
    x = plain(paint) | named(words["back"], paint) | {"anchor": "y3", "showgrid": False, "range": [0, len(back) * 1.12]}
    return figure(traces, layout | {"xaxis": x, "shapes": shapes, "annotations": notes}, paint, 640)


def band(y: str, low: float, high: float, colour: str) -> dict[str, object]:
    """A tinted stretch of one row."""
    return {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "yref": y, "y0": low, "y1": high, "fillcolor": colour,
            "opacity": 0.16, "line": {"width": 0}, "layer": "below"}  # fmt: skip


def note(text: str, y: str, at: float, anchor: str, paint: Mapping[str, str]) -> dict[str, object]:
    """What a band means, at its inner edge."""
    return {"xref": "paper", "x": 0.005, "yref": y, "y": at, "text": text, "showarrow": False, "xanchor": "left",
            "yanchor": anchor, "font": {"color": paint["ink2"], "size": 12.5}}  # fmt: skip


def end(text: str, y: str, x: float, at: float | None, colour: str) -> dict[str, object]:
    """The number a curve ends with, beside it."""
    return {"xref": "x", "x": x, "yref": y, "y": at or 0, "text": f"<b>{text}</b>", "showarrow": False, "xshift": 6,
            "xanchor": "left", "font": {"color": colour, "size": 13}}  # fmt: skip
