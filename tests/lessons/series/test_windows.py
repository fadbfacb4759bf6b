"""Windows of a series: nothing learned from, and no scale, knows what is held back; free forecasts; resampling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.series.resampling import RESAMPLERS, even, grid_of, hold, linear, mean, thinned
from app.lessons.series.windows import (
    FEWEST,
    Scaler,
    SplitError,
    baselines,
    cuts_of,
    drift,
    fits,
    folds,
    forecast,
    naive,
    origins,
    read,
    seasonal,
    signal_of,
    targets,
)


@st.composite
def sizes(draw, fitting):
    """A series' length, and the steps and horizon of windows that fit into it, or do not."""
    steps, horizon = draw(st.integers(1, 48)), draw(st.integers(1, 12))
    return draw(st.sampled_from([n for n in range(2, 401) if fits(n, steps, horizon) == fitting])), steps, horizon


@given(size=sizes(fitting=True))
def test_what_is_learned_from_ends_before_what_judges_it(size):
    length, steps, horizon = size
    places = np.arange(length)  # a series whose values are their own places
    rolls, test = folds(length, steps, horizon)
    assert test.end == length
    assert all(one.end == other.cut for one, other in zip(rolls, [*rolls[1:], test], strict=True))
    for ahead in (1, horizon):
        for fold in (*rolls, test):
            learned, held = (origins(*part, steps, ahead) for part in ((0, fold.cut), (fold.cut, fold.end)))
            assert len(learned) >= FEWEST
            assert len(held) > 0
            seen = [read(places, learned, steps), targets(places, learned, ahead)]
            assert min(part.min() for part in seen) >= 0
            assert max(part.max() for part in seen) < fold.cut <= test.cut
            assert targets(places, held, ahead).min() >= fold.cut
            assert targets(places, held, ahead).max() < fold.end
            np.testing.assert_array_equal(read(places, held, steps)[:, -1] + 1, targets(places, held, ahead)[:, 0])


@given(size=sizes(fitting=True), seed=st.integers(0, 9), learn=st.sampled_from(["change", "level"]))
def test_no_held_back_value_moves_what_is_learned(size, seed, learn):
    """Whatever comes after the cut may be anything: the scale and every window learned from stay the same."""
    length, steps, horizon = size
    drawn = np.random.default_rng(seed)
    values = drawn.normal(size=length + (learn == "change"))
    rolls, test = folds(len(signal_of(values, learn)[0]), steps, horizon)
    for fold in (*rolls, test):
        other = values.copy()
        other[fold.cut + (learn == "change") :] = drawn.normal(50, 9, len(values) - fold.cut - (learn == "change"))
        made = []
        for one in (values, other):
            signal = signal_of(one, learn)[1]
            scaler, at = Scaler.of(signal[: fold.cut]), origins(0, fold.cut, steps, horizon)
            scaled = scaler.scaled(signal)
            made.append((scaler, read(scaled, at, steps), targets(scaled, at, horizon)))
        assert made[0][0] == made[1][0]
        for mine, theirs in zip(made[0][1:], made[1][1:], strict=True):
            np.testing.assert_array_equal(mine, theirs)


@given(size=sizes(fitting=False))
def test_a_series_too_short_is_told_how_long_it_must_be(size):
    length, steps, horizon = size
    with pytest.raises(SplitError) as told:
        folds(length, steps, horizon)
    assert told.value.least > length
    assert fits(told.value.least, steps, horizon)
    assert not any(fits(n, steps, horizon) for n in range(length, told.value.least))


def test_the_test_part_is_the_last_fifth():
    assert cuts_of(100) == [41, 54, 67, 80]


def test_a_scale_is_undone_and_a_constant_has_one():
    values = np.array([3.0, 5.0, 10.0])
    scaler = Scaler.of(values)
    scaled = scaler.scaled(values)
    assert (scaled.mean(), scaled.std()) == (pytest.approx(0), pytest.approx(1))
    np.testing.assert_allclose(scaler.restored(scaled), values)
    assert Scaler.of(np.full(4, 7.0)).scaled(np.array([7.0, 8.0])).tolist() == [0.0, 1.0]


def test_forecasts_of_changes_add_up_from_the_last_value():
    values, signal = signal_of(np.array([1.0, 3.0, 2.0, 6.0]), "change")
    at = origins(0, 3, 1, 2)
    np.testing.assert_array_equal(forecast(targets(signal, at, 2), values[at], "change"), targets(values, at, 2))
    np.testing.assert_array_equal(forecast(np.ones((1, 2)), values[:1], "level"), np.ones((1, 2)))


@pytest.mark.parametrize("season", [2, 3, 7])
def test_a_series_that_repeats_is_known_a_season_ahead(season):
    values = np.tile(np.arange(season, dtype=float), 9)
    at = origins(2 * season, len(values), season, 5)
    np.testing.assert_array_equal(seasonal(values, at, 5, season), targets(values, at, 5))
    np.testing.assert_array_equal(naive(values, at, 5), np.repeat(values[at, None], 5, 1))


@given(st.integers(0, 50), st.integers(1, 12), st.integers(1, 20))
def test_a_season_before_is_always_known_at_the_origin(seed, horizon, season):
    known = np.random.default_rng(seed).normal(size=40)
    later = np.concatenate([known, np.full(20, np.nan)])
    assert np.isfinite(seasonal(later, np.array([39]), horizon, season)).all()


# ---- uneven times ----------------------------------------------------------------------------------------------------


@given(st.integers(2, 60), st.floats(0, 0.9), st.integers(0, 20), st.sampled_from(list(RESAMPLERS)))
def test_resampling_stays_within_what_was_seen_and_keeps_it(length, share, seed, way):
    values = np.random.default_rng(seed).normal(size=length)
    seen = thinned(length, share, seed)
    times = np.flatnonzero(seen).astype(float)
    made = RESAMPLERS[way](times, values[seen], np.arange(length, dtype=float))
    assert made.min() >= values[seen].min() - 1e-12
    assert made.max() <= values[seen].max() + 1e-12
    np.testing.assert_allclose(made[seen], values[seen])


@given(st.integers(3, 60), st.integers(0, 20))
def test_only_the_line_knows_what_comes_next(length, seed):
    values, grid = np.random.default_rng(seed).normal(size=length), np.arange(length, dtype=float)
    seen = thinned(length, 0.6, seed)
    times, now = np.flatnonzero(seen).astype(float), length // 2
    later = values.copy()
    later[now + 1 :] += 5
    for way in (hold, mean):
        one, other = (way(times, those[seen], grid)[: now + 1] for those in (values, later))
        np.testing.assert_array_equal(one, other)
    if not seen[now]:
        assert linear(times, values[seen], grid)[now] != linear(times, later[seen], grid)[now]


def test_means_of_periods():
    times, values = np.array([0.0, 1, 2, 3, 8]), np.array([1.0, 2, 4, 6, 5])
    np.testing.assert_allclose(mean(times, values, np.array([0.0, 3, 6, 9])), [1, 4, 6, 5])


def test_months_are_even_and_a_gap_is_not():
    months = np.array([0.0, 31, 59, 90, 120])
    assert even(months)
    assert not even(np.array([0.0, 1, 2, 4, 5]))
    assert grid_of(np.array([0.0, 1, 3]), 1.0).tolist() == [0, 1, 2, 3]


def test_a_drift_goes_on_by_the_mean_change_so_far():
    values, at = np.array([1.0, 4.0, 2.0, 7.0, 0.0]), np.array([0, 3])
    np.testing.assert_allclose(drift(values, at, 2), [[1, 1], [9, 11]])  # (7 − 1) / 3 = 2 a step
    later = np.array([1.0, 4.0, 2.0, 7.0, 99.0])
    np.testing.assert_array_equal(drift(later, at, 2), drift(values, at, 2))  # nothing after the origin is known


def test_the_seasonal_baseline_needs_a_season_that_is_known():
    values, at = np.arange(30.0), np.array([20])
    assert set(baselines(values, at, 2, 12, 20)) == {"naive", "drift", "seasonal"}
    assert set(baselines(values, at, 2, 1, 20)) == set(baselines(values, at, 2, 21, 20)) == {"naive", "drift"}
