"""What the test part can tell: intervals of the difference of two forecasts' errors."""

import numpy as np
import pytest

from app.lessons.series.verdicts import FEWEST, LEVEL, block_interval, verdict


def test_a_clear_difference_is_told_and_none_is_not():
    noise = np.random.default_rng(0).normal(size=(2, 200))
    assert verdict(np.abs(noise[0]), np.abs(noise[1]) + 1, 1).state == "won"
    assert verdict(np.abs(noise[0]) + 1, np.abs(noise[1]), 1).state == "lost"
    assert verdict(np.abs(noise[0]), np.abs(noise[1]), 1).state == "open"


@pytest.mark.parametrize(("windows", "horizon"), [(13, 8), (13, 4), (3, 1), (FEWEST * 5 - 1, 5)])
def test_windows_that_overlap_too_much_tell_nothing(windows, horizon):
    found = verdict(np.zeros(windows), np.ones(windows), horizon)
    assert (found.state, found.independent) == ("few", windows // horizon)
    assert verdict(np.zeros(FEWEST * horizon), np.ones(FEWEST * horizon), horizon).state == "won"


def test_an_interval_of_independent_values_is_the_normal_one():
    values = np.random.default_rng(1).normal(0.3, 2.0, 400)
    half = 1.6449 * values.std() / np.sqrt(400)
    assert block_interval(values, 1) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.05)


def test_neighbours_that_are_alike_widen_the_interval():
    """An interval that took them for independent would hold the mean far less often than it says."""
    drawn, held = np.random.default_rng(2), []
    for _ in range(200):
        noise = drawn.normal(size=87)  # ten windows that do not overlap
        smooth = np.convolve(noise, np.ones(8) / 8, "valid")  # as errors of windows that overlap by eight
        low, high = block_interval(smooth, 8)
        held.append((low <= 0 <= high, np.subtract(*block_interval(smooth, 1)[::-1]) < high - low))
    inside, wider = np.mean(held, axis=0)
    assert abs(inside - LEVEL) < 0.12
    assert wider > 0.9


def test_the_same_errors_give_the_same_interval():
    values = np.random.default_rng(3).normal(size=30)
    assert block_interval(values, 3) == block_interval(values, 3)
