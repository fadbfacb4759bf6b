"""Every option and combination of the cells: against plain torch loops, and as equations and arithmetic."""

from itertools import product

import numpy as np
import pytest
import torch

from cells import GRU, LRU, LSTM, RNN, RWKV, SLSTM, CheatSheetLSTM, Mamba, MinGRU, MinLSTM, backprop, run
from cells.equations import arithmetic, latex, text
from cells.functions import function
from tests.support.torch_loops import TORCH, case, close, leaves, loop

GATES = ("sigmoid", "hard_sigmoid", "hard_sigmoid_fifth")


def grid(kind, **choices):
    return [(kind, dict(zip(choices, values, strict=True))) for values in product(*choices.values())]


def named(variant):
    kind, options = variant
    usual = kind.options
    return "-".join([repr(kind), *(f"{k}={v}" for k, v in options.items() if v != usual[k])])


ALL = [
    *grid(
        LSTM,
        gate=GATES,
        output_activation=("tanh", "linear"),
        peephole=(False, True),
        couple=(None, "f=1-i", "i=1-f"),
        clip=(None, 0.5),
        projection=(None, 2),
    ),
    *grid(GRU, gate=GATES, reset=("after", "before"), update=("keep", "write"), clip=(None, 0.5)),
    *grid(RNN, activation=tuple(TORCH), clip=(None, 0.5)),
    *grid(LSTM, activation=tuple(TORCH)),
    *grid(LSTM, output_activation=tuple(TORCH), peephole=(True,)),
    *grid(GRU, activation=tuple(TORCH), reset=("after", "before")),
    *grid(GRU, gate=("softsign", "affine(0.5, 0.25)", "scaled_tanh(1.5, 0.6)")),
    (CheatSheetLSTM, {}),
    *grid(MinGRU, activation=("linear", "linear_sigmoid")),
    *grid(MinLSTM, activation=("linear", "linear_sigmoid")),
    *grid(SLSTM, forget=("sigmoid", "exp"), stabilised=(True, False)),
    *grid(RWKV, stabilised=(True, False)),
    (LRU, {}),
    (Mamba, {}),
]
VARIANTS = {named(variant): variant for variant in ALL}  # each once
variants = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


@variants
def test_values_and_all_gradients_equal_a_plain_loop_and_autograd(variant):
    """A loss on every named value of every step: equal values, and equal gradients of all there is."""
    kind, options = variant
    cell, x, start, random = case(kind, seed=len(named(variant)), **options)
    trace = run(cell, x, start=start)
    loss = {name: random.normal(size=trace[name].shape) for name in cell.graph.values}
    grads = backprop(trace, loss)

    tx, tstart, p = torch.tensor(x, requires_grad=True), leaves(start), leaves(cell.parameters)
    values, last = loop(cell, tx, tstart, p)
    assert set(values[0]) == set(cell.graph.values)
    sum((value * torch.tensor(loss[name][t])).sum() for t in range(4) for name, value in values[t].items()).backward()
    for name in loss:
        close(trace[name], np.stack([step[name].detach() for step in values]), name)
        close(grads[name], np.stack([step[name].grad for step in values]), f"dL/d{name}")
    for name, parameter in p.items():
        close(grads.params[name], parameter.grad, f"dL/d{name}")
    for name in start:
        close(trace.final[name], last[name])
        close(grads.start[name], tstart[name].grad)
    close(grads.x, tx.grad)


@variants
def test_arithmetic_adds_up(variant):
    kind, options = variant
    cell, x, start, _ = case(kind, **options)
    trace = run(cell, x, start=start)
    for name, node in cell.graph.values.items():
        for unit in (0, cell.sizes[node.size] - 1):
            shown = arithmetic(trace, name, batch=1, unit=unit)
            np.testing.assert_array_equal(shown.result, trace[name][:, 1, unit])
            products = [np.prod(term.factors, axis=0) * term.term.sign for term in shown.terms]
            together = np.max if shown.formula.how == "maximum" else np.sum
            close(together(products, axis=0), shown.total, name)
            of = function(shown.formula.function) if shown.formula.function else lambda a: a
            close(of(shown.total), shown.result, name)
            for term in shown.terms:
                close(term.product, np.prod(term.factors, axis=0), name)
                for factor, value, inner in zip(term.term.factors, term.factors, term.inner, strict=True):
                    assert (factor.function is None) == (inner is None)
                    if factor.function and term.source is None:
                        close(function(factor.function)(inner), value, name)


def test_the_variants_do_differ():
    """No option is without effect: the comparisons above would not notice one that both sides ignore."""
    for kind, changes in {
        LSTM: [{"peephole": True}, {"couple": "f=1-i"}, {"couple": "i=1-f"}, {"clip": 0.5}, {"gate": "hard_sigmoid"},
               {"gate": "hard_sigmoid_fifth"}, {"activation": "relu"}, {"output_activation": "linear"}],
        GRU: [{"reset": "before"}, {"update": "write"}, {"clip": 0.5}, {"gate": "hard_sigmoid"}],
        RNN: [{"activation": "relu"}, {"clip": 0.5}],
    }.items():  # fmt: skip
        full, x, start, _ = case(kind, **({"peephole": True} if kind is LSTM else {}))
        outputs = []
        for options in ({}, *changes):
            shapes = kind.graph(**(kind.options | options)).shapes
            cell = kind(**{name: full.parameters[name] for name in shapes}, **options)
            outputs.append(run(cell, x, start=start).output)
        for a, b in product(range(len(outputs)), repeat=2):
            assert a == b or np.abs(outputs[a] - outputs[b]).max() > 1e-3, (kind, a, b)


EQUATIONS = [
    (LSTM, {}, "c", "cₜ = fₜ·cₜ₋₁ + iₜ·gₜ", r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"),
    (LSTM, {"peephole": True}, "f", "fₜ = σ(U_f·hₜ₋₁ + W_f·xₜ + b_f + p_f·cₜ₋₁)",
     r"f_t = \sigma(U_f h_{t-1} + W_f x_t + b_f + p_f \odot c_{t-1})"),
    (LSTM, {"peephole": True}, "o", "oₜ = σ(U_o·hₜ₋₁ + W_o·xₜ + b_o + p_o·cₜ)",
     r"o_t = \sigma(U_o h_{t-1} + W_o x_t + b_o + p_o \odot c_t)"),
    (LSTM, {"peephole": True}, "g", "gₜ = tanh(U_g·hₜ₋₁ + W_g·xₜ + b_g)",
     r"g_t = \tanh(U_g h_{t-1} + W_g x_t + b_g)"),
    (LSTM, {"couple": "f=1-i"}, "f", "fₜ = (1 − iₜ)", r"f_t = (1 - i_t)"),
    (LSTM, {"couple": "i=1-f"}, "i", "iₜ = (1 − fₜ)", r"i_t = (1 - f_t)"),
    (LSTM, {"couple": "i=1-f"}, "c", "cₜ = fₜ·cₜ₋₁ + iₜ·gₜ", r"c_t = f_t \odot c_{t-1} + i_t \odot g_t"),
    (LSTM, {"output_activation": "linear"}, "h", "hₜ = oₜ·cₜ", r"h_t = o_t \odot c_t"),
    (LSTM, {"gate": "hard_sigmoid"}, "f", "fₜ = σ̂(U_f·hₜ₋₁ + W_f·xₜ + b_f)",
     r"f_t = \hat\sigma(U_f h_{t-1} + W_f x_t + b_f)"),
    (LSTM, {"clip": 3}, "f", "fₜ = σ(clip(a_f))", r"f_t = \sigma(\mathrm{clip}(a_{f,t}))"),
    (LSTM, {"projection": 2}, "h", "hₜ = P_h·(oₜ·tanh(cₜ))", r"h_t = P_h (o_t \odot \tanh(c_t))"),
    (LSTM, {"projection": 2}, "shown", "shown = oₜ·tanh(cₜ)", r"\mathrm{shown}_t = o_t \odot \tanh(c_t)"),
    (GRU, {}, "h", "hₜ = zₜ·hₜ₋₁ + (1 − zₜ)·nₜ", r"h_t = z_t \odot h_{t-1} + (1 - z_t) \odot n_t"),
    (GRU, {"update": "write"}, "h", "hₜ = (1 − zₜ)·hₜ₋₁ + zₜ·nₜ",
     r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t"),
    (GRU, {"reset": "before"}, "n", "nₜ = tanh(U_n·(rₜ·hₜ₋₁) + W_n·xₜ + b_n)",
     r"n_t = \tanh(U_n (r_t \odot h_{t-1}) + W_n x_t + b_n)"),
    (RNN, {"activation": "relu"}, "h", "hₜ = relu(U_h·hₜ₋₁ + W_h·xₜ + b_h)",
     r"h_t = \mathrm{relu}(U_h h_{t-1} + W_h x_t + b_h)"),
    (CheatSheetLSTM, {}, "g", "gₜ = tanh(U_g·(rₜ·hₜ₋₁) + W_g·xₜ + b_g)",
     r"g_t = \tanh(U_g (r_t \odot h_{t-1}) + W_g x_t + b_g)"),
    (CheatSheetLSTM, {}, "h", "hₜ = oₜ·cₜ", r"h_t = o_t \odot c_t"),
    (MinGRU, {}, "z", "zₜ = σ(W_z·xₜ + b_z)", r"z_t = \sigma(W_z x_t + b_z)"),
    (MinLSTM, {}, "h", "hₜ = fₜ/(fₜ + iₜ)·hₜ₋₁ + iₜ/(fₜ + iₜ)·nₜ",
     r"h_t = f_t/(f_t + i_t) \odot h_{t-1} + i_t/(f_t + i_t) \odot n_t"),
    (SLSTM, {}, "m", "mₜ = max(before, a_i)", r"m_t = \max(\mathrm{before}_t, a_{i,t})"),
    (SLSTM, {}, "f", "fₜ = exp(log σ(a_f) + mₜ₋₁ − mₜ)", r"f_t = \exp(\log\sigma(a_{f,t}) + m_{t-1} - m_t)"),
    (SLSTM, {}, "n", "nₜ = fₜ·nₜ₋₁ + iₜ", r"n_t = f_t \odot n_{t-1} + i_t"),
    (SLSTM, {}, "h", "hₜ = oₜ·cₜ/nₜ", r"h_t = o_t \odot c_t/n_t"),
    (LRU, {}, "r", "rₜ = exp(−rate)", r"r_t = \exp(-\mathrm{rate}_t)"),
    (LRU, {}, "a", "aₜ = rₜ·cos(sₜ)·aₜ₋₁ − rₜ·sin(sₜ)·bₜ₋₁ + gₜ·Waₜ",
     r"a_t = r_t \odot \cos(s_t) \odot a_{t-1} - r_t \odot \sin(s_t) \odot b_{t-1} + g_t \odot \mathrm{Wa}_t"),
    (RWKV, {}, "h", "hₜ = rₜ·above/below", r"h_t = r_t \odot \mathrm{above}_t/\mathrm{below}_t"),
    (RWKV, {}, "below", "below = past·bₜ₋₁ + present",
     r"\mathrm{below}_t = \mathrm{past}_t \odot b_{t-1} + \mathrm{present}_t"),
    (Mamba, {}, "read", "read = Σ(Cₜ·hₜ)", r"\mathrm{read}_t = \sum(C_t \odot h_t)"),
    (Mamba, {}, "f", "fₜ = exp(−dₜ·rate)", r"f_t = \exp(-d_t \odot \mathrm{rate}_t)"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "name", "plain", "typeset"), EQUATIONS)
def test_equations_of_the_variants(kind, options, name, plain, typeset):
    cell = kind.random(inputs=1, units=3, seed=0, **options)
    assert text(cell, name) == plain
    assert latex(cell, name) == typeset


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LSTM.random(1, 1, couple="f=i"), ["couple", "'f=1-i'", "'f=i'"]),
        (lambda: GRU.random(1, 1, reset="later"), ["reset", "'before'", "'later'"]),
        (lambda: GRU.random(1, 1, update="drop"), ["update", "'write'", "'drop'"]),
        (lambda: LSTM.random(1, 1, gate="sigmoidal"), ["'sigmoidal'", "hard_sigmoid_fifth"]),
        (lambda: RNN.random(1, 1, activation="leaky_relu(1, 2)"), ["leaky_relu", "1 parameters", "2"]),
        (lambda: LSTM.random(1, 1, clip=-1), ["clip", "at least 0", "-1"]),
        (lambda: LSTM.random(1, 1, clip=float("nan")), ["clip", "nan"]),
        (lambda: LSTM.random(1, 2, projection=0.5), ["projection", "whole number", "0.5"]),
        (lambda: LSTM.random(1, 2, projection=1).kind(projection=2, **LSTM.random(1, 2, projection=1).parameters),
         ["projection", "1", "2"]),
        (lambda: RNN.random(1, 1, peephole=True), ["RNN option", "'peephole'", "activation"]),
        (lambda: LSTM(**LSTM.random(1, 1, peephole=True).parameters), ["unknown", "p_f"]),
        (lambda: LSTM(peephole=True, **LSTM.random(1, 1).parameters), ["missing", "p_f"]),
        (lambda: LSTM(couple="f=1-i", **LSTM.random(1, 1).parameters), ["unknown", "_f"]),
    ],
)  # fmt: skip
def test_a_wrong_option_is_named(make, words):
    with pytest.raises(ValueError, match=r"\w+") as error:
        make()
    for word in words:
        assert word in str(error.value)


def test_parameters_are_counted():
    """4 H (D + H + 1) for an LSTM, 3 H (D + H + 1) + H for a GRU (PyTorch's extra d_n), H (D + H + 1) for an RNN."""
    assert LSTM.random(3, 5).parameters_count == 4 * 5 * 9
    assert LSTM.random(3, 5, peephole=True).parameters_count == 4 * 5 * 9 + 3 * 5
    assert LSTM.random(3, 5, couple="i=1-f").parameters_count == 3 * 5 * 9
    assert LSTM.random(3, 5, projection=2).parameters_count == 4 * 5 * (3 + 2 + 1) + 2 * 5
    assert GRU.random(3, 5).parameters_count == 3 * 5 * 9 + 5
    assert GRU.random(3, 5, reset="before").parameters_count == 3 * 5 * 9
    assert RNN.random(3, 5).parameters_count == 5 * 9
