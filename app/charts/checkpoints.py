"""The gates of one unit over one sample, at every checkpoint of a training: one picture a gate, below each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import colours, figure, heading, named, plain

ROW, ABOVE, BELOW = 176, 46, 60  # pixels of a gate's picture, of its name, and below the last
TICKS = 6  # epochs that are written at a picture


def checkpoints(
    gates: Mapping[str, np.ndarray], epochs: Sequence[int], at: int, words: Mapping[str, str], dark: bool
) -> go.Figure:
    """Draw each gate as a heat map, timesteps across and checkpoints upward, one of them framed.

    Parameters
    ----------
    gates : mapping of str to array (K, T)
        By what a reader calls it, its value at each checkpoint and timestep: 0 to 1, or −1 to 1 where one is negative.
    epochs : sequence of int
        The K checkpoints; they are evenly spaced, whatever lies between them.
    at : int
        The epoch that is looked at.
    words : mapping of str to str
        ``epoch`` and ``step``.
    """
    paint, count = colours(dark), len(gates)
    layout: dict[str, Any] = {"margin": {"l": 8, "r": 8, "t": 0, "b": BELOW}, "hovermode": "closest"}
    traces, layout["shapes"], layout["annotations"] = [], [], []
    shown = list(range(0, len(epochs), -(-len(epochs) // TICKS)))
    for row, (name, values) in enumerate(gates.items()):
        number = "" if row == 0 else f"{row + 1}"
        low, high = 1 - (row + 1) / count, 1 - (row + ABOVE / (ROW + ABOVE)) / count
        traces.append(heat(values, epochs, (low, high), words, paint) | {"xaxis": f"x{number}", "yaxis": f"y{number}"})
        layout[f"xaxis{number}"] = plain(paint) | {
            "showgrid": False, "anchor": f"y{number}", "showticklabels": row == count - 1,
        } | (named(words["step"], paint) if row == count - 1 else {})  # fmt: skip
        layout[f"yaxis{number}"] = plain(paint) | named(words["epoch"], paint) | {
            "showgrid": False, "anchor": f"x{number}", "domain": [low, high],
            "tickvals": shown, "ticktext": [f"{epochs[k]}" for k in shown],
        }  # fmt: skip
        layout["shapes"].append(frame(f"x{number}", f"y{number}", list(epochs).index(at), paint))
        layout["annotations"].append(heading(f"<b>{name}</b>", high, paint))
    return figure(traces, layout, paint, count * (ROW + ABOVE) + BELOW)


def heat(
    values: np.ndarray, epochs: Sequence[int], span: tuple[float, float], words: Mapping[str, str],
    paint: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """One gate's picture, and its scale beside it."""
    lowest = -1 if (values < 0).any() else 0
    scale = {
        "len": span[1] - span[0], "y": sum(span) / 2, "thickness": 10, "outlinewidth": 0,
        "tickvals": [lowest, (lowest + 1) / 2, 1], "tickfont": {"color": paint["mute"], "size": 12.5},
    }  # fmt: skip
    hover = f"{words['epoch']} %{{customdata}}, {words['step']} %{{x}}<br><b>%{{z:.3f}}</b><extra></extra>"
    return {
        "type": "heatmap",
        "x": list(range(1, values.shape[1] + 1)),
        "y": list(range(len(epochs))),
        "z": values.tolist(),
        "zmin": lowest,
        "zmax": 1,
        "colorscale": [[0, paint["low"]], [0.5, paint["zero"]], [1, paint["high"]]],
        "colorbar": scale,
        "xgap": 0.5,
        "ygap": 0.5,
        "customdata": [[epoch] * values.shape[1] for epoch in epochs],
        "hovertemplate": hover,
    }


def frame(x: str, y: str, place: int, paint: Mapping[str, str]) -> dict[str, Any]:
    """A frame around the checkpoint that is looked at."""
    line = {"color": paint["ink"], "width": 2.4}
    return {"type": "rect", "xref": f"{x} domain", "x0": 0, "x1": 1, "yref": y, "y0": place - 0.5, "y1": place + 0.5,
            "line": line}  # fmt: skip
