"""Distances between logs: numbers found by hand, and those of the library that published comparisons use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.answers.judge.distances import DISTANCES, distances, moved, seen
from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2024-01-01")


def log_of(rows: list[tuple[str, str, float, float]]) -> EventLog:
    """Return a log of cases, activities, and hours at which they began and ended."""
    case, activity, start, end = zip(*rows, strict=True)
    hours = {name: MONDAY + pd.to_timedelta(times, "h") for name, times in (("start", start), ("end", end))}
    return EventLog.of(pd.DataFrame({"case": case, "activity": activity, **hours}))


ONE = log_of([("x", "a", 9.0, 10.0), ("x", "b", 12.0, 13.5), ("y", "a", 33.0, 34.0)])
OTHER = log_of([("u", "a", 9.0, 10.0), ("u", "c", 15.0, 16.2), ("v", "a", 33.0, 34.0)])


def test_by_hand() -> None:
    found = distances(seen(ONE), seen(OTHER))
    # ..a .ab ab. b.. ..a .a. a..  and  ..a .ac ac. c.. ..a .a. a..: three of seven are not in the other
    assert found["ngd"] == pytest.approx(6 / 14)
    assert found["aed"] == pytest.approx((3 + 3) / 6)  # two of six times, three hours later
    assert found["ced"] == pytest.approx((6 / 4) / 7)  # they are on the Monday
    assert found["red"] == pytest.approx((3 + 3) / 6)
    assert found["ctd"] == pytest.approx(3 / 2)  # 4.5 and 1 hours, 7.2 and 1 hours, in bins from the shortest


def test_from_an_hour_on_what_came_before_is_only_known() -> None:
    found = distances(seen(ONE, 11.0), seen(OTHER, 11.0))
    assert found["ngd"] == pytest.approx(6 / 12)  # the two first events are not counted
    assert found["red"] == pytest.approx((3 + 3) / 4)  # hours since the case began before
    assert found["ctd"] == pytest.approx(3 / 2)


def test_a_weekday_that_only_one_knows_is_as_far_as_can_be() -> None:
    sunday = log_of([("x", "a", 9.0, 10.0), ("y", "a", 153.0, 154.0)])
    assert distances(seen(sunday), seen(log_of([("x", "a", 9.0, 10.0)])))["ced"] == pytest.approx(23 / 7)


def test_nothing_has_no_distance() -> None:
    nothing = seen(ONE.happened(1000.0, 2000.0))
    assert all(np.isnan(one) for one in distances(nothing, seen(ONE)).values())


def test_moves_are_those_of_wasserstein() -> None:
    assert moved(np.array([0, 0, 5]), np.array([1, 5])) == pytest.approx(2 / 3 * 1 + 1 / 6 * 4)


def test_as_the_library_has_them() -> None:
    """What log-distance-measures 2.2.0 says of the same logs, which needs an older pandas than this project."""
    luck = np.random.default_rng(1)
    rows = [
        (str(one), str(luck.choice(list("abc"), 1)[0]), *np.cumsum(luck.exponential(20.0, 2)).round(3))
        for one in [*range(9)] * 4
    ]
    found = distances(seen(log_of(rows[:20])), seen(log_of(rows[20:])))
    theirs = [0.5277777777777778, 11.5625, 11.563153012401132, 9.71875, 26.22222222222222]
    assert [found[name] for name in DISTANCES] == pytest.approx(theirs, abs=1e-9)
