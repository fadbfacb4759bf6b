"""Files that live Keras writes, opened as the page opens them, and their cells against the layers themselves."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import pytest
from keras import layers

from app.models import opened
from cells import run

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning", "ignore::UserWarning")

SEQUENCE = {"return_sequences": True}


def sequential(*parts, dtype="float32"):
    return keras.Sequential([keras.Input((5, 3), dtype=dtype), *parts])


def functional():
    """Two inputs to one output, an embedding, a model in the model, and the layers' names not in their order."""
    ids, x = keras.Input((5,), dtype="int32"), keras.Input((5, 3))
    inner = sequential(layers.LSTM(2, name="deep", **SEQUENCE), layers.Dense(3))
    both = layers.Concatenate()([inner(x), layers.Embedding(7, 4)(ids)])
    left = layers.GRU(3, name="z", **SEQUENCE)(both)
    right = layers.LSTM(2, name="a", **SEQUENCE)(both)
    return keras.Model(
        [ids, x], layers.Bidirectional(layers.SimpleRNN(2, **SEQUENCE), name="top")(layers.Concatenate()([left, right]))
    )


def frozen():
    """A model in a model whose first layer is not trained: Keras lists its weights behind those of the second."""
    inner = sequential(layers.LSTM(3, name="first", **SEQUENCE), layers.LSTM(3, name="second", **SEQUENCE))
    inner.layers[0].trainable = False
    return sequential(inner)


MODELS = {
    "lstm": lambda: sequential(layers.LSTM(4, **SEQUENCE)),
    "gru_after": lambda: sequential(layers.GRU(4, **SEQUENCE)),
    "gru_before": lambda: sequential(layers.GRU(4, reset_after=False, **SEQUENCE)),
    "rnn": lambda: sequential(layers.SimpleRNN(4, **SEQUENCE)),
    "no_bias": lambda: sequential(
        layers.LSTM(4, use_bias=False, **SEQUENCE), layers.SimpleRNN(2, use_bias=False, **SEQUENCE)
    ),
    "functions": lambda: sequential(
        layers.LSTM(4, activation="softsign", recurrent_activation="hard_sigmoid", **SEQUENCE),
        layers.GRU(4, activation="elu", **SEQUENCE),
    ),
    "both_ways": lambda: sequential(
        *(layers.Bidirectional(layers.LSTM(4, **SEQUENCE), merge_mode=m) for m in ("concat", "sum", "ave", "mul"))
    ),
    "two_layers_both_ways": lambda: sequential(
        layers.Bidirectional(layers.GRU(2, **SEQUENCE), backward_layer=layers.LSTM(2, go_backwards=True, **SEQUENCE))
    ),
    "cells": lambda: sequential(
        layers.RNN(layers.LSTMCell(4), **SEQUENCE),
        layers.RNN([layers.GRUCell(3), layers.LSTMCell(2), layers.LSTMCell(4)], **SEQUENCE),
    ),
    "cells_both_ways": lambda: sequential(layers.Bidirectional(layers.RNN(layers.GRUCell(4), **SEQUENCE))),
    "backward": lambda: sequential(layers.LSTM(4, go_backwards=True, **SEQUENCE)),
    "stacked": lambda: sequential(*(layers.LSTM(3, dropout=0.3, **SEQUENCE) for _ in range(12))),
    "float64": lambda: sequential(
        layers.LSTM(4, dtype="float64", **SEQUENCE), layers.GRU(4, dtype="float64", **SEQUENCE)
    ),
    "functional": functional,
    "frozen": frozen,
}


def drawn(model):
    """The model with drawn weights: Keras's own biases are zero."""
    random = np.random.default_rng(0)
    model.set_weights([random.normal(size=w.shape, scale=0.5) for w in model.get_weights()])
    return model


def recurrent(model):
    """The recurrent layers by their places in the model, and the stacked cells of an RNN as layers of one cell each."""
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from ((f"{layer.name}/{name}", inner) for name, inner in recurrent(layer))
        elif isinstance(getattr(layer, "cell", None), layers.StackedRNNCells):
            yield from ((f"{layer.name}/{k}", layers.RNN(cell, **SEQUENCE)) for k, cell in enumerate(layer.cell.cells))
        elif isinstance(layer, (layers.RNN, layers.Bidirectional)):
            yield layer.name, layer


def difference(found, layer):
    """How far the cells are from the layer, on drawn numbers."""
    stack = found.made({})
    x = np.random.default_rng(1).normal(size=(6, 2, found.inputs)).astype(stack.dtype)
    theirs = keras.ops.convert_to_numpy(layer(keras.ops.convert_to_tensor(x.swapaxes(0, 1)))).swapaxes(0, 1)
    ours = run(stack, x).output
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype
    return np.abs((ours[::-1] if stack.reverse else ours) - theirs).max()


@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("name", MODELS)
def test_every_layer_of_a_model(name, ending, tmp_path):
    model = drawn(MODELS[name]())
    model.save(tmp_path / f"model.{ending}")
    file = opened(tmp_path / f"model.{ending}", "mine")
    assert (file.name, file.format) == ("mine", {"h5": "hdf5"}.get(ending, ending))
    assert [found.name for found in file.layers] == [place for place, _ in recurrent(model)]
    assert file.notes == ()
    for found, (_, layer) in zip(file.layers, recurrent(model), strict=True):
        assert found.questions == ()
        assert difference(found, layer) <= (1e-12 if name == "float64" else 1e-5)


ALONE = [
    n for n in MODELS if n not in ("functions", "functional", "frozen", "cells", "two_layers_both_ways", "backward")
]


@pytest.mark.parametrize("name", ALONE)
def test_weights_alone_with_what_is_guessed(name, tmp_path):
    model = drawn(MODELS[name]())
    model.save_weights(tmp_path / "model.weights.h5")
    file = opened(tmp_path / "model.weights.h5", "mine")
    assert [note.reason for note in file.notes] == ["file.keras.no_config"]
    left = [layer for _, layer in recurrent(model)]
    for found in file.layers:
        answers = {"merge": left[0].merge_mode} if found.directions == 2 else {}
        layer = next(one for one in left if difference_with(found, answers, one) <= 1e-5)
        left.remove(layer)
        asked = {question.name: question for question in found.questions}
        assert ("recurrent_activation" in asked) == (found.kind != "rnn")
        assert all(question.sure for question in asked.values())
    assert left == []


def difference_with(found, answers, layer):
    if (layer.cell if hasattr(layer, "cell") else layer.forward_layer.cell).units != found.units:
        return np.inf
    answers = {"merge": layer.merge_mode} if found.directions == 2 else {}
    if keras.ops.shape((layer.forward_layer if answers else layer).cell.kernel)[0] != found.inputs:
        return np.inf
    stack = found.made(answers)
    x = np.random.default_rng(1).normal(size=(6, 2, found.inputs)).astype(stack.dtype)
    theirs = keras.ops.convert_to_numpy(layer(keras.ops.convert_to_tensor(x.swapaxes(0, 1)))).swapaxes(0, 1)
    return np.abs(run(stack, x).output - theirs).max()
