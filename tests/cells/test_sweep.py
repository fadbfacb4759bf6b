"""A sweep is its separate runs: values and gradients, for one parameter or a grid of two."""

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN, backprop, routes, run, sweep
from cells.equations import arithmetic
from tests.support.torch_loops import case, close

KINDS = pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
LENGTHS = [3, 5, 1]


def entries(cell):
    """One entry of every parameter: its name and a place in it."""
    return [(name, tuple(n - 1 for n in p.shape)) for name, p in cell.parameters.items()]


def changed(cell, name, index, value):
    parameter = np.array(cell.parameters[name])
    parameter[index] = value
    return cell.replace(**{name: parameter})


def same(swept, at, alone, loss, what):
    """All values, states, outputs and gradients of one setting of a sweep are those of its own run."""
    grads, theirs = backprop(swept, loss), backprop(alone, loss)
    for name in alone.names:
        close(swept[name][at], alone[name], what)
        close(grads[name][at], theirs[name], what)
    for name in alone.final:
        close(swept.final[name][at], alone.final[name], what)
        close(swept.before(name)[at], alone.before(name), what)
        close(grads.start[name][at], theirs.start[name], what)
        close(grads.before(name)[at], theirs.before(name), what)
    for name in theirs.params:
        close(grads.params[name][at], theirs.params[name], f"{what} {name}")
    close(swept.output[at], alone.output, what)
    close(grads.x[at], theirs.x, what)


@KINDS
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_every_parameter_of_every_cell(kind, lengths):
    cell, x, start, random = case(kind, steps=5, batch=3)
    loss = {name: random.normal(size=(5, *state.shape)) for name, state in start.items()}
    loss["output"] = random.normal(size=(5, *start[cell.graph.output].shape))
    values = [-1.5, 0.0, 2.0]
    for name, index in entries(cell):
        swept = sweep(cell, x, name, index, values, start=start, lengths=lengths)
        for k, value in enumerate(values):
            alone = run(changed(cell, name, index, value), x, start=start, lengths=lengths)
            same(swept, k, alone, loss, f"{name}{index} = {value}")


@pytest.mark.parametrize(
    "variant",
    [
        (LSTM, {"peephole": True, "clip": 0.5}),
        (LSTM, {"couple": "f=1-i", "projection": 2}),
        (LSTM, {"couple": "i=1-f", "peephole": True}),
        (GRU, {"reset": "before", "update": "write"}),
        (RNN, {"activation": "relu"}),
    ],
    ids=str,
)
def test_every_parameter_of_a_variant(variant):
    kind, options = variant
    cell, x, start, random = case(kind, steps=4, batch=2, **options)
    loss = {name: random.normal(size=start[name].shape) for name in kind.states}
    for name, index in entries(cell):
        swept = sweep(cell, x, name, index, [-1.0, 0.5], start=start)
        for k, value in enumerate([-1.0, 0.5]):
            same(swept, k, run(changed(cell, name, index, value), x, start=start), loss, f"{name}{index}")


PAIRS = [
    ("U_f", (0, 1), "b_f", 2), ("W_f", (2, 0), "U_o", (1, 1)), ("b_i", (1,), "b_g", [1]), ("U_g", (0, 0), "U_g", (0, 1))
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=str)
@pytest.mark.parametrize("lengths", [None, LENGTHS], ids=["whole", "lengths"])
def test_a_grid_of_two(pair, lengths):
    """Entries of two parameters, or two of one: axes (S1, S2) before T."""
    first, i, second, j = pair
    cell, x, start, random = case(LSTM, steps=5, batch=3)
    rows, columns = np.linspace(-2, 2, 4), np.linspace(-1, 3, 3)
    swept = sweep(cell, x, (first, second), (i, j), (rows, columns), start=start, lengths=lengths)
    loss = {"h": random.normal(size=(5, 3, 3)), "c": random.normal(size=(3, 3))}
    assert swept["f"].shape == (4, 3, 5, 3, 3)
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            at = changed(changed(cell, first, i, row), second, tuple(np.atleast_1d(j)), column)
            same(swept, (r, c), run(at, x, start=start, lengths=lengths), loss, f"{row}, {column}")


def test_one_sequence_and_shapes():
    cell = LSTM.random(2, 3, seed=0)
    x = np.random.default_rng(1).normal(size=(6, 2))
    swept = sweep(cell, x, "U_f", (0, 0), np.linspace(-1, 1, 7))
    assert swept["f"].shape == (7, 6, 3)
    assert swept["x"].shape == (7, 6, 2)
    assert swept.final["c"].shape == (7, 3)
    np.testing.assert_array_equal(swept.x, x)
    grads = backprop(swept, {"h": np.ones(3)})
    assert grads.params["W_i"].shape == (7, 3, 2)
    assert grads.x.shape == (7, 6, 2)
    assert grads.start["c"].shape == (7, 3)
    assert not swept["f"].flags.writeable


def test_a_sweep_of_one_value_is_a_run_with_one_axis_more():
    cell = GRU.random(1, 2, seed=0)
    x = np.ones((4, 1))
    swept = sweep(cell, x, "b_z", 1, [0.5])
    same(swept, 0, run(changed(cell, "b_z", 1, 0.5), x), {"h": np.ones(2)}, "one value")


def test_a_loss_may_differ_between_the_settings():
    cell = GRU.random(1, 2, seed=0)
    x, random = np.ones((4, 3, 1)), np.random.default_rng(0)
    swept = sweep(cell, x, "b_z", 1, [0.5, 1.0])
    for shape in ((4, 3, 2), (3, 2)):  # at every step; at the last
        loss = random.normal(size=(2, *shape))
        grads = backprop(swept, {"h": loss})
        for k, value in enumerate([0.5, 1.0]):
            alone = run(changed(cell, "b_z", 1, value), x)
            close(grads.x[k], backprop(alone, {"h": loss[k]}).x)


def test_routes_of_a_sweep():
    cell, x, start, _ = case(LSTM)
    swept = backprop(sweep(cell, x, "U_f", (0, 0), [-1.0, 1.0], start=start), {"h": np.ones((2, 3))})
    alone = backprop(run(changed(cell, "U_f", (0, 0), 1.0), x, start=start), {"h": np.ones((2, 3))})
    close(routes(swept).along[1], routes(alone).along)
    close(routes(swept).through[1], routes(alone).through)


def test_float32_is_kept():
    cell = LSTM.random(1, 2, seed=0)
    small = cell.replace(**{name: p.astype(np.float32) for name, p in cell.parameters.items()})
    x = np.ones((3, 1), np.float32)
    swept = sweep(small, x, "b_f", 0, np.linspace(-1, 1, 5))
    assert swept["h"].dtype == backprop(swept, {"h": np.ones(2)}).params["b_f"].dtype == np.float32
    np.testing.assert_allclose(swept["h"], sweep(cell, x, "b_f", 0, np.linspace(-1, 1, 5))["h"], atol=1e-6)


CELL, X = LSTM.random(2, 3, seed=0), np.zeros((4, 2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: sweep(CELL, X, "U_q", (0, 0), [1]), ["'U_q'", "LSTM", "U_f"]),
        (lambda: sweep(CELL, X, "U_f", (0, 3), [1]), ["index", "U_f", "(3, 3)", "(0, 3)"]),
        (lambda: sweep(CELL, X, "U_f", (0, -1), [1]), ["index", "(0, -1)"]),
        (lambda: sweep(CELL, X, "U_f", 0, [1]), ["index", "U_f", "0"]),
        (lambda: sweep(CELL, X, "b_f", (0, 0), [1]), ["index", "b_f", "(3,)"]),
        (lambda: sweep(CELL, X, "b_f", 0.5, [1]), ["index", "0.5"]),
        (lambda: sweep(CELL, X, "b_f", 0, []), ["values", "at least one", "(0,)"]),
        (lambda: sweep(CELL, X, "b_f", 0, 1.0), ["values", "one axis", "()"]),
        (lambda: sweep(CELL, X, "b_f", 0, [1, np.nan]), ["values", "finite", "nan"]),
        (lambda: sweep(CELL, X, ("b_f", "b_i"), (0, 0), ([1], [])), ["values", "at least one"]),
        (lambda: sweep(CELL, X, ("b_f", "b_i"), (0, 0), ([1],)), ["one of each", "two of each"]),
        (lambda: sweep(CELL, X, ("b_f", "b_i", "b_g"), (0, 0, 0), ([1], [1], [1])), ["two of each"]),
        (lambda: sweep(CELL, np.zeros((4, 3)), "b_f", 0, [1]), ["x", "(T, 2)", "(4, 3)"]),
        (lambda: sweep(CELL, X, "b_f", 0, [1], lengths=[5]), ["lengths", "0 to 4", "5"]),
        (lambda: backprop(sweep(CELL, X, "b_f", 0, [1, 2]), {"h": np.ones((3, 3))}), ["(2, 4, 3)", "(2, 3)", "(3, 3)"]),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)


def test_arithmetic_of_a_sweep_is_that_of_each_run():
    values = [-1.0, 0.5, 2.0]
    trace = sweep(CELL, X, "U_f", (0, 1), values)
    for k, value in enumerate(values):
        entry = CELL.parameters["U_f"].copy()
        entry[0, 1] = value
        alone = run(CELL.replace(U_f=entry), X)
        for name in ("f", "c", "h"):
            shown, expected = arithmetic(trace, name, unit=0), arithmetic(alone, name, unit=0)
            np.testing.assert_allclose(shown.total[k], expected.total, atol=1e-15)
            for term, one in zip(shown.terms, expected.terms, strict=True):
                np.testing.assert_allclose(term.product[k], one.product, atol=1e-15)
                for factor, number in zip(term.factors, one.factors, strict=True):
                    np.testing.assert_allclose(factor[k], number, atol=1e-15)
