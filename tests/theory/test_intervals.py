"""Verdicts are right about numbers whose truth is known."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.verify import VerifyResult
from sim.verify.intervals import Check, CheckResult, Frames, column, interval, judge, per_case, ratio
from sim.verify.kept import CASES
from sim.words import Text

NAME = Text("a check", "一项检验")


def _frames(numbers: list[float] | np.ndarray) -> Frames:
    return {"run": pd.DataFrame({"wait": numbers})}


def _check(expected: float, *, exact: bool = False) -> Check:
    return Check(NAME, expected, column("run", "wait"), exact)


def test_a_true_value_lies_inside() -> None:
    """Numbers around 4 agree with 4."""
    result = judge(_check(4.0), _frames([3.8, 4.1, 4.2, 3.9, 4.05]), 1)
    assert result.passed
    assert result.ci_low < 4.0 < result.ci_high
    assert result.simulated == pytest.approx(4.01)


def test_a_wrong_value_lies_outside() -> None:
    """A thousand numbers around 4 do not agree with 4.2."""
    numbers = np.random.default_rng(1).normal(4.0, 0.5, 1000)
    assert not judge(_check(4.2), _frames(numbers), 30).passed


def test_a_missing_number_is_no_agreement() -> None:
    """A replication without a result fails the check, and its interval is no number."""
    result = judge(_check(4.0), _frames([4.0, math.nan, 4.1]), 30)
    assert not result.passed
    plain = VerifyResult((result,)).to_json()["checks"][0]
    assert plain["simulated"] is None
    assert plain["passed"] is False


def test_more_checks_ask_for_wider_intervals() -> None:
    """The error rate is shared among all checks."""
    frames = _frames(np.random.default_rng(1).normal(4.0, 0.5, 100))
    assert judge(_check(4.0), frames, 100).width > judge(_check(4.0), frames, 1).width


def test_the_interval_covers_as_often_as_it_says() -> None:
    """Of two thousand intervals at 95 %, about 1900 hold the truth."""
    rng = np.random.default_rng(7)
    held = sum(low <= 0.0 <= high for low, high in (interval(rng.normal(size=12), 0.95) for _ in range(2000)))
    assert 1860 <= held <= 1940


def test_exact_checks_allow_for_rounding_only() -> None:
    """Every single replication has to agree."""
    assert judge(_check(52.0, exact=True), _frames([52.0, 52.0 + 1e-9]), 30).passed
    assert not judge(_check(52.0, exact=True), _frames([52.0, 52.001, 51.999]), 30).passed


def test_the_ratio_is_that_of_the_means_and_pairing_narrows_it() -> None:
    """What is common to both runs of a pair does not widen the interval of their ratio."""
    rng = np.random.default_rng(3)
    common = rng.gamma(4.0, 0.25, 200)
    frames = {
        "before": pd.DataFrame({"lead": common, CASES: 100.0}),
        "after": pd.DataFrame({"lead": 1.5 * common + rng.normal(0.0, 0.01, 200), CASES: 100.0}),
    }
    result = judge(Check(NAME, 1.5, ratio(("after", "lead"), ("before", "lead"))), frames, 30)
    assert result.simulated == pytest.approx(frames["after"]["lead"].mean() / common.mean())
    assert result.passed
    assert result.width < 0.01


def test_a_mean_over_cases_counts_cases_and_not_replications() -> None:
    """A replication with three times the cases counts three times."""
    frames = {"run": pd.DataFrame({"wait": [1.0, 5.0], "work": [1.0, 1.0], CASES: [300.0, 100.0]})}
    assert judge(Check(NAME, 2.0, per_case("run", "wait")), frames, 1).simulated == pytest.approx(2.0)
    assert judge(Check(NAME, 3.0, per_case("run", "wait", "work")), frames, 1).simulated == pytest.approx(3.0)


def test_the_verdicts_as_plain_data() -> None:
    """The published form has these fields and no others."""
    good = CheckResult(NAME, 1.0, 1.01, 0.9, 1.1, passed=True)
    bad = CheckResult(NAME, 1.0, 2.0, 1.9, 2.1, passed=False)
    fields = {"name": "a check", "expected": 1.0, "simulated": 1.01, "ci_low": 0.9, "ci_high": 1.1, "passed": True}
    assert VerifyResult((good,)).to_json() == {"checks": [fields], "passed": True}
    assert not VerifyResult((good, bad)).passed
