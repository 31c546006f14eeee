"""Daniel's half-normal plot with Lenth's line: what stands out does, and what is luck does not."""

import numpy as np
import pandas as pd
import pytest

from sim.experiments.halfnormal import FEWEST, half_normal, pseudo_error


def table(means):
    """Return effects on one measure."""
    rows = [{"measure": "m", "term": ((f"f{k}", True),), "order": 1, "mean": one} for k, one in enumerate(means)]
    return pd.DataFrame(rows)


def test_the_pseudo_error_is_the_spread_of_luck():
    """Lenth's own arithmetic: 1.5 times the median, once more without what is plainly larger."""
    assert pseudo_error(np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(1.5)
    assert pseudo_error(np.array([1.0, 2.0, 3.0, 100.0])) == pytest.approx(1.5 * 2.0)
    luck = np.abs(np.random.default_rng(1).normal(0.0, 2.0, 4001))
    assert pseudo_error(luck) == pytest.approx(2.0, rel=0.05)


def test_what_is_planted_stands_out():
    """Two large effects among luck, whatever their sign; the largest comes last."""
    luck = np.random.default_rng(2).normal(0.0, 1.0, 26)
    found = half_normal(table([*luck, 9.0, -12.0]))
    assert [term[0][0] for term in found["term"][found["stands_out"]]] == ["f26", "f27"]
    assert found["quantile"].is_monotonic_increasing
    assert (found["line"] <= found["margin"]).all()


def test_luck_alone_stands_out_in_few_experiments():
    """The margin is that of one experiment in twenty."""
    random = np.random.default_rng(3)
    wrong = sum(half_normal(table(random.normal(0.0, 1.0, 15)))["stands_out"].any() for _ in range(200))
    assert wrong <= 0.1 * 200


def test_nothing_stands_out_of_nothing():
    """Effects that are all zero, and too few to tell luck from them."""
    assert not half_normal(table([0.0] * 8))["stands_out"].any()
    assert half_normal(table([1.0] * (FEWEST - 1))).empty
    assert half_normal(table([np.nan] * 8)).empty
