import numpy as np
import pytest

from sim.answers.logfit.structure.leaving import left


def test_a_case_that_is_quiet_for_long_has_left_as_likely_as_those_seen_long_ago():
    # half of all cases leave, the others go on after 1 to 9 hours; those that came last have been seen for 3 hours
    luck = np.random.default_rng(1)
    count = 4000
    goes, wait = luck.random(count) < 0.5, 1.0 + 8.0 * luck.random(count)
    seen = np.where(np.arange(count) < count // 2, 100.0, 3.0)
    goes_on = goes & (wait <= seen)
    found = left([np.zeros(count, np.int64)], np.where(goes_on, wait, seen), goes_on)
    late = ~goes_on & (seen < 50.0)
    # of those that are quiet for 3 hours .5 have left and .5 * 6 / 8 have not
    assert found[late].mean() == pytest.approx(0.5 / 0.875, abs=0.03)
    assert (found[goes_on] == 0.0).all()
    assert (found[~goes & (seen > 50.0)] == 1.0).all()


def test_what_is_known_of_one_kind_of_event_is_not_taken_for_another():
    kind = np.repeat([0, 1], 101)
    goes_on = np.tile(np.arange(101) < 100, 2)
    goes_on[101:] = False
    quiet = np.where((kind == 1) & (np.arange(202) < 201), 50.0, np.where(goes_on, 2.0, 1.0))
    found = left([kind], quiet, goes_on)
    assert found[100] < 0.05
    assert found[201] > 0.95
