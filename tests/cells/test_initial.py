"""First weights: what each initialiser promises, live Keras's and PyTorch's, and that a seed repeats it."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import pytest
import torch

from cells import CELLS, GRU, LSTM, RNN, CheatSheetLSTM
from cells.initial import INITIALISERS, spectral_radius
from cells.weight_formats import from_torch, gate_order, to_keras

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)


@KINDS
def test_uniform_is_pytorchs(kind):
    """Every parameter between ±1/√H, and filling that range evenly: mean 0, variance 1/(3 H)."""
    cell = kind.random(inputs=50, units=64, seed=0)
    for name, p in cell.parameters.items():
        assert np.abs(p).max() <= 1 / 8
        if p.size > 1000:
            assert np.abs(p).max() > 0.99 / 8
            assert abs(p.mean()) < 0.005, name
            assert p.var() * 3 * 64 == pytest.approx(1, abs=0.06), name


def test_uniform_with_a_projection_and_peepholes():
    cell = LSTM.random(3, 16, seed=0, projection=4, peephole=True)
    assert cell.parameters["U_f"].shape == (16, 4)
    assert cell.parameters["P_h"].shape == (4, 16)
    assert cell.parameters["p_f"].shape == (16,)
    for p in cell.parameters.values():
        assert np.abs(p).max() <= 1 / 4


@KINDS
def test_glorot_and_orthogonal(kind):
    """Glorot W within ±√(6 / (H + D)), orthogonal U, zero biases."""
    cell = kind.random(30, 50, seed=1, kernel="glorot", recurrent="orthogonal", bias="zeros")
    for name, p in cell.parameters.items():
        if name[0] in "WP":
            limit = np.sqrt(6 / sum(p.shape))
            assert np.abs(p).max() <= limit
            assert np.abs(p).max() > 0.99 * limit or p.size < 1000
        elif name[0] == "U":
            np.testing.assert_allclose(p @ p.T, np.eye(50), atol=1e-13)
        else:
            assert not p.any()


@pytest.mark.parametrize(("inputs", "units"), [(3, 7), (7, 3), (1, 5), (4, 4)])
def test_orthogonal_rows_or_columns(inputs, units):
    p = RNN.random(inputs, units, seed=2, kernel="orthogonal").parameters["W_h"]
    gram = p.T @ p if units >= inputs else p @ p.T
    np.testing.assert_allclose(gram, np.eye(min(inputs, units)), atol=1e-13)


def test_orthogonal_is_uniform_among_rotations_and_reflections():
    """Without the signs of R's diagonal, the first entry would always have one sign and det would not be even."""
    drawn = [RNN.random(1, 3, seed=k, recurrent="orthogonal").parameters["U_h"] for k in range(400)]
    assert abs(np.mean([np.linalg.det(p) for p in drawn])) < 0.15
    assert np.abs(np.mean(drawn, axis=0)).max() < 0.1
    np.testing.assert_allclose(np.mean(np.square(drawn), axis=0), np.full((3, 3), 1 / 3), atol=0.05)


def test_identity_is_the_irnns():
    cell = RNN.random(2, 4, seed=0, recurrent="identity", bias="zeros", activation="relu")
    np.testing.assert_array_equal(cell.parameters["U_h"], np.eye(4))
    np.testing.assert_array_equal(RNN.random(2, 4, kernel="identity").parameters["W_h"], np.eye(4, 2))


@pytest.mark.parametrize(("kind", "options"), [(RNN, {}), (GRU, {}), (LSTM, {}), (LSTM, {"projection": 2})], ids=str)
def test_like_torch_is_what_torch_draws_from_the_seed(kind, options):
    """Every number, but for the last bit (torch multiplies and adds in one rounding)."""
    torch.manual_seed(7)
    sizes = {"proj_size": 2} if options else {}
    theirs = from_torch(getattr(torch.nn, repr(kind))(3, 5, dtype=torch.float64, **sizes))
    ours = kind.random(3, 5, 7, like="torch", **options)
    assert ours.options == theirs.options
    for name, p in theirs.parameters.items():
        np.testing.assert_allclose(ours.parameters[name], p, atol=2.3e-16, rtol=0, err_msg=name)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize(("kind", "options"), [(RNN, {}), (GRU, {}), (GRU, {"reset": "before"}), (LSTM, {})], ids=str)
def test_like_keras_is_as_keras_draws(kind, options):
    """The limits of the whole kernel, fully used; an orthogonal matrix of all gates; the same biases to the bit."""
    name, config, ours = to_keras(kind.random(8, 16, 3, like="keras", **options))
    keras.utils.set_random_seed(1)
    layer = getattr(keras.layers, name).from_config(config | {"dtype": "float64"})
    layer.build((1, 4, 8))
    theirs = [keras.ops.convert_to_numpy(w) for w in layer.weights]
    limit = np.sqrt(6 / sum(theirs[0].shape))
    for kernel, recurrent, bias in (ours, theirs):
        assert 0.95 * limit < np.abs(kernel).max() <= limit
        assert kernel.var() * 3 == pytest.approx(limit**2, rel=0.25)
        np.testing.assert_allclose(recurrent @ recurrent.T, np.eye(16), atol=1e-6)
        np.testing.assert_array_equal(bias, theirs[2])


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("framework", ["keras", "torch"])
def test_recurrent_weights_are_distributed_as_keras_ones(framework):
    """Kolmogorov and Smirnov's distance of 4096 recurrent weights: small to live Keras's, large to PyTorch's."""
    ours = LSTM.random(1, 32, 5, like=framework)
    mine = np.sort(np.concatenate([ours.parameters[f"U_{gate}"] for gate in gate_order("torch", LSTM)]).ravel())
    keras.utils.set_random_seed(1)
    layer = keras.layers.LSTM(32)
    layer.build((1, 4, 1))
    theirs = keras.ops.convert_to_numpy(layer.weights[1]).ravel()
    share = np.searchsorted(np.sort(theirs), mine) / mine.size
    distance = np.abs(share - np.arange(mine.size) / mine.size).max()
    assert (distance < 0.04) == (framework == "keras")


def test_stacked_is_one_matrix_for_all_gates():
    cell = LSTM.random(8, 16, 0, kernel="glorot", recurrent="orthogonal", stacked=True)
    U, W = (np.concatenate([cell.parameters[f"{letter}_{gate}"] for gate in "figo"]) for letter in "UW")
    np.testing.assert_allclose(U.T @ U, np.eye(16), atol=1e-13)
    limit = np.sqrt(6 / (8 + 64))
    assert 0.95 * limit < np.abs(W).max() <= limit
    apart = LSTM.random(8, 16, 0, kernel="glorot", recurrent="orthogonal")
    np.testing.assert_allclose(apart.parameters["U_f"].T @ apart.parameters["U_f"], np.eye(16), atol=1e-13)


@KINDS
@pytest.mark.parametrize("radius", [0.0, 0.9, 1.5])
def test_spectral_radius(kind, radius):
    before, after = kind.random(2, 6, seed=3), kind.random(2, 6, seed=3, spectral_radius=radius)
    for name, p in after.parameters.items():
        if name[0] == "U":
            assert spectral_radius(p) == pytest.approx(radius, abs=1e-12)
            now = np.abs(np.linalg.eigvals(before.parameters[name])).max()
            np.testing.assert_allclose(p, before.parameters[name] * radius / now, atol=1e-14)
        else:
            np.testing.assert_array_equal(p, before.parameters[name])


@pytest.mark.parametrize(
    ("kind", "options", "name"),
    [(LSTM, {}, "b_f"), (LSTM, {"couple": "i=1-f"}, "b_f"), (GRU, {}, "b_z"), (CELLS["cheat_sheet"], {}, "b_f")],
)
def test_forget_bias(kind, options, name):
    plain, kept = kind.random(2, 3, seed=0, **options), kind.random(2, 3, seed=0, forget_bias=1, **options)
    np.testing.assert_array_equal(kept.parameters[name], np.ones(3))
    for other, p in plain.parameters.items():
        if other != name:
            np.testing.assert_array_equal(kept.parameters[other], p)


@KINDS
@pytest.mark.parametrize("recurrent", INITIALISERS)
def test_a_seed_repeats(kind, recurrent):
    first, again, other = (kind.random(2, 3, seed=seed, recurrent=recurrent) for seed in (5, 5, 6))
    for name, p in first.parameters.items():
        np.testing.assert_array_equal(p, again.parameters[name])
        random = name[0] != "U" or recurrent not in ("identity", "zeros")
        assert np.array_equal(p, other.parameters[name]) != random
    kernel = next(name for name in first.parameters if name[0] == "W")
    assert not np.array_equal(kind.random(2, 3).parameters[kernel], first.parameters[kernel])


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: RNN.random(1, 2, kernel="he"), ["'he'", "glorot", "identity"]),
        (lambda: RNN.random(1, 2, bias="orthogonal"), ["'orthogonal'", "matrices", "(2,)"]),
        (lambda: RNN.random(1, 2, bias="identity"), ["'identity'", "matrices"]),
        (lambda: RNN.random(1, 2, forget_bias=1), ["forget_bias", "RNN"]),
        (lambda: LSTM.random(1, 2, forget_bias=1, couple="f=1-i"), ["forget_bias", "LSTM"]),
        (lambda: GRU.random(1, 2, forget_bias=1, update="write"), ["forget_bias", "GRU"]),
        (lambda: LSTM.random(1, 2, forget_bias=np.nan), ["forget_bias", "number", "nan"]),
        (lambda: RNN.random(1, 2, spectral_radius=-1), ["spectral_radius", "at least 0", "-1"]),
        (lambda: RNN.random(1, 2, spectral_radius=np.inf), ["spectral_radius", "inf"]),
        (lambda: RNN.random(1, 2, recurrent="zeros", spectral_radius=1), ["spectral_radius", "U_h", "zero"]),
        (lambda: LSTM.random(1, 3, projection=2, spectral_radius=1), ["spectral_radius", "U_f", "(3, 2)"]),
        (lambda: LSTM.random(1, 2, like="keras", peephole=True), ["like", "keras", "lstm"]),
        (lambda: LSTM.random(1, 2, like="keras", projection=1), ["like", "keras", "lstm"]),
        (lambda: GRU.random(1, 2, like="torch", reset="before"), ["like", "torch", "gru"]),
        (lambda: CheatSheetLSTM.random(1, 2, like="torch"), ["like", "torch", "cheat_sheet"]),
        (lambda: LSTM.random(1, 2, like="keras", kernel="glorot"), ["like", "kernel"]),
        (lambda: RNN.random(True, "2"), ["units", "whole number", "'2'"]),
        (lambda: RNN.random(0, 2), ["inputs", "at least 1", "0"]),
        (lambda: RNN.random(1, 2, scale=3), ["RNN option", "'scale'"]),
    ],
)
def test_errors(draw, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        draw()
    for word in words:
        assert word in str(error.value)
