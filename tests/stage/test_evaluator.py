"""The evaluator in the browser computes what NumPy computes: every kind, option and function, backward too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, composite, integers, none, sampled_from

from cells import CELLS
from cells.functions import FUNCTIONS
from tests.support.evaluator import FOLDER, Node, differences

LIMIT = 1e-12  # of an array's largest number, or of 1 where all are smaller: 1 − z loses the digits of a z near 1

GIVEN = ["leaky_relu(0.1)", "affine(0.5, 0.25)", "scaled_tanh(1.5, 0.6)", "hard_sigmoid(0.4, 0.3)", "clip(0.75)",
         "elu(0.5)", "thresholded_relu(0.2)"]  # fmt: skip
BLOW_UP = {"exp", "reciprocal"}  # of what they gave themselves
functions = sampled_from([*(name for name in FUNCTIONS if name not in BLOW_UP), *GIVEN])
FUNCTION_OPTIONS = ("gate", "activation", "output_activation")
OPTIONS = {
    **dict.fromkeys(FUNCTION_OPTIONS, functions),
    "clip": none() | sampled_from([0.5, 2.0]),
    "peephole": booleans(),
    "couple": sampled_from([None, "f=1-i", "i=1-f"]),
    "projection": none() | integers(1, 3),
    "reset": sampled_from(["after", "before"]),
    "update": sampled_from(["keep", "write"]),
    "forget": sampled_from(["sigmoid", "exp"]),
    "stabilised": booleans(),
}
BOUNDED = {"sigmoid", "tanh", "hard_sigmoid", "hard_sigmoid_fifth", "softsign", "scaled_tanh"}
SCALES = (0.3, 1.0, 4.0, 1000.0)
"""Of the weights.  With the last two gates saturate; a function without bounds would multiply rounding errors."""


@pytest.fixture(scope="module")
def node():
    process = Node("evaluator.js", str(FOLDER))
    yield process
    process.close()


@composite
def runs(draw):
    """A cell of any kind with any options, an input, start states and a gradient for every value."""
    kind = CELLS[draw(sampled_from(sorted(CELLS)))]
    options = {name: draw(OPTIONS[name]) for name in kind.options}
    inputs, units, steps = draw(integers(1, 3)), draw(integers(1, 5)), draw(integers(1, 6))
    random = np.random.default_rng(draw(integers(0, 2**32 - 1)))
    cell = kind.random(inputs, units, seed=0, **options)
    chosen = [str(options[name]) for name in FUNCTION_OPTIONS if name in options]
    bounded = all(name.split("(")[0] in BOUNDED or name.startswith("clip(") for name in chosen)
    bounded = bounded and kind.key in ("rnn", "lstm", "gru", "cheat_sheet")  # the others are linear, or have exp
    scale = draw(sampled_from(SCALES if bounded else SCALES[:1]))
    cell = cell.replace(**{name: random.normal(size=p.shape) * scale for name, p in cell.parameters.items()})
    sizes = {name: cell.sizes[state.size] for name, state in cell.graph.before.items()}
    start = {name: random.normal(size=n) for name, n in sizes.items() if draw(booleans())}
    start |= {name: np.abs(start[name]) + 0.5 for name in start.keys() & {"n", "b"}}  # what others are divided by
    x = random.normal(size=(steps, inputs)) * draw(sampled_from([0.0, 1.0, 100.0] if bounded else [0.0, 1.0]))
    loss = {name: random.normal(size=(steps, cell.sizes[value.size])) for name, value in cell.graph.values.items()}
    return cell, x, start, loss


@settings(max_examples=400)
@given(runs())
def test_values_and_gradients_equal_numpys(node, drawn):
    found = differences(node, *drawn)
    assert max(found.values()) <= LIMIT, (drawn[0], {which: far for which, far in found.items() if far > LIMIT})
