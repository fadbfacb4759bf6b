"""Networks of the lessons, shipped or trained by the reader, opened on the page as a file of the reader's own is."""

import numpy as np
import pytest

from app.lessons.model.networks import network, shipped_network
from app.lessons.series.records import TASK
from app.page.session import MINE
from app.trained.panel import ready
from app.training.jobs import Jobs
from app.training.saved import Run, Trained
from tests.page.test_every_page import opened


def network_of(test):
    return test.session_state["gatewalk"].model.held


@pytest.mark.parametrize(("name", "kind", "units"), [("series.gru", "gru", 16), ("text.vi-lstm", "lstm", 16)])
def test_a_shipped_network_opens_by_its_link(name, kind, units):
    held = network_of(opened("model", sample=name))
    (found,) = held.file.layers
    assert (found.name, found.kind, found.units) == (kind, kind, units)
    np.testing.assert_array_equal(found.state()["weight_hh_l0"], network(*name.split("."))[f"{kind}.weight_hh_l0"])


@pytest.mark.parametrize("name", ["series.none", "lstm.lstm", "..series.lstm", "series.", MINE])
def test_what_no_lesson_has_opens_nothing(name):
    assert shipped_network(name) is None
    assert network_of(opened("model", sample=name)) is None


def test_the_panel_links_to_the_network_that_is_chosen():
    test = opened("series")
    (link,) = [each.proto.body for each in test.get("html") if "sample=series." in each.proto.body]
    assert "model?sample=series.lstm" in link


def test_a_network_of_the_readers_own_opens_by_its_button(monkeypatch):
    shipped = ready(TASK)
    halved = {name: Run({1: {key: array / 2 for key, array in each.weights.items()}}, each.losses)
              for name, each in shipped.runs.items()}  # fmt: skip
    monkeypatch.setattr(Jobs, "trained", lambda *_: Trained(halved, shipped.facts))
    test = opened("series")
    assert not [each for each in test.get("html") if "sample=series." in each.proto.body]
    test.button(key="along-look").click().run()
    assert test.query_params["sample"] == [MINE] or test.query_params["sample"] == MINE
    held = network_of(test)
    assert held.file.name == "gatewalk-series-lstm.safetensors"
    state = held.file.layers[0].state()
    np.testing.assert_array_equal(state["weight_hh_l0"], shipped.runs["lstm"].weights["cell.weight_hh_l0"] / 2)
