"""The curves of the lesson `gradients` are autograd's, whatever the settings, and its page says what they are."""

import dataclasses
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts.curves import gradients_back
from app.curves import PRESETS, STATE, curves, ends, exact, goal, longest, power
from app.fading import zeros
from app.gradients_proof import verified
from app.text import LANGUAGES, labels, scientific
from app.vanishing import Settings
from tests.test_app_pages import opened, text

ASKED = st.builds(
    Settings,
    # beyond, an RNN is chaotic: two right answers drift apart as fast as its gradient grows
    scale=st.floats(0.05, 1.5).map(lambda v: round(v, 2)),
    forget_bias=st.floats(-3, 5).map(lambda v: round(v, 2)),
    units=st.integers(1, 12),
    steps=st.integers(5, 60),
    seed=st.integers(0, 20),
    every=st.booleans(),
)


@given(ASKED)
@settings(max_examples=25, deadline=None)
def test_every_curve_is_autograds(asked):
    assert verified(asked) < 1e-9


def test_a_curve_is_exact_where_its_squares_would_be_nothing():
    deep = Settings(scale=0.05, steps=200, units=4)
    values = curves(deep)["rnn"]
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


def test_the_challenge():
    assert goal(Settings(steps=50)) == "short"
    assert goal(Settings(scale=0.5, steps=100, forget_bias=-3)) == "open"
    assert goal(Settings(scale=0.5, steps=100, forget_bias=5)) == "solved"


def test_zeros_after_the_point():
    assert [zeros(v) for v in (0.5, 0.05, 1.2e-8, 3.0, 0.0)] == ["0", "1", "7", "0", "0"]


def test_the_figure_can_be_drawn_by_plotly_with_zero_and_infinity():
    now = {kind: np.array([np.inf, 0.0, 1.0]) for kind in STATE}
    words = labels("en", "gradients")
    words = {k.split(".")[-1]: v for k, v in words.items() if k.startswith(("curves.", "preset."))}
    for dark in (False, True):
        figure = gradients_back(now, dict.fromkeys(PRESETS, now), words, dark)
        type(figure)(figure.to_dict())  # validated
        assert len(figure.data) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_prints_the_cores_ends(language):
    test = opened("gradients", lang=language, scale="0.8", units="4", steps="20")
    for value in ends(Settings(scale=0.8, units=4, steps=20)).values():
        assert scientific(value) in text(test)
    test.button(key="preset-explode").click().run()
    assert not test.exception
    for value in ends(Settings(scale=3.0, units=4, steps=20)).values():
        assert scientific(value) in text(test)


def test_the_proof_is_printed():
    test = opened("gradients", units="4", steps="20")
    test.button(key="verify").click().run()
    assert scientific(verified(Settings(scale=0.5, units=4, steps=20))) in text(test)


@pytest.mark.parametrize("query", [{"scale": "x"}, {"units": "0"}, {"steps": "-1"}, {"every": "maybe"}, {"map": "<b>"}])
def test_a_bad_address_raises_nothing(query):
    assert not opened("gradients", **query).exception
