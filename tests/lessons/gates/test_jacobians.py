"""The Jacobians of single steps and of all together, and the rule that predicts them."""

import numpy as np
import pytest

from app.controls.kinds import KINDS
from app.lessons.gates import jacobians
from app.lessons.gates.jacobians import factors, slopes, step_jacobians, steps_of
from app.untrained.initial import Settings
from app.untrained.model import loss, traces
from cells import RNN, backprop, jacobian, run
from tests.cells.test_sensitivity import autograd_jacobian
from tests.support.torch_loops import close

SETTINGS = Settings(units=5, steps=9, seed=1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_steps_jacobian_is_autograds(kind):
    trace = traces(SETTINGS)[kind]
    ours = step_jacobians(trace)
    for t in range(trace.steps):
        entered = {name: trace.before(name)[t : t + 1] for name in trace.cell.graph.before}
        close(ours[t], autograd_jacobian(trace.cell, trace.x[t : t + 1, None], entered, 0), f"{kind} {t}")


@pytest.mark.parametrize("kind", KINDS)
def test_many_steps_at_once_or_few(kind, monkeypatch):
    trace = traces(SETTINGS)[kind]
    whole = step_jacobians(trace)
    monkeypatch.setattr(jacobians, "AT_ONCE", 1)
    np.testing.assert_allclose(step_jacobians(trace), whole, rtol=0, atol=1e-15)


@pytest.mark.parametrize("kind", KINDS)
def test_all_steps_together(kind):
    trace = traces(SETTINGS)[kind]
    last, found = loss(SETTINGS)[-1], steps_of(trace, loss(SETTINGS)[-1])
    row = np.concatenate([last, 0 * last]) if kind == "lstm" else last
    products = [jacobian(trace, trace.steps - 1, t) for t in range(trace.steps)]
    close(found.measured, np.array([np.linalg.norm(row @ product) for product in products]))
    close(found.largest, np.array([np.linalg.norm(product, 2) for product in products[:-1]]))
    means = np.exp(np.log(np.linalg.svd(step_jacobians(trace)[1:], compute_uv=False)).mean(axis=1))
    np.testing.assert_allclose(found.typical, np.cumprod(means[::-1])[::-1], rtol=1e-9)  # |det| of a product: the dets'
    assert found.typical[-3] == pytest.approx(abs(np.linalg.det(products[-4])) ** (1 / len(row)), rel=1e-6)
    np.testing.assert_allclose(found.singular[-1], np.linalg.svd(step_jacobians(trace)[-1])[1], atol=1e-12)
    assert found.at.tolist() == list(range(2, 10))


@pytest.mark.parametrize("kind", ["rnn", "gru"])
def test_the_measured_curve_is_the_gradient(kind):
    trace = traces(SETTINGS)[kind]
    grads = backprop(trace, {"h": loss(SETTINGS)[-1]})
    close(steps_of(trace, loss(SETTINGS)[-1]).measured, np.linalg.norm(grads["h"], axis=1))


def test_the_rule_is_exact_for_a_rotation_of_nothing():
    cell = RNN.random(2, 6, 0, recurrent="orthogonal", bias="zeros", spectral_radius=0.8)
    found = steps_of(run(cell, np.zeros((30, 2))), np.ones(6))
    np.testing.assert_allclose(found.predicted, found.measured, rtol=1e-12)
    assert found.rate == pytest.approx(0.8, rel=1e-12)


def test_the_rule_multiplies_radius_by_slope():
    trace = traces(SETTINGS)["rnn"]
    np.testing.assert_allclose(factors(trace), SETTINGS.scale * slopes(trace), rtol=1e-12)
    nudged = np.tanh(trace["a"][3] + 1e-6) - np.tanh(trace["a"][3] - 1e-6)
    assert slopes(trace)[3] == pytest.approx(np.sqrt(np.mean((nudged / 2e-6) ** 2)), rel=1e-6)


def test_what_is_far_too_small_is_not_lost_and_nothing_is_nothing():
    small = Settings(scale=0.05, units=6, steps=200)
    found = steps_of(traces(small)["rnn"], loss(small)[-1])
    assert 0 < found.largest[0] < 1e-250
    assert found.predicted[0] == pytest.approx(found.measured[-1] * np.prod(found.factors), rel=1e-9)
    none = Settings(scale=0.0, units=4, steps=10)
    found = steps_of(traces(none)["rnn"], loss(none)[-1])
    assert found.measured[0] == found.predicted[0] == found.largest[0] == found.rate == 0


def test_long_runs_show_some_of_their_steps():
    long = Settings(units=4, steps=150)
    found = steps_of(traces(long)["gru"], loss(long)[-1])
    assert len(found.at) == len(found.singular) == len(found.largest) == jacobians.SHOWN
    assert (found.at[0], found.at[-1]) == (2, 150)
    assert len(found.measured) == 150
