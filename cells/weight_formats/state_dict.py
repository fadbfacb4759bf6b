"""The recurrent layers in a state dict of PyTorch, of one layer or of a whole model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from cells.cell import Kind
from cells.checks import Array, UnknownNameError, instance
from cells.lstm import LSTM
from cells.weight_formats.gates import expect, layer_of

Places = dict[str, dict[str, Any]]
"""A layer's weights by place, ``""`` of a torch cell, else ``"_l0"``, ``"_l0_reverse"``, …, and then by name."""

WEIGHT = re.compile(r"(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)((?:_l\d+(?:_reverse)?)?)")
PART = re.compile(rf"(.*?)(?:parametrizations\.)?({WEIGHT.pattern})(_g|_v|_orig|_mask|\.original[01]|)")
"""A weight, or a part of one that is held as two."""

PAIRS: dict[tuple[str, ...], str] = {
    ("_g", "_v"): "norm",
    (".original0", ".original1"): "norm",
    ("_mask", "_orig"): "pruned",
}


def recurrent_layer(state: Mapping[Any, Any], prefix: str | None = None) -> Places:
    """Return the weights of a state dict's recurrent layer: the one it has, or the one that ``prefix`` names.

    Mappings within it, as checkpoints have them, are read too.  Weight norm, in its old and its new form, and pruning
    are undone: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.weight_norm.html

    Raises
    ------
    ValueError
        If there is no such layer or there are several, or it is not whole, or holds something else.
    """
    flat = dict(_flat(state))
    whole = _joined(flat)
    layers: dict[str, Places] = {}
    for name, array in whole.items():
        before, _, last = name.rpartition(".")
        if match := WEIGHT.fullmatch(last):
            layers.setdefault(f"{before}." if before else "", {}).setdefault(match[2], {})[match[1]] = array
    if not layers:
        raise ValueError(_nothing(list(flat)))
    place = chosen({name: _described(weights) for name, weights in layers.items()}, prefix)
    _expect_nothing_else(place, whole)
    _expect_whole(place, layers[place])
    return layers[place]


def chosen(names: Mapping[str, str], prefix: str | None) -> str:
    """Return the one name of a layer, or the one that is asked for; ``names`` has what each is."""
    listed = ", ".join(f"{name.rstrip('.') or repr('')} ({what})" for name, what in names.items())
    if prefix is None and len(names) > 1:
        raise ValueError(f"source: {len(names)} recurrent layers, say which by prefix=: {listed}")
    if prefix is None:
        return next(iter(names))
    instance("prefix", prefix, str, "the name of a layer")
    found = [name for name in names if name.rstrip(".") == prefix.rstrip(".")]
    if not found:
        raise UnknownNameError(f"prefix: expected one of {listed}, got {prefix!r:.80}")
    return found[0]


def _expect_whole(prefix: str, weights: Places) -> None:
    """Refuse a layer of which something is missing."""
    both = any(place.endswith("_reverse") for place in weights)
    expected = [p + d for p in places(len(weights) // (1 + both)) for d in (("", "_reverse") if both else ("",))]
    if set(weights) not in ({""}, set(expected)):
        names = ", ".join(prefix + name + place for place, arrays in weights.items() for name in arrays)
        raise ValueError(f"source: expected weights of whole layers from _l0 on, got {names}")
    for place, arrays in weights.items():
        biases = ("bias_ih", "bias_hh") if "bias_ih" in arrays or "bias_hh" in arrays else ()
        for name in ("weight_ih", "weight_hh", *biases):
            if name not in arrays:
                raise ValueError(f"missing weight {prefix + name + place!r}")


def _described(weights: Places) -> str:
    """Return what a layer is, for a message: ``"LSTM 40 → 256, 2 layers, both ways"``."""
    place, arrays = next(iter(weights.items()))
    try:
        kind, inputs = kind_by_shape(place, arrays), np.shape(numpy(arrays["weight_ih"]))[1]
        units = np.shape(numpy(arrays["weight_hh"]))[0] // len(_gates(kind))
    except (ValueError, KeyError, IndexError):
        return "incomplete"
    both = any(name.endswith("_reverse") for name in weights)
    depth = len(weights) // (1 + both)
    return f"{kind} {inputs} → {units}{f', {depth} layers' if depth > 1 else ''}{', both ways' if both else ''}"


def kind_by_shape(place: str, arrays: Mapping[str, Any]) -> Kind:
    """Infer the kind from the number of gates in the recurrent matrix; only an LSTM has a projection."""
    if "weight_hr" in arrays:
        return LSTM
    rows, columns = expect(f"weight_hh{place}", numpy(arrays["weight_hh"]), None, None).shape
    for name in ("RNN", "LSTM", "GRU"):
        kind, gates = layer_of("torch", name)
        if rows == len(gates) * columns:
            return kind
    raise ValueError(f"weight_hh{place}: expected (H, H), (3·H, H) or (4·H, H), got {(rows, columns)}")


def places(layers: int) -> list[str]:
    """Return torch's names of so many layers."""
    return [f"_l{k}" for k in range(layers)]


def numpy(tensor: Any) -> Any:
    """Return a tensor's numbers, float64 only if it is; a type that NumPy lacks (bfloat16) becomes float32."""
    if not hasattr(tensor, "detach"):
        return tensor
    tensor = tensor.detach().cpu()
    if not tensor.is_floating_point():
        return (tensor.int_repr() if tensor.is_quantized else tensor).numpy()
    return tensor.numpy() if tensor.element_size() == 8 else tensor.float().numpy()


def _gates(kind: Kind) -> str:
    return layer_of("torch", repr(kind))[1]


def _flat(state: Mapping[Any, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in state.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _joined(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return the state dict with every weight that is held as two parts made whole."""
    parts: dict[str, dict[str, str]] = {}
    for name in flat:
        if match := PART.fullmatch(name):
            parts.setdefault(match[1] + match[2], {})[match[5]] = name
    joined = dict(flat)
    for name, suffixes in parts.items():
        how = PAIRS.get(tuple(sorted(suffixes)))
        if how:
            first, second = (np.asarray(numpy(joined.pop(suffixes[s]))) for s in sorted(suffixes))
            joined[name] = first * second if how == "pruned" else weight_normed(first, second)
    return joined


def weight_normed(g: Array, v: Array) -> Array:
    """Return g · v / ‖v‖, the norm over the axes along which g has one number (Salimans & Kingma 2016)."""
    axes = tuple(k for k in range(v.ndim) if g.ndim == 0 or g.shape[k] == 1)
    return np.asarray(g * (v / np.sqrt(np.square(v).sum(axis=axes, keepdims=True))), v.dtype).reshape(v.shape)


def _expect_nothing_else(prefix: str, whole: Mapping[str, Any]) -> None:
    """Refuse what a layer of torch's does not have: it would take part in what the layer computes."""
    for name in whole:
        if name.startswith(prefix) and not WEIGHT.fullmatch(name.removeprefix(prefix)):
            hint = "; a parametrised weight is made plain first" if WEIGHT.search(name) else ""
            expected = "weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, …"
            raise ValueError(f"unknown weight {name!r}: expected {expected}{hint}")


def _nothing(names: list[str]) -> str:
    if any("_all_weight_values" in name or "_packed_params" in name for name in names):
        return (
            "source: expected floating-point weights, got a quantised layer's; take the layer before it was quantised"
        )
    listed = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"source: expected weights of a recurrent layer (weight_ih_l0, weight_hh_l0, …), got {listed or 'none'}"
