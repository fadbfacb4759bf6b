"""The two routes of a gradient add up to it, and the memory's own is what is left when every other is cut."""

import numpy as np
import pytest
import torch

from app.lessons.gates.routes import KEEPS, split
from app.untrained.initial import Settings
from app.untrained.model import gradients_of, loss
from tests.support.torch_loops import STEPS, close, leaves

SETTINGS = [
    Settings(),
    Settings(every=True, steps=30),
    Settings(scale=2.5, forget_bias=4.0, units=7, steps=40, seed=3),
    Settings(scale=0.0, steps=20),
]


def splits(settings):
    return {kind: split(gradients_of(settings)[kind], loss(settings)) for kind in KEEPS}


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_routes_add_up_to_the_whole(settings):
    for kind, parts in splits(settings).items():
        scale = np.abs(parts.gradient).max()
        np.testing.assert_allclose(parts.along + parts.rest, parts.gradient, rtol=0, atol=1e-12 * scale)
        close(sum(parts.shares().values()), np.ones(settings.steps), kind)


def memory_alone(kind, cell, x, slopes):
    """dL/d(state) when gates and candidate see a hidden state that passes no gradient on, by torch."""
    p, tx = leaves(cell.parameters), torch.tensor(x)
    h = torch.zeros(1, cell.units, dtype=torch.float64)
    c, kept, whole = h, [], 0
    for t in range(len(x)):
        if kind == "lstm":
            values = STEPS["lstm"](p, tx[t : t + 1], h.detach(), c)
            c = values["c"]
            kept.append(c)
        else:
            values = STEPS["gru"](p, tx[t : t + 1], h.detach())
            values["h"] = values["z"] * h + values["one_minus_z"] * values["n"]
            kept.append(values["h"])
        h = values["h"]
        kept[-1].requires_grad_(True)
        kept[-1].retain_grad()
        whole = whole + (h * torch.tensor(slopes[t])).sum()
    whole.backward()
    return np.concatenate([state.grad.numpy() for state in kept])


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_memorys_route_is_autograds_with_the_others_cut(settings):
    for kind, parts in splits(settings).items():
        trace = gradients_of(settings)[kind].trace
        close(parts.along, memory_alone(kind, trace.cell, trace.x, loss(settings)), kind)


def test_with_a_loss_at_the_end_the_memorys_route_is_the_product_of_its_gates():
    settings = Settings(steps=12)
    for kind, parts in splits(settings).items():
        gate = gradients_of(settings)[kind].trace[KEEPS[kind][0]]
        close(parts.along[0], parts.gradient[-1] * np.prod(gate[1:], axis=0), kind)
        assert (parts.rest[-1] == 0).all()


def test_without_recurrent_weights_there_is_no_other_way():
    for parts in splits(Settings(scale=0.0)).values():
        assert (parts.sizes()["rest"] == 0).all()
        close(parts.shares()["along"], np.ones(60))


def test_a_share_of_nothing_is_nothing():
    for parts in splits(Settings(scale=0.0, forget_bias=-2000.0)).values():
        assert parts.sizes()["whole"][0] == 0
        assert parts.shares()["along"][0] == 0
