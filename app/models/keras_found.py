"""A Keras layer as what is found in a file: the cells it is made of, and what the file leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.messages import Message
from app.models.found import answered
from app.models.layer import Weights, functions_of, layer_of
from app.models.records import Answers, Found, Question
from app.models.words import word
from cells import Cell, Stack
from cells.weight_formats import from_keras
from cells.weight_formats.keras_version import version_of

FUNCTIONS = ("tanh", "relu", "sigmoid", "linear", "softsign", "elu")
HARD = "hard_sigmoid"


@dataclass(frozen=True)
class Layer:
    """A recurrent layer with its weights; a config without an entry leaves it open."""

    name: str
    class_name: str
    config: Mapping[str, Any]
    weights: Sequence[np.ndarray]
    version: str | None
    """As the file says it."""


def found_of(layer: Layer) -> Found:
    """Return what a reader sees of a layer.

    Raises
    ------
    ValueError
        If there is no cell that computes what it computes; it says why.
    """
    questions = _questions(layer)

    def make(weights: Weights, answers: Answers) -> Stack:
        return _made(layer, weights, {each.name: answered(each, answers) for each in questions})

    return layer_of(layer.name, layer.weights, make, lambda stack: _options(layer, stack, questions), questions)


def _inner(layer: Layer) -> list[tuple[str, Mapping[str, Any]]]:
    """The class and config of a layer, or of both that Bidirectional has."""
    if layer.class_name != "Bidirectional":
        return [(layer.class_name, layer.config)]
    both = [layer.config.get("layer"), layer.config.get("backward_layer")]
    return [(str(each.get("class_name")), each.get("config") or {}) for each in both if isinstance(each, Mapping)]


def _questions(layer: Layer) -> list[Question]:
    """What the config and the weights leave open, the guess first."""
    inner = [(name, config) for name, config in _inner(layer) if not name.startswith("CuDNN")]
    questions: list[Question] = []
    old = _version(layer.version)
    if any("activation" not in config for _, config in inner):
        questions.append(Question("activation", FUNCTIONS, Message("file.keras.why.activation"), sure=True))
    gated = [(name, config) for name, config in inner if name != "SimpleRNN"]
    if any("recurrent_activation" not in config for _, config in gated):
        hard_first = old is not None and old < (2, 3) and "-tf" not in str(layer.version)
        known = old is not None and (layer.version or "") != "2.2.4-tf"
        options = (HARD, "sigmoid") if hard_first else ("sigmoid", HARD)
        why = f"file.keras.why.gates.{'known' if known else 'unknown'}"
        reason = Message(why, version=word(layer.version or "?"), guess=options[0])
        questions.append(Question("recurrent_activation", options, reason, sure=known))
    hard = [config for _, config in gated if config.get("recurrent_activation") == HARD]
    if layer.version is None and not all(version_of(None, config).major for config in hard):
        questions.append(Question("version", ("2", "3"), Message("file.keras.why.version")))
    half = len(layer.weights) // len(inner) if layer.class_name == "Bidirectional" and len(inner) > 1 else None
    biased = (half or len(layer.weights)) % 3 == 0
    if any(name == "GRU" and "reset_after" not in config for name, config in inner) and not biased:
        after = old is None or old >= (3, 0) or old >= (2, 4) or "-tf" in str(layer.version)
        options = ("after", "before") if after else ("before", "after")
        questions.append(Question("reset", options, Message("file.keras.why.reset", guess=options[0])))
    if layer.class_name == "Bidirectional" and "merge_mode" not in layer.config:
        questions.append(Question("merge", ("concat", "sum", "ave", "mul"), Message("file.keras.why.merge"), sure=True))
    return questions


def _version(text: str | None) -> tuple[int, int] | None:
    """The first two numbers of a version."""
    parts = (text or "").split(".")
    return (int(parts[0]), int(parts[1])) if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit() else None


def _made(layer: Layer, weights: Weights, chosen: Mapping[str, str]) -> Stack:
    """The cells, by what was answered, and guessed where it was not."""
    config = dict(layer.config)
    if layer.class_name == "Bidirectional":
        config["merge_mode"] = config.get("merge_mode", chosen.get("merge")) or "concat"
        for key in ("layer", "backward_layer"):
            if isinstance(config.get(key), Mapping):
                inner = config[key]
                config[key] = {**inner, "config": _filled(inner["class_name"], inner["config"], chosen)}
    else:
        config = _filled(layer.class_name, config, chosen)
    made = from_keras(layer.class_name, config, list(weights), chosen.get("version", layer.version))
    return Stack([made]) if isinstance(made, Cell) else made


def _filled(class_name: str, config: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """A config with the entries that were asked for."""
    filled = dict(config)
    if class_name.startswith("CuDNN"):
        return filled
    if "activation" in chosen:
        filled.setdefault("activation", chosen["activation"])
    if class_name != "SimpleRNN" and "recurrent_activation" in chosen:
        filled.setdefault("recurrent_activation", chosen["recurrent_activation"])
    if class_name == "GRU" and "reset" in chosen:
        filled.setdefault("reset_after", chosen["reset"] == "after")
    return filled


def _options(layer: Layer, stack: Stack, questions: Sequence[Question]) -> dict[str, str]:
    """What the file says beyond sizes, where it is not what such a layer mostly is."""
    cell = stack.first
    asked = {question.name for question in questions}
    options = {name: said for name, said in functions_of(cell).items() if name not in asked}
    if "reset" in cell.options and "reset" not in asked:
        options["reset"] = str(cell.options["reset"])
    if len(stack.cells) > 1 and "merge" not in asked:
        options["merge"] = str(layer.config.get("merge_mode"))
    if stack.reverse:
        options["reverse"] = "yes"
    return options
