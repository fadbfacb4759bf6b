"""How an error depends on the states of every day: its slopes, one line a sequence."""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from app.charts.axes import colours, heading
from cells import Gradients

DASHES = ("solid", "dash", "dot")
SPACE = "\N{EN SPACE}"
MARKS = ("circle", "diamond-open", "square")


def gradients(grads: Mapping[str, Gradients], words: Mapping[str, str], dark: bool = False) -> go.Figure:
    """The slope of each sequence's error at every day: over h above, over c below, on one time axis."""
    paint = colours(dark)
    traces = [
        slope(g["h" if row == 1 else "c"][:, 0, 0].tolist(), name, order, row, words, paint)
        for row in (1, 2)
        for order, (name, g) in enumerate(grads.items())
    ]
    days = max(g.trace.steps for g in grads.values())
    # Drawn at every change of a weight: unchecked (a test checks it) and without Plotly's template, which Streamlit
    # replaces by its own, a figure costs a fifth.
    return go.Figure(data=traces, layout=two_rows(days, words, paint) | {"template": "none"}, _validate=False)


def slope(
    values: Sequence[float], name: str, order: int, row: int, words: Mapping[str, str], paint: Mapping[str, str]
) -> dict[str, Any]:
    """One sequence's line: hue says which value, dash and mark say whose."""
    role = "h" if row == 1 else "c"
    hue, rest = paint[role], [""] * (len(values) - 1)
    return {
        "type": "scatter",
        "x": list(range(1, len(values) + 1)),
        "y": values,
        "yaxis": "y" if row == 1 else "y2",
        "mode": "lines+markers+text",
        "cliponaxis": False,
        "name": words[name],
        "text": [name + SPACE, *rest]
        if order % 2 == 0
        else [*rest, SPACE + name],  # at either end: never in each other
        "textposition": "middle left" if order % 2 == 0 else "middle right",
        "textfont": {"color": paint[f"{role}_text"], "size": 14},
        "line": {"color": hue, "width": 2.5, "dash": DASHES[order % len(DASHES)]},
        "marker": {"color": hue, "size": 9, "symbol": MARKS[order % len(MARKS)]},
        "hovertemplate": f"{words[name]} · {words['day']} %{{x}}<br>%{{y:.6f}}<extra></extra>",
    }


def two_rows(days: int, words: Mapping[str, str], paint: Mapping[str, str]) -> dict[str, Any]:
    axis = {
        "zeroline": True,
        "zerolinecolor": paint["mute"],
        "gridcolor": paint["line"],
        "tickformat": ".3~f",
    }
    return {
        "height": 430,
        "margin": {"l": 8, "r": 12, "t": 32, "b": 8},
        "xaxis": {
            "title": {"text": words["day"]},
            "tickmode": "linear",
            "dtick": 1 if days <= 12 else 5,
            "range": [1 - 0.06 * days, days + 0.06 * days],
            "anchor": "y2",
            "gridcolor": paint["line"],
        },
        "yaxis": axis | {"domain": [0.58, 1]},
        "yaxis2": axis | {"domain": [0, 0.42]},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "annotations": [
            heading(f"<b>{words[role]}</b>", y, paint) | {"font": {"color": paint[f"{role}_text"], "size": 14}}
            for role, y in (("h", 1.02), ("c", 0.44))
        ],
        "hovermode": "closest",
    }
