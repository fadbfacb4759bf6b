"""The map's every place is what a run of its own gives."""

from dataclasses import replace

import numpy as np
import pytest

from app.controls.kinds import KINDS
from app.lessons.gates.phase_map import SEEDS, VIEWS, decades, ratios
from app.untrained.model import gradients_of


def alone(settings, kind):
    """The ratio, from one run with these settings."""
    slopes = gradients_of(settings)[kind]["h"]
    return np.linalg.norm(slopes[0]) / np.linalg.norm(slopes[-1])


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_place_is_its_own_run(name, kind):
    view = VIEWS[name]
    found = ratios(view, kind, seed=2)
    assert found.shape == (21, 21)
    for j, k in [(0, 1), (20, 6), (7, 7), (13, 3), (20, 1)]:
        settings = replace(view.at(view.scales[k], view.others[j]), seed=2)
        assert found[j, k] == pytest.approx(alone(settings, kind), rel=1e-12), (j, k)
    for j, k in [(0, 20), (4, 14)]:  # where gradients explode, so do the last digits in which two runs differ
        settings = replace(view.at(view.scales[k], view.others[j]), seed=2)
        assert found[j, k] == pytest.approx(alone(settings, kind), rel=1e-6), (j, k)


def test_an_rnn_has_no_gate_to_bias_and_without_weights_no_gradient():
    found = ratios(VIEWS["bias"], "rnn", seed=0)
    assert (found == found[0]).all()
    assert (found[:, 0] == 0).all()
    assert (decades([found])[:, 0] == -np.inf).all()


def test_the_map_shows_the_median_of_its_seeds():
    view = VIEWS["steps"]
    shown = decades(ratios(view, "gru", seed) for seed in SEEDS)
    settings = view.at(view.scales[7], view.others[4])
    each = sorted(alone(replace(settings, seed=seed), "gru") for seed in SEEDS)
    assert shown[4, 7] == pytest.approx(np.log10(each[len(each) // 2]), rel=1e-9)


def test_a_click_beside_a_place_means_the_place():
    view = VIEWS["steps"]
    assert view.nearest(0.91, 52.0) == (0.9, 50)
    assert view.nearest(99.0, -3) == (3.0, 5)
    assert view.at(0.9, 50).scale == 0.9
    assert view.at(0.9, 50).steps == 50
    assert VIEWS["bias"].at(0.9, -1.5).forget_bias == -1.5
