import numpy as np
import pytest

from sim.answers.logfit.structure.durations import Pooled, work_of


def test_quantiles_and_mean_are_those_that_were_seen():
    luck = np.random.default_rng(1)
    values = luck.lognormal(1.0, 1.5, 5000)
    found = work_of(values, np.ones(5000), 40)
    assert found.mean == pytest.approx(values.mean(), rel=0.01)
    assert found.quantile(np.array([0.25, 0.5, 0.9])) == pytest.approx(np.quantile(values, [0.25, 0.5, 0.9]), rel=0.05)


def test_what_counts_more_is_seen_more():
    found = work_of(np.repeat([1.0, 3.0], 50), np.repeat([1.0, 3.0], 50), 20)
    assert found.mean == pytest.approx(2.5, abs=0.01)


def test_nothing_is_nothing():
    assert work_of(np.zeros(9), np.ones(9), 40).mean == 0.0
    assert work_of(np.array([]), np.array([]), 40).mean == 0.0


def test_a_rare_kind_is_filled_up_with_what_it_belongs_to():
    values = np.concatenate([np.full(2, 10.0), np.full(200, 1.0)])
    narrow = np.concatenate([np.zeros(2, np.int64), np.ones(200, np.int64)])
    pooled = Pooled(values, np.ones(202), [narrow, np.zeros(202, np.int64)])
    assert 1.0 < pooled.of([0, 0], 40).mean < 3.0
    assert pooled.of([1, 0], 40).mean == pytest.approx(1.0)
