"""What the stage shows of a gradient is the core's, whatever cell it is of."""

import numpy as np
import pytest

from app.lessons.fourday.model import ADDRESS, TARGETS, example
from app.stage.layout import layout_of
from cells import LSTM, RNN, backprop, run
from cells.sensitivity import jacobian, routes
from tests.support.series import loss_of
from tests.support.stage_site import DAYS, VARIANTS, cell_of, column

every_cell = pytest.mark.parametrize("name", VARIANTS)
WIRELESS = {"b", "z2"}  # a bias; a line that only carries on


@pytest.fixture(scope="module")
def gradients_of(series_of):
    """What the stage computes of a run's gradient."""
    return lambda trace, unit=0, **targets: series_of(trace, unit, targets, backward=True)["gradients"]


@every_cell
def test_every_value_has_its_gradient(gradients_of, name):
    trace = run(cell_of(*VARIANTS[name]), column(DAYS))
    told, core = gradients_of(trace), backprop(trace, {"output": np.ones_like(trace.output[-1])})
    for value in trace.names:
        np.testing.assert_allclose(told["values"][value], core[value][:, 0, 0], rtol=1e-12, atol=1e-15)
    for value, links in told["chain"].items():
        total = np.sum([link["product"] for link in links], axis=0) if links else np.zeros(len(DAYS))
        np.testing.assert_allclose(total, told["values"][value], rtol=1e-12, atol=1e-15)


@every_cell
def test_every_wire_carries_one(gradients_of, name):
    trace = run(cell_of(*VARIANTS[name]), column(DAYS))
    told = gradients_of(trace)["wires"]
    assert {wire["id"] for wire in layout_of(trace.cell)["wide"]["wires"]} - set(told) <= WIRELESS


@pytest.mark.parametrize("name", [name for name in VARIANTS if not name.startswith("rnn")])  # its layer is opened
def test_what_the_ribbons_and_branches_bring_back_is_the_gradient_of_the_state_before(gradients_of, name):
    """Every wire that leaves the hidden state as it entered, except for the belt, where that is the memory."""
    trace = run(cell_of(*VARIANTS[name]), column(DAYS))
    layout, told = layout_of(trace.cell), gradients_of(trace)
    wires = layout["wide"]["wires"]
    leaving = [w for w in wires if w["kind"] == "ribbon" and w["role"] == "h"]
    leaving += [w for w in wires if (w.get("carries") or [""])[0] == "h-before" and len(w["carries"]) == 2]
    carried = np.sum([np.zeros(len(DAYS)), *(told["wires"][wire["id"]] for wire in leaving)], axis=0)
    links = told["chain"]["h"]  # of tomorrow: what comes straight along the belt
    along = [link["product"] for link in links if link["later"] and link["to"] == "h"]
    kept = np.concatenate([[0.0], *(product[:-1] for product in along)]) if along else 0
    np.testing.assert_allclose((carried + kept)[1:], told["before"]["h"][1:], rtol=1e-11, atol=1e-16)


@pytest.mark.parametrize("name", ["lstm", "lstm-linear", "lstm-couple-i"])
def test_the_two_routes_into_a_cell_state_make_up_its_gradient(gradients_of, name):
    told = gradients_of(run(cell_of(*VARIANTS[name]), column(DAYS)))
    wires = told["wires"]
    np.testing.assert_allclose(np.add(wires["c3"], wires["ct"]), wires["c2"], rtol=1e-12)
    assert wires["c3"][-1] == 0  # nothing comes back from after the last day
    np.testing.assert_allclose(wires["c0"][1:], wires["c3"][:-1], rtol=1e-12)


@pytest.mark.parametrize("name", ["gru", "gru-before"])
def test_what_comes_back_to_a_grus_state_makes_up_its_gradient(gradients_of, name):
    trace = run(cell_of(*VARIANTS[name]), column(DAYS))
    wires = gradients_of(trace)["wires"]
    np.testing.assert_allclose(np.add(wires["h0"], 0)[1:], wires["h2"][:-1], rtol=1e-12)
    kept = backprop(trace, {"h": [[1.0]]})["keep"][:, 0, 0] * trace["z"][:, 0, 0]
    np.testing.assert_allclose(np.add(wires["hd"], kept), wires["h0"], rtol=1e-12)


@pytest.mark.parametrize(("name", "state"), [("lstm", "c"), ("lstm-all", "c"), ("gru", "h"), ("cheat-sheet", "c")])
def test_the_memorys_gradient_is_told_by_its_routes(gradients_of, name, state):
    trace = run(cell_of(*VARIANTS[name]), column(DAYS))
    told, core = gradients_of(trace), routes(backprop(trace, {"h": np.ones_like(trace["h"][-1])}))
    assert told["routes"]["state"] == state
    np.testing.assert_allclose(told["routes"]["along"], core.along[:, 0, 0], rtol=1e-12)
    np.testing.assert_allclose(np.add(told["routes"]["along"], told["routes"]["through"]), told["values"][state])


def test_a_cell_without_a_memory_has_no_routes(gradients_of):
    assert gradients_of(run(cell_of(*VARIANTS["rnn"]), column(DAYS)))["routes"] is None


def test_an_rnns_step_multiplies_by_slope_and_weight(gradients_of):
    trace = run(cell_of(*VARIANTS["rnn"]), column(DAYS))
    step = gradients_of(trace)["step"]
    h, U = trace["h"].ravel(), trace.parameters["U_h"].item()
    np.testing.assert_allclose(step["slope"], 1 - h**2, rtol=1e-12)
    np.testing.assert_allclose(step["weight"], U)
    np.testing.assert_allclose(step["product"], [jacobian(trace, t, t - 1).item() for t in range(len(h))], rtol=1e-12)
    assert [gradients_of(run(cell_of(*VARIANTS[name]), column(DAYS)))["step"] for name in ("lstm", "gru")] == [None] * 2
    assert gradients_of(run(RNN.random(1, 3, 0), column(DAYS)))["step"] is None


def test_the_loss_is_a_squared_distance_where_there_is_a_target(gradients_of):
    trace = example(ADDRESS.defaults).traces["B"]
    told = gradients_of(trace, A=TARGETS["B"])
    answer = trace["h"][-1].item()
    assert told["loss"][-1] == pytest.approx((answer - 1) ** 2, rel=1e-12)
    assert told["loss"][-1] == pytest.approx(example(ADDRESS.defaults).losses["B"], rel=1e-12)
    assert told["values"]["h"][-1] == pytest.approx(2 * (answer - 1), rel=1e-12)
    core = example(ADDRESS.defaults).gradients["B"]["c"][:, 0, 0]
    np.testing.assert_allclose(told["values"]["c"], core, rtol=1e-12)
    assert gradients_of(trace)["loss"][-1] == pytest.approx(answer, rel=1e-12)


def test_a_unit_of_many_has_its_own_gradient_and_sums_over_the_others(gradients_of):
    trace = run(LSTM.random(2, 5, 0), np.random.default_rng(0).normal(size=(6, 1, 2)))
    _, core = loss_of(trace, None)
    told = gradients_of(trace, unit=3)
    np.testing.assert_allclose(told["values"]["c"], core["c"][:, 0, 3], rtol=1e-12)
    gate = next(link for link in told["chain"]["h"] if link["to"] == "f")
    assert (gate["matrix"], gate["upstream"], gate["local"]) == ("U_f", None, [])
    np.testing.assert_allclose(np.sum([link["product"] for link in told["chain"]["h"]], axis=0), told["values"]["h"])
