"""Jacobians, influence and the routes of a gradient: against autograd, and by the laws they obey."""

import numpy as np
import pytest
import torch

from cells import CELLS, GRU, LSTM, RNN, backprop, influence, jacobian, routes, run, singular_values, sweep
from tests.support.torch_loops import case, close, loop

T = 5
VARIANTS = [
    *((kind, {}) for kind in CELLS.values()),
    (LSTM, {"peephole": True}),
    (LSTM, {"couple": "i=1-f", "peephole": True, "clip": 0.7}),
    (LSTM, {"projection": 2, "output_activation": "linear"}),
    (GRU, {"reset": "before", "update": "write"}),
    (RNN, {"activation": "softplus"}),
]
variants = pytest.mark.parametrize("variant", VARIANTS, ids=str)


def autograd_jacobian(cell, x, states, b):
    """∂(states after x) / ∂(states before it) of sequence b, h then c, by torch."""
    widths = [state.shape[-1] for state in states.values()]

    def after(joined):
        parts = dict(zip(states, (part[None] for part in torch.split(joined, widths)), strict=True))
        return torch.cat([state[0] for state in loop(cell, torch.tensor(x[:, b : b + 1]), parts)[1].values()])

    joined = torch.tensor(np.concatenate([state[b] for state in states.values()]))
    return torch.autograd.functional.jacobian(after, joined)


def after(trace, s):
    """The states after step s; −1 is the start."""
    return {name: trace[name][s] if s >= 0 else trace.before(name)[0] for name in trace.cell.graph.before}


@variants
def test_jacobian_is_autograds(variant):
    kind, options = variant
    cell, x, start, _ = case(kind, steps=T, **options)
    trace = run(cell, x, start=start)
    for t, s in [(4, -1), (4, 3), (3, 0), (0, -1)]:
        ours = jacobian(trace, t, s)
        for b in range(2):
            close(ours[b], autograd_jacobian(cell, x[s + 1 : t + 1], after(trace, s), b), f"J({t}, {s})")


@variants
def test_jacobians_compose(variant):
    """J(t, s) = J(t, u) J(u, s), and J(t, t) is the identity."""
    kind, options = variant
    cell, x, start, _ = case(kind, steps=T, **options)
    trace = run(cell, x, start=start)
    n = sum(s.shape[-1] for s in start.values())
    for t in range(-1, T):
        close(jacobian(trace, t, t), np.broadcast_to(np.eye(n), (2, n, n)))
    for s, u, t in [(-1, 0, 4), (-1, 2, 3), (0, 2, 4), (1, 1, 3), (2, 4, 4)]:
        close(jacobian(trace, t, u) @ jacobian(trace, u, s), jacobian(trace, t, s))


def test_jacobian_of_an_rnn_in_closed_form():
    """∏ diag(1 − h²) U."""
    cell, x, _, _ = case(RNN, steps=3, batch=1)
    trace = run(cell, x[:, 0])
    expected = np.eye(3)
    for h in trace["h"][1:]:
        expected = np.diag(1 - h**2) @ cell.parameters["U_h"] @ expected
    close(jacobian(trace, 2, 0), expected)


def test_jacobian_of_a_batch_with_lengths():
    """Past its end a state stays, so its Jacobian does."""
    cell, x, start, _ = case(LSTM, steps=T, batch=3)
    trace = run(cell, x, start=start, lengths=[2, 5, 4])
    for b, n in enumerate([2, 5, 4]):
        alone = run(cell, x[:n, b], start={name: s[b] for name, s in start.items()})
        for t, s in [(4, -1), (4, 0), (3, 2)]:
            close(jacobian(trace, t, s)[b], jacobian(alone, min(t, n - 1), min(s, n - 1)))


@pytest.mark.parametrize("kind", CELLS.values(), ids=repr)
def test_singular_values(kind):
    cell, x, start, _ = case(kind, steps=T)
    trace = run(cell, x, start=start)
    ours, whole = singular_values(trace, 4, 1), jacobian(trace, 4, 1)
    assert (np.diff(ours) <= 0).all()
    close(ours[..., 0], np.linalg.norm(whole, 2, axis=(-2, -1)))
    close((ours**2).sum(axis=-1), np.linalg.norm(whole, axis=(-2, -1)) ** 2)
    close(np.prod(ours, axis=-1), np.abs(np.linalg.det(whole)))
    close(singular_values(run(cell, x[:, 0], start={k: s[0] for k, s in start.items()}), 4, 1), ours[0])


def test_singular_values_of_a_rotation_are_one():
    turn = [[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]]
    cell = RNN(W_h=np.zeros((2, 1)), U_h=turn, b_h=np.zeros(2), activation="linear")
    close(singular_values(run(cell, np.zeros((50, 1))), 49, -1), [1.0, 1.0])


def autograd_influence(cell, x, start, lengths=None, reverse=False):
    """‖∂h_T/∂x_t‖ for each sequence by torch, (T, B)."""
    tx = torch.tensor(x)
    first = {name: torch.tensor(s) for name, s in start.items()}

    def last(given):
        return loop(cell, given, first, lengths=lengths, reverse=reverse)[1][cell.graph.output]

    whole = torch.autograd.functional.jacobian(last, tx)  # (B, H, T, B, D)
    return torch.stack([whole[b, :, :, b].norm(dim=(0, 2)) for b in range(x.shape[1])], dim=1)


@variants
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("lengths", [None, [2, 5]], ids=["whole", "lengths"])
def test_influence_is_autograds(variant, reverse, lengths):
    kind, options = variant
    cell, x, start, _ = case(kind, steps=T, **options)
    trace = run(cell, x, start=start, lengths=lengths, reverse=reverse)
    close(influence(trace), autograd_influence(cell, x, start, lengths, reverse))
    if lengths:
        assert not influence(trace)[2:, 0].any()
    one = run(cell, x[:, 1], start={name: s[1] for name, s in start.items()}, reverse=reverse)
    close(influence(one), autograd_influence(cell, x, start, None, reverse)[:, 1])


KEEPING = [
    (LSTM, {}), (LSTM, {"peephole": True, "couple": "i=1-f"}), (LSTM, {"couple": "f=1-i"}), (LSTM, {"projection": 2}),
    (GRU, {}), (GRU, {"update": "write"}), (CELLS["cheat_sheet"], {}),
]  # fmt: skip


@pytest.mark.parametrize("variant", KEEPING, ids=str)
@pytest.mark.parametrize("lengths", [None, [2, 5]], ids=["whole", "lengths"])
def test_routes_add_up(variant, lengths):
    """along[t] = gate[t + 1] ⊙ dL/d(state)[t + 1]: the step after adds the kept part to nothing but the state."""
    kind, options = variant
    cell, x, start, random = case(kind, steps=T, **options)
    trace = run(cell, x, start=start, lengths=lengths)
    state = kind.states[-1]
    grads = backprop(trace, {"output": random.normal(size=trace.output.shape)})
    split = routes(grads)
    np.testing.assert_allclose(split.along + split.through, grads[state], atol=1e-15)
    gate = {"LSTM": "f", "CheatSheetLSTM": "f", "GRU": "one_minus_z" if options else "z"}[repr(kind)]
    real = (np.arange(T)[:, None] < (np.array(lengths) if lengths else np.full(2, T)))[..., None]
    expected = np.zeros_like(split.along)
    expected[:-1] = (trace[gate] * grads[state] * real)[1:]
    close(split.along, expected)


def test_without_recurrent_weights_the_cell_state_keeps_the_product_of_forget_gates():
    """U = 0 cuts every way but the cell state's: dL/dc_t = f_{t+1} ⋯ f_T dL/dc_T, and all of it runs along."""
    cell, x, start, random = case(LSTM, steps=T)
    cell = cell.replace(**{name: np.zeros_like(p) for name, p in cell.parameters.items() if name[0] == "U"})
    trace, dc = run(cell, x, start=start), random.normal(size=(2, 3))
    grads = backprop(trace, {"c": dc})
    split = routes(grads)
    for t in range(T):
        expected = np.prod(trace["f"][t + 1 :], axis=0) * dc
        close(grads["c"][t], expected)
        if t < T - 1:
            close(split.along[t], expected)
            close(split.through[t], np.zeros_like(dc))
    close(split.along[-1], np.zeros_like(dc))
    close(jacobian(trace, 4, 0)[:, 3:, 3:], np.stack([np.diag(np.prod(trace["f"][1:, b], axis=0)) for b in range(2)]))


CELL, X = LSTM.random(2, 3, seed=0), np.zeros((4, 2))
TRACE, BACKWARD, SWEPT = run(CELL, X), run(CELL, X, reverse=True), sweep(CELL, X, "b_f", 0, [0, 1])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: jacobian(TRACE, 1, 2), ["s:", "-1 … 1", "got 2"]),
        (lambda: jacobian(TRACE, 4, 2), ["t:", "-1 … 3", "got 4"]),
        (lambda: jacobian(TRACE, 2, -2), ["s:", "got -2"]),
        (lambda: singular_values(SWEPT, 2, 1), ["trace", "sweep"]),
        (lambda: influence(SWEPT), ["trace", "sweep"]),
        (lambda: jacobian(BACKWARD, 2, 1), ["trace", "forward"]),
        (lambda: routes(backprop(BACKWARD, {"h": np.ones(3)})), ["trace", "forward"]),
        (
            lambda: routes(backprop(run(RNN.random(2, 3), X), {"h": np.ones(3)})),
            ["gradients", "by a gate", "RNN"],
        ),
    ],
)
def test_errors(call, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        call()
    for word in words:
        assert word in str(error.value)
