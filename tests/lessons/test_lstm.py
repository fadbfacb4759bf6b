"""What the lesson `lstm` asks is decided by the core."""

from dataclasses import replace

import numpy as np
import pytest

from app.lessons.lstm.model import ADDRESS, PRESETS, amount, goal, left, run_of


def test_what_the_forget_gate_leaves_of_a_memory():
    controls = ADDRESS.defaults
    shares = {name: left(run_of(replace(controls, weights=w))) for name, w in PRESETS.items()}
    assert shares["leak"] == pytest.approx((1 / (1 + np.exp(-1.0))) ** 7, rel=1e-9)
    assert [amount(shares[name]) for name in ("leak", "hold", "drop")] == ["some", "most", "hardly"]


def test_the_lstms_challenge():
    controls = ADDRESS.defaults
    assert goal(controls) == "untouched"
    assert goal(replace(controls, weights=controls.weights | {"b_f": 2.0})) == "one"
    assert goal(replace(controls, weights=PRESETS["hold"])) == "solved"
    assert goal(replace(controls, weights=controls.weights | {"b_f": 5.0, "b_o": 1.0})) == "many"
    assert goal(replace(controls, days={"x": (1.0, 1.0)})) == "days"
