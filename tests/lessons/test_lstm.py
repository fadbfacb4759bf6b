"""What the lesson `lstm` asks is decided by the core."""

from dataclasses import replace

import numpy as np
import pytest

from app.lessons.lstm.model import ADDRESS, PRESETS, amount, left, run_of
from app.lessons.lstm.tasks import goal
from tests.support.goals import state_of


def test_what_the_forget_gate_leaves_of_a_memory():
    controls = ADDRESS.defaults
    shares = {name: left(run_of(replace(controls, weights=w))) for name, w in PRESETS.items()}
    assert shares["leak"] == pytest.approx((1 / (1 + np.exp(-1.0))) ** 7, rel=1e-9)
    assert [amount(shares[name]) for name in ("leak", "hold", "drop")] == ["some", "most", "hardly"]


def state(controls) -> str:
    return state_of(goal(controls), controls)


def test_the_lstms_challenge():
    controls = ADDRESS.defaults
    assert state(controls) == "untouched"
    assert state(replace(controls, weights=controls.weights | {"b_f": 2.0})) == "one"
    assert state(replace(controls, weights=PRESETS["hold"])) == "solved"
    assert state(replace(controls, weights=controls.weights | {"b_f": 5.0, "b_o": 1.0})) == "many"
    assert state(replace(controls, days={"x": (1.0, 1.0)})) == "days"
