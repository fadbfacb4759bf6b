"""The true input of a layer inside of an ONNX model, from ONNX Runtime, against torch's own module."""

import io

import numpy as np
import onnx
import pytest
import torch
from onnx import helper

from app.lessons.model.reading import runtime
from app.messages import RefusedError
from app.models import opened as opened_model
from cells import run
from tests.models.onnx_models import constants, drawn, node_of, saved, value
from tests.page.test_every_page import opened


def model():
    """A linear layer and tanh before an LSTM of three inputs; two inputs, of which one only scales."""

    attributes, arrays, _ = drawn("LSTM")
    weights = np.random.default_rng(5).normal(size=(4, 3)).astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["frames", "before"], ["product"]),
        helper.make_node("Mul", ["product", "gain"], ["scaled"]),
        helper.make_node("Tanh", ["scaled"], ["X"]),
        node_of("LSTM", arrays, attributes),
    ]
    content = saved(nodes, constants(arrays | {"before": weights}), 17, inputs=["frames", "gain"])

    proto = onnx.load_from_string(content)
    proto.graph.input[0].CopyFrom(value("frames", ["steps", "batch", 4]))
    proto.graph.input[1].CopyFrom(value("gain", [1]))
    return proto.SerializeToString(), weights


@pytest.mark.parametrize("batch", [1, 2])
def test_the_layer_reads_what_the_model_makes_of_its_inputs(batch, tmp_path):
    content, weights = model()
    (tmp_path / "m").write_bytes(content)
    (found,) = opened_model(tmp_path / "m", "m.onnx").layers
    assert found.around.inputs == {"frames": (("steps", "batch", 4), "float32"), "gain": ((1,), "float32")}
    frames = np.random.default_rng(0).normal(size=(7, batch, 4))
    feeds = runtime.given(found.around, {"frames": frames, "gain": np.array([2.0]), "more": frames})
    x = runtime.layer_input(found.around, feeds)
    np.testing.assert_allclose(x, torch.tanh(2 * torch.tensor(frames) @ torch.tensor(weights).double()), atol=1e-6)


def test_noise_of_the_right_sizes_is_read_until_arrays_are_given(tmp_path):
    (tmp_path / "m").write_bytes(model()[0])
    (found,) = opened_model(tmp_path / "m", "m.onnx").layers
    feeds = runtime.made_up(found.around)
    assert {name: array.shape for name, array in feeds.items()} == {"frames": (50, 1, 4), "gain": (1,)}
    with pytest.raises(RefusedError) as caught:
        runtime.given(found.around, {"frames": feeds["frames"]})
    assert caught.value.message.values == {"name": "gain"}


def test_a_layer_that_reads_the_models_input_has_nothing_around_it(tmp_path):
    attributes, arrays, _ = drawn("GRU")
    (tmp_path / "m").write_bytes(saved([node_of("GRU", arrays, attributes)], constants(arrays), 17))
    assert opened_model(tmp_path / "m", "m.onnx").layers[0].around is None


def test_the_page_offers_it_and_runs_the_layer_on_it():
    content, weights = model()
    test = opened("model")
    test.file_uploader(key="model-file-0").set_value(("mine.onnx", content, "")).run()
    while test.session_state["gatewalk"].model.held is None:
        test.run()
    test.button_group(key="model-source").set_value("runtime").run()
    assert not test.exception
    held = test.session_state["gatewalk"].model.held
    assert list(held.runs.values())[-1].x.shape[0] == 50
    frames, file = np.random.default_rng(0).normal(size=(9, 1, 4)), io.BytesIO()
    np.savez(file, frames=frames, gain=np.array([0.5]))
    test.file_uploader(key="model-runtime").set_value(("in.npz", file.getvalue(), "")).run()
    assert not test.exception
    trace = list(held.runs.values())[-1]
    expected = np.tanh(0.5 * frames[:, 0] @ weights)
    np.testing.assert_allclose(trace.x, expected, atol=1e-6)
    ours = run(held.file.layers[0].made({}), expected)
    np.testing.assert_allclose(trace.output, ours.output, atol=1e-5)
