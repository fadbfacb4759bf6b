"""What the lesson `lstm` asks is decided by the core."""

from dataclasses import replace

import numpy as np
import pytest

from app.lessons.lstm.model import ADDRESS, CLEARING, PRESETS, amount, left, run_of
from app.lessons.lstm.tasks import goal
from tests.support.goals import state_of


def test_what_the_forget_gate_leaves_of_a_memory():
    controls = ADDRESS.defaults
    shares = {name: left(run_of(replace(controls, weights=w))) for name, w in PRESETS.items()}
    quiet, shut = (1 / (1 + np.exp(-a)) for a in (3.0, 3.0 - 5.0))
    assert shares["react"] == pytest.approx(quiet**6 * shut, rel=1e-4)  # the second event writes a millionth
    assert [amount(shares[name]) for name in ("react", "hold", "drop")] == ["hardly", "most", "hardly"]
    half = replace(controls, weights=controls.weights | {"b_f": 5.0})
    assert amount(left(run_of(half))) == "some"


def state(controls) -> str:
    return state_of(goal(controls), controls)


def test_the_lstms_challenge():
    controls = ADDRESS.defaults
    assert state(controls) == "untouched"
    assert state(replace(controls, weights=controls.weights | {"b_f": 2.0})) == "one"
    assert state(replace(controls, weights=controls.weights | {"W_f": 0.0})) == "solved"
    assert state(replace(controls, weights=controls.weights | {"b_f": 5.0, "b_o": 1.0})) == "many"
    assert state(replace(controls, days={"x": (1.0, 1.0)})) == "days"


def test_the_forget_gate_reacts_to_the_second_event_alone():
    """Finding 11: a gate that has the same number every day decides nothing."""
    gate = run_of(ADDRESS.defaults)["f"].ravel()
    assert gate[CLEARING] < 0.15
    assert min(np.delete(gate, CLEARING)) > 0.9
