"""The curves of the lesson `gradients` are autograd's, whatever the settings, and its page says what they are."""

import dataclasses
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit
from hypothesis import given, settings
from hypothesis import strategies as st

from app.components.gradient_curves import picture
from app.formatting import scientific
from app.i18n import LANGUAGES, labels
from app.lessons.gradients import view
from app.lessons.gradients.charts.power import carried
from app.lessons.gradients.curves import PRESETS, STATES, curves, ends, exact, goal, longest, nudged, power
from app.lessons.gradients.model import Settings, traces
from app.lessons.gradients.torch_check import verified
from app.lessons.gradients.view import zeros
from tests.page.test_every_page import opened, text

ASKED = st.builds(
    Settings,
    scale=st.floats(0.05, 3.0).map(lambda v: round(v, 2)),
    forget_bias=st.floats(-3, 5).map(lambda v: round(v, 2)),
    units=st.integers(1, 12),
    steps=st.integers(5, 60),
    seed=st.integers(0, 20),
    every=st.booleans(),
)


@given(ASKED)
@settings(max_examples=25)
def test_every_curve_is_autograds(asked):
    runs = traces(asked)
    flattest = min(float((1 - np.tanh(t[s]) ** 2).min()) for t, s in ((runs["lstm"], "c"), (runs["rnn"], "a")))
    # 1 − tanh² of a tanh that is almost 1 has few digits, in torch as here
    assert verified(asked) < max(1e-9, 4 * np.finfo(float).eps / flattest)


def test_a_curve_is_exact_where_its_squares_would_be_nothing():
    deep = Settings(scale=0.05, steps=200, units=4)
    values = curves(deep)["rnn"]["h"]
    assert 0 < values[0] < 1e-200
    assert verified(dataclasses.replace(deep, steps=150)) < 1e-9


def test_presets_do_what_they_are_called():
    found = {name: ends(Settings(scale=scale)) for name, scale in PRESETS.items()}
    assert found["vanish"]["rnn"] < 1e-6
    assert found["explode"]["rnn"] > 1
    assert found["vanish"]["lstm"] > 1e-3
    assert longest(Settings(scale=0.5)) == "lstm"


def test_the_bare_product():
    assert exact(Fraction(2), 50) == 1125899906842624
    assert float(exact(Fraction(1, 2), 50)) == pytest.approx(8.881784197001252e-16)
    np.testing.assert_allclose(power(0.5, 50), 0.5 ** np.arange(51))
    assert power(2.5, 2000)[-1] == np.inf


def test_the_challenges():
    assert goal("lstm", Settings(steps=50)) == "short"
    assert goal("lstm", Settings(scale=0.5, steps=100, forget_bias=-3)) == "open"
    assert goal("lstm", Settings(scale=0.5, steps=100, forget_bias=5)) == "solved"
    assert goal("rnn", Settings(scale=0.5, steps=50)) == "open"
    assert goal("rnn", Settings(scale=3.0, steps=200)) == "high"
    alive = Settings(scale=1.1, steps=50)
    assert goal("rnn", alive) == "solved"
    assert nudged(alive)["lower"] < 1e-3 * ends(alive)["rnn"]


def test_zeros_after_the_point():
    assert [zeros(v) for v in (0.5, 0.05, 1.2e-8, 3.0, 0.0)] == ["0", "1", "7", "0", "0"]


def test_the_picture_has_a_place_and_a_text_for_nothing_and_for_too_much():
    now = {kind: {state: np.array([np.inf, 0.0, 1e-9, 1.0]) for state in states} for kind, states in STATES.items()}
    words = {
        k.split(".", 1)[1]: v for k, v in labels("en", "gradients").items() if k.startswith(("curves.", "preset."))
    }
    drawn = picture(now, dict.fromkeys(PRESETS, now), words)
    low, high = drawn["axis"]["range"]
    for row in drawn["rows"]:
        for curve in row["curves"]:
            assert curve["texts"] == ["1.0", "1.0 × 10⁻⁹", "0", "∞"]
            one, tiny, nothing, much = curve["at"]
            assert low < nothing < tiny == -9 < one == 0 < much < high
        assert {preset["end"] for preset in row["presets"]} == {"∞"}
    assert {"0", "1", "∞"} <= {text for _, text in drawn["axis"]["ticks"]}


@pytest.mark.parametrize("decades", [True, False])
def test_the_power_can_be_drawn_by_plotly(decades):
    for values in (power(2.5, 200), power(0.0, 3), power(2.5, 2000)):
        figure = carried(values, decades, {"times": ""}, False)
        type(figure)(figure.to_dict())  # validated


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_the_cores_ends(language):
    test = opened("gradients", lang=language, scale="0.8", units="4", steps="20")
    for value in ends(Settings(scale=0.8, units=4, steps=20)).values():
        assert scientific(value) in text(test)
    test.button(key="preset-explode").click().run()
    assert not test.exception
    for value in ends(Settings(scale=3.0, units=4, steps=20)).values():
        assert scientific(value) in text(test)
    test.button(key="preset-stable").click().run()
    assert test.query_params["scale"] in ("1", ["1"])


def test_sections_are_not_drawn_for_curves_that_have_moved_on(monkeypatch):
    drawn, now, state = [], [Settings(scale=0.5)], {}
    monkeypatch.setattr(streamlit, "session_state", state)
    state["idle"] = SimpleNamespace(rested=None)
    monkeypatch.setattr(view, "settled", lambda: now[0])
    state["idle"].rested = view.idle_state()
    monkeypatch.setattr(view, "redraw", lambda *parts: drawn.append(parts))
    view.follow()
    assert drawn == [tuple(view.SECTIONS)]
    now[0] = Settings(scale=0.55)
    view.follow()
    assert len(drawn) == 1


def test_the_proof_is_printed():
    test = opened("gradients", units="4", steps="20")
    test.button(key="verify-run").click().run()
    assert scientific(verified(Settings(scale=0.5, units=4, steps=20))) in text(test)


@pytest.mark.parametrize(
    "query", [{"scale": "x"}, {"units": "0"}, {"units": "8.5"}, {"steps": "-1"}, {"every": "maybe"}]
)
def test_a_bad_address_is_told(query):
    test = opened("gradients", **query)
    assert not test.exception
    assert any(f"`{next(iter(query))}`" in warning.value for warning in test.warning)
