"""Weights of ``keras.layers.SimpleRNN``, ``LSTM``, ``GRU`` and ``Bidirectional``, without importing Keras.

https://keras.io/api/layers/recurrent_layers/ (a layer's ``get_config()`` and ``get_weights()``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cells.cell import Cell
from cells.checks import Array, instance, known, mapping, one_of
from cells.layers import MERGES, Stack
from cells.weight_formats.gates import (
    LAYOUTS,
    Blocks,
    expect,
    expect_options,
    gate_order,
    joined,
    layer_of,
    name_of,
    named,
    one_layer,
    plain_options,
    units_of,
)

FUNCTIONS: dict[int, dict[str, str]] = {
    2: {name: name for name in ("tanh", "sigmoid", "linear", "relu", "elu", "softplus", "softsign")}
    | {"hard_sigmoid": "hard_sigmoid_fifth"}
}
FUNCTIONS[3] = FUNCTIONS[2] | {
    "hard_sigmoid": "hard_sigmoid",
    "leaky_relu": "leaky_relu(0.2)",
    "hard_tanh": "clip(1.0)",
}
"""The functions of a cell by the names that Keras 2 and Keras 3 give them."""

OPTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "SimpleRNN": {"activation": ("activation",)},
    "LSTM": {"activation": ("activation", "output_activation"), "recurrent_activation": ("gate",)},
    "GRU": {"activation": ("activation",), "recurrent_activation": ("gate",)},
}
"""Which options of the cell an entry of the layer's config decides."""

DEFAULTS = {"activation": "tanh", "recurrent_activation": "sigmoid"}

IN_LAYER = ("units", "use_bias", "go_backwards", "reset_after")
"""Entries that are read, besides the functions."""

NO_PART = (
    # how the layer is kept and fed
    *("name", "trainable", "dtype", "autocast", "batch_size", "batch_shape", "batch_input_shape", "input_shape"),
    *("input_dim", "input_length", "time_major", "ragged", "return_sequences", "return_state", "stateful", "unroll"),
    *("implementation", "zero_output_for_mask"),
    # how its weights came about
    *(
        f"{what}_{how}"
        for what in ("kernel", "recurrent", "bias")
        for how in ("initializer", "regularizer", "constraint")
    ),
    *("unit_forget_bias", "activity_regularizer", "dropout", "recurrent_dropout", "seed"),
)
"""Entries that take no part in the numbers of a run that is not training."""


def from_keras(
    class_name: str, config: Mapping[str, Any], weights: Sequence[Any], keras_version: int = 3
) -> Cell | Stack:
    """Return the cell, or the stack of one layer, that computes what a Keras layer computes when it is not training.

    Parameters
    ----------
    class_name : str
        ``"SimpleRNN"``, ``"LSTM"``, ``"GRU"`` or ``"Bidirectional"``.
    config : mapping
        The layer's ``get_config()``; an entry that is absent is as the layer's constructor has it.
    weights : sequence of array_like
        The layer's ``get_weights()``: kernel (D, G·u), recurrent kernel (u, G·u) and, with ``use_bias``, bias (G·u,),
        or (2, G·u) of a GRU with ``reset_after``.
    keras_version : int
        3, or 2, whose hard sigmoid has another slope.

    Returns
    -------
    Cell or Stack
        A stack for Bidirectional, and for ``go_backwards``: that reads backward and keeps the input's order of steps,
        where Keras returns its outputs as they were read, the last step's first.  What Keras returns without
        ``return_sequences`` is the states that a trace ends with.

    Raises
    ------
    ValueError
        If an entry that takes part in the numbers is unknown or has no counterpart here, or a weight has the wrong
        shape or is not finite.
    """
    one_of("keras_version", keras_version, tuple(FUNCTIONS))
    config = mapping("config", config, "a layer's entries")
    instance("weights", weights, (list, tuple), "a list of arrays")
    known("keras layer", [class_name], (*LAYOUTS["keras"], "Bidirectional"))
    if class_name == "Bidirectional":
        return _both_ways(config, weights, keras_version)
    cell = _cell(class_name, config, weights, keras_version)
    return Stack([cell], reverse=True) if config.get("go_backwards") else cell


def to_keras(cell: Any, keras_version: int = 3) -> tuple[str, dict[str, Any], list[Array]]:
    """Return a cell, or a stack of one layer, as a Keras layer.

    Parameters
    ----------
    cell : Cell or Stack
    keras_version : int
        3 or 2: decides what the layer calls a hard sigmoid.

    Returns
    -------
    class_name : str
    config : dict
        For ``from_config`` of the layer's class.
    weights : list of numpy.ndarray
        For ``set_weights``, once the layer is built.

    Raises
    ------
    ValueError
        If Keras has no such layer.
    """
    one_of("keras_version", keras_version, tuple(FUNCTIONS))
    cells, direction = one_layer("keras", cell)
    names = [name_of(c.kind, "keras") for c in cells]
    back = [direction == "reverse"] if len(cells) == 1 else [False, True]
    configs = [_config(c, keras_version) | {"go_backwards": b} for c, b in zip(cells, back, strict=True)]
    weights = [w for c in cells for w in _weights(c)]
    if len(cells) == 1:
        return names[0], configs[0], weights
    layers = [
        {"module": "keras.layers", "class_name": name, "config": config | {"return_sequences": True}}
        for name, config in zip(names, configs, strict=True)
    ]
    return "Bidirectional", {"merge_mode": cell.merge, "layer": layers[0], "backward_layer": layers[1]}, weights


def _both_ways(config: Mapping[str, Any], weights: Sequence[Any], keras_version: int) -> Stack:
    known("Bidirectional config", config, ("merge_mode", "layer", "backward_layer", *NO_PART))
    merge = config.get("merge_mode", "concat")
    one_of("merge_mode", merge, tuple(MERGES))
    class_name, forward = _inner("layer", config.get("layer"), back=False)
    other = config.get("backward_layer") or {"class_name": class_name, "config": forward | {"go_backwards": True}}
    layers = ((class_name, forward), _inner("backward_layer", other, back=True))
    if len(weights) % 2:
        raise ValueError(f"weights: expected as many for either direction, got {len(weights)} in all")
    half = len(weights) // 2
    parts = (weights[:half], weights[half:])
    return Stack([[_cell(*layer, part, keras_version) for layer, part in zip(layers, parts, strict=True)]], merge)


def _inner(name: str, layer: Any, back: bool) -> tuple[str, dict[str, Any]]:
    """Return the class name and config of a layer inside Bidirectional, which must read in its direction."""
    if not isinstance(layer, Mapping) or not {"class_name", "config"} <= set(layer):
        raise ValueError(f"{name}: expected a layer's class_name and config, got {layer!r:.80}")
    if bool(layer["config"].get("go_backwards")) != back:
        raise ValueError(f"{name}: expected go_backwards={back}, got {not back}")
    return layer["class_name"], dict(layer["config"])


def _cell(class_name: str, config: Mapping[str, Any], weights: Sequence[Any], keras_version: int) -> Cell:
    kind, gates = layer_of("keras", class_name)
    read = tuple(name for name in IN_LAYER if name != "reset_after" or class_name == "GRU")
    known(f"{class_name} config", config, (*read, *OPTIONS[class_name], *NO_PART))
    options = {
        option: _function(entry, config.get(entry, DEFAULTS[entry]), keras_version)
        for entry, decided in OPTIONS[class_name].items()
        for option in decided
    }
    apart = ""
    if class_name == "GRU" and config.get("reset_after", True):
        apart = "n"
    elif class_name == "GRU":
        options["reset"] = "before"
    blocks = _blocks(class_name, config, weights, gates, apart)
    return kind(**named(gates, blocks, apart), **options)


def _blocks(class_name: str, config: Mapping[str, Any], weights: Sequence[Any], gates: str, apart: str) -> Blocks:
    biased = config.get("use_bias", True)
    if len(weights) != 2 + bool(biased):
        raise ValueError(f"weights: expected {2 + bool(biased)} arrays for {class_name}, got {len(weights)}")
    recurrent = expect("recurrent kernel", weights[1], None, None).T
    units = units_of("recurrent kernel", recurrent, gates)
    if config.get("units", units) != units:
        raise ValueError(f"units: expected {units}, as many as the recurrent kernel has, got {config['units']!r}")
    rows = len(gates) * units
    kernel = expect("kernel", weights[0], None, rows).T
    recurrent = expect("recurrent kernel", weights[1], units, rows).T
    none = np.zeros(rows, recurrent.dtype)
    if not biased:
        return Blocks(kernel, recurrent, none, none)
    if apart:
        return Blocks(kernel, recurrent, *expect("bias", weights[2], 2, rows))
    return Blocks(kernel, recurrent, expect("bias", weights[2], rows), none)


def _function(entry: str, name: Any, keras_version: int) -> str:
    """Return the name that a Keras function has here; Keras's None is linear."""
    names = FUNCTIONS[keras_version]
    if name is not None and (not isinstance(name, str) or name not in names):
        raise ValueError(f"{entry}: expected one of {', '.join(names)}, got {name!r:.80}")
    return names[name or "linear"]


def _config(cell: Cell, keras_version: int) -> dict[str, Any]:
    """Return the part of a layer's config that decides its numbers."""
    name = name_of(cell.kind, "keras")
    keras_names = {ours: theirs for theirs, ours in FUNCTIONS[keras_version].items()}
    decided = {option: tuple(keras_names) for options in OPTIONS[name].values() for option in options}
    expect_options("keras", cell, **decided, reset=("after", "before"))
    config: dict[str, Any] = {"units": cell.units, "use_bias": True}
    for entry, options in OPTIONS[name].items():
        chosen = {plain_options(cell)[option] for option in options}
        if len(chosen) > 1:
            raise ValueError(f"{options[-1]}: keras has one function for {' and '.join(options)}, got {chosen}")
        config[entry] = keras_names[chosen.pop()]
    if name == "GRU":
        config["reset_after"] = cell.options["reset"] == "after"
    return config


def _weights(cell: Cell) -> list[Array]:
    blocks = joined(gate_order("keras", cell.kind), cell)
    two = cell.options.get("reset") == "after"
    return [blocks.W.T.copy(), blocks.U.T.copy(), np.stack([blocks.b, blocks.d]) if two else blocks.b]
