"""What the stage is sent: cells to the last digit, and each series' input once."""

import json

import numpy as np
import pytest

from app.i18n import stage_words
from app.stage.scene import scene
from cells import GRU, LSTM, run
from cells.graph_data import graph_data
from tests.support.packed import unpacked
from tests.support.stage_site import scene_of_units, vector_of

WORDS = stage_words("en")


def sent(traces, days):
    controls = {"weights": {}, "days": days, "show": []}
    return scene(traces, dict.fromkeys(traces, ""), WORDS, controls=controls)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_parameters_and_inputs_are_sent_to_the_last_digit(dtype):
    cell = LSTM.random(2, 5, seed=1)
    cell = cell.replace(**{name: values.astype(dtype) for name, values in cell.parameters.items()})
    x = np.random.default_rng(0).normal(size=(4, 1, 2)).astype(dtype)
    view = sent({"x": run(cell, x)}, {})
    (about,) = view["cells"].values()
    assert about["parameters"].keys() == cell.parameters.keys()
    for name, values in cell.parameters.items():
        np.testing.assert_array_equal(unpacked(about["parameters"][name]), values)
    np.testing.assert_array_equal(unpacked(view["series"][0]["x"]), x[:, 0])
    assert about["sizes"] == {"D": 2, "H": 5}
    assert json.loads(about["still"])["graph"] == graph_data(cell.graph)


def test_a_series_reads_the_days_of_its_name_or_else_the_only_ones():
    trace = run(LSTM.random(1, 1), np.ones((2, 1, 1)))
    series = sent({"A": trace, "B": trace}, {"A": [1, 1], "B": [1, 1]})["series"]
    assert [one["reads"] for one in series] == ["A", "B"]
    series = sent({"lstm": trace, "gru": run(GRU.random(1, 1), np.ones((2, 1, 1)))}, {"x": [1, 1]})["series"]
    assert [(one["cell"], one["reads"], "x" in one) for one in series] == [("lstm", "x", False), ("gru", "x", False)]


def test_sixty_four_units_take_220_kilobytes():
    assert len(json.dumps(scene_of_units({"lstm-64": vector_of(LSTM, {}, 1, 64)}, {}))) <= 220_000
