"""What the lesson asks about the example is decided by the core."""

import math
from dataclasses import replace

import numpy as np
import pytest

from app.formatting import number
from app.i18n import LANGUAGES, labels
from app.lessons.fourday.model import ADDRESS, DAYS, PRESETS, example
from app.lessons.fourday.pictures import gradients
from app.lessons.fourday.tasks import goal
from tests.support.goals import state_of

DEFAULT = ADDRESS.defaults
SEEN = example(DEFAULT)
WORDS = {key.removeprefix("chart."): text for key, text in labels("en").items() if key.startswith("chart.")}


def with_weights(**weights: float):
    return replace(DEFAULT, weights=DEFAULT.weights | weights)


def test_the_published_answers():
    seen = example(DEFAULT)
    assert seen.answers == pytest.approx({"A": 0.006393158240805569, "B": 0.9693934616407678}, abs=1e-12)
    full = example(replace(DEFAULT, weights=PRESETS["full"]))
    assert full.answers == pytest.approx({"A": 0.002168684372555669, "B": 0.9692637524858664}, abs=1e-12)


def test_the_prediction():
    seen = example(DEFAULT)
    assert (seen.nearer, seen.same_ending, seen.same_answer) == ("B", True, False)
    nothing = example(with_weights(**dict.fromkeys(PRESETS["two"], 0.0)))
    assert (nothing.nearer, nothing.same_answer) == (None, True)
    edited = example(replace(DEFAULT, days={"A": (0.0, 0.5, 0.25), "B": DAYS["B"]}))
    assert not edited.same_ending
    alike = example(replace(DEFAULT, days={"A": DAYS["B"], "B": DAYS["B"]}))
    assert not alike.same_ending


def state(controls) -> str:
    return state_of(goal(controls), controls)


def test_the_challenge():
    assert state(DEFAULT) == "untouched"
    assert state(replace(DEFAULT, weights=PRESETS["full"])) == "untouched"
    assert state(with_weights(b_f=1.6)) == "one"
    assert state(with_weights(b_f=-5.0, b_i=-5.0)) == "many"
    assert state(replace(DEFAULT, days=DAYS | {"B": (0.0, 0.0)})) == "days"


def test_the_challenge_can_be_solved_within_a_sliders_reach():
    low, high = ADDRESS.limits.slider
    states = {name: {state(with_weights(**{name: end})) for end in (low, high)} for name in PRESETS["two"]}
    solving = [name for name in states if "solved" in states[name]]
    assert 0 < len(solving) < len(states)  # neither impossible nor trivial


def test_what_your_turn_promises():
    """The forget gate's bias at −5: it "keeps next to nothing of yesterday’s cell state", and "the answers still differ
    a little", because the hidden state reaches the gates too; and it is no solution yet."""
    seen = example(with_weights(b_f=-5.0))
    assert max(abs(trace["keep"]).max() for trace in seen.traces.values()) < 0.06
    assert seen.answers == pytest.approx({"A": 0.232, "B": 0.543}, abs=5e-4)
    assert state(with_weights(b_f=-5.0)) == "one"


def test_gradients_of_the_error():
    """Against the published run: loss (h₄ − target)²."""
    seen = example(DEFAULT)
    assert seen.losses == pytest.approx({"A": 4.087247229198136e-05, "B": 0.000936760190335153}, abs=1e-12)
    expected = [0.012658349551855026, 0.008704855667491398, 0.007957351740240074, 0.005352621104191395]
    assert seen.gradients["A"]["c"][:, 0, 0] == pytest.approx(expected, abs=1e-12)


# ---- its picture -----------------------------------------------------------------------------------------------------


def marks(shown) -> list[tuple[str, str, float]]:
    """What each mark says when it is pointed at, its class, and how high it is."""
    return [(mark.find("title").text, mark.get("class"), -float(mark.get("cy"))) for mark in shown.iter("circle")]


def test_the_gradients_shown_are_the_cores():
    shown = gradients(SEEN.gradients, "", WORDS)
    lines = [(value, company) for value in "hc" for company in "AB"]
    values = [SEEN.gradients[company][value][:, 0, 0].tolist() for value, company in lines]
    assert [said for said, _, _ in marks(shown)] == [
        f"{WORDS[company]} · day {day}: {number(slope, 6)}"
        for (_, company), slopes in zip(lines, values, strict=True)
        for day, slope in enumerate(slopes, start=1)
    ]
    assert [kind for _, kind, _ in marks(shown)[::4]] == ["point h s0", "point h s1", "point c s0", "point c s1"]
    for row in (0, 8):  # one scale a row: a larger gradient is higher
        heights = [height for _, _, height in marks(shown)[row : row + 8]]
        slopes = [slope for two in values[row // 4 : row // 4 + 2] for slope in two]
        assert np.corrcoef(heights, slopes)[0, 1] == pytest.approx(1, abs=1e-4)
    printed = [text.text for text in shown.iter("text") if text.get("class", "").startswith("number")]
    assert printed == [number(slope) for slopes in values for slope in slopes]


def test_numbers_of_a_long_run_are_shown_when_pointed_at():
    long = example(replace(DEFAULT, days={"A": (0.0, 1.0) * 8, "B": (1.0,) * 16}))
    shown = gradients(long.gradients, "", WORDS)
    assert len(marks(shown)) == 64
    assert not [text for text in shown.iter("text") if text.get("class", "").startswith("number")]


def test_one_day_and_equal_gradients_are_drawn():
    alike = example(replace(DEFAULT, weights=dict.fromkeys(DEFAULT.weights, 0.0), days={"A": (1.0,), "B": (1.0,)}))
    assert all(math.isfinite(height) for _, _, height in marks(gradients(alike.gradients, "", WORDS)))


def test_both_languages_have_the_pictures_words():
    for language in LANGUAGES:
        assert {f"chart.{key}" for key in WORDS} <= set(labels(language))
