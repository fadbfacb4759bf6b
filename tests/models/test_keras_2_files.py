"""Files as Keras 2 writes them, with and without a config, against live layers that compute what Keras 2 computes."""

import json
import os
import zipfile

os.environ.setdefault("KERAS_BACKEND", "torch")

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from app.models import opened
from cells import run
from tests.models.keras_2 import config_of, cudnn, model, weights_of, written

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning", "ignore::UserWarning")

SEQUENCE = {"return_sequences": True}


def hard_sigmoid(a):
    """As Keras 2 has it."""
    return keras.ops.clip(0.2 * a + 0.5, 0, 1)


def drawn(layer, inputs=3):
    layer.build((2, 5, inputs))
    random = np.random.default_rng(0)
    layer.set_weights([random.normal(size=w.shape, scale=0.7).astype(np.float32) for w in layer.get_weights()])
    return layer


def difference(found, layer, answers=None):
    x = np.random.default_rng(1).normal(size=(6, 2, found.inputs)).astype(np.float32)
    theirs = keras.ops.convert_to_numpy(layer(keras.ops.convert_to_tensor(x.swapaxes(0, 1)))).swapaxes(0, 1)
    return np.abs(run(found.made(answers or {}), x).output - theirs).max()


def asked(found):
    return {question.name: (question.options[0], question.sure) for question in found.questions}


HARD = {"recurrent_activation": "hard_sigmoid"}
OLD_LSTM = lambda: drawn(layers.LSTM(4, name="lstm_1", recurrent_activation=hard_sigmoid, **SEQUENCE))  # noqa: E731
OLD_GRU = lambda: drawn(  # noqa: E731
    layers.GRU(4, name="gru_1", recurrent_activation=hard_sigmoid, reset_after=False, **SEQUENCE)
)


@pytest.mark.parametrize("how", [{}, {"compression": "gzip", "shuffle": True}, {"chunks": True}], ids=str)
@pytest.mark.parametrize("functional", [False, True])
def test_a_model_of_keras_2_2(functional, how, tmp_path):
    lstm, gru = (
        OLD_LSTM(),
        drawn(layers.GRU(4, name="gru_1", recurrent_activation=hard_sigmoid, reset_after=False, **SEQUENCE), 4),
    )
    table = np.ones((9, 3), np.float32)
    embedding = {"class_name": "Embedding", "config": {"name": "embedding_1", "input_dim": 9, "output_dim": 3}}
    path = written(
        tmp_path / "model.h5",
        {"embedding_1": {"embedding_1/embeddings:0": table}} | {c.name: weights_of(c, c.name) for c in (lstm, gru)},
        model(embedding, config_of(lstm, **HARD), config_of(gru, **HARD), functional=functional),
        "2.2.2", **how,
    )  # fmt: skip
    file = opened(path, "model.h5")
    assert [(found.name, found.kind, asked(found)) for found in file.layers] == [
        ("lstm_1", "lstm", {}),
        ("gru_1", "gru", {}),
    ]
    assert difference(file.layers[0], lstm) <= 1e-5
    assert difference(file.layers[1], gru) <= 1e-5
    (tensor,) = file.others  # and none of the optimizer's
    np.testing.assert_array_equal(tensor.read(), table)
    assert file.notes == ()


def test_a_model_of_tensorflow_with_both_ways_and_a_model_in_it(tmp_path):
    both = drawn(layers.Bidirectional(layers.LSTM(4, **SEQUENCE), name="bidirectional"), 3)
    deep = drawn(layers.GRU(2, name="gru", **SEQUENCE), 8)
    inner = model(config_of(deep, implementation=2, time_major=False))
    inner["config"]["name"] = "inner"
    config = {"name": "bidirectional", "layer": config_of(both.forward_layer, time_major=False), "merge_mode": "concat"}
    prefixes = [f"bidirectional/{way}_lstm/lstm_cell_{k}" for k, way in enumerate(("forward", "backward"), 4)]
    path = written(
        tmp_path / "m.h5",
        {"bidirectional": weights_of(both, *prefixes), "inner": weights_of(deep, "gru/gru_cell")},
        model({"class_name": "Bidirectional", "config": config}, inner), "2.11.0", chunked=True,
    )  # fmt: skip
    file = opened(path, "m.h5")
    assert [found.name for found in file.layers] == ["bidirectional", "inner/gru"]
    assert difference(file.layers[0], both) <= 1e-5
    assert difference(file.layers[1], deep) <= 1e-5


@pytest.mark.parametrize("with_config", [True, False])
@pytest.mark.parametrize("name", ["LSTM", "GRU"])
def test_the_layers_for_a_gpu(name, with_config, tmp_path):
    layer = drawn(getattr(layers, name)(4, name="rnn_1", **SEQUENCE))
    config = {"class_name": f"CuDNN{name}", "config": {"name": "rnn_1", "units": 4, "return_sequences": True}}
    weights = cudnn(weights_of(layer, "rnn_1"), {"LSTM": 4, "GRU": 3}[name])
    path = written(tmp_path / "m.hdf5", {"rnn_1": weights}, model(config) if with_config else None, "2.1.5")
    (found,) = opened(path, "m.hdf5").layers
    assert asked(found) == {}
    assert difference(found, layer) <= 1e-5


@pytest.mark.parametrize(
    ("version", "guess", "sure"),
    [
        *(("2.2.0", "hard_sigmoid", True), ("2.3.1", "sigmoid", True), ("2.4.0", "sigmoid", True)),
        *(("2.2.4-tf", "sigmoid", False), (None, "sigmoid", False)),
    ],
)
def test_weights_alone_ask_for_the_gates_function(version, guess, sure, tmp_path):
    """Up to Keras 2.2 it was a hard sigmoid; TensorFlow 1.15 and 2.0 both say 2.2.4-tf, and do not agree."""
    layer = OLD_LSTM()
    file = opened(written(tmp_path / "w.h5", {"lstm_1": weights_of(layer, "lstm_1")}, None, version), "w.h5")
    (found,) = file.layers
    assert asked(found) == {"activation": ("tanh", True), "recurrent_activation": (guess, sure)}
    assert difference(found, layer, {"recurrent_activation": "hard_sigmoid"}) <= 1e-5
    assert (difference(found, layer) <= 1e-5) == (guess == "hard_sigmoid")
    assert difference(found, layer, {"recurrent_activation": "hard_sigmoid", "activation": "relu"}) > 0.01
    with pytest.raises(ValueError, match="activation: expected one of tanh"):
        found.made({"activation": "gelu"})
    assert [note.reason for note in file.notes] == ["file.keras.no_config"]


def test_weights_alone_of_a_gru(tmp_path):
    """A bias tells where the reset gate is; without one, Keras 2.2 has it before and TensorFlow after."""
    before, bare = OLD_GRU(), drawn(layers.GRU(4, name="bare", use_bias=False, reset_after=False, **SEQUENCE))
    all_layers = {"gru_1": weights_of(before, "gru_1"), "bare": weights_of(bare, "bare")}
    for version, guess in (("2.2.4", "before"), ("2.9.0", "after")):
        one, two = opened(written(tmp_path / "w.h5", all_layers, None, version), "w.h5").layers
        assert (one.name, one.options["reset"], "reset" in asked(one)) == ("gru_1", "before", False)
        assert asked(two)["reset"] == (guess, False)
        assert difference(one, before, HARD) <= 1e-5
        assert difference(two, bare, {"reset": "before", "recurrent_activation": "sigmoid"}) <= 1e-5
        assert difference(two, bare, {"reset": "after", "recurrent_activation": "sigmoid"}) > 0.01


def test_both_ways_without_a_config(tmp_path):
    both = drawn(layers.Bidirectional(layers.GRU(4, **SEQUENCE), name="b", merge_mode="ave"))
    weights = weights_of(both, "b/forward_gru", "b/backward_gru")
    (found,) = opened(written(tmp_path / "w.h5", {"b": weights}, None, "2.3.1"), "w.h5").layers
    assert (found.name, found.directions, asked(found)["merge"]) == ("b", 2, ("concat", True))
    assert difference(found, both, {"merge": "ave"}) <= 1e-5


@pytest.mark.parametrize("tells", [False, True])
def test_a_hard_sigmoid_of_no_version_is_asked_for(tells, tmp_path):
    """An entry that Keras 2 alone writes tells; else two readings fit."""
    layer = OLD_LSTM()
    config = config_of(layer, **HARD)
    if not tells:
        del config["config"]["implementation"]
    (found,) = opened(written(tmp_path / "m.h5", {"lstm_1": weights_of(layer, "lstm_1")}, model(config)), "m.h5").layers
    assert asked(found) == ({} if tells else {"version": ("2", False)})
    assert difference(found, layer) <= 1e-5
    assert tells or difference(found, layer, {"version": "3"}) > 0.01


def test_the_first_keras_2_has_a_list_for_a_config(tmp_path):
    layer = OLD_LSTM()
    config = {"class_name": "Sequential", "config": [config_of(layer, **HARD)]}
    (found,) = opened(written(tmp_path / "m.h5", {"lstm_1": weights_of(layer, "lstm_1")}, config, "2.0.2"), "m").layers
    assert difference(found, layer) <= 1e-5


@pytest.mark.parametrize("between", ["/", "\\"], ids=["elsewhere", "windows"])
def test_an_archive_of_the_last_keras_2(between, tmp_path):
    """It counts every layer twice, and on Windows its groups have backslashes in their names."""
    one, two = drawn(layers.LSTM(4, name="one", **SEQUENCE)), drawn(layers.LSTM(4, name="two", **SEQUENCE), 4)
    both = drawn(layers.Bidirectional(layers.GRU(2, **SEQUENCE), name="three"), 4)
    inner = {"name": "three", "layer": config_of(both.forward_layer, time_major=False), "merge_mode": "concat"}
    config = model(config_of(one), config_of(two), {"class_name": "Bidirectional", "config": inner}, functional=True)
    whole = {"lstm/cell": one.get_weights(), "lstm_2/cell": two.get_weights()}
    whole |= {
        f"bidirectional/{way}_layer/cell": getattr(both, f"{way}_layer").get_weights()
        for way in ("forward", "backward")
    }
    with h5py.File(tmp_path / "w.h5", "w") as file:
        for place, arrays in whole.items():
            group = file.create_group(between.join(["_layer_checkpoint_dependencies", *place.split("/")]) + "/vars")
            for k, array in enumerate(arrays):
                group.create_dataset(str(k), data=array)
    with zipfile.ZipFile(tmp_path / "m.keras", "w") as archive:
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("metadata.json", json.dumps({"keras_version": "2.13.1"}))
        archive.write(tmp_path / "w.h5", "model.weights.h5")
    file = opened(tmp_path / "m.keras", "m.keras")
    assert file.notes == ()
    for found, layer in zip(file.layers, (one, two, both), strict=True):
        assert (found.name, asked(found)) == (layer.name, {})
        assert difference(found, layer) <= 1e-5
