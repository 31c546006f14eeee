"""Whether something has settled: false alarms are as rare as promised, and what moves is found."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.steady import ALPHA, GROWTH, Trend, mser, trends_of, warmup_of

WEEKS = 60


def settled(
    rng: np.random.Generator, replications: int, start: float = float("nan"), memory: float = 0.8
) -> np.ndarray:
    """Return weekly levels around 10 that remember the week before; a run may begin elsewhere."""
    now = rng.normal(10.0, 3.0, replications) if np.isnan(start) else np.full(replications, start)
    weeks = []
    for _ in range(WEEKS):
        weeks.append(now)
        now = 10.0 + memory * (now - 10.0) + rng.normal(0.0, 3.0 * np.sqrt(1.0 - memory**2), replications)
    return np.stack(weeks, axis=1)


@pytest.mark.parametrize(("replications", "memory"), [(3, 0.9), (8, 0.0), (20, 0.9)])
def test_false_alarms_about_any_trend_are_as_rare_as_promised(replications: int, memory: float) -> None:
    """Five in a hundred, whatever the number of owners, and however long a week is remembered."""
    rng, times = np.random.default_rng(2), 400
    alarms = 0
    for _ in range(times):
        found = trends_of({f"{k}": settled(rng, replications, memory=memory) for k in range(5)})
        alarms += any(one.p < ALPHA for one in found.values())
    assert abs(alarms / times - ALPHA) < 4.0 * np.sqrt(ALPHA * (1.0 - ALPHA) / times)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_what_grows_and_what_falls_is_found_among_others(sign: float) -> None:
    """With its level at either end; what moves by less than matters is not told, however sure it is."""
    rng = np.random.default_rng(3)
    slope = sign * np.arange(WEEKS) / WEEKS
    found = trends_of(
        {
            "still": settled(rng, 10),
            "moves": settled(rng, 10) + 40.0 + 30.0 * slope,
            "little": 10.0 + 0.5 * GROWTH * 10.0 * slope + rng.normal(0.0, 1e-3, (10, WEEKS)),
            "tiny": 0.1 + 0.9 * slope + rng.normal(0.0, 1e-3, (10, WEEKS)),
        }
    )
    told = {name for name, one in found.items() if one.grows or one.falls}
    assert told == {"moves"}
    assert found["moves"].grows is (sign > 0.0)
    assert found["moves"].growth == pytest.approx(sign * 30.0, abs=4.0)
    assert found["moves"].end - found["moves"].begin == pytest.approx(sign * 27.0, abs=4.0)
    assert found["little"].p < 1e-6


def test_few_replications_say_nothing_of_trends() -> None:
    """Nor does a single week; a level is told all the same."""
    rng = np.random.default_rng(4)
    for level in (settled(rng, 2) + 100.0 * np.arange(WEEKS), settled(rng, 9)[:, :1]):
        one = trends_of({"x": level})["x"]
        assert isinstance(one, Trend)
        assert np.isnan(one.p)
        assert not one.grows
        assert not one.falls
        assert one.begin > 0.0


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=40))
def test_the_rule_finds_the_smallest_standard_error(values: list[float]) -> None:
    """No truncation in the first half does better; the middle itself is no answer."""
    found = mser(values)
    half = len(values) // 2
    errors = [np.var(values[d:]) / (len(values) - d) for d in range(half + 1)]
    assert found is None or errors[found] == min(errors)
    assert found is not None or errors[half] == min(errors)


def test_a_known_warm_up_is_found() -> None:
    """A jump to the hour, a slow approach roughly, none in what began settled, and no end in what only grows."""
    rng = np.random.default_rng(5)
    jump = np.where(np.arange(WEEKS) < 12, 0.0, 10.0)
    assert mser(jump) == 12
    noisy = [mser(jump + rng.normal(0.0, 0.5, WEEKS)) for _ in range(20)]
    assert 12 <= np.median([WEEKS if one is None else one for one in noisy]) <= 14
    slow = [mser(settled(rng, 50, start=0.0).mean(axis=0)) for _ in range(20)]
    assert 8 <= np.median([WEEKS if one is None else one for one in slow]) <= 20  # 95 % of the way after 13.4 weeks
    assert mser(np.arange(WEEKS)) is None
    assert mser(np.ones(WEEKS)) == 0
    assert mser([1.0]) is None


def test_a_warm_up_that_is_too_short_is_told_with_what_would_do() -> None:
    """As long as it is short, and then not any more."""
    level = settled(np.random.default_rng(6), 30, start=0.0)
    short, long = warmup_of(level, 2), warmup_of(level, 25)
    assert short.too_short
    assert short.bias < -0.1
    assert short.needed is not None
    assert 5 <= short.needed <= 25
    assert not long.too_short
    assert not warmup_of(level, short.needed).too_short


def test_false_alarms_about_warm_ups_are_rare() -> None:
    """Though the weeks that are tested were chosen for being different."""
    rng = np.random.default_rng(7)
    alarms = [warmup_of(settled(rng, 8, memory=0.9), 5).too_short for _ in range(300)]
    assert np.mean(alarms) < 0.05


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (2, 0)])
def test_of_no_whole_week_nothing_is_said(shape: tuple[int, int]) -> None:
    """Somebody who watches an hour is not told of a warm-up, nor of an empty slice."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not warmup_of(np.ones(shape), 1).too_short
