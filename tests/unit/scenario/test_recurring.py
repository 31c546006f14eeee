"""Dated cases that come again and again: every so many days, or so often a year."""

import datetime as dt

import pytest

from sim.compile import compile_scenario
from sim.outcome import simulate
from sim.scenario import Scenario, ScenarioError, loads
from sim.scenario.shocks import counted_cases

FILE = """
starts_on: 2027-01-04
horizon_weeks: 20
warmup_weeks: 10
tail_weeks: 5
levers: {{preset: neutral}}
departments: {{team: {{staff: 1}}}}
processes:
  release: {{demand: {{{demand}}}, steps: {{ship: {{R: team, work: 1}}}}}}
"""


def read(demand: str) -> Scenario:
    """Return a scenario with demand as written."""
    return loads(FILE.format(demand=demand))


def days(demand: str) -> list[float]:
    """Return the days, counted from the first that counts, on which cases arrive in a run."""
    found = simulate(compile_scenario(read(demand)), 1, 0).cases["arrival"]
    return [float(day) for day in (found / 24.0 - 70.0).round(6)]


def test_every_so_many_days() -> None:
    """From warm-up to tail, so that one comes when counting begins."""
    assert days("every_days: 30") == [-60.0, -30.0, 0.0, 30.0, 60.0, 90.0, 120.0, 150.0]
    scenario = read("every_days: 30")
    assert counted_cases(scenario, (), "release", 10.0, 20.0) == 5.0
    assert scenario.processes["release"].demand.weekly == pytest.approx(7 / 30)


def test_from_a_date_on() -> None:
    """None before that; at its hour."""
    assert days('every_days: 60, first: "2027-01-07 09:00"') == [3.375, 63.375, 123.375]
    assert days("every_days: 60, first: -240") == [-10.0, 50.0, 110.0, 170.0]


def test_so_often_a_year() -> None:
    """Four times a year is after 91, 182 and 273 days, and again after 365: never at another hour."""
    assert days("times_a_year: 12, first: 9")[:5] == [0.375, 30.375, 60.375, 91.375, 121.375]
    found = read("times_a_year: 4, first: 0").processes["release"].demand.dates(0.0, 366 * 24.0)
    assert [date / 24.0 for date in found] == [0.0, 91.0, 182.0, 273.0, 365.0]


@pytest.mark.parametrize(
    ("demand", "said"),
    [
        ("every_days: 30, per_week: 3", "expected one of per_week (a mean number of cases), at (a list of hours)"),
        ("every_days: 30, times_a_year: 4", "expected one of per_week"),
        ("first: 3, per_week: 3", "expected first only beside every_days or times_a_year"),
        ("every_days: 30, profile: x", "expected no profile and no peaks where cases are dated"),
        ("every_days: 30, first: 2030-01-01", "found '2030-01-01', expected a date from 2026-10-26"),
        ("per_week: 3, profile: x", "found 'x', expected a profile"),
        ("per_week: 3, peaks: [{from: 2027-02-03, to: 2027-02-01, factor: 2}]", "day that is not before the first"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_told(demand: str, said: str) -> None:
    """In one sentence."""
    with pytest.raises(ScenarioError) as caught:
        read(demand)
    assert said in str(caught.value)
    assert caught.value.said("zh") != str(caught.value)


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("{week: {mon: -1}}", "profiles.x.week: found a mapping (mon), expected weights from 0 to 1,000 by day"),
        ("{week: {mon: 1, mon-tue: 2}}", "expected weights from 0 to 1,000 by day, or by day and hour, each only once"),
        ('{week: {mon: {"22:00-02:00": 2}}}', "expected weights from 0 to 1,000 by day"),
        ('{week: {mon: {"08:00-10:00": 2, "09:00-11:00": 1}}}', "expected opening hours that do not overlap"),
        ("{months: {januar: 2}}", "expected weights from 0 to 1,000 by month"),
        ("{weeks: {w54: 2}}", "expected weights from 0 to 1,000 by week of the year"),
        ("{}", "expected weights by week, by months or by weeks of the year"),
        ("{months: {jan: 2}, weeks: {w1: 2}}", "expected either months or weeks of the year, and not both"),
        ("{week: {mon-fri: 0}}", "which has no weight in the hours of 'office'"),
        ("{months: {jan-dec: 0}}", "which has no weight in the hours of 'office'"),
    ],
)  # fmt: skip
def test_profiles_are_read_closely(profile: str, said: str) -> None:
    """What was found and what is allowed."""
    with pytest.raises(ScenarioError) as caught:
        loads(FILE.format(demand="per_week: 3, profile: x") + f"profiles: {{x: {profile}}}\n")
    assert said in str(caught.value)


def test_seasons_need_a_date() -> None:
    """Which says which month it is."""
    text = FILE.format(demand="per_week: 3, profile: x") + "profiles: {x: {weeks: {w45-w46: 3}}}\n"
    assert loads(text).profiles["x"].weight_of(dt.date(2027, 11, 9)) == pytest.approx(3 * 52 / 56)
    with pytest.raises(ScenarioError, match="expected starts_on as well"):
        loads(text.replace("starts_on: 2027-01-04\n", ""))
