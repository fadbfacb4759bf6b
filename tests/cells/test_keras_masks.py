"""Live Keras layers under masks: padding in front, in between and behind; both ways and in layers."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import pytest

from cells import Stack, run
from cells.weight_formats import from_keras

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

T, B, D = 5, 3, 2
MASKS = np.array(
    [[False, False, True, True, True], [True, False, True, False, True], [True, True, False, False, False]]
)
"""(B, T): padding in front, in between and behind."""


def keras_layer(layer, seed=0):
    layer.build((B, T, D))
    random = np.random.default_rng(seed)
    layer.set_weights([random.normal(size=w.shape, scale=0.5) for w in layer.get_weights()])
    return layer, from_keras(type(layer).__name__, layer.get_config(), layer.get_weights())


def keras_run(layer, x, mask):
    y = layer(keras.ops.convert_to_tensor(x), mask=keras.ops.convert_to_tensor(mask))
    return [keras.ops.convert_to_numpy(part) for part in (y if isinstance(y, (list, tuple)) else [y])]


@pytest.mark.parametrize("name", ["SimpleRNN", "LSTM", "GRU"])
@pytest.mark.parametrize("backwards", [False, True])
def test_keras_masks(name, backwards):
    """Its default repeats the output, which is ``trace["h"]``; with zero_output_for_mask it is ``trace.output``."""
    x = np.random.default_rng(1).normal(size=(B, T, D))
    for zero in (False, True):
        layer, cell = keras_layer(
            getattr(keras.layers, name)(3, return_sequences=True, return_state=True, go_backwards=backwards,
                                        zero_output_for_mask=zero)
        )  # fmt: skip
        trace = run(cell, x, mask=MASKS, batch_first=True)
        output, *last = keras_run(layer, x, MASKS)
        own = trace.traces["0.backward"] if backwards else trace
        ours = own.output if zero else own["h"]
        np.testing.assert_allclose((ours[::-1] if backwards else ours).swapaxes(0, 1), output, atol=1e-5)
        for state, array in zip("hc", last, strict=False):
            np.testing.assert_allclose(own.final[state], array, atol=1e-5)


@pytest.mark.parametrize("merge", ["concat", "sum"])
def test_keras_masks_of_layers_both_ways(merge):
    """Each layer hands its mask on; Bidirectional gives zeros where it does not read."""
    x, random = np.random.default_rng(2).normal(size=(B, T, D)), np.random.default_rng(3)
    below = keras.layers.Bidirectional(keras.layers.GRU(4, return_sequences=True), merge_mode=merge)
    above = keras.layers.Bidirectional(keras.layers.LSTM(3, return_sequences=True))
    inputs = keras.Input((T, D))
    model = keras.Model(inputs, above(below(keras.layers.Masking(-7.0)(inputs))))
    model.set_weights([random.normal(size=w.shape, scale=0.5) for w in model.get_weights()])
    read = [from_keras("Bidirectional", each.get_config(), each.get_weights()) for each in (below, above)]
    padded = np.where(MASKS[..., None], x, -7.0)
    theirs = keras.ops.convert_to_numpy(model(keras.ops.convert_to_tensor(padded)))
    lower = run(read[0], np.where(MASKS[..., None], x, np.nan), mask=MASKS, batch_first=True)
    upper = run(read[1], lower.output, mask=MASKS.T)
    np.testing.assert_allclose(upper.output.swapaxes(0, 1), theirs, atol=1e-5)
    if merge == "concat":
        layers = [[each.cells["0.forward"], each.cells["0.backward"]] for each in read]
        np.testing.assert_array_equal(run(Stack(layers), lower.x, mask=MASKS.T).output, upper.output)
