"""The recurrent layers in a Keras model's config, which is read as data: nothing that it names is imported or run."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.messages import RefusedError

LAYERS = ("SimpleRNN", "LSTM", "GRU", "CuDNNLSTM", "CuDNNGRU")
CELLS = {"SimpleRNNCell": "SimpleRNN", "LSTMCell": "LSTM", "GRUCell": "GRU"}
WRAPPERS = ("TimeDistributed", "Wrapper", "SpectralNormalization")
DEPTH, COUNT = 40, 5_000  # of layers in layers, and of layers
TEXT = 32_000_000  # characters of a config


@dataclass(frozen=True)
class Place:
    """A recurrent layer where the config has it."""

    name: str
    """Through the models it stands in: ``"encoder/lstm_1"``."""
    top: str
    """The layer of the whole model that it is, or is in: Keras 2 keeps its weights under that name."""
    class_name: str
    config: Mapping[str, Any]
    """As `from_keras` takes them."""
    paths: tuple[str, ...]
    """Where Keras 3 keeps the weights of its cells."""

    @property
    def own_name(self) -> str:
        """The layer's own name."""
        return self.name.rpartition("/")[2]


@dataclass
class Model:
    """What a config says."""

    places: list[Place] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    """How many layers there are of each class."""
    code: list[str] = field(default_factory=list)
    """Layers that hold code, or are of a class that Keras does not have: their names."""


def model_of(text: str) -> Model:
    """Read a model's config.

    Raises
    ------
    RefusedError
        If it is no config of a model, or too large or too deep.
    """
    if len(text) > TEXT:
        raise RefusedError("file.keras.large")
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedError("file.keras.config") from None
    if not isinstance(root, dict) or not isinstance(root.get("config"), (dict, list)):
        raise RefusedError("file.keras.config")
    model = Model()
    _walk(model, root, (), "", 0)
    return model


def _walk(model: Model, layer: Mapping[str, Any], names: tuple[str, ...], path: str, depth: int) -> None:
    """Go through a layer, or a model, and what is in it; `path` is where Keras 3 keeps its weights."""
    class_name, config = str(layer.get("class_name"))[:80], layer["config"]
    model.classes[class_name] += 1
    if depth > DEPTH or model.classes.total() > COUNT:
        raise RefusedError("file.keras.many", layers=COUNT, deep=DEPTH)
    if class_name == "Lambda" or not _is_keras(layer):
        model.code.append("/".join(names) or class_name)
    if isinstance(config, list):  # a Sequential of the first Keras 2
        config = {"layers": config}
    if found := _recurrent(class_name, config, names, path):
        model.places += found
        return
    for key, value in config.items():
        if class_name == "Bidirectional" and key != "layer":
            continue
        if _is_layer(value) and not key.endswith(("_initializer", "_regularizer", "_constraint")):
            inner = names if class_name in WRAPPERS else (*names, key)
            _walk(model, value, inner, f"{path}/{key}", depth + 1)
        elif isinstance(value, list):
            used: Counter[str] = Counter()
            for each in filter(_is_layer, value):
                snake = _snake_case(str(each["class_name"]))
                counted = f"{snake}_{used[snake]}" if used[snake] else snake
                used[snake] += 1
                name = each.get("name") or (each["config"].get("name") if isinstance(each["config"], dict) else None)
                _walk(model, each, (*names, str(name or counted)[:80]), f"{path}/{key}/{counted}", depth + 1)


def _recurrent(class_name: str, config: Mapping[str, Any], names: tuple[str, ...], path: str) -> list[Place]:
    """The places of a recurrent layer: one, or as many as an RNN has cells on each other; none of another layer."""
    name, top = "/".join(names), names[0] if names else ""

    def place(kind: str, entries: Mapping[str, Any], *inside: str, part: str = "") -> Place:
        return Place(name + part, top, kind, entries, tuple(f"{path}/{i}".lstrip("/") for i in inside))

    if class_name in LAYERS:
        return [place(class_name, config, "cell")]
    if class_name == "RNN":
        cells = _cells(config)
        if len(cells) == 1:
            return [place(*cells[0], "cell")]
        used: Counter[str] = Counter()
        places = []
        for k, (kind, entries) in enumerate(cells):
            snake = _snake_case(f"{kind}Cell")
            counted = f"{snake}_{used[snake]}" if used[snake] else snake
            used[snake] += 1
            places.append(place(kind, entries, f"cell/cells/{counted}", part=f"/{k}"))
        return places
    if class_name == "Bidirectional" and (inner := _plain(config.get("layer"))):
        entries = {**config, "layer": inner}
        if other := _plain(config.get("backward_layer")):
            entries["backward_layer"] = other
        return [place(class_name, entries, "forward_layer/cell", "backward_layer/cell")]
    return []


def _plain(layer: Any) -> dict[str, Any] | None:
    """A layer in Bidirectional as a plain recurrent one; None if it is none."""
    if not _is_layer(layer) or not isinstance(layer["config"], dict):
        return None
    if layer["class_name"] == "RNN":
        cells = _cells(layer["config"])
        return {"class_name": cells[0][0], "config": cells[0][1]} if len(cells) == 1 else None
    return dict(layer) if layer["class_name"] in LAYERS else None


def _cells(config: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The cells of an RNN, each as the layer that computes the same; none if one is not of Keras."""
    cell = config.get("cell")
    stacked: Any = [cell]
    if isinstance(cell, dict) and cell.get("class_name") == "StackedRNNCells" and isinstance(cell.get("config"), dict):
        stacked = cell["config"].get("cells")
    if not isinstance(stacked, list) or not all(
        _is_layer(c) and c["class_name"] in CELLS and isinstance(c["config"], dict) for c in stacked
    ):
        return []
    back = {"go_backwards": bool(config.get("go_backwards"))}
    return [(CELLS[c["class_name"]], c["config"] | back) for c in stacked]


def _is_layer(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("class_name"), str)
        and isinstance(value.get("config"), (dict, list))
    )


def _is_keras(layer: Mapping[str, Any]) -> bool:
    """Whether Keras has the class: files of Keras 2 do not say where a class is from."""
    module, registered = layer.get("module"), layer.get("registered_name")
    return str(module or "keras").split(".")[0] == "keras" and ">" not in str(registered)


def _snake_case(name: str) -> str:
    """As Keras names what holds the weights of a class's layers."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
