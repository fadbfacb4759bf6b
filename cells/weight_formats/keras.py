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
from cells.weight_formats.keras_version import (
    FUNCTIONS,
    Version,
    function_of,
    recurrent_activation,
    reset_after,
    version_of,
)

OPTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "SimpleRNN": {"activation": ("activation",)},
    "LSTM": {"activation": ("activation", "output_activation"), "recurrent_activation": ("gate",)},
    "GRU": {"activation": ("activation",), "recurrent_activation": ("gate",)},
}
"""Which options of the cell an entry of the layer's config decides."""

CUDNN = {"CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU"}
"""The layers of Keras 1 and 2 that ran on a GPU alone, and what they compute: with tanh and sigmoid."""

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
    class_name: str, config: Mapping[str, Any], weights: Sequence[Any], keras_version: int | str | None = None
) -> Cell | Stack:
    """Return the cell, or the stack of one layer, that computes what a Keras layer computes when it is not training.

    Parameters
    ----------
    class_name : str
        ``"SimpleRNN"``, ``"LSTM"``, ``"GRU"``, ``"CuDNNLSTM"``, ``"CuDNNGRU"`` or ``"Bidirectional"``.
    config : mapping
        The layer's ``get_config()``; an entry that is absent is as the layer's constructor has it in that version.
    weights : sequence of array_like
        The layer's ``get_weights()``: kernel (D, G·u), recurrent kernel (u, G·u) and, with ``use_bias``, bias (G·u,),
        or (2, G·u) of a GRU with ``reset_after``; (2·G·u,) of the CuDNN layers.
    keras_version : int or str, optional
        2, 3, or the version as a file says it (``"2.2.4"``); by default what the config's own entries tell.  It decides
        the slope of a hard sigmoid, and what absent entries are.

    Returns
    -------
    Cell or Stack
        A stack for Bidirectional, and for ``go_backwards``: that reads backward and keeps the input's order of steps,
        where Keras returns its outputs as they were read, the last step's first.  What Keras returns without
        ``return_sequences`` is the states that a trace ends with.

    Raises
    ------
    ValueError
        If an entry that takes part in the numbers is unknown or has no counterpart here, a weight has the wrong
        shape, is not finite or quantised, or the version decides and is not known.
    """
    config = mapping("config", config, "a layer's entries")
    instance("weights", weights, (list, tuple), "a list of arrays")
    known("keras layer", [class_name], (*LAYOUTS["keras"], *CUDNN, "Bidirectional"))
    if class_name == "Bidirectional":
        return _both_ways(config, weights, keras_version)
    cell = _cell(class_name, config, weights, version_of(keras_version, config))
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


def _both_ways(config: Mapping[str, Any], weights: Sequence[Any], keras_version: Any) -> Stack:
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
    version = version_of(keras_version, forward)
    return Stack([[_cell(*layer, part, version) for layer, part in zip(layers, parts, strict=True)]], merge)


def _inner(name: str, layer: Any, back: bool) -> tuple[str, dict[str, Any]]:
    """Return the class name and config of a layer inside Bidirectional, which must read in its direction."""
    if not isinstance(layer, Mapping) or not {"class_name", "config"} <= set(layer):
        raise ValueError(f"{name}: expected a layer's class_name and config, got {layer!r:.80}")
    if bool(layer["config"].get("go_backwards")) != back:
        raise ValueError(f"{name}: expected go_backwards={back}, got {not back}")
    return layer["class_name"], dict(layer["config"])


def _cell(class_name: str, config: Mapping[str, Any], weights: Sequence[Any], version: Version) -> Cell:
    if class_name in CUDNN:
        known(f"{class_name} config", config, ("units", "go_backwards", *NO_PART))
        class_name, weights = CUDNN[class_name], _from_cudnn(CUDNN[class_name], weights)
        config = {"activation": "tanh", "recurrent_activation": "sigmoid", "units": config.get("units")}
    kind, gates = layer_of("keras", class_name)
    read = tuple(name for name in IN_LAYER if name != "reset_after" or class_name == "GRU")
    known(f"{class_name} config", config, (*read, *OPTIONS[class_name], *NO_PART))
    options: dict[str, str] = {}
    for entry, decided in OPTIONS[class_name].items():
        absent = "tanh" if entry == "activation" or entry in config else recurrent_activation(version)
        options |= dict.fromkeys(decided, function_of(entry, config.get(entry, absent), version))
    apart = ""
    if class_name == "GRU" and (config["reset_after"] if "reset_after" in config else reset_after(weights, version)):
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
    if config.get("units") not in (None, units):
        raise ValueError(f"units: expected {units}, as many as the recurrent kernel has, got {config['units']!r}")
    rows = len(gates) * units
    kernel = expect("kernel", weights[0], None, rows).T
    recurrent = expect("recurrent kernel", weights[1], units, rows).T
    none = np.zeros(rows, recurrent.dtype)
    if not biased:
        return Blocks(kernel, recurrent, none, none)
    if np.shape(weights[2]) == (2 * rows,) and class_name in CUDNN.values():
        raise ValueError(
            f"bias: got {2 * rows} numbers, twice as many as {class_name} has: this is a CuDNN{class_name}"
        )
    if class_name == "GRU" and np.shape(weights[2]) == ((rows,) if apart else (2, rows)):
        raise ValueError(f"bias: got shape {np.shape(weights[2])}, which is that of reset_after={not apart}")
    if apart:
        return Blocks(kernel, recurrent, *expect("bias", weights[2], 2, rows))
    return Blocks(kernel, recurrent, expect("bias", weights[2], rows), none)


def _from_cudnn(class_name: str, weights: Sequence[Any]) -> list[Array]:
    """Return a CuDNN layer's weights as the plain layer has them, as Keras 2 itself converted them.

    https://github.com/keras-team/tf-keras/blob/master/tf_keras/src/saving/legacy/hdf5_format.py (_convert_rnn_weights):
    each gate's kernel lies in memory as the transposed one, its recurrent kernel is transposed; there are two biases.
    """
    if len(weights) != 3:
        raise ValueError(f"weights: expected 3 arrays for CuDNN{class_name}, got {len(weights)}")
    gates = layer_of("keras", class_name)[1]
    kernel, recurrent = (
        expect(n, w, None, None) for n, w in zip(("kernel", "recurrent kernel"), weights, strict=False)
    )
    columns = len(gates) * units_of("recurrent kernel", recurrent.T, gates)
    kernel, recurrent = expect("kernel", kernel, None, columns), expect("recurrent kernel", recurrent, None, columns)
    bias = expect("bias", weights[2], 2 * columns).reshape(2, -1)
    return [
        np.hstack([block.T.reshape(block.shape, order="F") for block in np.hsplit(kernel, len(gates))]),
        np.hstack([block.T for block in np.hsplit(recurrent, len(gates))]),
        bias if class_name == "GRU" else bias.sum(axis=0),
    ]


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
