"""The figures that lessons share carry their numbers, in the colours of the theme."""

import math
import re

import numpy as np

from app.charts.axes import COLOURS
from app.charts.checkpoints import checkpoints
from app.charts.losses import losses
from app.charts.trials import trials
from tests.support.server import ROOT


def test_figures_have_the_stages_colours():
    source = (ROOT / "app/components/base/tokens.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--gw-(\w[\w-]*): (#\w+)", half)) for half in source.split('[data-theme="dark"]'))
    others = {"low": "value-neg", "zero": "value-zero", "high": "value-pos"}
    for tokens, colours in ((light, COLOURS["light"]), (dark, COLOURS["dark"])):
        names = {name: others.get(name, name.replace("_text", "t").replace("_tint", "d")) for name in colours}
        assert colours == {name: tokens[token] for name, token in names.items()}


def test_checkpoints_are_rows_and_the_one_that_is_looked_at_is_framed():
    gates = {"forget gate": np.linspace(0, 1, 12).reshape(3, 4), "hidden state": np.linspace(-1, 1, 12).reshape(3, 4)}
    shown = checkpoints(gates, [0, 5, 50], 5, {"epoch": "epoch", "step": "timestep"}, dark=False)
    assert [(heat.zmin, heat.zmax) for heat in shown.data] == [(0, 1), (-1, 1)]
    for heat, values in zip(shown.data, gates.values(), strict=True):
        np.testing.assert_array_equal(heat.z, values)
        assert [row[0] for row in heat.customdata] == [0, 5, 50]
    assert {(frame.y0, frame.y1) for frame in shown.layout.shapes} == {(0.5, 1.5)}


def test_runs_of_one_kind_share_their_place_in_the_legend():
    runs = {"lstm-1": np.array([[1, 0.5, 0.6]]), "lstm-2": np.array([[1, 0.4, 0.7]]), "gru": np.array([[1, 0.3, 0.2]])}
    words = {"epoch": "e", "loss": "l", "train": "training", "best": "smallest"}
    words |= {"lstm": "LSTM", "gru": "GRU"}
    shown = losses(runs, {"lstm-1": "lstm", "lstm-2": "lstm", "gru": "gru"}, 9, words, dark=True)
    listed = [line.name for line in shown.data if line.showlegend]
    assert listed == ["LSTM", "GRU"]
    assert [line.name for line in shown.data[:2]] == ["LSTM, training", "LSTM"]
    assert [list(line.y) for line in shown.data[2:4]] == [[0.4], [0.7]]


def test_a_star_is_at_the_smallest_validation_loss_and_a_line_at_the_epoch_that_is_looked_at():
    runs = {"lstm": np.array([[1, 0.9, 0.6], [2, 0.5, 0.4], [3, 0.2, 0.7]]), "gru": np.array([[1, 0.3, 0.2]])}
    words = {"epoch": "e", "loss": "l", "train": "t", "best": "smallest", "lstm": "LSTM", "gru": "GRU"}
    shown = losses(runs, {"lstm": "lstm", "gru": "gru"}, 3, words, dark=False, best=["lstm", "gru"], at=1)
    stars = [line for line in shown.data if line.name == "smallest"]
    assert [(*star.x, *star.y, *star.text) for star in stars] == [(2, 0.4, "2"), (1, 0.2, "1")]
    assert [star.showlegend for star in stars] == [True, False]
    assert [(line.x0, line.x1) for line in shown.layout.shapes] == [(1, 1)]
    assert not losses(runs, {"lstm": "lstm", "gru": "gru"}, 3, words, dark=False).layout.shapes


def test_a_network_that_never_learned_stands_in_its_own_column():
    updates = {"one": [100, 50, math.inf], "other": [math.inf, math.inf, 25]}
    words = {"updates": "updates", "never": "never", "seed": "one seed", "median": "median"}
    shown = trials(updates, {"one": "lstm", "other": "gru"}, 200, words, dark=False)
    rings, bars = shown.data[0::2], shown.data[1::2]
    never = shown.layout.xaxis.tickvals[-1]
    assert shown.layout.xaxis.ticktext[-1] == "never"
    assert never > 200
    assert [list(ring.x) for ring in rings] == [[100, 50, never], [never, never, 25]]
    assert [list(bar.x) for bar in bars] == [[100], [never]]
    assert [bar.text[0] for bar in bars] == ["100", "never"]
    assert list(shown.layout.yaxis.ticktext) == ["one", "other"]
    assert rings[0].marker.color == COLOURS["light"]["c"]
    assert [ring.showlegend for ring in rings] == [True, False]
