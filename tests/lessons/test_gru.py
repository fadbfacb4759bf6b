"""What the lesson `gru` asks is decided by the core."""

import math
from dataclasses import replace

import pytest

from app.formatting import number
from app.i18n import LANGUAGES
from app.lessons.gru import model
from app.lessons.gru.model import ADDRESS, Blend
from app.lessons.gru.tasks import goal
from tests.page.test_every_page import opened, text
from tests.support.goals import state_of


def test_the_grus_four_readings():
    controls = ADDRESS.defaults
    found = model.answers(controls)
    assert len(set(found.values())) == 4
    trace = Blend("after", "keep").traces(controls)["x"]
    assert found["after_keep"] == trace["h"][-1, 0, 0]
    keep, write = (abs(trace[name][-1].item()) for name in ("keep", "write"))
    assert model.larger_part(trace) == ("kept" if keep > write else "written")
    assert set(Blend("after", "keep", beside="both").traces(controls)) == {"x", "lstm"}


def test_an_event_resets_only_where_the_gate_may_close():
    """Written out from the paper's equations, with z next to 0: h = n = tanh(W x + r (U h + d) + b)."""
    weights = model.PRESETS["event"]

    def ends(past, gate):
        h = 0.0
        for x in (*past, model.EVENT):
            r = 1 / (1 + math.exp(-(weights["W_r"] * x + weights["U_r"] * h + weights["b_r"]))) if gate else 1.0
            z = 1 / (1 + math.exp(-(weights["W_z"] * x + weights["U_z"] * h + weights["b_z"])))
            n = math.tanh(weights["W_n"] * x + r * (weights["U_n"] * h + weights["d_n"]) + weights["b_n"])
            h = z * h + (1 - z) * n
        return h

    found = {past: model.after_the_event(past) for past in model.PASTS}
    for past, pair in found.items():
        assert pair == pytest.approx((ends(past, True), ends(past, False)), abs=1e-12)
    (gate, held), (other_gate, other_held) = found.values()
    assert abs(gate - other_gate) < 0.05
    assert abs(held - other_held) > 1.9


def test_r_held_at_1_is_on_the_stage():
    preset = replace(ADDRESS.defaults, weights=model.PRESETS["event"])
    traces = Blend("after", "keep", beside="held").traces(preset)
    assert list(traces) == ["x", "held"]
    assert (traces["held"]["r"] == 1).all()
    assert traces["x"]["h"][-1].item() == model.after_the_event(model.DAYS["x"][:-1])[0]
    assert traces["held"]["h"][-1].item() == model.after_the_event(model.DAYS["x"][:-1])[1]


def test_a_gru_saves_a_quarter_of_the_matrices():
    for units, (lstm, gru) in model.sizes().items():
        assert lstm == 4 * units * (units + model.INPUTS + 1)
        assert gru == 3 * units * (units + model.INPUTS + 1) + units


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("beside", model.BESIDE)
def test_the_page_shows_both_pasts(language, beside):
    shown = text(opened("gru", lang=language, beside=beside))
    for past in model.PASTS:
        assert " | ".join(map(number, model.after_the_event(past))) in shown
    assert "24 %" in shown


def test_the_grus_challenge():
    controls = ADDRESS.defaults
    blend = Blend("after", "keep")

    def state(controls):
        return state_of(goal(controls, blend.traces(controls)["x"]), controls)

    def moved(**weights):
        return replace(controls, weights=controls.weights | weights)

    assert [state(moved()), state(moved(b_z=8.0)), state(moved(b_n=1.0))] == ["open", "solved", "others"]
    assert state(replace(controls, days={"x": (0.0, 0.0)})) == "days"
