"""The samples are what their script makes of the lessons' models, and their own programs open them."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import onnxruntime
import pytest
import torch

from app.lessons.model import train
from app.lessons.model.offered import FILES, FOLDER
from app.lessons.model.reference import reference_of
from app.models import opened
from cells import run

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning", "ignore::UserWarning")


def arrays(path):
    """All numbers of a file, by name: the layer's and the others'."""
    file = opened(path, path.name)
    parameters = {f"{where}.{name}": array for where, cell in file.layers[0].made({}).cells.items()
                  for name, array in cell.parameters.items()}  # fmt: skip
    return parameters | {each.name: each.read() for each in file.others}


def test_the_script_makes_the_samples(tmp_path):
    made = {path.name: arrays(path) for path in train.write(tmp_path)}
    assert made.keys() == set(FILES.values())
    for name, found in made.items():
        kept = arrays(FOLDER / name)
        assert kept.keys() == found.keys()
        for key, array in found.items():
            np.testing.assert_allclose(array, kept[key], atol=1e-6, err_msg=f"{name} {key}")
        assert (FOLDER / name).stat().st_size < 300_000


@pytest.mark.parametrize("name", FILES.values())
def test_what_is_kept_in_a_sample_is_what_the_core_computes(name):
    file = opened(FOLDER / name, name)
    x, output = reference_of(file, file.layers[0])
    assert len(x) >= 12
    np.testing.assert_allclose(run(file.layers[0].made({}), x)["0.forward.h"], output, atol=1e-5)


def test_torch_opens_its_sample():
    weights = torch.load(FOLDER / "forecast.pt", weights_only=True)
    own = {name.removeprefix("lstm."): each for name, each in weights.items() if name.startswith("lstm.")}
    module = torch.nn.LSTM(1, 16)
    module.load_state_dict(own)
    output = module(weights["reference.input"][:, None])[0][:, 0].detach()
    assert float((output - weights["reference.output"]).abs().max()) <= 1e-6


def test_onnx_runtime_runs_its_sample():
    file = opened(FOLDER / "recall.onnx", "recall.onnx")
    x, output = reference_of(file, file.layers[0])
    others = {each.name: each.read() for each in file.others}
    (y,) = onnxruntime.InferenceSession(str(FOLDER / "recall.onnx")).run(None, {"x": x[:, None].astype(np.float32)})
    np.testing.assert_allclose(y[:, 0], output @ others["readout.weight"] + others["readout.bias"], atol=1e-5)


def test_keras_opens_its_sample():
    model = keras.saving.load_model(FOLDER / "adding.keras")
    file = opened(FOLDER / "adding.keras", "adding.keras")
    x, output = reference_of(file, file.layers[0])
    states = keras.Model(model.inputs, model.get_layer("lstm").output).predict(x[None], verbose=0)
    np.testing.assert_allclose(states[0], output, atol=1e-6)
    kernel, bias = model.get_layer("readout").get_weights()
    np.testing.assert_allclose(model.predict(x[None], verbose=0)[0], output @ kernel + bias, atol=1e-5)
