"""PRIM, on boxes that are known and on nothing."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import fisher_exact

from sim.answers.choice.prim import PEEL, Box, _pasted, found_box, more_inside, quality, trajectory


def known_box(seed, cases=300, columns=12, wrong=0.03):
    """Return cases of which those are of interest that lie in a box of two columns, but for some errors."""
    random = np.random.default_rng(seed)
    values = random.random((cases, columns))
    return values, ((values[:, 3] > 0.6) & (values[:, 7] < 0.5)) ^ (random.random(cases) < wrong)


def test_a_known_box_is_found():
    """Its two limits, where they are, and no third."""
    box = found_box(*known_box(1))
    assert box.limits == ((3, True), (7, False))
    assert box.at((3, True)) == pytest.approx(0.6, abs=0.05)
    assert box.at((7, False)) == pytest.approx(0.5, abs=0.05)


def test_a_found_box_holds_in_other_cases():
    """Nearly as dense there."""
    found = quality(found_box(*known_box(1)), *known_box(2))
    assert found.density > 0.8
    assert found.coverage > 0.7


def test_only_the_order_of_values_counts():
    """Cases are the same after any rising change of a column."""
    values, interest = known_box(3)
    other = found_box(np.exp(5.0 * values), interest)
    assert (other.holds(np.exp(5.0 * values)) == found_box(values, interest).holds(values)).all()


def test_peels_take_cases_away_and_make_the_box_denser():
    """Each a few of those that are left, and no more than leaves enough."""
    values, interest = known_box(4)
    found = [quality(box, values, interest) for box in trajectory(values, interest)]
    assert (found[0].inside, found[0].coverage) == (300, 1.0)
    for before, after in pairwise(found):
        assert after.density > before.density
        assert before.inside * 0.9 <= after.inside < before.inside
    assert found[-1].inside >= 15


def test_the_first_peel_is_the_best_of_all():
    """Tried one by one: a twentieth from either end of every column."""
    values, interest = known_box(5, cases=100, columns=8)
    first = list(trajectory(values, interest))[1]
    tried = []
    for column in range(8):
        order = np.argsort(values[:, column])
        tried += [interest[order[5:]].mean(), interest[order[:-5]].mean()]
    assert quality(first, values, interest).density == pytest.approx(max(tried))


def test_a_peel_is_judged_by_what_each_case_that_goes_is_worth():
    """Half of all cases would have to go for a rise that is larger in all and smaller for each."""
    place = np.arange(100)
    interest = (place >= 5) & (place % 2 == 1)
    half = np.where(interest, place % 10 < 6, place % 10 < 4)
    values = np.column_stack([half.astype(float), place.astype(float)])
    assert interest[half].mean() > interest[5:].mean()
    assert list(trajectory(values, interest))[1].limits == ((1, True),)


@pytest.mark.parametrize(("cases", "least"), [(100, 10), (400, 20)])
def test_no_box_is_smaller_than_a_twentieth_and_ten_cases(cases, least):
    """However far it could be peeled: the next peel of a fifth would leave fewer."""
    random = np.random.default_rng(0)
    values = random.random((cases, 8))
    interest = random.random(cases) < 0.9 * np.sqrt(values.prod(axis=1))
    assert least <= min(box.holds(values).sum() for box in trajectory(values, interest, 0.2)) < least / 0.8


def test_a_limit_that_came_too_far_in_goes_out_again():
    """As long as those that come in are denser than the box."""
    values = (np.arange(200.0) / 200.0)[:, None]
    interest = (values[:, 0] >= 0.5) & (np.arange(200) % 10 != 9)
    interest[100:120] = True
    box = Box.around_all(1).moved((0, True), 0.6)
    assert _pasted(box, values, interest, PEEL).at((0, True)) == pytest.approx(0.5, abs=0.02)
    found = found_box(*known_box(11, wrong=0.15))
    wider = _pasted(found, *known_box(11, wrong=0.15), PEEL)
    assert wider.limits == found.limits
    assert [wider.at(one) for one in wider.limits] == [
        found.at(one) for one in found.limits
    ]  # nothing is left to come in


def test_equal_values_go_or_stay_together():
    """A column of three whole numbers is peeled by whole numbers, with the limit between them."""
    random = np.random.default_rng(6)
    values = np.column_stack([random.integers(0, 3, 240).astype(float), random.random(240)])
    box = found_box(values, (values[:, 0] == 2.0) & (random.random(240) < 0.9))
    assert box.limits == ((0, True),)
    assert box.at((0, True)) == 1.5


def test_a_column_of_one_value_and_no_interest_give_nothing():
    """Nothing is divided by zero."""
    values = np.zeros((50, 2))
    assert found_box(values, np.arange(50) < 20) is None
    assert found_box(np.random.default_rng(0).random((50, 2)), np.zeros(50, bool)) is None


def test_a_limit_that_is_taken_away_leaves_the_others():
    """And an empty box has no density."""
    box = Box.around_all(2).moved((0, True), 0.5).moved((1, False), 0.2)
    assert box.without((0, True)).limits == ((1, False),)
    empty = quality(Box.around_all(1).moved((0, True), 2.0), np.ones((3, 1)), np.ones(3, bool))
    assert np.isnan(empty.density)
    assert empty.coverage == 0.0


def test_the_test_is_fishers():
    """One-sided, as scipy has it."""
    random = np.random.default_rng(7)
    inside, interest = random.random(60) < 0.4, random.random(60) < 0.3
    table = [[(inside == a) & (interest == b) for b in (True, False)] for a in (True, False)]
    expected = fisher_exact([[one.sum() for one in row] for row in table], alternative="greater").pvalue
    assert more_inside(inside, interest) == pytest.approx(expected)
