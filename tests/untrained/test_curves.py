"""The curves of untrained cells are autograd's, whatever the settings."""

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.controls.kinds import KEEPERS
from app.untrained.curves import curves
from app.untrained.initial import Settings, untrained
from app.untrained.model import length, loss, sequence, traces
from app.untrained.torch_check import verified
from app.untrained.view import state_of, zeros
from tests.support.torch_loops import loop

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


LATER_ON = [
    Settings(),
    Settings(scale=1.5, forget_bias=-1.0, ring=0.9, decay=-2.0, delta=0.3, units=5, steps=25, seed=3),
    Settings(scale=0.5, forget_bias=5.0, decay=-7.0, delta=0.001, units=1, steps=12, seed=1, every=True),
]


@pytest.mark.parametrize("asked", LATER_ON, ids=["default", "short memory", "one unit"])
@pytest.mark.parametrize("kind", KEEPERS)
def test_the_curves_of_later_cells_are_autograds_of_loops_in_torch(kind, asked):
    cell = untrained(kind, asked)
    start = {name: torch.zeros(1, cell.sizes[state.size]).double() for name, state in cell.graph.before.items()}
    values, _ = loop(cell, torch.tensor(sequence(asked))[:, None], start)
    outputs = torch.cat([each[cell.graph.output] for each in values])
    (outputs * torch.tensor(loss(asked, outputs.shape[-1]))).sum().backward()
    found = curves(asked, (kind,))[kind]
    assert found
    for state, ours in found.items():
        grads = [each[state].grad for each in values]
        theirs = [0.0 if grad is None else float(torch.linalg.norm(grad)) for grad in grads]
        assert max(theirs) > 0
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_a_curve_is_exact_where_its_squares_would_be_nothing():
    deep = Settings(scale=0.05, steps=200, units=4)
    values = curves(deep)["rnn"]["h"]
    assert 0 < values[0] < 1e-200
    assert verified(dataclasses.replace(deep, steps=150)) < 1e-9


def test_one_kind_alone_is_what_it_is_among_others():
    alone = curves(Settings(steps=20), ("lstm",))
    assert list(alone) == ["lstm"]
    np.testing.assert_array_equal(alone["lstm"]["c"], curves(Settings(steps=20))["lstm"]["c"])


def test_zeros_after_the_point():
    assert [zeros(v) for v in (0.5, 0.05, 1.2e-8, 3.0, 0.0)] == ["0", "1", "7", "0", "0"]


def test_a_size_has_its_sentence():
    assert [state_of(v, "rest") for v in (0.0, 1e-300, np.inf)] == ["zero", "rest", "infinite"]


def test_a_length_is_exact_where_squares_are_not():
    assert length(np.array([3e-250, 4e-250])) == pytest.approx(5e-250)
    assert length(np.array([3e250, 4e250])) == pytest.approx(5e250)
    assert length(np.zeros(3)) == 0
    assert length(np.array([np.inf, 1.0])) == np.inf
