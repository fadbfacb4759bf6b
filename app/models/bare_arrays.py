"""Arrays whose names say nothing: which are a layer's weights is told by their shapes, or asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import permutations

import numpy as np

from app.messages import Message, RefusedError
from app.models.found import answered, layer_of, not_finite, sizes_of
from app.models.numbers import FLOATS
from app.models.records import Answers, Found, Question, Tensor
from app.models.weights import Module
from app.models.words import word
from cells import Stack


def readings(tensors: Mapping[str, Tensor]) -> list[Module]:
    """Return every way in which all of these arrays can be the weights of one layer."""
    numbers = [tensor for tensor in tensors.values() if tensor.dtype in FLOATS]
    matrices = [tensor for tensor in numbers if len(tensor.shape) == 2]
    vectors = [tensor for tensor in numbers if len(tensor.shape) == 1]
    if len(matrices) != 2 or len(vectors) > 2 or len(matrices) + len(vectors) != len(tensors):
        return []
    biases = dict(zip(("bias_ih", "bias_hh"), vectors, strict=False))
    found = []
    for W, U in permutations(matrices):
        module = Module("", False, {"": {"weight_ih": W, "weight_hh": U} | biases})
        try:
            sizes_of(module)
        except RefusedError:
            continue
        found.append(module)
    return found


def halved(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """Return the arrays with a GRU's two biases of Keras, (2, 3H), as two vectors; they stand behind the matrices."""
    for name in reversed(list(tensors)):
        whole, others = tensors[name], {other: each for other, each in tensors.items() if other != name}
        if len(tensors) == 3 and whole.shape[:1] == (2,) and len(whole.shape) == 2:
            units = whole.shape[1] // 3
            if any(each.shape == (units, 3 * units) for each in others.values()):
                rows = (Tensor(f"{name}[{k}]", whole.shape[1:], whole.dtype, partial(row_of, whole, k)) for k in (0, 1))
                return others | {row.name: row for row in rows}
    return tensors


def row_of(tensor: Tensor, k: int) -> np.ndarray:
    row: np.ndarray = tensor.read()[k]
    return row


def bare_layers(tensors: Mapping[str, Tensor]) -> tuple[Found, ...]:
    """Return the layers that such arrays can be; of two of the same sizes the reader is asked which."""
    modules = readings(halved(tensors))
    if len(modules) == 2 and sizes_of(modules[0]) == sizes_of(modules[1]):
        return (either(modules),)
    return tuple(named(module) for module in modules)


def named(module: Module) -> Found:
    """Return one reading as a layer; its name says which array is read as what."""
    return layer_of(replace(module, name=roles(module)), sizes_of(module), {}, not_finite(module))


def roles(module: Module) -> str:
    """Return which array is read as the matrix of the inputs, and which as that of the states."""
    arrays = module.places[""]
    return f"W: {word(arrays['weight_ih'].name, 30)}, U: {word(arrays['weight_hh'].name, 30)}"


def either(modules: list[Module]) -> Found:
    """Return a layer of which two readings fit equally well."""
    found = {roles(module): named(module) for module in modules}
    question = Question("arrays", tuple(found), Message("file.why.arrays"))

    def made(answers: Answers) -> Stack:
        return found[answered(question, answers)].made(answers)

    first = next(iter(found.values()))
    return replace(first, name="—", made=made, questions=(question, *first.questions))
