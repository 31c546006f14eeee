"""What changes between two sides, and how far that goes towards a claim."""

import numpy as np
import pytest

from sim.answers.audit.changes import change_of, lead_time_needed, like, progress, reached


def test_a_change_in_percent_is_the_ratio_of_means_with_its_linearized_interval():
    """Not the mean of ratios; checked against a bootstrap of pairs."""
    generator = np.random.default_rng(1)
    before = generator.gamma(8.0, 2.0, 200)
    after = 0.4 * before + generator.normal(0.0, 0.5, 200)
    found = change_of(before, after, "percent")
    assert found.change == pytest.approx(after.mean() / before.mean() - 1.0)
    drawn = generator.integers(0, 200, (4000, 200))
    ratios = after[drawn].mean(axis=1) / before[drawn].mean(axis=1) - 1.0
    low, high = np.quantile(ratios, [0.025, 0.975])
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.002)


def test_a_change_in_points_is_paired():
    """The same luck on both sides leaves an interval as narrow as the pairs are alike."""
    before = np.array([0.5, 0.7, 0.9, np.nan])
    found = change_of(before, before + 0.1, "points")
    assert (found.change, found.pairs) == (pytest.approx(0.1), 3)
    assert found.high - found.low < 1e-9
    assert np.isnan(change_of([0.0, 0.0], [1.0, 2.0], "percent").change)


def test_reached_counts_only_the_claimed_direction():
    """More than claimed is reached too; the other way, or nothing known, is not."""
    assert reached([-0.5, -0.7, 0.7, np.nan], -0.6).tolist() == [False, True, False, False]
    assert reached([0.1, 0.2], 0.16).tolist() == [False, True]


def test_like_before_is_ten_points_of_a_share_and_half_as_much_again_of_anything_else():
    """Where a claim says nothing of before, every world that is known is like it."""
    assert like([0.69, 0.71, 0.9, 0.91], 0.8, "share").tolist() == [False, True, True, False]
    assert like([2.6, 2.7, 6.0, 6.1], 4.0, "hours").tolist() == [False, True, True, False]
    assert like([0.1, np.nan], None, "share").tolist() == [True, False]


def test_changes_in_percent_add_up_as_what_is_left():
    """Twice a halving is a quarter left, so a claim of three quarters less is half reached by a half less."""
    assert progress([-0.5, -0.75, 0.0], -0.75, "percent") == pytest.approx([0.5, 1.0, 0.0])
    assert progress([0.08, -0.16], 0.16, "points") == pytest.approx([0.5, -1.0])


def test_eighty_to_ninety_six_on_time_takes_half_the_lead_time():
    """What `mission` says of exponential lead times."""
    assert lead_time_needed(0.8, 0.96) == pytest.approx(-0.5)
    assert np.isnan(lead_time_needed(0.8, 1.0))
