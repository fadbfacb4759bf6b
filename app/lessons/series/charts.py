"""A series over its dates: how it is cut, how it is resampled; and errors by horizon."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.charts.axes import CELLS, colours, figure, named, plain

BASELINES = {"naive": "dash", "drift": "dashdot", "seasonal": "dot"}
"""The baseline forecasts, and their dashes."""
FORECAST_STYLES = {"iterated": ("solid", "circle"), "direct": ("dash", "diamond-open")}
ROW, BAR = 30, 16  # px: a row of the folds' picture, and its bars
HUES = {"learned": "c_tint", "reads": "h", "says": "i", "validation": "o", "test": "f"}
LONG = 120  # days: more are labelled by the month


def over_dates(dates: Sequence[str], paint: Mapping[str, str]) -> dict[str, Any]:
    """An axis of dates written in figures, which all languages read; or of counts."""
    if counted(dates):
        return plain(paint) | {"type": "linear", "nticks": 5, "tickangle": 0}
    days = (np.datetime64(dates[-1]) - np.datetime64(dates[0])) / np.timedelta64(1, "D")
    hours = " %H:%M" if len(dates[0]) > len("2018-01-01") else ""
    ticks = "%Y-%m" if days > LONG else f"%m-%d{hours}"
    return plain(paint) | {
        "type": "date",
        "tickformat": ticks,
        "hoverformat": f"%Y-%m-%d{hours}",
        "nticks": 5,
        "tickangle": 0,
    }


def counted(dates: Sequence[str]) -> bool:
    """Whether values are only counted: their places stand where dates do."""
    return "-" not in dates[-1][1:]


def line(x: Sequence[Any], y: Sequence[float], name: str, look: Mapping[str, Any], **rest: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "x": list(x), "y": list(y), "name": name, "line": dict(look),
            "hovertemplate": "%{y:.4~g}"} | rest  # fmt: skip


def by_horizon(
    baselines: Mapping[str, Sequence[float]],
    cells: Mapping[str, Mapping[str, Sequence[float]]],
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Draw the mean absolute error at every horizon: of the baselines, and of each cell by either way.

    `words`: every name, ``horizon``, ``error``.
    """
    paint = colours(dark)
    ahead = list(range(1, 1 + len(baselines["naive"])))
    traces = [
        line(ahead, errors, words[name], {"color": paint["mute"], "width": 2, "dash": BASELINES[name]})
        for name, errors in baselines.items()
    ]
    for kind, ways in cells.items():
        for way, errors in ways.items():
            dash, mark = FORECAST_STYLES[way]
            look = {"color": paint[CELLS[kind][0]], "width": 2.2, "dash": dash}
            marker = {"color": look["color"], "symbol": mark, "size": 7}
            name = f"{words[kind]}, {words[way]}"
            traces.append(line(ahead, errors, name, look, mode="lines+markers", marker=marker))
    x = plain(paint) | named(words["horizon"], paint) | {"showgrid": False, "dtick": 1}
    y = plain(paint) | named(words["error"], paint) | {"rangemode": "tozero"}
    return figure(traces, {"xaxis": x, "yaxis": y, "margin": {"l": 8, "r": 14, "t": 92, "b": 44}}, paint, 420)


def cuts(
    dates: Sequence[str],
    values: Sequence[float],
    folds: Mapping[str, tuple[int, int]],
    window: tuple[int, int],
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Draw a series, and beneath it for each fold what is learned from and what judges it, on one axis of dates.

    Parameters
    ----------
    folds
        By name, first to last: where a fold begins to judge, and where it ends. The last is the test, which learns
        nothing of its own.
    window
        Values that a window reads, and those it forecasts: a fold's last window to learn from is marked.
    words
        A name for each fold; ``learned``, ``validation``, ``test``, ``reads``, ``says``, ``truth``.
    """
    paint, ends = colours(dark), [*dates, dates[-1]]
    traces = [line(dates, values, words["truth"], {"color": paint["ink2"], "width": 1.7}, showlegend=False)]
    for part, bars in parts(folds, window).items():
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": words[part],
                "y": [name for name, _, _ in bars],
                "base": [dates[first] for _, first, _ in bars],
                "x": [milliseconds(dates[first], ends[end]) for _, first, end in bars],
                "width": 0.28 if part in ("reads", "says") else 0.62,
                "marker": {"color": paint[HUES[part]], "line": {"width": 0}},
                "hovertemplate": f"{words[part]}<extra></extra>",
                "yaxis": "y2",
            }
        )
    share = ROW * len(folds) / (ROW * len(folds) + 150)
    rows = {"type": "category", "categoryarray": [*folds][::-1], "ticktext": [words[name] for name in folds],
            "tickvals": [*folds], "showgrid": False, "showline": False, "domain": [0, share - 0.06]}  # fmt: skip
    layout = {
        "barmode": "overlay",
        "hovermode": "closest",
        "xaxis": over_dates(dates, paint) | {"anchor": "y2"},
        "yaxis": plain(paint) | {"domain": [share, 1], "nticks": 4},
        "yaxis2": plain(paint) | rows,
        "margin": {"l": 8, "r": 14, "t": 84, "b": 30},
    }
    return figure(traces, layout, paint, 264 + ROW * len(folds))


def parts(folds: Mapping[str, tuple[int, int]], window: tuple[int, int]) -> dict[str, list[tuple[str, int, int]]]:
    """What each fold is cut into: by name its bars, each with the fold, where it begins and where it ends."""
    *rolls, (test, (first, last)) = folds.items()
    reads, says = window
    return {
        "learned": [(name, 0, cut) for name, (cut, _) in rolls],
        "reads": [(name, cut - reads - says, cut - says) for name, (cut, _) in rolls],
        "says": [(name, cut - says, cut) for name, (cut, _) in rolls],
        "validation": [(name, cut, end) for name, (cut, end) in rolls],
        "test": [(test, first, last)],
    }


def milliseconds(first: str, end: str) -> float:
    """How long a bar from one date to another is, as Plotly takes it."""
    if counted([end]):
        return float(end) - float(first)
    return float((np.datetime64(end) - np.datetime64(first)) / np.timedelta64(1, "ms"))


def resampled(
    dates: Sequence[str],
    values: Sequence[float],
    seen: np.ndarray,
    grid: tuple[Sequence[str], Sequence[float]],
    held: bool,
    words: Mapping[str, str],
    dark: bool,
) -> go.Figure:
    """Draw a series of which only some values were seen, and the even one that is made of those.

    `held`: each value lasts until the next. `words`: ``truth``, ``seen``, ``made``.
    """
    paint = colours(dark)
    some = np.flatnonzero(seen).tolist()
    marks = {"color": paint["ink"], "size": 7, "symbol": "circle-open", "line": {"width": 1.7}}
    small = {"color": paint["i"], "size": 5}
    traces = [
        line(dates, values, words["truth"], {"color": paint["line2"], "width": 1.7}),
        line(
            *grid,
            words["made"],
            {"color": paint["i"], "width": 2, "shape": "hv" if held else "linear"},
            mode="lines+markers",
            marker=small,
        ),
        line([dates[k] for k in some], [values[k] for k in some], words["seen"], {}, mode="markers", marker=marks),
    ]
    layout = {"xaxis": over_dates(dates, paint), "yaxis": plain(paint) | {"nticks": 5}}
    return figure(traces, layout, paint, 320)
