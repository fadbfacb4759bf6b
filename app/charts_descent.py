"""A learning rate's way downhill → Plotly figure. Knows nothing of the page it stands on."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from app.charts import AXES, LINES
from app.layers_descent import EDGE, Descent, curve

HIGH = 1.5  # the loss up to which the picture goes


def downhill(way: Descent, words: Mapping[str, str], dark: bool = False) -> go.Figure:
    """The loss over the weight, and a dot for every step of the descent."""
    theme = "dark" if dark else "light"
    weights, losses = curve()
    hill = {
        "type": "scatter",
        "x": weights.tolist(),
        "y": losses.tolist(),
        "mode": "lines",
        "line": {"color": AXES[theme]["zero"], "width": 2},
        "hoverinfo": "skip",
    }
    dots = {
        "type": "scatter",
        "x": list(way.weights),
        "y": list(way.losses),
        "mode": "lines+markers",
        "line": {"color": LINES[theme]["h"], "width": 1.5, "dash": "dot"},
        "marker": {"color": LINES[theme]["h"], "size": [11, *[8] * way.steps], "line": {"width": 0}},
        "text": [str(k) for k in range(len(way.weights))],
        "hovertemplate": f"{words['step']} %{{text}}<br>{words['weight']} %{{x:.3f}}<br>"
        f"{words['loss']} %{{y:.4f}}<extra></extra>",
    }
    return go.Figure(data=[hill, dots], layout=layout(words, theme) | {"template": "none"}, _validate=False)


def layout(words: Mapping[str, str], theme: str) -> dict[str, Any]:
    plain = {"gridcolor": AXES[theme]["grid"], "zeroline": False, "color": AXES[theme]["zero"], "fixedrange": True}
    return {
        "height": 230,
        "margin": {"l": 46, "r": 8, "t": 8, "b": 40},
        "xaxis": plain | {"title": {"text": words["weight"]}, "range": [-EDGE, EDGE], "dtick": 1},
        "yaxis": plain | {"title": {"text": words["loss"]}, "range": [-0.06, HIGH], "dtick": 0.5},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
    }
