"""One unit of a wide layer as a small cell, which a browser runs: it reads the sums of the unit's gates.

All else that the unit does in a step follows from these. A simple cell, and a GRU whose reset gate comes after the
matrix product, show the product U h besides, which nothing but a hidden state can bring: a second unit has it as its
own.
"""

from __future__ import annotations

import numpy as np

from app.lessons.model.model import Look
from cells import Cell, Trace, run

FAR = 800.0  # a gate's sum at which it is 0 or 1
ROOM = 2.0  # how many times the largest product the second unit could have
PRODUCT = {"rnn": "U_h", "gru": "U_n"}
"""What the product is by, where it is shown."""


def shows_product(cell: Cell) -> bool:
    return "Uh" in cell.graph.values


def can_stand_alone(cell: Cell) -> bool:
    """Whether a unit's step follows from the sums of its gates in a cell of one or two units."""
    options = cell.options
    if options.get("projection") or options.get("clip"):
        return False
    functions = [str(getattr(options.get(name), "name", options.get(name))) for name in ("gate", "activation")]
    return not shows_product(cell) or (functions[0] in ("sigmoid", "None") and functions[1] == "tanh")


def alone(look: Look, unit: int) -> Trace:
    """A unit over a window, in the order in which its cell reads it: the run of a cell whose first unit it is."""
    trace, cell = look.trace, look.cell
    order = slice(None, None, -1) if trace.reverse else slice(None)
    entered = look.first + look.steps - 1 if trace.reverse else look.first
    start = {name: np.array([trace.before(name)[entered, unit]]) for name in cell.graph.before}
    options = dict(cell.options) | ({"peephole": False} if "peephole" in cell.options else {})
    x = np.stack(list(sums(look, unit).values()), axis=1)[order].astype(float)
    small = cell.kind.random(inputs=x.shape[1], units=2 if shows_product(cell) else 1, seed=0, **options)
    weights = {name: np.zeros_like(array) for name, array in small.parameters.items()}
    for column, name in enumerate(sums(look, unit)):
        weights[name][0, column] = 1
    if cell.kind.key == "rnn":
        weights["b_h"][0] = cell.parameters["b_h"][unit]
    if shows_product(cell):
        product = look["Uh"][order, unit].astype(float)
        x, start["h"] = helped(product, x, start["h"], weights, cell)
    return run(cell.kind(**options, **weights), x, start=start)


def sums(look: Look, unit: int) -> dict[str, np.ndarray]:
    """What each gate of a unit is the function of, (n,), by the matrix that the small cell reads it with.

    Without the product that a second unit brings; of a simple cell it is what the input brings.
    """
    cell = look.cell
    if cell.kind.key == "rnn":
        return {"W_h": look["Wx"][:, unit]}
    found = {f"W_{name[2:]}": look[name][:, unit] for name in cell.graph.values if name.startswith("a_")}
    if shows_product(cell):
        found["W_n"] = found["W_n"] - look["recall"][:, unit]
    return found


def helped(
    product: np.ndarray, x: np.ndarray, h: np.ndarray, weights: dict[str, np.ndarray], cell: Cell
) -> tuple[np.ndarray, np.ndarray]:
    """What the cell of two units reads, and its first hidden state: the second is at each step the product.

    It is tanh of a number that it reads, over a scale that keeps it within tanh; a GRU's lets in all of that.
    """
    scale = ROOM * float(np.abs(product).max()) or 1.0
    coming = np.append(product[1:], 0.0) / scale
    for name in [name for name in weights if name.startswith("W")]:
        weights[name] = np.pad(weights[name], ((0, 0), (0, 1)))
    by = PRODUCT[cell.kind.key]
    weights[by.replace("U", "W")][1, -1] = 1
    weights[by][0, 1] = scale
    if "b_z" in weights:
        weights["b_z"][1] = -FAR if cell.options["update"] == "keep" else FAR
    return np.column_stack([x, np.arctanh(coming)]), np.array([h[0], product[0] / scale])
