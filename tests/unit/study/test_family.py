"""Intervals that hold at once: as wide as they must be, no wider, and always of one mind with the verdict."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from sim.spec.measures import MEASURES
from sim.study import verdicts
from sim.study.effects import effects_table
from sim.study.family import family_of
from sim.study.statistics import within
from tests.unit.study.test_guards import runs


def drawn(tests: int, replications: int, shared: float, seed: int = 0) -> list[np.ndarray]:
    """Return changes of nothing, alike by so much."""
    random = np.random.default_rng(seed)
    common = random.normal(size=replications)
    return [np.sqrt(shared) * common + np.sqrt(1 - shared) * random.normal(size=replications) for _ in range(tests)]


def test_independent_tests_are_corrected_as_by_sidak() -> None:
    """Of ten tests that have nothing to do with each other, each is held to 1 - .95 ** (1/10)."""
    assert family_of(drawn(10, 4000, 0.0)).alpha == pytest.approx(1 - 0.95**0.1, rel=0.08)


def test_tests_that_are_the_same_cost_nothing() -> None:
    """Ten copies of one test are one test."""
    one = drawn(1, 200, 0.0)[0]
    assert family_of([one * scale for scale in range(1, 11)]).alpha == pytest.approx(0.05, rel=0.05)


def test_two_tests_alike_by_half() -> None:
    """The critical value of the larger of two correlated normal numbers, from their distribution."""
    found = norm.isf(family_of(drawn(2, 20_000, 0.5)).alpha / 2)
    inside = multivariate_normal(cov=[[1, 0.5], [0.5, 1]])
    box = inside.cdf([found, found], lower_limit=[-found, -found])
    assert box == pytest.approx(0.95, abs=0.004)


@pytest.mark.compiled  # many runs
@pytest.mark.parametrize("replications", [5, 20])
@pytest.mark.parametrize("shared", [0.0, pytest.param(0.9, marks=pytest.mark.long)])
def test_nothing_is_found_where_nothing_is(replications: int, shared: float) -> None:
    """In about one of twenty comparisons something is certain, however few or correlated the numbers."""
    names = list(MEASURES)[:12]
    wrong = 0
    for seed in range(200):
        before = pd.DataFrame(0.0, index=range(replications), columns=names)
        after = pd.DataFrame(dict(zip(names, drawn(12, replications, shared, seed), strict=True)))
        both = {"Now": Result(before + 0.5), "Tried": Result(after * 1e-3 + 0.5)}
        wrong += bool((effects_table(both, names, MEASURES)["verdict"] != verdicts.UNCLEAR).any())
    assert wrong <= 20  # ten are expected; more than twenty in one of a thousand tries


class Result:
    """What a table of effects looks at."""

    def __init__(self, measures: pd.DataFrame) -> None:
        self.measures = measures


@given(st.integers(2, 30), st.floats(-3, 3), st.integers(0, 50))
def test_verdict_interval_and_p_are_of_one_mind(replications: int, change: float, seed: int) -> None:
    """Certain means that the interval leaves out zero, and p is below .05; it contains that of the row alone."""
    random = np.random.default_rng(seed)
    names = ["conflicts_per_100", "lead_time_mean", "on_time_target"]
    before = pd.DataFrame({name: random.uniform(0.2, 0.8, replications) for name in names})
    after = before + random.normal(change, 1.0, before.shape) / 100
    table = effects_table({"Now": Result(before), "Tried": Result(after)}, names, MEASURES)
    certain = table["verdict"] != verdicts.UNCLEAR
    assert (certain == ((table["ci_low"] > 0) | (table["ci_high"] < 0))).all()
    clear = (table["p"] - 0.05).abs() > 0.003  # at the edge, the drawn family is known to so much
    assert (certain == (table["p"] < 0.05))[clear].all()
    assert (table["ci_low"] <= table["single_low"] + 1e-12).all()
    assert (table["ci_high"] >= table["single_high"] - 1e-12).all()


def test_what_does_not_vary_is_no_test() -> None:
    """A measure that nothing changes makes nothing else less certain."""
    constant = np.zeros(30)
    alone, beside = (family_of(changes) for changes in (drawn(2, 30, 0.3), [*drawn(2, 30, 0.3), constant, constant]))
    assert alone.alpha == beside.alpha
    assert beside.tests == 2


def test_an_interval_is_cut_at_what_can_happen() -> None:
    """Nothing gets above 100 % on time, whatever two replications say."""
    before = pd.DataFrame({"on_time_target": [0.90, 0.99]})
    after = pd.DataFrame({"on_time_target": [0.98, 0.995]})
    row = effects_table({"Now": Result(before), "Tried": Result(after)}, ["on_time_target"], MEASURES).iloc[0]
    assert row["now"] + row["ci_high"] <= 1.0
    assert row["now"] + row["ci_low"] >= 0.0


@given(
    st.sampled_from(["share", "positive"]),
    st.lists(st.floats(1e-6, 0.999999), min_size=2, max_size=12),
    st.integers(1, 12),
)
def test_limits_stay_near_and_possible(scale: str, values: list[float], wider: int) -> None:
    """However wide, an interval holds its mean, stays where it can be, and is never far wider than around the mean."""
    mean, half = np.array([np.mean(values)]), np.array([np.std(values) * wider])
    low, high = within(mean, half, scale)
    assert (low <= mean + 1e-12).all()
    assert (mean <= high + 1e-12).all()
    assert (low >= 0.0).all()
    assert (high <= (1.0 if scale == "share" else mean + 2.0 * half + 1e-12)).all()


def test_what_hardly_happens_is_bounded_and_not_called_impossible() -> None:
    """Where too few draws are as small, the corrected p is the bound that needs no draws, and it keeps the order."""
    family = family_of(drawn(10, 200, 0.5))
    tiny = np.array([1e-12, 1e-9, 1e-5, 1e-3])
    found = family.corrected(tiny)
    assert found[:2] == pytest.approx(10 * tiny[:2])
    assert (np.diff(found) > 0).all()
    assert (found <= 10 * tiny + 1e-12).all()


def test_few_replications_tell_nothing_of_correlations() -> None:
    """With five, ten copies of one test are corrected as ten that have nothing to do with each other."""
    one = drawn(1, 5, 0.0)[0]
    assert family_of([one * scale for scale in range(1, 11)]).alpha == pytest.approx(1 - 0.95**0.1, rel=0.08)


@pytest.mark.parametrize(("matters", "expected"), [(1.0, True), (4.0, False), (0.0, True)])
def test_what_matters_is_a_share_of_now(matters: float, expected: bool) -> None:
    """Five of a hundred are more than two percent, and less than eight."""
    both = runs(conflicts_per_100=-1.0)
    table = effects_table(both, ["conflicts_per_100"], MEASURES, matters)
    assert list(table["matters"]) == [expected]
    assert list(table["verdict"]) == [verdicts.BETTER]
