"""Mistakes made on purpose in a copy of the evaluator: the comparison with NumPy must notice each of them."""

import shutil

import numpy as np
import pytest

from cells import CELLS, GRU, LSTM, RNN
from tests.stage.test_evaluator import LIMIT
from tests.support.evaluator import FOLDER, Node, differences

pytestmark = pytest.mark.mutation

# What is done wrong: in which file, the source as it is, as it becomes.
MISTAKES = {
    "a matrix read by columns": ("operations.js", "total += weights[first + k]", "total += weights[row + k]"),
    "a term of a sum left out": ("operations.js", "of read) total", "of read.slice(1)) total"),
    "a product of one factor": ("operations.js", "= a.numbers[placeOf(a, t, k)] * b.numbers[placeOf(b, t, k)]",
                                "= a.numbers[placeOf(a, t, k)]"),
    "a value of one entry read by place": ("operations.js", "length === 1 ? 0 : k", "k"),
    "a maximum that is a minimum": ("operations.js", "= Math.max(a.numbers", "= Math.min(a.numbers"),
    "a maximum's gradient to both": ("operations.js", "d * (1 - share)", "d"),
    "a total without its last entry": ("operations.js", "k < length; k += 1) entries",
                                       "k < length - 1; k += 1) entries"),
    "a function of the step before": ("operations.js", "rule.apply(a.numbers[t * a.stride + k]",
                                      "rule.apply(a.numbers[(t - 1) * a.stride + k]"),
    "start states ignored": ("run.js", "Object.entries(start)", "[]"),
    "a matrix not transposed": ("operations.js", "weights[first + k] * d", "weights[k * out.length + row] * d"),
    "weights without a gradient": ("operations.js", "own[first + k] +=", "own[first + k] *="),
    "the wrong factor of a product": ("operations.js", "d * b.numbers[atB]", "d * a.numbers[atA]"),
    "a slope left out": ("operations.js", "out.numbers[t * out.stride + k] * slope", "out.numbers[t * out.stride + k]"),
    "set instead of added": ("operations.js", "numbers[t * stride + k] += out.numbers[t * out.stride + k];",
                            "numbers[t * stride + k] = out.numbers[t * out.stride + k];"),
    "one step too few": ("run.js", "t >= 0", "t > 0"),
    "the loss left out": ("run.js", "Object.entries(loss)", "[]"),
    "before and after apart": ("graph.js", "[after, both.subarray(length)]", "[after, both]"),
    "the slope of the sigmoid": ("functions.js", "(1 - y) * y", "y"),
    "the slope of tanh": ("functions.js", "1 - y * y", "1 - y"),
    "the sigmoid by tanh": ("functions.js", "1 / (1 + Math.exp(-a))", "0.5 + Math.tanh(0.500000001 * a) / 2"),
    "relu on the wrong side": ("functions.js", "relu: { apply: (a) => Math.max", "relu: { apply: (a) => Math.min"),
    "relu's slope": ("functions.js", "slope: (a) => (a > 0 ? 1 : 0)", "slope: () => 1"),
    "hard_sigmoid without an upper bound": ("functions.js", "Math.min(Math.max(alpha * a + beta, 0), 1)",
                                            "Math.max(alpha * a + beta, 0)"),
    "hard_sigmoid's slope": ("functions.js", "y > 0 && y < 1 ? alpha", "y > 0 && y < 1 ? 0.2"),
    "softsign's slope": ("functions.js", "(1 + Math.abs(a)) ** 2", "(1 + Math.abs(a))"),
    "softplus of large arguments": ("functions.js", "Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))",
                                    "Math.log1p(Math.exp(-Math.abs(a)))"),
    "elu's slope": ("functions.js", "y + alpha", "y"),
    "leaky_relu without its parameter": ("functions.js", "a >= 0 ? a : alpha * a", "a >= 0 ? a : 0.01 * a"),
    "thresholded_relu at zero": ("functions.js", "apply: (a, alpha) => (a > alpha ? a : 0)",
                                 "apply: (a) => (a > 0 ? a : 0)"),
    "affine's slope": ("functions.js", "slope: (_a, _y, alpha) => alpha }", "slope: () => 1 }"),
    "scaled_tanh unscaled": ("functions.js", "alpha * Math.tanh(beta * a),", "Math.tanh(beta * a),"),
    "clip without its slope": ("functions.js", "Math.abs(a) <= bound ? 1 : 0", "1"),
    "the complement's sign": ("functions.js", "1 - a, slope: () => -1", "1 - a, slope: () => 1"),
    "a reciprocal's slope": ("functions.js", "-(y * y)", "-y"),
    "the slope of log_sigmoid": ("functions.js", "sigmoid(-a)", "sigmoid(a)"),
}  # fmt: skip

CASES = [
    *((kind, {}) for kind in CELLS.values()),
    (LSTM, {"peephole": True, "clip": 0.5, "projection": 2}),
    *(
        (RNN, {"activation": name})
        for name in ("relu", "hard_sigmoid", "softsign", "softplus", "elu", "leaky_relu(0.1)")
    ),
    *((GRU, {"activation": name}) for name in ("thresholded_relu(1.5)", "affine(0.5, 0.25)", "scaled_tanh(1.5, 0.6)")),
]


def largest_difference(folder):
    """Of a few runs in which every operation and function takes part."""
    node, found = Node("evaluator.js", str(folder)), []
    for seed, (kind, options) in enumerate(CASES):
        random = np.random.default_rng(seed)
        cell = kind.random(2, 3, seed=1, **options)
        cell = cell.replace(**{name: 3 * p for name, p in cell.parameters.items()})
        start = {name: random.normal(size=cell.sizes[state.size]) for name, state in cell.graph.before.items()}
        loss = {name: random.normal(size=(5, cell.sizes[value.size])) for name, value in cell.graph.values.items()}
        found += differences(node, cell, 2 * random.normal(size=(5, 2)), start, loss).values()
    node.close()
    return np.max(found)


def copied(folder):
    shutil.copytree(FOLDER, folder / "evaluator")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder / "evaluator"


def test_an_untouched_copy_passes(tmp_path):
    """Else the differences below would prove nothing."""
    assert largest_difference(copied(tmp_path)) <= LIMIT


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_noticed(mistake, tmp_path):
    file, old, new = MISTAKES[mistake]
    path = copied(tmp_path) / file
    right = path.read_text()
    assert right.count(old) == 1, f"{file} no longer has {old!r} once"
    path.write_text(right.replace(old, new))
    assert not largest_difference(path.parent) <= LIMIT  # a number that is none is noticed too
