"""Weights of ``torch.nn.RNN``, ``LSTM`` and ``GRU`` and of their cells, read and written without importing torch.

https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html (names and shapes of the weights).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cells.cell import Cell, Kind
from cells.checks import Array, one_of
from cells.layers import Stack
from cells.rnn import RNN
from cells.weight_formats.gates import (
    Blocks,
    expect,
    expect_options,
    gate_order,
    joined,
    named,
    plain_options,
    units_of,
)
from cells.weight_formats.state_dict import Places, kind_by_shape, numpy, places, recurrent_layer
from cells.weight_formats.torch_module import class_of, recurrent_module, state_of

NONLINEARITIES = ("tanh", "relu")


def from_torch(
    source: Any, kind: Any = None, nonlinearity: str | None = None, prefix: str | None = None
) -> Cell | Stack:
    """Return the cell, or the stack, that computes what a recurrent layer of PyTorch computes.

    Parameters
    ----------
    source : torch.nn.Module or mapping of str to array
        An RNN, LSTM or GRU (any number of layers and directions, projection, with or without biases), an RNNCell,
        LSTMCell or GRUCell; a model that holds one; or the state dict of either, a checkpoint around it too.
    kind : Kind, optional
        What the source must be; by default it is inferred, of a state dict from its shapes.
    nonlinearity : str, optional
        ``"tanh"`` (the default) or ``"relu"``: of a vanilla RNN's state dict, which does not say.
    prefix : str, optional
        Which recurrent layer of several: its name in the model, ``"encoder.rnn"``.

    Returns
    -------
    Cell or Stack
        A cell for one layer that reads forward, else a stack, whose cells are ``"0.forward"``, ``"0.backward"``, …

    Raises
    ------
    ValueError
        If the source is something else or has several recurrent layers, a weight is missing, unknown, of the wrong
        shape, not finite or quantised, or the module does more than its class says: drops values at random, has a
        ``forward`` of its own, or hooks.

    Notes
    -----
    ``batch_first`` is a property of the data: :func:`cells.run` has it.  Weight norm and pruning are undone.
    """
    if hasattr(source, "state_dict"):
        module = recurrent_module(source, prefix)
        found, nonlinearity = class_of(module)[0], _nonlinearity(module, nonlinearity)
        if kind is not None and kind is not found:
            raise ValueError(f"source: expected a module for {kind}, got one for {found}")
        kind, source, prefix = found, state_of(module), None
    if not isinstance(source, Mapping):
        raise ValueError(f"source: expected a module of torch.nn or its state dict, got {source!r:.80}")
    return _made(recurrent_layer(source, prefix), kind, nonlinearity)


def _made(weights: Places, kind: Any, nonlinearity: str | None) -> Cell | Stack:
    found = kind_by_shape(*next(iter(weights.items())))
    if kind is not None and kind is not found:
        raise ValueError(f"source: expected the weights of {kind}, got those of {found}")
    if nonlinearity is not None and found is not RNN:
        raise ValueError(f"nonlinearity: torch has no {found} with nonlinearity={nonlinearity!r}")
    options = {"activation": nonlinearity or "tanh"} if found is RNN else {}
    one_of("nonlinearity", options.get("activation", "tanh"), NONLINEARITIES)
    cells = {
        place: _cell(found, place, {name: numpy(array) for name, array in arrays.items()}, options)
        for place, arrays in weights.items()
    }
    if len(cells) == 1:
        return next(iter(cells.values()))
    both = "_l0_reverse" in cells
    return Stack([(cells[p], cells[f"{p}_reverse"]) if both else cells[p] for p in places(len(cells) // (1 + both))])


def to_torch(cell: Any, module: Any = None) -> Any:
    """Return the weights of a cell or a stack as PyTorch holds them.

    Parameters
    ----------
    cell : Cell or Stack
    module : torch.nn.Module, optional
        A module of the same sizes, to write the weights into.

    Returns
    -------
    dict of str to numpy.ndarray, or torch.nn.Module
        The state dict in PyTorch's order, for ``module.load_state_dict({k: torch.tensor(v) …})``; or the module, which
        may also be one of torch's cells.
        The bias of the states' side is zero but where a GRU needs it (d_n).

    Raises
    ------
    ValueError
        If PyTorch has no such layer, or the module is not of its kind and shapes.
    """
    state = {name: array for place, each in _placed(cell).items() for name, array in _state(each, place).items()}
    return state if module is None else _written(cell, state, module)


def _nonlinearity(module: Any, expected: str | None = None) -> str | None:
    """Return a vanilla module's nonlinearity, None of another; refuse one that was expected and is not it."""
    has = getattr(module, "nonlinearity", None)
    if expected is not None and not (isinstance(expected, str) and expected == has):
        raise ValueError(f"nonlinearity: expected that of the module, {has!r}, got {expected!r:.80}")
    return has


def _cell(kind: Kind, place: str, arrays: Mapping[str, Array], options: dict[str, Any]) -> Cell:
    gates = gate_order("torch", kind)
    U = expect(f"weight_hh{place}", arrays["weight_hh"], None, None)
    rows, units = len(U), units_of(f"weight_hh{place}", U, gates)
    U = expect(f"weight_hh{place}", U, rows, None if "weight_hr" in arrays else units)
    W = expect(f"weight_ih{place}", arrays["weight_ih"], rows, None)
    b, d = (expect(name + place, arrays.get(name, np.zeros(rows, U.dtype)), rows) for name in ("bias_ih", "bias_hh"))
    parameters = named(gates, Blocks(W, U, b, d), apart="n")
    if "weight_hr" in arrays:
        parameters["P_h"] = expect(f"weight_hr{place}", arrays["weight_hr"], U.shape[1], units)
        options = options | {"projection": U.shape[1]}
    return kind(**parameters, **options)


def _placed(source: Any) -> dict[str, Cell]:
    """Return the cells by place; refuse what is not one module of PyTorch."""
    if isinstance(source, Cell):
        return {"_l0": source}
    if not isinstance(source, Stack):
        raise ValueError(f"cell: expected a cell or a stack of them, got {source!r:.80}")
    if source.merge != "concat":
        raise ValueError(f"merge: torch has 'concat' only, got {source.merge!r}")
    if source.reverse:
        raise ValueError("reverse: torch has no layer that reads backward only")
    cells = list(source.cells.values())
    if len({(c.kind, tuple(plain_options(c).values()), c.units) for c in cells}) > 1:
        raise ValueError("stack: torch has one kind, options and number of units for all layers")
    if len({len(source.layer(depth)) for depth in range(source.depth)}) > 1:
        raise ValueError("stack: torch reads all layers both ways, or all forward")
    ends = {"forward": "", "backward": "_reverse"}
    parts = ((where.split("."), cell) for where, cell in source.cells.items())
    return {f"_l{depth}{ends[direction]}": cell for (depth, direction), cell in parts}


def _state(cell: Cell, place: str) -> dict[str, Array]:
    gates = gate_order("torch", cell.kind)
    free = {"activation": NONLINEARITIES} if cell.kind is RNN else {"projection": None}
    expect_options("torch", cell, **free)
    blocks = joined(gates, cell)
    arrays = {"weight_ih": blocks.W, "weight_hh": blocks.U, "bias_ih": blocks.b, "bias_hh": blocks.d}
    if "P_h" in cell.parameters:
        arrays["weight_hr"] = cell.parameters["P_h"].copy()
    return {name + place: array for name, array in arrays.items()}


def _written(source: Any, state: dict[str, Array], module: Any) -> Any:
    """Write a state dict into a module's own tensors, on whichever device they are."""
    first = source if isinstance(source, Cell) else next(iter(source.cells.values()))
    kind, one_step = class_of(module, "module")
    if kind is not first.kind:
        raise ValueError(f"module: expected one for {first.kind}, got one for {kind}")
    if kind is RNN and (has := _nonlinearity(module)) != (wanted := plain_options(first)["activation"]):
        raise ValueError(f"module: expected nonlinearity={wanted!r}, got {has!r}")
    tensors = module.state_dict()
    if one_step:
        tensors = {f"{name}_l0": tensor for name, tensor in tensors.items()}
    # A module without biases is right for a cell whose biases are zero.
    state = {k: array for k, array in state.items() if k in tensors or not k.startswith("bias") or array.any()}
    shapes, expected = ({k: tuple(a.shape) for k, a in arrays.items()} for arrays in (tensors, state))
    if shapes != expected:
        wrong = next(k for k in (*expected, *shapes) if shapes.get(k) != expected.get(k))
        raise ValueError(f"module: expected {wrong} of shape {expected.get(wrong)}, got {shapes.get(wrong)}")
    for name, tensor in tensors.items():
        tensor.copy_(tensor.new_tensor(state[name]))
    return module
