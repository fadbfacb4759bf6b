"""The attributes of the ONNX operators RNN, GRU and LSTM, read into options of a cell and written from them.

https://onnx.ai/onnx/operators/onnx__LSTM.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cells.cell import Cell
from cells.checks import instance, known, mapping, numbers, one_of, whole
from cells.functions import FUNCTIONS
from cells.weight_formats.gates import expect_options, plain_options

ACTIVATIONS = {
    "Relu": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Affine": "affine",
    "LeakyRelu": "leaky_relu",
    "ThresholdedRelu": "thresholded_relu",
    "ScaledTanh": "scaled_tanh",
    "HardSigmoid": "hard_sigmoid_fifth",
    "Elu": "elu",
    "Softsign": "softsign",
    "Softplus": "softplus",
}
"""The functions of a cell by the operators' names, which ONNX Runtime reads in any case."""

NO_DEFAULTS = ("affine", "scaled_tanh")
"""Functions that are no operators of ONNX any more, and so have no documented α and β."""

ROLES: dict[str, dict[str, str]] = {
    "RNN": {"activation": "Tanh"},
    "GRU": {"gate": "Sigmoid", "activation": "Tanh"},
    "LSTM": {"gate": "Sigmoid", "activation": "Tanh", "output_activation": "Tanh"},
}
"""The cell's options that ``activations`` lists, in its order, each with the default."""

DIRECTIONS = {"forward": 1, "reverse": 1, "bidirectional": 2}

SWITCHES = {
    "GRU": ("linear_before_reset", "reset", ("before", "after")),
    "LSTM": ("input_forget", "couple", (None, "f=1-i")),
}
"""Each operator's own attribute, the cell's option, and its values for 0 and for 1."""


@dataclass(frozen=True)
class Attributes:
    """A node's attributes, read.

    Attributes
    ----------
    direction : str
    layout : int
    hidden_size : int or None
    options : dict
        The cell's options, of all directions.
    functions : list of dict
        The cell's functions, for each direction.
    """

    direction: str
    layout: int
    hidden_size: int | None
    options: dict[str, Any]
    functions: list[dict[str, str]]


def read_attributes(op_type: str, attributes: Mapping[str, Any]) -> Attributes:
    """Read a node's attributes."""
    one_of("op_type", op_type, tuple(ROLES))
    mapping("attributes", attributes, "names to values")
    switch, option, values = SWITCHES.get(op_type, ("", "", ()))
    common = ("activations", "activation_alpha", "activation_beta", "clip", "direction", "hidden_size", "layout")
    known(f"{op_type} attribute", attributes, (*common, switch) if switch else common)
    given = {name: _text(value) for name, value in attributes.items() if value is not None}
    direction, layout = given.get("direction", "forward"), given.get("layout", 0)
    one_of("direction", direction, tuple(DIRECTIONS))
    one_of("layout", layout, (0, 1))
    options: dict[str, Any] = {}
    if switch:
        one_of(switch, given.get(switch, 0), (0, 1))
        options[option] = values[int(given.get(switch, 0))]
    if "clip" in given:
        options["clip"] = _clip(given["clip"])
    hidden_size = whole("hidden_size", given["hidden_size"]) if "hidden_size" in given else None
    return Attributes(direction, layout, hidden_size, options, _functions(op_type, given, DIRECTIONS[direction]))


def written_attributes(op_type: str, cells: Sequence[Cell], direction: str) -> dict[str, Any]:
    """Return the attributes of the operator that computes what these cells, one for each direction, compute."""
    switch, option, values = SWITCHES.get(op_type, ("", "", ()))
    first = cells[0]
    for cell in cells:
        free: dict[str, tuple[Any, ...] | None] = dict.fromkeys((*ROLES[op_type], "clip", "peephole"))
        expect_options("onnx", cell, **free, **({option: values} if switch else {}))
        for name in ("clip", "peephole", option):
            if cell.options.get(name) != first.options.get(name):
                raise ValueError(f"{name}: onnx has one for both directions")
    spelt = [_spelt(cell, role) for cell in cells for role in ROLES[op_type]]
    attributes: dict[str, Any] = {
        "hidden_size": first.units,
        "direction": direction,
        "activations": [name for name, _ in spelt],
        "activation_alpha": [values[0] for _, values in spelt if values],
        "activation_beta": [values[1] for _, values in spelt if len(values) > 1],
        "clip": first.options["clip"],
    }
    if switch:
        attributes[switch] = values.index(first.options[option])
    return {name: value for name, value in attributes.items() if value not in (None, [])}


def _text(value: Any) -> Any:
    """Return text for bytes, alone and in lists."""
    if isinstance(value, bytes):
        return value.decode()
    return [_text(v) for v in value] if isinstance(value, (list, tuple)) else value


def _clip(value: Any) -> float:
    if not isinstance(value, (int, float, np.number)) or not 0 < value < np.inf:
        raise ValueError(f"clip: expected a number above 0, got {value!r}")
    return float(value)


def _functions(op_type: str, given: Mapping[str, Any], directions: int) -> list[dict[str, str]]:
    """Return the functions of each direction; α and β go, in order, to those that take them, until they run out."""
    roles = ROLES[op_type]
    wanted = list(roles.values()) * directions
    names = given.get("activations", wanted)
    instance("activations", names, list, "a list of names")
    if op_type == "RNN" and names == ["Tanh", "Tanh"]:  # the schema's own default, in whatever direction
        names = wanted
    if len(names) != len(wanted):
        raise ValueError(f"activations: expected {len(wanted)} for direction {given.get('direction')}, got {names}")
    scales = [numbers(name, given.get(name, ())).ravel().tolist() for name in ("activation_alpha", "activation_beta")]
    made = [_function(name, *scales) for name in names]
    for name, left in zip(("activation_alpha", "activation_beta"), scales, strict=True):
        if left:
            raise ValueError(f"{name}: {len(left)} more than {', '.join(names)} take")
    return [dict(zip(roles, made[k : k + len(roles)], strict=True)) for k in range(0, len(made), len(roles))]


def _function(name: Any, alphas: list[float], betas: list[float]) -> str:
    """Return a function's name here with its α and β, taken off the lists where the function has them."""
    names = {theirs.lower(): ours for theirs, ours in ACTIVATIONS.items()}
    if str(name).lower() not in names:
        raise ValueError(f"activations: expected any of {', '.join(ACTIVATIONS)}, got {name!r:.80}")
    ours = names[str(name).lower()]
    defaults = FUNCTIONS[ours].defaults
    if ours in NO_DEFAULTS and not (alphas and betas):
        raise ValueError(f"activation_{'beta' if alphas else 'alpha'}: {name} must be given both, and has no defaults")
    own = tuple(left.pop(0) if left else default for left, default in zip((alphas, betas), defaults, strict=False))
    return ours if own == defaults else f"{ours}({', '.join(map(repr, own))})"


def _spelt(cell: Cell, role: str) -> tuple[str, tuple[float, ...]]:
    """Return ONNX's name of a cell's function, and its α and β."""
    ours, _, inside = plain_options(cell)[role].rstrip(")").partition("(")
    values = tuple(float(v) for v in inside.split(", ")) if inside else FUNCTIONS[ours].defaults
    if ours == "linear":
        return "Affine", (1.0, 0.0)
    if ours == "hard_sigmoid":
        return "HardSigmoid", values
    theirs = {ours: theirs for theirs, ours in ACTIVATIONS.items()}
    if ours not in theirs:
        raise ValueError(f"{role}: expected any of {', '.join(theirs)} for onnx, got {ours!r}")
    return theirs[ours], values
