"""Readings of the definition: formulas, LaTeX, arithmetic; and gradients against finite differences."""

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN, backprop, run
from cells.equations import arithmetic, curve, formula, latex, text
from cells.functions import function

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)


def test_equations_as_the_textbooks_write_them():
    lstm, gru, rnn = (kind.random(inputs=1, units=1, seed=0) for kind in (LSTM, GRU, RNN))
    assert text(lstm, "f") == "fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)"
    assert text(lstm, "c") == "cₜ = fₜ·cₜ₋₁ + iₜ·gₜ"
    assert text(lstm, "h") == "hₜ = oₜ·tanh(cₜ)"
    assert text(rnn, "h") == "hₜ = tanh(U_h·hₜ₋₁ + W_h·xₜ + b_h)"
    assert text(gru, "h") == "hₜ = zₜ·hₜ₋₁ + (1 − zₜ)·nₜ"
    assert latex(gru, "n") == r"n_t = \tanh(W_n x_t + b_n + r_t \odot \mathrm{Uh}_t)"
    assert latex(lstm, "a_i") == r"a_{i,t} = U_i h_{t-1} + W_i x_t + b_i"


@KINDS
def test_arithmetic_of_every_value_adds_up_to_the_recorded_one(kind):
    cell = kind.random(inputs=3, units=4, seed=5)
    trace = run(cell, np.random.default_rng(6).normal(size=(5, 2, 3)))
    for name in cell.graph.values:
        unit = min(2, trace[name].shape[-1] - 1)
        shown = arithmetic(trace, name, batch=1, unit=unit)
        np.testing.assert_array_equal(shown.result, trace[name][:, 1, unit])
        together = np.max if shown.formula.how == "maximum" else np.sum
        products = [term.product * term.term.sign for term in shown.terms]
        np.testing.assert_allclose(together(products, axis=0), shown.total, atol=1e-14, err_msg=name)
        if shown.formula.function:
            np.testing.assert_allclose(function(shown.formula.function)(shown.total), shown.result, atol=1e-15)
        for term in shown.terms:
            np.testing.assert_allclose(np.prod(term.factors, axis=0), term.product, atol=1e-15)


def test_arithmetic_names_its_factors():
    lstm = LSTM.random(inputs=1, units=2, seed=0)
    trace = run(lstm, [[0.5], [1.0]])
    gate = arithmetic(trace, "f", unit=1)
    assert [(t.source, t.term.factors[0].name) for t in gate.terms] == [
        (0, "U_f"),
        (1, "U_f"),
        (0, "W_f"),
        (None, "b_f"),
    ]
    (term,) = formula(lstm, "h").terms
    assert [(f.name, f.function) for f in term.factors] == [("o", None), ("c", "tanh")]
    np.testing.assert_array_equal(arithmetic(trace, "h").terms[0].inner[1], trace["c"][:, 0])


@KINDS
def test_gradients_equal_finite_differences(kind):
    """Central differences of a loss on several named values at once, for each parameter, input and start."""
    random = np.random.default_rng(0)
    cell = kind.random(inputs=2, units=3, seed=1)
    x, start = (
        random.normal(size=(4, 2, 2)),
        {name: random.normal(size=cell.sizes[node.size]) for name, node in cell.graph.before.items()},
    )
    start |= {name: np.abs(start[name]) + 0.5 for name in start.keys() & {"n", "b"}}  # what others are divided by
    loss = {name: random.normal(size=(4, 2, cell.sizes[node.size])) for name, node in cell.graph.values.items()}
    grads = backprop(run(cell, x, start=start), loss)

    def value(cell=cell, x=x, start=start):
        trace = run(cell, x, start=start)
        return sum((loss[name] * trace[name]).sum() for name in loss)

    def difference(array, rebuilt, step=1e-6):
        slopes = np.empty_like(array)
        for index in np.ndindex(array.shape):
            nudge = np.zeros_like(array)
            nudge[index] = step
            slopes[index] = (value(**rebuilt(array + nudge)) - value(**rebuilt(array - nudge))) / (2 * step)
        return slopes

    for name, parameter in cell.parameters.items():
        slopes = difference(parameter, lambda p, name=name: {"cell": cell.replace(**{name: p})})
        np.testing.assert_allclose(grads.params[name], slopes, atol=1e-7, err_msg=name)
    np.testing.assert_allclose(grads.x, difference(x, lambda v: {"x": v}), atol=1e-7)
    for name, state in start.items():
        slopes = difference(state, lambda s, name=name: {"start": start | {name: s}})
        np.testing.assert_allclose(grads.start[name].sum(axis=0), slopes, atol=1e-7)


@KINDS
def test_a_batch_is_its_sequences_one_by_one(kind):
    cell = kind.random(inputs=2, units=3, seed=3)
    x = np.random.default_rng(4).normal(size=(5, 3, 2))
    whole = run(cell, x)
    grads = backprop(whole, {"h": np.ones((3, 3))})
    for b in range(3):
        alone = run(cell, x[:, b])
        for name in whole.names:
            np.testing.assert_allclose(whole[name][:, b], alone[name], atol=1e-14)
        np.testing.assert_allclose(grads.x[:, b], backprop(alone, {"h": np.ones(3)}).x, atol=1e-14)


def test_curves_are_the_functions():
    points = curve("sigmoid")
    assert points[0, 0] == -6
    np.testing.assert_allclose(points[:, 1], 1 / (1 + np.exp(-points[:, 0])))
