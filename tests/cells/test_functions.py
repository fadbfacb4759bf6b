"""The pointwise functions: values against formulas of their own and torch, slopes, extremes, names."""

import math
import warnings

import numpy as np
import pytest
import torch
from torch.nn import functional

from cells import RNN, backprop, influence, jacobian, run
from cells.functions import FUNCTIONS, Function, function

# Written from ONNX's documentation of LSTM: name, α, β, formula for a number, torch's own, where it or its slope bends.
TABLE = [
    ("sigmoid", None, None, lambda a: 1 / (1 + math.exp(-a)), torch.sigmoid, ()),
    ("tanh", None, None, lambda a: (math.exp(a) - math.exp(-a)) / (math.exp(a) + math.exp(-a)), torch.tanh, ()),
    ("linear", None, None, lambda a: a, None, ()),
    ("relu", None, None, lambda a: a if a > 0 else 0.0, functional.relu, (0,)),
    ("hard_sigmoid", None, None, lambda a: min(1, max(0, a / 6 + 0.5)), functional.hardsigmoid, (-3, 3)),
    ("hard_sigmoid", 0.4, 0.3, lambda a: min(1, max(0, 0.4 * a + 0.3)), None, (-0.75, 1.75)),
    ("hard_sigmoid_fifth", None, None, lambda a: min(1, max(0, 0.2 * a + 0.5)), None, (-2.5, 2.5)),
    ("softsign", None, None, lambda a: a / (1 + abs(a)), functional.softsign, (0,)),
    ("softplus", None, None, lambda a: math.log(1 + math.exp(a)),
     lambda a: functional.softplus(a, threshold=1e3), ()),
    ("elu", None, None, lambda a: a if a > 0 else math.exp(a) - 1, functional.elu, (0,)),
    ("elu", 0.5, None, lambda a: a if a > 0 else 0.5 * (math.exp(a) - 1), lambda a: functional.elu(a, 0.5), (0,)),
    ("leaky_relu", None, None, lambda a: a if a > 0 else 0.01 * a, functional.leaky_relu, (0,)),
    ("leaky_relu", 0.3, None, lambda a: a if a > 0 else 0.3 * a, lambda a: functional.leaky_relu(a, 0.3), (0,)),
    ("thresholded_relu", None, None, lambda a: a if a > 1 else 0.0, lambda a: functional.threshold(a, 1, 0), (1,)),
    ("thresholded_relu", 0.2, None, lambda a: a if a > 0.2 else 0.0,
     lambda a: functional.threshold(a, 0.2, 0), (0.2,)),
    ("affine", None, None, lambda a: a, None, ()),
    ("affine", 0.5, -2, lambda a: 0.5 * a - 2, None, ()),
    ("scaled_tanh", None, None, math.tanh, torch.tanh, ()),
    ("scaled_tanh", 1.7, 0.6, lambda a: 1.7 * math.tanh(0.6 * a), None, ()),
    ("clip", 2, None, lambda a: min(2, max(-2, a)), lambda a: a.clamp(-2, 2), (-2, 2)),
    ("linear_sigmoid", None, None, lambda a: a + 0.5 if a >= 0 else 1 / (1 + math.exp(-a)),
     lambda a: torch.where(a >= 0, a + 0.5, torch.sigmoid(a)), (0,)),
    ("log_sigmoid", None, None, lambda a: -math.log(1 + math.exp(-a)), functional.logsigmoid, ()),
    ("cos", None, None, math.cos, torch.cos, ()),
    ("sin", None, None, math.sin, torch.sin, ()),
    ("negative", None, None, lambda a: -a, None, ()),
    ("complement", None, None, lambda a: 1 - a, None, ()),
]  # fmt: skip

rows = pytest.mark.parametrize(
    ("name", "alpha", "beta", "formula", "theirs", "kinks"),
    TABLE,
    ids=lambda v: str(v) if isinstance(v, str | int | float) else "",
)


def slope_of(f, a):
    """f'(a) as a run takes it: from the argument and the result."""
    a = np.asarray(a, float)
    y, s = np.empty_like(a), np.empty_like(a)
    f.apply(a, y)
    f.slope(a, y, s)
    return s


def points(kinks):
    a = np.concatenate([np.linspace(-8, 8, 81), np.random.default_rng(0).normal(size=40)])
    return a[np.all(np.abs(a[:, None] - np.array([*kinks, np.inf])) > 1e-3, axis=1)]


def test_every_function_is_in_the_table():
    assert {row[0] for row in TABLE} | {"exp", "reciprocal"} == set(FUNCTIONS)


@pytest.mark.parametrize(("name", "theirs"), [("exp", torch.exp), ("reciprocal", torch.reciprocal)])
def test_functions_without_bounds(name, theirs):
    """Values and slopes are torch's, each to its own size; beyond the largest number they are infinite, silently."""
    a = torch.tensor([-700.0, -3.5, -1e-3, 1e-3, 0.5, 2.0, 700.0], dtype=torch.float64, requires_grad=True)
    values = theirs(a)
    values.sum().backward()
    points = a.detach().numpy()
    np.testing.assert_allclose(function(name)(points), values.detach().numpy(), rtol=1e-15)
    np.testing.assert_allclose(slope_of(function(name), points), a.grad.numpy(), rtol=1e-15)
    assert np.isposinf(function(name)(710.0 if name == "exp" else 0.0))


@rows
def test_values(name, alpha, beta, formula, theirs, kinks):
    a = np.concatenate([points(()), kinks])
    f = function(name, alpha, beta)
    np.testing.assert_allclose(f(a), [formula(v) for v in a], rtol=1e-13, atol=1e-15)
    if theirs:
        np.testing.assert_allclose(f(a), theirs(torch.tensor(a)).numpy(), rtol=1e-13, atol=1e-15)


@rows
def test_slopes_are_central_differences(name, alpha, beta, formula, theirs, kinks):
    a, step = points(kinks), 1e-5
    expected = [(formula(v + step) - formula(v - step)) / (2 * step) for v in a]
    np.testing.assert_allclose(slope_of(function(name, alpha, beta), a), expected, atol=1e-9)


@rows
def test_slopes_at_kinks_are_torchs(name, alpha, beta, formula, theirs, kinks):
    if theirs and kinks:
        a = torch.tensor(np.array(kinks, float), requires_grad=True)
        theirs(a).sum().backward()
        np.testing.assert_allclose(slope_of(function(name, alpha, beta), kinks), a.grad.numpy(), atol=1e-7)


@rows
@pytest.mark.parametrize("size", [1e4, -1e4])
def test_extremes_are_finite_and_silent(name, alpha, beta, formula, theirs, kinks, size):
    """In a run, backward through it, and in what else goes backward."""
    f = function(name, alpha, beta)
    cell = RNN(W_h=[[size]], U_h=[[0.5]], b_h=[0.0], activation=f)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(f([size, -size])).all()
        trace = run(cell, [[1.0], [-1.0], [0.0]])
        grads = backprop(trace, {"h": np.ones((3, 1))})
        backward = [grads["h"], grads.x, grads.params["W_h"], jacobian(trace, 2, -1), influence(trace)]
    for array in (trace["h"], *backward):
        assert np.isfinite(array).all()


@pytest.mark.parametrize(
    ("name", "a", "value", "slope"),
    [
        ("sigmoid", -1e4, 0, 0), ("sigmoid", 1e4, 1, 0), ("tanh", 1e4, 1, 0), ("scaled_tanh", -1e4, -1, 0),
        ("softplus", 1e4, 1e4, 1), ("softplus", -1e4, 0, 0), ("elu", -1e4, -1, 0), ("elu", 1e4, 1e4, 1),
        ("softsign", 1e4, 1e4 / 10001, 1 / 10001**2), ("softsign", -1e4, -1e4 / 10001, 1 / 10001**2),
        ("hard_sigmoid", 1e4, 1, 0), ("hard_sigmoid_fifth", -1e4, 0, 0), ("clip(3.0)", -1e4, -3, 0),
        ("log_sigmoid", -1e4, -1e4, 1), ("log_sigmoid", 1e4, 0, 0),
    ],
)  # fmt: skip
def test_limits(name, a, value, slope):
    f = function(name)
    assert f(a) == pytest.approx(value, rel=1e-15)
    with np.errstate(over="ignore"):
        assert slope_of(f, [a]) == pytest.approx(slope, rel=1e-12)


def test_small_results_keep_their_digits():
    assert function("sigmoid")(-40.0) == pytest.approx(math.exp(-40) / (1 + math.exp(-40)), rel=1e-14)
    assert function("softplus")(-40.0) == pytest.approx(math.exp(-40), rel=1e-14)
    assert function("elu")(-1e-12) == pytest.approx(-1e-12, rel=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_types_are_kept(name):
    f = function(name)
    assert f(np.ones((2, 3), np.float32)).dtype == np.float32
    assert f([0, 1]).dtype == np.float64
    a = np.linspace(-4, 4, 33)
    np.testing.assert_allclose(f(a.astype(np.float32)), f(a), atol=1e-6)


def test_names_carry_their_parameters():
    assert function("leaky_relu").name == "leaky_relu"
    assert function("leaky_relu", 0.1).name == "leaky_relu(0.1)"
    assert function("leaky_relu", 0.01) is function("leaky_relu")
    assert function("leaky_relu(0.1)") is function("leaky_relu", 0.1)
    assert function("scaled_tanh", 1.7).name == "scaled_tanh(1.7, 1.0)"
    assert function("scaled_tanh(1.7, 0.6)") is function("scaled_tanh", 1.7, 0.6)
    assert function("affine(-2e-05, inf)") is function("affine", -2e-5, math.inf)
    for name, alpha, beta, *_ in TABLE:
        f = function(name, alpha, beta)
        assert function(f.name) is f
        assert function(f) is f


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: function("swish"), ["'swish'", "sigmoid", "softplus"]),
        (lambda: function("swish(1)"), ["'swish'"]),
        (lambda: function("tanh", 1.0), ["tanh", "0 parameters", "1"]),
        (lambda: function("elu", 1.0, 2.0), ["elu", "1 parameters", "2"]),
        (lambda: function("affine", beta=2.0), ["affine", "beta", "without alpha"]),
        (lambda: function("leaky_relu(nan)"), ["leaky_relu", "numbers", "nan"]),
        (lambda: function("leaky_relu(x)"), ["'x'"]),
        (lambda: function("clip", -1), ["clip", "at least 0", "-1"]),
        (lambda: function(3), ["3", "sigmoid"]),
    ],
)
def test_errors(ask, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        ask()
    for word in words:
        assert word in str(error.value)


def test_a_function_of_ones_own_is_taken_as_it_is():
    def apply(a, y):
        np.sin(a, y)

    def slope(a, y, s):
        np.cos(a, s)

    sine = Function("sine", "sin", r"\sin", apply, slope)
    assert function(sine) is sine
    cell = RNN(W_h=[[1.0]], U_h=[[0.0]], b_h=[0.0], activation=sine)
    trace = run(cell, [[0.3]])
    assert trace["h"].item() == math.sin(0.3)
    assert backprop(trace, {"h": [1.0]}).x.item() == math.cos(0.3)


def test_a_scale_of_zero_has_a_slope_of_zero():
    f = function("scaled_tanh", 0, 1)
    assert not f([-1.0, 0.0, 2.0]).any()
    assert not slope_of(f, [-1.0, 0.0, 2.0]).any()
