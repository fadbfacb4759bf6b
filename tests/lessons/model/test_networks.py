"""Networks of the lessons, shipped or trained by the reader, opened on the page as a file of the reader's own is."""

import numpy as np
import pytest

from app.lessons.model.networks import network, shipped_network
from app.page.session import MINE, KeptFile
from app.trained import download as panel
from app.training import download
from app.training.saved import Run
from cells import run
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


def test_a_network_of_the_readers_own_opens_in_the_same_session(monkeypatch):
    """As the button does it: the file that would be downloaded is what the page reads."""
    weights = {f"cell.{name[5:]}" if name.startswith("lstm.") else name: array for name, array in
               network("series", "lstm").items()}  # fmt: skip
    weights = {name: array * np.float32(0.5) for name, array in weights.items()}
    from app.lessons.series.records import TASK
    from app.trained.panel import ready

    data = download.packed("series", "lstm", Run({1: weights}, ()), ready(TASK).facts)
    test = opened("model")
    test.session_state["gatewalk"].network = KeptFile(download.file_name("series", "lstm"), data)
    test.session_state["gatewalk"].model = None
    test.query_params["sample"] = MINE
    test.run()
    held = network_of(test)
    assert held.file.name == "gatewalk-series-lstm.safetensors"
    (trace,) = held.runs.values()
    ours = run(held.file.layers[0].made({}), trace.x)
    np.testing.assert_array_equal(trace.output, ours.output)
    np.testing.assert_array_equal(held.file.layers[0].state()["weight_ih_l0"], weights["cell.weight_ih_l0"])
    assert panel.PAGES.joinpath("model.py").exists()
