"""Clipping is torch's; each timestep's part of a gradient; a training run that can be repeated, by torch as well."""

import numpy as np
import pytest
import torch

from app.lessons.gradients import clipping
from app.lessons.gradients.clipping import METHODS, by_norm, by_step, by_value, clipped, norm, training, turned
from app.untrained.initial import Settings
from app.untrained.model import gradients_of, loss, traces
from cells import RNN
from tests.support.torch_loops import STEPS, close, leaves

DRAWN = {"U": np.random.default_rng(0).normal(size=(4, 4)) * 5, "b": np.random.default_rng(1).normal(size=4)}


def torchs(clip, most):
    """What one of torch's clippings makes of the gradients."""
    parameters = {name: torch.zeros(p.shape, dtype=torch.float64, requires_grad=True) for name, p in DRAWN.items()}
    for name, p in parameters.items():
        p.grad = torch.tensor(DRAWN[name])
    clip(parameters.values(), most)
    return {name: p.grad.numpy() for name, p in parameters.items()}


@pytest.mark.parametrize("most", [0.5, 3.0])
def test_clipping_by_norm_is_torchs(most):
    ours, theirs = by_norm(DRAWN, most), torchs(torch.nn.utils.clip_grad_norm_, most)
    added = norm(DRAWN) / (norm(DRAWN) + 1e-6)  # torch guards against a length of 0
    for name in DRAWN:
        close(ours[name] * added, theirs[name], name)
    assert norm(ours) == pytest.approx(most, rel=1e-12)


def test_clipping_by_norm_leaves_short_gradients_alone():
    for name, p in by_norm(DRAWN, 1000.0).items():
        np.testing.assert_array_equal(p, DRAWN[name])
        np.testing.assert_array_equal(p, torchs(torch.nn.utils.clip_grad_norm_, 1000.0)[name])


@pytest.mark.parametrize("most", [0.1, 2.0])
def test_clipping_by_value_is_torchs(most):
    for name, p in by_value(DRAWN, most).items():
        np.testing.assert_array_equal(p, torchs(torch.nn.utils.clip_grad_value_, most)[name])


def test_by_norm_keeps_the_direction_and_by_value_does_not():
    assert turned(DRAWN, by_norm(DRAWN, 0.5)) == pytest.approx(0, abs=1e-5)
    assert turned(DRAWN, by_value(DRAWN, 0.5)) > 10
    assert turned({"a": np.array([1.0, 0.0])}, {"a": np.array([1.0, 1.0])}) == pytest.approx(45)
    assert turned({"a": np.zeros(2)}, {"a": np.ones(2)}) == 0
    assert clipped("none", DRAWN, 0.1) is DRAWN


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("every", [False, True])
def test_a_timesteps_part_is_autograds(kind, every):
    """Every step of the twin gets parameters of its own, so that torch keeps their gradients apart."""
    settings = Settings(units=4, steps=6, every=every, seed=5)
    trace = traces(settings)[kind]
    own = [leaves(trace.cell.parameters) for _ in range(settings.steps)]
    state = {name: torch.zeros(1, 4, dtype=torch.float64) for name in trace.cell.graph.before}
    whole = 0
    for t, p in enumerate(own):
        values = STEPS[kind](p, torch.tensor(trace.x[t : t + 1]), **state)
        state = {name: values[name] for name in state}
        whole = whole + (state["h"] * torch.tensor(loss(settings)[t])).sum()
    whole.backward()
    theirs = [torch.cat([p.grad.flatten() for p in parameters.values()]).norm().item() for parameters in own]
    close(by_step(gradients_of(settings)[kind]), np.array(theirs))


def torch_losses(way, most, seed, activation, updates):
    """The first losses of the same training, by torch alone."""
    random = np.random.default_rng(seed)
    start = RNN.random(1, clipping.UNITS, seed, spectral_radius=clipping.SCALE).parameters
    weights = leaves(dict(start) | {"v": random.normal(size=clipping.UNITS) / np.sqrt(clipping.UNITS)})
    losses = []
    for _ in range(updates):
        x = torch.tensor(random.uniform(-1, 1, (clipping.LENGTH, clipping.BATCH, 1)))
        h = torch.zeros(clipping.BATCH, clipping.UNITS, dtype=torch.float64)
        for step in x:
            h = STEPS["rnn"](weights, step, h, activation=activation)["h"]
        loss = ((h @ weights["v"] - x[0, :, 0]) ** 2).mean() / 2
        for w in weights.values():
            w.grad = None
        loss.backward()
        if way == "norm":
            torch.nn.utils.clip_grad_norm_(weights.values(), most)
        if way == "value":
            torch.nn.utils.clip_grad_value_(weights.values(), most)
        with torch.no_grad():
            for w in weights.values():
                w -= clipping.RATE * w.grad
        losses.append(loss.item())
    return losses


@pytest.mark.parametrize("way", METHODS)
def test_training_is_torchs(way):
    """Few updates: where gradients explode, so do last digits (and torch's 1e-6 beside the length)."""
    ours = training(way, 0.5, 3, "tanh").losses[:4]
    np.testing.assert_allclose(ours, torch_losses(way, 0.5, 3, "tanh", 4), rtol=1e-4 if way == "norm" else 1e-9)


def test_training_can_be_repeated_and_depends_on_its_seed():
    first, again, other = (training("norm", 1.0, seed, "tanh") for seed in (4, 4, 5))
    np.testing.assert_array_equal(first.losses, again.losses)
    np.testing.assert_array_equal(first.norms, again.norms)
    assert first.broken is None
    assert (first.losses != other.losses).all()


@pytest.mark.parametrize("seed", range(3))
def test_without_clipping_a_linear_network_breaks_and_with_it_it_learns(seed):
    assert training("none", 0.0, seed, "linear").broken == 2
    for way, most in (("norm", 1.0), ("value", 0.1)):
        run = training(way, most, seed, "linear")
        assert run.broken is None
        assert np.median(run.losses[-10:]) < 1e-3 * run.losses[0]


def test_a_run_that_breaks_by_its_weights_is_told_as_broken():
    run = clipping.Training(np.array([1.0, 1e300, np.nan, np.nan]), np.ones(4))
    assert run.broken == 3
