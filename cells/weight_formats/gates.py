"""Gates in the order of each framework: a layer's weights cut into a cell's named arrays, and joined again.

Every framework holds one matrix for the inputs and one for the states, the gates' blocks stacked by rows (Keras
by columns: transposed), and a bias on either side or one alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from cells.cell import Cell, Kind
from cells.checks import Array, known, numbers
from cells.functions import function
from cells.gru import GRU
from cells.initial import GATES
from cells.layers import Stack
from cells.lstm import LSTM
from cells.rnn import RNN

LAYOUTS: dict[str, dict[str, tuple[Kind, str]]] = {
    "torch": {"RNN": (RNN, GATES["rnn"]), "LSTM": (LSTM, GATES["lstm"]), "GRU": (GRU, GATES["gru"])},
    "keras": {"SimpleRNN": (RNN, "h"), "LSTM": (LSTM, "ifgo"), "GRU": (GRU, "zrn")},
    "onnx": {"RNN": (RNN, "h"), "LSTM": (LSTM, "iofg"), "GRU": (GRU, "zrn")},
}
"""For each framework, by its own name of the layer: the kind of cell, and the order of the gates."""


FUNCTIONS = ("gate", "activation", "output_activation")
"""The options of a cell that are functions."""


@dataclass(frozen=True)
class Blocks:
    """The weights of one direction of one layer, gates stacked by rows.

    Attributes
    ----------
    W : numpy.ndarray
        (G·H, D).
    U : numpy.ndarray
        (G·H, H), or (G·H, P) of a cell with a projection.
    b, d : numpy.ndarray
        The biases of the inputs' and of the states' side, (G·H,) each.
    """

    W: Array
    U: Array
    b: Array
    d: Array


def named(gates: str, blocks: Blocks, apart: str = "") -> dict[str, Array]:
    """Return a cell's parameters; the two biases are added up but for the gates ``apart``, whose second is ``d_…``."""

    def cut(array: Array) -> dict[str, Array]:
        return dict(zip(gates, np.split(array, len(gates)), strict=True))

    W, U, b, d = (cut(array) for array in (blocks.W, blocks.U, blocks.b, blocks.d))
    parameters: dict[str, Array] = {}
    for gate in gates:
        parameters |= {f"W_{gate}": W[gate], f"U_{gate}": U[gate]}
        parameters |= (
            {f"b_{gate}": b[gate], f"d_{gate}": d[gate]} if gate in apart else {f"b_{gate}": b[gate] + d[gate]}
        )
    return parameters


def joined(gates: str, cell: Cell) -> Blocks:
    """Return a cell's parameters as blocks; what the cell does not have is zero."""
    H, D = cell.units, cell.inputs
    shapes = {"W": (H, D), "U": (H, cell.sizes.get("P", H)), "b": (H,), "d": (H,)}
    return Blocks(
        *(
            np.concatenate([cell.parameters.get(f"{letter}_{gate}", np.zeros(shape, cell.dtype)) for gate in gates])
            for letter, shape in shapes.items()
        )
    )


def layer_of(framework: str, name: str) -> tuple[Kind, str]:
    """Return the kind of cell and the order of the gates of a framework's layer; refuse other names."""
    known(f"{framework} layer", [name], LAYOUTS[framework])
    return LAYOUTS[framework][name]


def gate_order(framework: str, kind: object) -> str:
    """Return the letters of a kind's gates in the order of a framework: ``"ifgo"`` of torch's LSTM."""
    return layer_of(framework, name_of(kind, framework))[1]


def name_of(kind: object, framework: str) -> str:
    """Return a framework's name for a kind of cell.

    Raises
    ------
    ValueError
        If the framework has no such layer.
    """
    for name, (candidate, _) in LAYOUTS[framework].items():
        if candidate is kind:
            return name
    raise ValueError(f"kind: {framework} has no layer for {kind}")


def expect(name: str, value: object, *shape: int | None) -> Array:
    """Return weights, an array of finite numbers of this shape (None: any length); refuse anything else by its name.

    An array of whole numbers is refused: weights are never whole, but they are when they are quantised.
    """
    dtype = getattr(value, "dtype", None)
    if isinstance(dtype, np.dtype) and dtype.kind in "biu":
        raise ValueError(
            f"{name}: expected floating-point weights, got {dtype}; quantised weights are made floats first: "
            "(weights − zero_point) · scale"
        )
    array = numbers(name, value)
    if array.ndim != len(shape) or any(n not in (None, m) for n, m in zip(shape, array.shape, strict=True)):
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(f"{name}: expected shape ({wanted}), got {array.shape}")
    if 0 in array.shape:
        raise ValueError(f"{name}: expected at least one of everything, got shape {array.shape}")
    return array


def units_of(name: str, recurrent: Array, gates: str) -> int:
    """Return H of a matrix (G·H, …); refuse rows that the gates do not share evenly."""
    if len(recurrent) % len(gates):
        raise ValueError(f"{name}: expected rows for {len(gates)} gates, got shape {recurrent.shape}")
    return len(recurrent) // len(gates)


def expect_options(framework: str, cell: Cell, **allowed: tuple[Any, ...] | None) -> None:
    """Refuse a cell whose options the framework's layer does not have.

    Parameters
    ----------
    framework : str
    cell : Cell
    **allowed
        The values that an option may take, None for any; an option that is not given must have its default.
    """
    for option, value in plain_options(cell).items():
        values = allowed.get(option, (cell.kind.options[option],))
        if values is not None and value not in values:
            raise ValueError(f"{option}: {framework} has no {cell.kind} with {option}={value!r}")


def plain_options(cell: Cell) -> dict[str, Any]:
    """Return a cell's options, its functions by their names."""
    return {k: function(v).name if k in FUNCTIONS else v for k, v in cell.options.items()}


def one_layer(framework: str, source: Cell | Stack) -> tuple[list[Cell], str]:
    """Return the cells of one layer, and its direction as ONNX calls it; refuse a stack of several layers."""
    if isinstance(source, Cell):
        return [source], "forward"
    if not isinstance(source, Stack):
        raise ValueError(f"cell: expected a cell or a stack of them, got {source!r:.80}")
    if source.depth > 1:
        raise ValueError(f"stack: {framework} has one layer to a weight, got {source.depth}; take its cells one by one")
    cells = list(source.cells.values())
    return cells, "bidirectional" if len(cells) == 2 else "reverse" if source.reverse else "forward"
