"""Page `model`: orders, statistics and sums, against loops and NumPy written here."""

import math

import numpy as np
import pytest

from app.lessons.model import model
from app.lessons.model.alone import alone, can_stand_alone
from cells import GRU, LSTM, RNN, Stack, run

RNG = np.random.default_rng(3)
X = RNG.normal(size=(40, 3))


def both_ways() -> Stack:
    """Two layers; the first reads both ways."""
    pair = [LSTM.random(inputs=3, units=5, seed=seed) for seed in (0, 1)]
    return Stack([pair, LSTM.random(inputs=10, units=5, seed=2)])


def looks(stack: Stack, first: int = 6, steps: int = 20):
    trace = run(stack, X)
    return [model.look_at(trace, where, first, steps) for where in stack.cells]


STACKS = {
    "lstm": both_ways(),
    "gru": Stack([GRU.random(inputs=3, units=5, seed=3)]),
    "before": Stack([GRU.random(inputs=3, units=5, seed=4, reset="before")]),
    "rnn": Stack([RNN.random(inputs=3, units=5, seed=5)]),
    "projection": Stack([LSTM.random(inputs=3, units=5, seed=6, projection=2)]),
    "peephole": Stack([LSTM.random(inputs=3, units=5, seed=7, peephole=True)]),
}


@pytest.mark.parametrize("name", STACKS)
def test_a_sums_parts_add_up_to_it(name):
    for look in looks(STACKS[name]):
        for value in look.names:
            for unit, step in ((0, 0), (4, 19), (2, 7)):
                found = model.reason(look, value, unit, step)
                assert found.result == look[value][step, unit] == look.trace[value][6 + step, unit]
                for parts in (found.parts, found.products):
                    assert math.fsum(part.product for part in parts) == pytest.approx(found.total, abs=1e-12)
                for part in found.products:
                    if part.factors:
                        assert math.prod(part.factors) == pytest.approx(part.product, abs=1e-15)


def test_the_largest_products_come_first_and_the_rest_is_counted():
    x = RNG.normal(size=(10, 9))
    look = model.look_at(run(Stack([LSTM.random(inputs=9, units=12, seed=8)]), x), "0.forward", 0, 200)
    parts = model.reason(look, "i", 3, 5).parts
    assert [part.kind for part in parts] == ["unit"] * 4 + ["input"] * 3 + ["bias"]
    assert [part.count for part in parts] == [1, 1, 1, 9, 1, 1, 7, 1]
    U, W = look.cell.parameters["U_i"][3], look.cell.parameters["W_i"][3]
    hidden, inputs = U * look.trace["h"][4], W * x[5]
    assert [part.source for part in parts[:3]] == np.argsort(-np.abs(hidden))[:3].tolist()
    assert parts[3].product == pytest.approx(np.delete(hidden, [part.source for part in parts[:3]]).sum(), abs=1e-15)
    assert [part.source for part in parts[4:6]] == np.argsort(-np.abs(inputs))[:2].tolist()


def test_units_are_sorted_by_what_they_keep():
    for look in looks(STACKS["lstm"]):
        c = look.trace["c"][6:26]
        activity = [sum(abs(c[t, k]) for t in range(20)) / 20 for k in range(5)]
        assert model.activity(look) == pytest.approx(activity)
        change = [sum(abs(c[t, k] - c[t - 1, k]) for t in range(1, 20)) / 19 for k in range(5)]
        assert model.change(look) == pytest.approx(change)
        series = X[6:26, 0]
        expected = [np.corrcoef(c[2:, k], series[2:])[0, 1] for k in range(5)]
        assert model.correlation(look, series) == pytest.approx(expected)
        assert model.ranked(model.activity(look)).tolist() == sorted(range(5), key=lambda k: -activity[k])
        assert model.correlation(look, np.ones(20)).tolist() == [0] * 5


def test_ties_keep_the_order_of_the_file():
    assert model.ranked(np.array([1.0, 3.0, 1.0, 3.0])).tolist() == [1, 3, 0, 2]


def test_saturation_and_half_life_are_those_of_the_gates():
    look = looks(STACKS["lstm"])[2]
    for name, (left, right) in model.saturated(look).items():
        for unit in range(5):
            column = look.trace[name][6:26, unit]
            assert left[unit] == sum(value < 0.1 for value in column) / 20
            assert right[unit] == sum(value > 0.9 for value in column) / 20
    assert set(model.saturated(look)) == {"f", "i", "o"}
    f = look.trace["f"][6:26]
    for unit, life in enumerate(model.half_life(look)):
        assert np.prod(f[:, unit]) ** (life / 20) == pytest.approx(0.5)
    gru = looks(STACKS["gru"])[0]
    assert model.half_life(gru) == pytest.approx(math.log(0.5) / np.log(gru.trace["z"][6:26]).mean(axis=0))
    assert model.half_life(looks(STACKS["rnn"])[0]) is None


@pytest.mark.parametrize("name", STACKS)
def test_what_the_stage_plays_is_the_window_of_the_run(name):
    for look in looks(STACKS[name]):
        window = look.read()
        for value in look.names:
            for step in range(look.steps):
                assert window[value][look.played(step)] == pytest.approx(look[value][step], abs=1e-13)


@pytest.mark.parametrize("name", ["h", "f", "c"])
def test_what_moves_a_value_is_what_a_small_change_says(name):
    stack = STACKS["lstm"]
    gradient = model.moves(run(stack, X), "0.backward", name, 20, 3)
    for t in (12, 20, 25, 33):
        for column in range(3):
            moved = [X.copy(), X.copy()]
            for sign, each in zip((1, -1), moved, strict=True):
                each[t, column] += sign * 1e-5
            ends = [run(stack, each)[f"0.backward.{name}"][20, 3] for each in moved]
            assert gradient[t, column] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-8)
    assert not gradient[:20].any()  # it reads backward


def test_the_inputs_that_move_a_value_most_come_first():
    gradient = np.array([[0.1, 0.0, -3.0], [-0.5, 0.0, 2.0]])
    assert model.movers(gradient, 3) == [(2, 0), (0, 1)]
    assert model.movers(gradient, 1) == [(2, 0)]


def test_the_scale_of_a_gate_is_fixed_and_of_others_clipped():
    look = looks(STACKS["lstm"])[0]
    assert model.limits([look], "f") == (0, 1)
    low, high = model.limits([look], "c")
    assert (-low, high) == (high, np.percentile(np.abs(look.trace["c"][6:26]), 97))


def test_maps_side_by_side_have_one_scale_and_a_map_of_their_difference():
    a, b = (
        model.look_at(run(Stack([LSTM.random(inputs=3, units=5, seed=seed)]), X), "0.forward", 6, 20) for seed in (1, 2)
    )
    assert model.limits([a, b], "c")[1] == np.percentile(np.abs(np.concatenate([a["c"], b["c"]])), 97)
    gaps = [[abs(a["c"][t, k] - b["c"][t, k]) for k in range(5)] for t in range(20)]
    assert model.apart(a, b, "c") == pytest.approx(np.percentile(gaps, 97), rel=1e-12)
    assert model.differences(a, b) == pytest.approx([math.fsum(column) / 20 for column in zip(*gaps, strict=True)])
    assert model.apart(a, a, "c") == 1.0  # the same: nothing on a scale of its own


ALONE = {
    **{name: stack for name, stack in STACKS.items() if name != "projection"},
    "backward": Stack([GRU.random(inputs=3, units=5, seed=8)], reverse=True),
    "write": Stack([GRU.random(inputs=3, units=5, seed=9, update="write")]),
    "coupled": Stack([LSTM.random(inputs=3, units=5, seed=10, couple="f=1-i")]),
}


@pytest.mark.parametrize("name", ALONE)
def test_a_unit_alone_does_what_it_does_in_its_layer(name):
    """Every value that the stage may show of it; also where the window begins in the middle of a run."""
    for look in looks(ALONE[name]):
        assert can_stand_alone(look.cell)
        window, order = alone(look, 3), slice(None, None, -1 if look.trace.reverse else 1)
        assert window.cell.units <= 2
        for value in ({"Uh", "Wx", "recall", "keep", "write", "squash"} | set(look.names)) & set(look.trace.names):
            assert window[value][:, 0] == pytest.approx(look[value][order, 3], abs=1e-14), value


def test_a_projected_unit_does_not_stand_alone():
    assert not can_stand_alone(looks(STACKS["projection"])[0].cell)
