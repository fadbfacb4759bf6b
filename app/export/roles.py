"""The colours of a cell's values in a file: by the same roles as on the stage, and as light as a file prints them."""

from app.stage.graph_roles import read_graph
from app.stage.layout import layout_of
from cells import Cell

HUES = {"x": "#636D7B", "h": "#00749D", "c": "#006B4C", "f": "#9E3300", "i": "#1D56BD", "g": "#93246A", "o": "#8A6500"}
"""Those of `app/frame/styles/page.css` in its light theme."""

INK, MUTE = "#17202B", "#566070"
LOW, ZERO, HIGH = "#6FA8E8", "#FFFFFF", "#F2A24B"  # a value's own colour at −1, 0 and 1


def hues(cell: Cell) -> dict[str, str]:
    """The colour of every named value, and of every parameter; a pre-activation has that of its gate."""
    graph = cell.graph
    roles = read_graph(graph).roles | layout_of(cell)["roles"]
    values = {name: HUES.get(roles.get(name.removeprefix("a_"), ""), INK) for name in ("x", *graph.values)}
    return values | {name: values.get(name.partition("_")[2], INK) for name in graph.shapes}
