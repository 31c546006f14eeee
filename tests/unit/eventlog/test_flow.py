"""How much came and was in work over time, on numbers known beforehand."""

import numpy as np
import pandas as pd
import pytest

from sim.eventlog.counted import case_table
from sim.eventlog.flow import arrival_profile, by_month, by_week, groups_over_time, level_shift
from sim.eventlog.log import EventLog
from sim.spec.profiles import Profile

MONDAY = pd.Timestamp("2024-01-01")


def log_of(cases, group=lambda begin: "all"):
    """Return a log of cases (begin, end), in hours."""
    rows = [
        (f"c{number}", what, group(begin), time)
        for number, (begin, end) in enumerate(cases)
        for what, time in (("open", begin), ("close", end))
    ]
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    return EventLog.of(table)


def test_cases_in_work_are_counted_over_the_hours_of_each_week():
    log = log_of([(0, 168), (84, 336), (168, 252), (400, 504)])
    weeks = by_week(log, case_table(log, np.zeros(4, dtype=bool)))
    assert weeks["arrivals"].tolist() == [2, 1, 1]
    assert weeks["finished"].tolist() == [0, 2, 2]  # what ends at midnight ends in the week that begins, or the last
    assert weeks["wip"].tolist() == pytest.approx([1.5, 1.5, 104 / 168])
    assert weeks["date"].tolist() == ["2024-01-01", "2024-01-08", "2024-01-15"]
    assert weeks["wip"].sum() * 168 == pytest.approx(168 + 252 + 84 + 104)


def test_an_open_case_is_in_work_until_the_log_was_taken():
    log = log_of([(0, 10), (20, 336)])
    weeks = by_week(log, case_table(log, [True, False]))
    assert weeks["wip"].sum() * 168 == pytest.approx(336 + 316)
    assert weeks["finished"].tolist() == [0, 1]


def test_the_profile_weighs_days_and_hours_and_is_one_on_average():
    cases = [(week * 168 + day * 24 + hour, week * 168 + day * 24 + hour + 1) for week in range(10)
             for day, hour in ((0, 9), (0, 10), (1, 9), (5, 12))]  # fmt: skip
    log = log_of(cases)
    profile = arrival_profile(log, case_table(log))
    assert profile.weights.mean() == pytest.approx(1.0)
    assert not profile.by_hour
    # two in four on Monday, of whose arrivals two in three come at nine
    assert profile.weights[9] == pytest.approx(168 * (2 / 4) * (2 / 3))
    assert profile.weights[5 * 24 + 12] == pytest.approx(168 / 4)
    written = Profile.model_validate(profile.written)
    assert sum((stop - start) * weight for start, stop, weight in written.weights_of_week()) == pytest.approx(168)


def test_a_change_of_level_is_found_where_it_is_and_noise_is_none():
    random = np.random.default_rng(5)
    steady = random.poisson(40, 60)
    assert level_shift(steady) is None
    place, before, after = level_shift(np.append(steady, random.poisson(90, 40)))
    assert place == 60
    assert before == pytest.approx(steady.mean())
    assert after == pytest.approx(90, rel=0.1)


def test_a_group_that_begins_late_is_told_from_one_that_was_there_all_along():
    random = np.random.default_rng(6)
    cases = [(begin, begin + 5) for begin in np.sort(random.uniform(0, 60 * 168, 900))]
    log = log_of(cases, lambda begin: "new" if begin > 30 * 168 and int(begin) % 2 else "old")
    groups = groups_over_time(log).set_index("group")
    assert groups["late"].to_dict() == {"old": False, "new": True}
    assert not groups["early"].any()
    assert groups.loc["new", "first"] > 30 * 168


def test_months_are_told_from_two_years_on():
    every_day = [(24.0 * day, 24.0 * day + 3) for day in range(730) for _ in range(2 if day % 365 < 31 else 1)]
    log = log_of(every_day)
    weeks = by_week(log, case_table(log))
    months = by_month(weeks)
    assert by_month(weeks[:60]).empty
    assert months["weight"].idxmax() == 0
    assert months["weight"].mean() == pytest.approx(1.0)
