"""Live Keras layers against the cells read from their config and weights, with every option that they have."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cells import GRU, LSTM, RNN, Cell, CheatSheetLSTM, Stack, run
from cells.weight_formats import from_keras, to_keras
from cells.weight_formats.keras import FUNCTIONS

# Keras asks torch tensors for arrays without copying, which NumPy warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

LIMIT = 1e-5  # layers work in float32
LAYERS = {"SimpleRNN": keras.layers.SimpleRNN, "LSTM": keras.layers.LSTM, "GRU": keras.layers.GRU}
KINDS = {"SimpleRNN": RNN, "LSTM": LSTM, "GRU": GRU}


def built(layer, inputs=3, seed=0, scale=0.5):
    """The layer with drawn weights, biases too."""
    layer.build((2, 5, inputs))
    random = np.random.default_rng(seed)
    layer.set_weights([random.normal(size=w.shape, scale=scale) for w in layer.get_weights()])
    return layer


def data(seed=1, steps=5, batch=2, inputs=3):
    return np.random.default_rng(seed).normal(size=(steps, batch, inputs))


def keras_run(layer, x, **how):
    """Time first in and out; the layer itself has the batch first."""
    y = layer(keras.ops.convert_to_tensor(x.swapaxes(0, 1)), **how)
    return [keras.ops.convert_to_numpy(part) for part in (y if isinstance(y, (list, tuple)) else [y])]


def read(layer, **how):
    return from_keras(type(layer).__name__, layer.get_config(), layer.get_weights(), **how)


@st.composite
def layers(draw):
    """A layer with any of its options."""
    name = draw(st.sampled_from(list(LAYERS)))
    functions = st.sampled_from([*FUNCTIONS[3], None])
    options = {"units": draw(st.integers(1, 4)), "use_bias": draw(st.booleans()), "activation": draw(functions)}
    if name != "SimpleRNN":
        options["recurrent_activation"] = draw(functions)
    if name == "GRU":
        options["reset_after"] = draw(st.booleans())
    options |= {k: draw(st.booleans()) for k in ("go_backwards", "stateful", "unroll", "zero_output_for_mask")}
    options |= {k: draw(st.sampled_from([0.0, 0.4])) for k in ("dropout", "recurrent_dropout")}
    return name, options, {"seed": draw(st.integers(0, 2**32 - 1)), "scale": draw(st.sampled_from([0.1, 0.4]))}


@settings(max_examples=120)
@given(layers())
def test_any_layer(drawn):
    name, options, weights = drawn
    layer = LAYERS[name](**options, return_sequences=True, return_state=True)
    made, x = read(built(layer, **weights)), data()
    output, *last = keras_run(layer, x)
    assume(np.abs(output).max() < 10)  # gates without bound may multiply without end
    trace = run(made, x)
    ours = trace.output[::-1] if layer.go_backwards else trace.output
    np.testing.assert_allclose(ours.swapaxes(0, 1), output, atol=LIMIT * max(1, np.abs(output).max()))
    final = trace.final["0.backward"] if layer.go_backwards else trace.final
    for state, array in zip("hc", last, strict=False):
        np.testing.assert_allclose(final[state], array, atol=LIMIT * max(1, np.abs(array).max()))


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("merge", ["concat", "sum", "ave", "mul"])
@pytest.mark.parametrize("different", [False, True], ids=["mirrored", "own_backward_layer"])
def test_bidirectional(name, merge, different):
    options = {"return_sequences": True}
    backward = LAYERS[name](4, activation="elu", go_backwards=True, **options) if different else None
    layer = keras.layers.Bidirectional(LAYERS[name](4, **options), merge_mode=merge, backward_layer=backward)
    made, x = read(built(layer)), data()
    assert (made.merge, list(made.cells)) == (merge, ["0.forward", "0.backward"])
    np.testing.assert_allclose(run(made, x).output.swapaxes(0, 1), keras_run(layer, x)[0], atol=LIMIT)
    config = {k: v for k, v in layer.get_config().items() if k != "backward_layer" or different}
    np.testing.assert_array_equal(
        run(from_keras("Bidirectional", config, layer.get_weights()), x).output, run(made, x).output
    )


@pytest.mark.parametrize("name", LAYERS)
def test_mask_is_the_lengths(name):
    layer = built(LAYERS[name](4, return_sequences=True, zero_output_for_mask=True))
    x, lengths = data(steps=6, batch=3), np.array([6, 2, 4])
    mask = keras.ops.convert_to_tensor(np.arange(6) < lengths[:, None])
    trace = run(read(layer), x, lengths=lengths)
    np.testing.assert_allclose(trace.output.swapaxes(0, 1), keras_run(layer, x, mask=mask)[0], atol=LIMIT)


@pytest.mark.parametrize(("version", "slope"), [(3, 1 / 6), (2, 0.2)])
def test_hard_sigmoid_of_either_version(version, slope):
    """Keras 3’s is relu6(a + 3) / 6; that of Keras 2 is 0.2 a + 0.5, between 0 and 1."""
    layer = built(keras.layers.LSTM(4, recurrent_activation="hard_sigmoid"))
    trace = run(read(layer, keras_version=version), data())
    np.testing.assert_allclose(trace["f"], np.clip(slope * trace["a_f"] + 0.5, 0, 1), atol=1e-15)


def test_a_keras_2_config_with_its_own_entries():
    layer = built(keras.layers.GRU(4, reset_after=False))
    config = layer.get_config() | {"implementation": 2, "time_major": False, "batch_input_shape": (None, 5, 3)}
    config["recurrent_activation"] = "hard_sigmoid"
    cell = from_keras("GRU", config, layer.get_weights(), keras_version=2)
    assert (cell.options["gate"], cell.options["reset"]) == ("hard_sigmoid_fifth", "before")


def test_absent_entries_are_as_the_constructor_has_them():
    for name, layer in LAYERS.items():
        whole = built(layer(4))
        assert from_keras(name, {"units": 4}, whole.get_weights(), 3).options == read(whole).options
        assert from_keras(name, whole.get_config(), whole.get_weights()).kind is KINDS[name]


OLD = {"units": 4, "implementation": 1, "recurrent_activation": "hard_sigmoid"}  # as Keras 2 writes it


@pytest.mark.parametrize(
    ("name", "config", "version", "expected"),
    [
        ("LSTM", OLD, None, {"gate": "hard_sigmoid_fifth"}),
        ("LSTM", OLD, "2.2.2", {"gate": "hard_sigmoid_fifth"}),
        ("LSTM", {"recurrent_activation": "hard_sigmoid"}, "3.4.1", {"gate": "hard_sigmoid"}),
        ("LSTM", {}, "2.2.0", {"gate": "hard_sigmoid_fifth"}),
        ("LSTM", {}, "2.3.1", {"gate": "sigmoid"}),
        ("LSTM", {}, "2.4.0", {"gate": "sigmoid"}),
        ("GRU", OLD, None, {"reset": "before"}),
        ("GRU", OLD | {"use_bias": False}, "2.2.4", {"reset": "before"}),
        ("GRU", {"use_bias": False}, "2.3.0", {"reset": "before"}),
        ("GRU", {"use_bias": False}, "2.3.0-tf", {"reset": "after"}),
        ("GRU", {"use_bias": False}, "2.11.0", {"reset": "after"}),
        ("GRU", {"use_bias": False}, 3, {"reset": "after"}),
    ],
    ids=str,
)
def test_what_the_version_or_the_file_says(name, config, version, expected):
    """The config's own entries tell Keras 2 from 3, a file's version what is absent, a bias's shape reset_after."""
    layer = built(
        LAYERS[name](4, use_bias=config.get("use_bias", True), **({"reset_after": False} if name == "GRU" else {}))
    )
    cell = from_keras(name, config, layer.get_weights(), version)
    assert {option: cell.options[option] for option in expected} == expected


def test_the_version_is_never_guessed():
    weights = weights_of("LSTM")
    with pytest.raises(ValueError, match=r"recurrent_activation: a hard_sigmoid is 0.2·a .* give keras_version="):
        from_keras("LSTM", {"recurrent_activation": "hard_sigmoid"}, weights)
    for version in (None, 2, "2.2.4-tf"):
        with pytest.raises(
            ValueError, match=r"recurrent_activation: absent from the config; hard_sigmoid up to Keras 2.2"
        ):
            from_keras("LSTM", {"units": 4}, weights, version)
    gru = built(keras.layers.GRU(4, use_bias=False)).get_weights()
    for version in (None, 2, "2.2.4-tf"):
        with pytest.raises(ValueError, match=r"reset_after: absent from the config; its default differs"):
            from_keras("GRU", {"use_bias": False, "recurrent_activation": "sigmoid"}, gru, version)
    assert from_keras("LSTM", {"recurrent_activation": "sigmoid"}, weights).options["gate"] == "sigmoid"


@pytest.mark.parametrize("name", ["LSTM", "GRU"])
def test_cudnn_layers(name):
    """cuDNN reads a gate's kernel (D, u) as it lies in memory, as (u, D); torch's modules have that layout, live."""
    random, gates = np.random.default_rng(0), {"LSTM": 4, "GRU": 3}[name]
    kernel, recurrent = random.normal(size=(3, gates * 4)), random.normal(size=(4, gates * 4))
    bias = random.normal(size=2 * gates * 4)
    cell = from_keras(f"CuDNN{name}", {"units": 4, "stateful": False}, [kernel, recurrent, bias])
    module = getattr(torch.nn, name)(3, 4, dtype=torch.float64)
    order = range(4) if name == "LSTM" else (1, 0, 2)  # Keras has z r h, torch r z n
    W, U = ([block.ravel().reshape(4, -1) for block in np.hsplit(w, gates)] for w in (kernel, recurrent))
    b, d = (np.split(part, gates) for part in np.split(bias, 2))
    with torch.no_grad():
        for tensor, blocks in zip(module.parameters(), (W, U, b, d), strict=True):
            tensor.copy_(torch.tensor(np.concatenate([blocks[k] for k in order])))
    x = data()
    np.testing.assert_allclose(run(cell, x).output, module(torch.tensor(x))[0].detach(), atol=1e-12)
    both = {"layer": {"class_name": f"CuDNN{name}", "config": {"units": 4}}}
    stack = from_keras("Bidirectional", both, [kernel, recurrent, bias] * 2)
    np.testing.assert_array_equal(run(stack, x)["0.forward.h"], run(cell, x)["h"])


SIZES = {"inputs": 3, "units": 4, "seed": 0}
WRITABLE = [
    RNN.random(**SIZES),
    RNN.random(**SIZES, activation="clip(1.0)"),
    LSTM.random(**SIZES),
    LSTM.random(**SIZES, gate="hard_sigmoid", activation="leaky_relu(0.2)", output_activation="leaky_relu(0.2)"),
    GRU.random(**SIZES),
    GRU.random(**SIZES, reset="before", activation="linear"),
    Stack([LSTM.random(**SIZES)], reverse=True),
    Stack([(GRU.random(**SIZES), GRU.random(**SIZES, activation="softsign"))], merge="ave"),
    Stack([LSTM.random(**SIZES)]),
]


@pytest.mark.parametrize("cell", WRITABLE, ids=range(len(WRITABLE)))
def test_written_runs_in_keras_and_reads_back(cell):
    name, config, weights = to_keras(cell)
    layer = getattr(keras.layers, name).from_config(config | how(name))
    layer.build((None, None, 3))
    layer.set_weights(weights)
    x = data()
    output = run(cell, x).output
    theirs = keras_run(layer, x)[0].swapaxes(0, 1)
    np.testing.assert_allclose(theirs[::-1] if config.get("go_backwards") else theirs, output, atol=1e-6)
    for back, limit in ((from_keras(name, config, weights, 3), 1e-15), (read(layer), LIMIT)):
        np.testing.assert_allclose(run(back, x).output, output, atol=limit)
        again = to_keras(back)
        assert (again[0], again[1]) == (name, config)
        assert all(np.allclose(a, b, atol=limit) for a, b in zip(again[2], weights, strict=True))


def how(name):
    return {} if name == "Bidirectional" else {"return_sequences": True}


def config_of(name, **changed):
    return LAYERS[name](4).get_config() | changed


def weights_of(name):
    return built(LAYERS[name](4)).get_weights()


REFUSED = {
    "unknown keras layer 'ConvLSTM1D': expected SimpleRNN, LSTM, GRU, CuDNNLSTM": ("ConvLSTM1D", {}, []),
    "bias: got 32 numbers, twice as many as LSTM has: this is a CuDNNLSTM": (
        "LSTM",
        {},
        [np.ones((3, 16)), np.ones((4, 16)), np.ones(32)],
    ),
    "bias: got 24 numbers, twice as many as GRU has: this is a CuDNNGRU": (
        "GRU",
        {},
        [np.ones((3, 12)), np.ones((4, 12)), np.ones(24)],
    ),
    "unknown CuDNNLSTM config 'activation'": ("CuDNNLSTM", {"activation": "relu"}, []),
    "weights: expected 3 arrays for CuDNNGRU, got 2": ("CuDNNGRU", {}, [np.ones((3, 12)), np.ones((4, 12))]),
    "kernel: expected floating-point weights, got int8": (
        "LSTM",
        {},
        [np.ones((3, 16), np.int8), np.ones((4, 16)), np.ones(16)],
    ),
    "unknown GRU config 'zoneout': expected units, use_bias": ("GRU", {"zoneout": 0.1}, None),
    "unknown LSTM config 'reset_after'": ("LSTM", {"reset_after": True}, None),
    "unknown SimpleRNN config 'recurrent_activation'": ("SimpleRNN", {"recurrent_activation": "tanh"}, None),
    "activation: expected one of tanh, .*, got 'gelu'": ("GRU", {"activation": "gelu"}, None),
    "recurrent_activation: expected one of .*, got {'class_name'": (
        "LSTM",
        {"recurrent_activation": {"class_name": "LeakyReLU"}},
        None,
    ),
    "units: expected 4, as many as the recurrent kernel has, got 5": ("LSTM", {"units": 5}, None),
    "weights: expected 2 arrays for LSTM, got 3": ("LSTM", {"use_bias": False}, None),
    "weights: expected 3 arrays for GRU, got 0": ("GRU", {}, []),
    r"kernel: expected shape \(any, 16\), got \(3, 4\)": ("LSTM", {}, [np.ones((3, 4)), np.ones((4, 16)), np.ones(16)]),
    "recurrent kernel: expected rows for 4 gates": ("LSTM", {}, [np.ones((3, 4)), np.ones((4, 15)), np.ones(16)]),
    r"recurrent kernel: expected shape \(4, 16\)": ("LSTM", {}, [np.ones((3, 16)), np.ones((5, 16)), np.ones(16)]),
    r"bias: got shape \(2, 12\), which is that of reset_after=True": ("GRU", {"reset_after": False}, None),
    r"bias: got shape \(12,\), which is that of reset_after=False": (
        "GRU",
        {},
        [np.ones((3, 12)), np.ones((4, 12)), np.ones(12)],
    ),
    "kernel: expected finite numbers": ("SimpleRNN", {}, [np.full((3, 4), np.nan), np.ones((4, 4)), np.ones(4)]),
}


@pytest.mark.parametrize("message", REFUSED)
def test_refusals(message):
    name, changed, weights = REFUSED[message]
    config = config_of(name, **changed) if name in LAYERS else changed
    with pytest.raises(ValueError, match=message):
        from_keras(name, config, weights_of(name) if weights is None else weights)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"merge_mode": None}, "merge_mode: expected 'concat' or 'sum' or 'ave' or 'mul', got None"),
        ({"extra": 1}, "unknown Bidirectional config 'extra'"),
        ({"layer": {"class_name": "GRU", "config": config_of("GRU", go_backwards=True)}}, "layer: expected go_ba"),
        ({"backward_layer": {"class_name": "GRU", "config": config_of("GRU")}}, "backward_layer: expected"),
    ],
)  # fmt: skip
def test_refusals_of_bidirectional(changed, message):
    layer = built(keras.layers.Bidirectional(keras.layers.GRU(4)))
    with pytest.raises(ValueError, match=message):
        from_keras("Bidirectional", layer.get_config() | changed, layer.get_weights())


def test_refusals_of_the_version_and_of_halves():
    with pytest.raises(ValueError, match=r"keras_version: expected 2, 3 or a version of them such as '2\.2\.4', got 1"):
        from_keras("GRU", config_of("GRU"), weights_of("GRU"), keras_version=1)
    with pytest.raises(ValueError, match=r"activation: expected one of .*, got 'leaky_relu'"):
        from_keras("GRU", config_of("GRU", activation="leaky_relu"), weights_of("GRU"), keras_version=2)
    layer = built(keras.layers.Bidirectional(keras.layers.GRU(4)))
    with pytest.raises(ValueError, match="weights: expected as many for either direction, got 5 in all"):
        from_keras("Bidirectional", layer.get_config(), layer.get_weights()[:5])
    with pytest.raises(ValueError, match="layer: expected a layer's class_name and config, got None"):
        from_keras("Bidirectional", {"merge_mode": "sum"}, [])


UNWRITABLE = {
    "peephole: keras has no LSTM with peephole=True": LSTM.random(**SIZES, peephole=True),
    "couple: keras has no LSTM with couple='f=1-i'": LSTM.random(**SIZES, couple="f=1-i"),
    "clip: keras has no GRU with clip=1.0": GRU.random(**SIZES, clip=1.0),
    "update: keras has no GRU with update='write'": GRU.random(**SIZES, update="write"),
    "projection: keras has no LSTM with projection=2": LSTM.random(**SIZES, projection=2),
    "gate: keras has no GRU with gate='hard_sigmoid_fifth'": GRU.random(**SIZES, gate="hard_sigmoid_fifth"),
    "output_activation: keras has one function for activation and": LSTM.random(**SIZES, output_activation="linear"),
    "kind: keras has no layer for CheatSheetLSTM": CheatSheetLSTM.random(**SIZES),
    "stack: keras has one layer to a weight, got 2": Stack([RNN.random(3, 4, 0), RNN.random(4, 4, 0)]),
    "cell: expected a cell or a stack of them, got 'lstm'": "lstm",
}


@pytest.mark.parametrize("message", UNWRITABLE)
def test_cells_that_keras_has_not(message):
    with pytest.raises(ValueError, match=message):
        to_keras(UNWRITABLE[message])


def test_keras_2_has_the_hard_sigmoid_of_a_fifth():
    cell = GRU.random(**SIZES, gate="hard_sigmoid_fifth")
    name, config, weights = to_keras(cell, keras_version=2)
    back = from_keras(name, config, weights, keras_version="2.11.0")
    assert isinstance(back, Cell)
    assert back.options == cell.options
