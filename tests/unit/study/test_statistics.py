"""The arithmetic of a comparison, against scipy and against what must hold for any numbers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.statistics import (
    holm,
    mean_bands,
    mean_interval,
    paired_difference,
    share_better,
    variance_reduction,
    wilson,
    without_luck,
)

numbers = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)
p_lists = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30)


@pytest.fixture
def pair():
    """Thirty replications before and after, sharing most of their luck."""
    random = np.random.default_rng(7)
    luck = random.normal(0.8, 0.05, 30)
    return luck + random.normal(0, 0.01, 30), luck + 0.03 + random.normal(0, 0.01, 30)


def test_interval_of_a_mean_is_the_t_interval(pair):
    """The limits are those of scipy's t distribution."""
    low, high = stats.t.interval(0.95, 29, loc=pair[0].mean(), scale=stats.sem(pair[0]))
    interval = mean_interval(pair[0])
    assert (interval.mean, interval.low, interval.high) == pytest.approx((pair[0].mean(), low, high))


def test_bands_are_the_intervals_of_each_week():
    """Computed at once, the same as one by one; a week with one number has no interval."""
    weeks = np.tile(range(3), 5)
    values = np.random.default_rng(1).normal(size=15)
    values[[5, 8, 11, 14]] = np.nan  # leaves a single number in the last week
    frame = pd.DataFrame({"week": weeks, "backlog": values, "rate": 1.0})
    bands = mean_bands(frame, "week", {"backlog": "any", "rate": "share"}).set_index(["series", "week"])
    for week in range(3):
        one = mean_interval(values[week::3])
        found = bands.loc[("backlog", week)]
        assert found.tolist() == pytest.approx([one.mean, one.low, one.high], nan_ok=True)
    assert bands.loc[("rate", 0)].tolist() == [1.0, 1.0, 1.0]


def test_paired_difference_is_the_paired_t_test(pair):
    """Difference, limits and p-value are those of scipy's paired test."""
    expected = stats.ttest_rel(pair[1], pair[0])
    found = paired_difference(*pair)
    limits = expected.confidence_interval(0.95)
    assert found.p == pytest.approx(expected.pvalue)
    assert (found.difference.low, found.difference.high) == pytest.approx((limits.low, limits.high))


def test_undefined_replications_are_dropped_from_both_sides():
    """A replication in which one side is undefined tells nothing about the difference."""
    found = paired_difference([1.0, np.nan, 3.0, 5.0], [2.0, 9.0, np.nan, 8.0])
    assert (found.pairs, found.baseline, found.alternative, found.difference.mean) == (2, 3.0, 5.0, 2.0)


@pytest.mark.parametrize("size", [0, 1])
def test_too_few_replications_give_nan_and_no_error(size):
    """One replication has a difference but no interval; none has neither."""
    found = paired_difference([1.0] * size, [2.0] * size)
    assert np.isnan([found.difference.low, found.difference.high, found.p]).all()
    assert np.isnan(variance_reduction([1.0] * size, [2.0] * size))
    assert np.isnan(found.difference.mean) == (size == 0)


def test_a_difference_that_never_varies():
    """No difference at all has p = 1, a constant one p = 0, and both have an interval of no width."""
    same, shifted = paired_difference([0.1, 0.2, 0.7], [0.1, 0.2, 0.7]), paired_difference([1, 2, 4], [2, 3, 5])
    assert (same.p, same.difference.low, same.difference.high) == (1.0, 0.0, 0.0)
    assert (shifted.p, shifted.difference.low, shifted.difference.high) == (0.0, 1.0, 1.0)


def test_holm_by_hand():
    """.01 .04 .03 .005 become .03 .06 .06 .02, as in every textbook."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_counts_only_what_was_tested():
    """A measure without a p-value does not make the others stricter."""
    assert holm([0.01, np.nan, 0.04])[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(holm([np.nan, np.nan])).all()


@given(p_lists)
def test_holm_never_lowers_a_p_value_and_keeps_their_order(raw):
    """Correction only makes claims weaker, and never swaps two of them."""
    corrected = holm(raw)
    assert (corrected >= np.asarray(raw)).all()
    assert (corrected <= 1).all()
    assert (np.diff(corrected[np.argsort(raw, kind="stable")]) >= 0).all()


@given(p_lists)
def test_holm_rejects_at_least_what_bonferroni_rejects(raw):
    """Step-down is never weaker than multiplying everything by the number of tests."""
    assert (holm(raw) <= np.minimum(1.0, np.asarray(raw) * len(raw)) + 1e-15).all()


def test_wilson_by_the_book():
    """15 of 20 gives .5313 to .8881."""
    interval = wilson(15, 20)
    assert (interval.mean, interval.low, interval.high) == pytest.approx((0.75, 0.5313, 0.8881), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, 2 * n), st.just(n))))
def test_wilson_stays_between_zero_and_one_and_holds_the_share(case):
    """Unlike the naive interval it is useful at 0 and 1 as well."""
    halves, trials = case
    interval = wilson(halves / 2, trials)
    assert 0.0 <= interval.low <= interval.mean + 1e-12
    assert interval.mean - 1e-12 <= interval.high <= 1.0
    assert interval.high > interval.low


def test_ties_count_half_and_direction_matters():
    """Better, tie, worse, better: 2.5 of 4 where more is better, 1.5 of 4 where less is."""
    before, after = [1, 1, 1, 1], [2, 1, 0, 3]
    assert share_better(before, after, "higher").mean == 2.5 / 4
    assert share_better(before, after, "lower").mean == 1.5 / 4
    assert np.isnan(share_better(before, after, "neither").mean)


def test_pairing_is_worth_something_exactly_when_luck_is_shared(pair):
    """Shared luck multiplies the worth of a replication; independent luck leaves it at about one."""
    assert variance_reduction(*pair) > 10
    random = np.random.default_rng(3)
    assert variance_reduction(random.normal(size=4000), random.normal(size=4000)) == pytest.approx(1.0, abs=0.1)


@given(numbers, st.floats(-1e3, 1e3))
def test_shifting_both_sides_changes_no_difference(values, shift):
    """Only differences count; where zero lies does not."""
    before = np.asarray(values)
    after = before[::-1]
    here, there = paired_difference(before, after), paired_difference(before + shift, after + shift)
    scale = 1e-9 * (np.abs(before).max() + abs(shift) + 1)
    assert here.difference.mean == pytest.approx(there.difference.mean, abs=scale)


@given(numbers)
def test_swapping_the_sides_mirrors_the_difference(values):
    """Without is the opposite of with."""
    before, after = np.asarray(values), np.asarray(values)[::-1]
    there, back = paired_difference(before, after), paired_difference(after, before)
    assert there.difference.mean == -back.difference.mean
    assert there.difference.low == pytest.approx(-back.difference.high, nan_ok=True)


def test_the_interval_covers_as_often_as_it_says():
    """Of 2000 intervals at 95 % between 93 and 97 % hold the true difference."""
    random = np.random.default_rng(11)
    hits = 0
    for _ in range(2000):
        luck = random.normal(size=12)
        found = paired_difference(luck, luck + 0.5 + random.normal(size=12)).difference
        hits += found.low <= 0.5 <= found.high
    assert 0.93 < hits / 2000 < 0.97


def test_luck_that_all_settings_share_is_taken_out():
    """Two settings that differ by the same in every replication leave nothing open; means stay apart as they are."""
    luck = np.array([1.0, 5.0, 2.0, 9.0])
    left = without_luck(pd.DataFrame({"one": luck, "other": luck + 2.0}))
    assert np.allclose(left.std(), 0.0)
    assert left["other"].mean() - left["one"].mean() == pytest.approx(2.0)
    alone = pd.DataFrame({"one": luck})
    assert without_luck(alone).equals(alone)
