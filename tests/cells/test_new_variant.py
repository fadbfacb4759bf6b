"""What a new variant costs: its definition.  CONTRIBUTING.md walks through this very cell."""

import numpy as np
import pytest
import torch

from cells import CELLS, Stack, backprop, frame, jacobian, routes, run, sweep
from cells.cell import cell
from cells.equations import arithmetic, latex, text
from cells.expression import affine, matrix, sigmoid, tanh, vector
from tests.support.torch_loops import close, leaves


@pytest.fixture(scope="module")
def MGU():
    """The minimal gated unit (Zhou et al. 2016, https://arxiv.org/abs/1603.09420): one gate resets and updates."""

    @cell(key="mgu", state=("h",), output="h")
    def MGU(x, h):
        f = sigmoid(affine("f", x, h))
        recall = f * h
        n = tanh(matrix("U_n", recall) + matrix("W_n", x) + vector("b_n"))
        keep, write = (1 - f) * h, f * n
        h = keep + write
        return locals()

    yield MGU
    del CELLS["mgu"]


def unit(p, x, h):
    """The same by hand, in torch."""
    a_f = x @ p["W_f"].T + h @ p["U_f"].T + p["b_f"]
    f = torch.sigmoid(a_f)
    recall = f * h
    n = torch.tanh(x @ p["W_n"].T + recall @ p["U_n"].T + p["b_n"])
    keep, write = (1 - f) * h, f * n
    return {"a_f": a_f, "f": f, "recall": recall, "n": n, "keep": keep, "write": write, "h": keep + write}


@pytest.fixture
def example(MGU):
    random = np.random.default_rng(0)
    return MGU.random(2, 3, seed=1), random.normal(size=(5, 2, 2)), {"h": random.normal(size=(2, 3))}


def test_it_is_registered_and_has_its_parameters(MGU):
    assert CELLS["mgu"] is MGU
    assert repr(MGU) == "MGU"
    assert {name: p.shape for name, p in MGU.random(2, 3).parameters.items()} == {
        "U_f": (3, 3), "W_f": (3, 2), "b_f": (3,), "U_n": (3, 3), "W_n": (3, 2), "b_n": (3,)
    }  # fmt: skip


def test_run_and_gradients(example):
    mgu, x, start = example
    random, trace = np.random.default_rng(2), run(mgu, x, start=start)
    loss = {name: random.normal(size=trace[name].shape) for name in trace.names[1:]}
    grads = backprop(trace, loss)

    p, tx, first = leaves(mgu.parameters), torch.tensor(x, requires_grad=True), leaves(start)
    h, total, steps = first["h"], 0.0, []
    for t in range(5):
        steps.append(unit(p, tx[t], h))
        h = steps[-1]["h"]
        for name, value in steps[-1].items():
            value.retain_grad()
            total = total + (value * torch.tensor(loss[name][t])).sum()
    total.backward()
    assert set(trace.names) == {"x", *steps[0]}
    for name in steps[0]:
        close(trace[name], np.stack([step[name].detach() for step in steps]), name)
        close(grads[name], np.stack([step[name].grad for step in steps]), name)
    for name in p:
        close(grads.params[name], p[name].grad, name)
    close(grads.x, tx.grad)
    close(grads.start["h"], first["h"].grad)


def test_equations(example):
    mgu = example[0]
    assert text(mgu, "f") == "fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f)"
    assert text(mgu, "n") == "nₜ = tanh(U_n·(fₜ·hₜ₋₁) + W_n·xₜ + b_n)"
    assert text(mgu, "h") == "hₜ = (1 − fₜ)·hₜ₋₁ + fₜ·nₜ"
    assert latex(mgu, "h") == r"h_t = (1 - f_t) \odot h_{t-1} + f_t \odot n_t"


def test_arithmetic(example):
    mgu, x, start = example
    trace = run(mgu, x, start=start)
    for name in mgu.graph.values:
        shown = arithmetic(trace, name, batch=1, unit=2)
        np.testing.assert_array_equal(shown.result, trace[name][:, 1, 2])
        close(sum(np.prod(term.factors, axis=0) for term in shown.terms), shown.total, name)
    shown = arithmetic(trace, "h")
    assert [[(f.name, f.function, f.before) for f in term.term.factors] for term in shown.terms] == [
        [("f", "complement", False), ("h", None, True)],
        [("f", None, False), ("n", None, False)],
    ]


def test_all_the_rest_takes_it_too(example, MGU):
    """Lengths, direction, layers, sweep, sensitivities, saving: nothing asks which cell it is."""
    mgu, x, start = example
    trace = run(mgu, x, start=start, lengths=[3, 5], reverse=True)
    close(trace.output[:3, 0], run(mgu, x[2::-1, 0], start={"h": start["h"][0]}).output[::-1])
    stack = run(Stack([[mgu, mgu], MGU.random(6, 2, seed=3)]), x)
    close(stack["0.forward.h"], run(mgu, x)["h"])
    b = mgu.parameters["b_f"]
    swept = sweep(mgu, x, "b_f", 0, [b[0], 9.0], start=start)
    close(swept["h"][0], run(mgu, x, start=start)["h"])
    plain = run(mgu, x, start=start)
    close(jacobian(plain, 3, 1), jacobian(plain, 3, 2) @ jacobian(plain, 2, 1))
    split = routes(backprop(plain, {"h": np.ones((2, 3))}))
    close(split.along[-2], 1 - plain["f"][-1])
    assert set(frame(plain)["name"]) == set(plain.names)
