"""What the figures share: colours, an axis of powers of ten that has room for 0 and ∞, lines, layout."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from app.formatting import scientific, superscript

COLOURS = {
    "light": {
        "card": "#FFFFFF",
        "line": "#D9DEE6",
        "line2": "#B9C1CC",
        "ink": "#17202B",
        "ink2": "#3D4756",
        "mute": "#566070",
        "h": "#0596C6",
        "c": "#007F5A",
        "o": "#B58200",
        "i": "#1D56BD",
        "f": "#BE4200",
        "h_text": "#00749D",
        "c_text": "#006B4C",
        "c_tint": "#B6D2C7",
        "h_tint": "#BBDAEB",
        "low": "#6FA8E8",
        "zero": "#FFFFFF",
        "high": "#F2A24B",
    },
    "dark": {
        "card": "#151A23",
        "line": "#2C3542",
        "line2": "#4A5566",
        "ink": "#F2F5F9",
        "ink2": "#CBD3DE",
        "mute": "#A3AEBD",
        "h": "#5CCFF8",
        "c": "#1FB683",
        "o": "#EFC545",
        "i": "#6198FB",
        "f": "#F5793B",
        "h_text": "#5CCFF8",
        "c_text": "#2FC491",
        "c_tint": "#265049",
        "h_tint": "#33566B",
        "low": "#2B6CC4",
        "zero": "#252D3A",
        "high": "#A85804",
    },
}
"""The tokens of app/components/base/tokens.css that figures need."""

CELLS = {"rnn": ("h", "solid"), "lstm": ("c", "dash"), "gru": ("o", "dot")}
"""The hue and the dash of each kind of cell, where all are in one figure."""

LEGEND = {"orientation": "h", "x": 0, "y": 1.03, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False,
          "bgcolor": "rgba(0,0,0,0)"}  # fmt: skip

NICE = (1, 2, 3, 5, 10, 20, 50, 100)
VANISHED, EXPLODED = -6, 3  # decades: below and above these a gradient counts as gone, as too large


def colours(dark: bool) -> Mapping[str, str]:
    """The colours of a theme."""
    return COLOURS["dark" if dark else "light"]


@dataclass(frozen=True)
class Decades:
    """An axis of powers of ten: values are at their log10, 0 on a marked floor below, ∞ on a ceiling above."""

    low: float
    high: float
    zero: bool
    infinite: bool

    @staticmethod
    def of(*curves: np.ndarray) -> "Decades":
        """An axis with room for all values; NaN takes none."""
        values = np.concatenate([np.ravel(c) for c in curves])
        finite = np.log10(values[np.isfinite(values) & (values > 0)])
        low, high = (math.floor(finite.min()), math.ceil(finite.max())) if len(finite) else (-1, 1)
        return Decades(low, max(high, low + 1), bool((values == 0).any()), bool(np.isposinf(values).any()))

    @property
    def gap(self) -> float:
        """How far the floor and the ceiling are from the powers of ten."""
        return (self.high - self.low) / 8

    def place(self, values: Iterable[float]) -> list[float | None]:
        """The places of values; NaN has none."""
        return [self.one(float(v)) for v in values]

    def one(self, value: float) -> float | None:
        if math.isnan(value):
            return None
        if value == 0:
            return self.low - self.gap
        return self.high + self.gap if math.isinf(value) else math.log10(value)

    def axis(self, paint: Mapping[str, str], ticks: int = 6) -> dict[str, Any]:
        """The axis as Plotly takes it."""
        places, texts = zip(*self.ticks(ticks), strict=True)
        return plain(paint) | {"tickvals": list(places), "ticktext": list(texts), "range": list(self.range)}

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Places and texts of at most so many powers of ten, and of 0 and ∞ where there is any."""
        step = next((n for n in NICE if (self.high - self.low) / n <= most), NICE[-1])
        found: list[tuple[float, str]] = [
            (k, power(k)) for k in range(int(self.low), int(self.high) + 1) if k % step == 0
        ]
        found += [(self.low - self.gap, "0")] * self.zero
        return found + [(self.high + self.gap, "∞")] * self.infinite

    @property
    def range(self) -> tuple[float, float]:
        """The ends of the axis."""
        ends = (self.low - 1.3 * self.gap * self.zero, self.high + 1.3 * self.gap * self.infinite)
        slack = 0.04 * (ends[1] - ends[0])
        return ends[0] - slack, ends[1] + slack


def power(exponent: int) -> str:
    """A power of ten as an axis writes it."""
    return "1" if exponent == 0 else f"10{superscript(exponent)}"


def plain(paint: Mapping[str, str]) -> dict[str, Any]:
    """An axis in the colours of the page."""
    return {
        "gridcolor": paint["line"],
        "linecolor": paint["line2"],
        "zeroline": False,
        "showline": True,
        "fixedrange": True,
        "tickfont": {"color": paint["mute"], "size": 12.5},
        "automargin": True,
    }


def named(text: str, paint: Mapping[str, str]) -> dict[str, Any]:
    """An axis' title."""
    return {"title": {"text": text, "font": {"color": paint["mute"], "size": 13}, "standoff": 6}}


def curve(
    back: Sequence[float], values: np.ndarray, name: str, axis: Decades, line: Mapping[str, Any], **rest: Any
) -> dict[str, Any]:
    """A line over an axis of powers of ten; the hover label shows the number itself."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(back),
        "y": axis.place(values),
        "name": name,
        "text": [scientific(float(v)) for v in values],
        "line": dict(line),
        "hovertemplate": "%{text}",
    } | rest


def figure(traces: list[dict[str, Any]], layout: Mapping[str, Any], paint: Mapping[str, str], height: int) -> go.Figure:
    """A figure in the colours of the page, its legend above it."""
    base = {
        "template": "none",
        "height": height,
        "margin": {"l": 8, "r": 14, "t": 64, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": paint["ink2"], "size": 13},
        "legend": LEGEND | {"font": {"color": paint["ink2"], "size": 13}},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": paint["mute"], "activecolor": paint["ink"]},
        "hovermode": "x unified",
        "hoverlabel": {"bgcolor": paint["card"], "bordercolor": paint["line2"], "font": {"color": paint["ink"]}},
        "dragmode": False,
    }
    return go.Figure(data=traces, layout=base | dict(layout), _validate=False)


def heading(text: str, y: float, paint: Mapping[str, str]) -> dict[str, Any]:
    """A line of text above one of several rows, at a height y of the figure."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": y, "xanchor": "left", "yanchor": "bottom"}
    return place | {"text": text, "font": {"color": paint["ink2"], "size": 13}, "showarrow": False, "align": "left"}
