"""What the lessons claim and can be computed; docs/claims.md has every claim with its source and its test."""

import inspect
import os

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras
import numpy as np
import onnx.defs
import plotly.data
import pytest
import torch

from app.controls.examples import FORGET_BIAS, INPUTS, LSTM_PRESETS, SEED
from app.lessons.frameworks import keras_arguments
from app.lessons.layers.networks import Network
from app.lessons.memory.model import readers
from app.lessons.text.corpus import corpus
from app.lessons.text.reader import text_words
from cells import GRU, LSTM, RNN, run
from cells.sensitivity import influence
from cells.weight_formats import from_torch

# Keras asks torch tensors for arrays without copying, which NumPy warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def read(cell, steps=200):
    """A run as the lesson `compare` measures reach by it."""
    return run(cell, np.random.default_rng(SEED).normal(size=(steps, INPUTS)) / np.sqrt(INPUTS))


# ---- memory, compare: how far back an input counts -------------------------------------------------------------------


def test_the_keeping_gate_starts_mostly_open():
    for kind, gate in ((LSTM, "f"), (GRU, "z")):
        assert 0.8 < read(kind.random(INPUTS, 16, SEED, forget_bias=FORGET_BIAS))[gate].mean() < 0.95


def test_the_influence_in_an_rnn_fades_exponentially_and_in_gated_cells_more_slowly():
    counts = {name: influence(read(cell, 40))[::-1] for name, cell in readers().items()}
    steps = np.arange(40)
    assert np.corrcoef(steps, np.log(counts["rnn"]))[0, 1] < -0.98
    slopes = {name: np.polyfit(steps, np.log(values), 1)[0] for name, values in counts.items()}
    assert slopes["rnn"] < 2 * slopes["gru"] < 0
    assert slopes["rnn"] < 2 * slopes["lstm"] < 0


# ---- fourday: where the weights come from ----------------------------------------------------------------------------


@pytest.mark.training
def test_the_full_weights_are_those_of_statquests_training():
    """LSTMbyHand, github.com/StatQuest/signa, chapter_08: seed 42, Adam with its defaults, 5000 epochs, A before B."""
    torch.manual_seed(42)
    weights = {}
    for gate in "figo":
        u, w = torch.normal(torch.tensor(0.0), torch.tensor(1.0)), torch.normal(torch.tensor(0.0), torch.tensor(1.0))
        weights |= {f"U_{gate}": u, f"W_{gate}": w, f"b_{gate}": torch.tensor(0.0)}
    for weight in weights.values():
        weight.requires_grad_()
    optimiser = torch.optim.Adam(weights.values())
    examples = torch.tensor([[0, 0.5, 0.25, 1], [1, 0.5, 0.25, 1]]), torch.tensor([0.0, 1.0])

    def layer(gate, h, x):
        return h * weights[f"U_{gate}"] + x * weights[f"W_{gate}"] + weights[f"b_{gate}"]

    for _ in range(5000):
        for days, target in zip(*examples, strict=True):
            c = h = torch.tensor(0.0)
            for x in days:
                f, i, o = (torch.sigmoid(layer(gate, h, x)) for gate in "fio")
                c = c * f + i * torch.tanh(layer("g", h, x))
                h = torch.tanh(c) * o
            optimiser.zero_grad()
            ((h - target) ** 2).backward()
            optimiser.step()
    found = {name: weight.item() for name, weight in weights.items()}
    assert found == pytest.approx(LSTM_PRESETS["full"], abs=1e-6)


# ---- gradients: three ways of clipping -------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "turns"), [("global_clipnorm", False), ("clipnorm", True)])
def test_kerass_clipnorm_turns_the_gradient_and_its_global_clipnorm_does_not(how, turns):
    gradients = [np.array([3.0, 4.0]), np.array([0.3, 0.4])]
    weights = [keras.Variable(np.zeros(2)) for _ in gradients]
    optimiser = keras.optimizers.SGD(1.0, **{how: 1.0})
    optimiser.apply([torch.tensor(g, dtype=torch.float32) for g in gradients], weights)
    moved = np.concatenate([-keras.ops.convert_to_numpy(weight) for weight in weights])
    whole = np.concatenate(gradients)
    along = moved @ whole / np.linalg.norm(moved) / np.linalg.norm(whole)
    assert (along < 0.99) == turns


# ---- gru: which convention a library has -----------------------------------------------------------------------------


def test_pytorchs_gru_resets_after_u_and_its_z_keeps():
    layer, x = torch.nn.GRU(3, 4).double(), np.random.default_rng(2).normal(size=(6, 3))
    with torch.no_grad():
        states = layer(torch.tensor(x[:, None]))[0][:, 0].numpy()
    stored = from_torch(layer)
    cell = GRU(**stored.parameters, reset="after", update="keep")
    np.testing.assert_allclose(run(cell, x)["h"], states, atol=1e-12)


def test_keras_resets_after_u_by_default():
    assert inspect.signature(keras.layers.GRU).parameters["reset_after"].default is True


# ---- variants --------------------------------------------------------------------------------------------------------


def test_either_way_of_coupling_is_the_other_with_the_signs_of_the_gate_reversed():
    one = LSTM.random(2, 3, seed=4, couple="i=1-f")
    other = LSTM.random(2, 3, seed=4, couple="f=1-i")
    signs = {f"{letter}_i": -one.parameters[f"{letter}_f"] for letter in "WUb"}
    same = {name: p for name, p in one.parameters.items() if not name.endswith("_f")}
    x = np.random.default_rng(0).normal(size=(5, 2))
    np.testing.assert_allclose(run(other.replace(**signs, **same), x)["h"], run(one, x)["h"], atol=1e-15)


def test_a_coupled_unit_has_three_parameters_fewer():
    assert LSTM.random(1, 1).parameters_count - LSTM.random(1, 1, couple="i=1-f").parameters_count == 3


def test_the_hard_sigmoids_of_the_frameworks():
    x = np.linspace(-4, 4, 33)
    sixth, fifth = np.clip(x / 6 + 0.5, 0, 1), onnx.defs.get_schema("HardSigmoid").attributes
    np.testing.assert_allclose(torch.nn.functional.hardsigmoid(torch.tensor(x)).numpy(), sixth, atol=1e-12)
    np.testing.assert_allclose(keras.ops.convert_to_numpy(keras.activations.hard_sigmoid(x)), sixth, atol=1e-6)
    assert [fifth[name].default_value.f for name in ("alpha", "beta")] == pytest.approx([0.2, 0.5])


# ---- layers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_reading_both_ways_at_least_doubles_the_parameters(layers):
    one = Network("lstm", layers, False, 8)
    assert one.turned().stack.parameters_count >= 2 * one.stack.parameters_count


# ---- series, text ----------------------------------------------------------------------------------------------------


def test_the_share_prices_are_weekly_of_2018_and_2019_divided_by_the_first():
    stocks = plotly.data.stocks(datetimes=True)
    assert set(stocks["date"].diff().dropna().dt.days) == {7}
    assert set(stocks["date"].dt.year) == {2018, 2019}
    assert (stocks.drop(columns="date").iloc[0] == 1).all()


def test_punctuation_is_cut_off_but_for_marks_between_figures_and_hyphens_in_known_words():
    assert text_words("(Good,but so-so: 3.5!)", "en") == ("(", "good", ",", "but", "so-so", ":", "3.5", "!", ")")


@pytest.mark.parametrize(
    ("language", "negations"), [("en", {"not", "never", "no"}), ("vi", {"không", "chẳng", "chưa"})]
)
def test_half_of_the_reviews_are_positive_and_nearly_half_negate(language, negations):
    reviews = corpus(language)
    assert np.mean([review.positive for review in reviews]) == pytest.approx(0.5, abs=0.01)
    negated = [bool(negations & set(text_words(review.text, language))) for review in reviews]
    assert np.mean(negated) == pytest.approx(0.46, abs=0.03)


# ---- recall ----------------------------------------------------------------------------------------------------------


def test_a_gate_with_a_bias_of_1_keeps_seventy_three_hundredths():
    assert 1 / (1 + np.exp(-1)) == pytest.approx(0.73, abs=0.005)


# ---- frameworks ------------------------------------------------------------------------------------------------------


def test_fresh_weights_are_drawn_as_keras_draws_them():
    """Both have one orthogonal and one Glorot matrix for all four gates."""
    layer, limit = keras_arguments.Layer(16, 8, 0), np.sqrt(6 / (8 + 4 * 16))
    theirs = keras.layers.LSTM(16)
    theirs.build((1, 5, 8))
    kernel, recurrent, bias = (keras.ops.convert_to_numpy(weight) for weight in theirs.weights)
    cell = keras_arguments.fresh(layer, 1.0)
    own = [np.concatenate([cell.parameters[f"{letter}_{gate}"] for gate in "ifgo"]).T for letter in "WU"]
    for w, u in ((kernel, recurrent), own):
        assert 0.97 * limit < np.abs(w).max() <= limit * (1 + 1e-6)
        np.testing.assert_allclose(u @ u.T, np.eye(16), atol=1e-5)
    np.testing.assert_array_equal(bias, np.concatenate([cell.parameters[f"b_{gate}"] for gate in "ifgo"]))


# ---- compare ---------------------------------------------------------------------------------------------------------


def test_parameters_are_as_four_to_three_to_one():
    lstm, gru, rnn = (sum(p.size for name, p in kind.random(8, 16).parameters.items() if name != "d_n")
                      for kind in (LSTM, GRU, RNN))  # fmt: skip
    assert (lstm, gru) == (4 * rnn, 3 * rnn)
