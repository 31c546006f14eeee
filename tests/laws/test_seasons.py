"""Demand by hour and season: as many customers come in every hour and month as the profile says, and as they please.

Customers have a clock of their own, so a profile brings the same ones at other times. Counts are compared with a
Poisson distribution of the very mean, by chi-square at seeds that do not change.
"""

import datetime as dt
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from sim.compile import compile_scenario
from sim.outcome import cases_of, simulate
from sim.scenario import Scenario
from sim.scenario.seasons import demand_spans
from sim.scenario.shocks import counted_cases
from sim.spec.profiles import DAYS, MONTHS, Profile
from sim.vocab import DAY, WEEK
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import CALENDARS, CLOCKS, World, finished, law, worlds
from tests.worlds.hours import hours_of

pytestmark = pytest.mark.compiled  # many cases

clocks = st.sampled_from(CLOCKS)
weights = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0])
spans = st.sampled_from(["00:00-06:00", "06:00-10:30", "10:30-11:00", "12:00-22:15"])
in_day = st.dictionaries(spans, weights, min_size=1, max_size=3)
of_days = st.dictionaries(st.sampled_from([*DAYS]), weights | in_day, min_size=1, max_size=4)
profiles = st.fixed_dictionaries({"week": of_days}) | st.fixed_dictionaries(
    {"months": st.dictionaries(st.sampled_from(MONTHS), weights, min_size=1, max_size=3)}, optional={"week": of_days}
)


def shop(profile: World | None, during: str = "shifts", weeks: float = 4.0, per_week: float = 60, **more: Any) -> World:
    """Return a desk at which customers come, who are served at once."""
    demand = {"per_week": per_week, "during": during, **({"profile": "busy"} if profile else {}), **more}
    return {
        "name": "shop",
        "starts_on": "2027-01-04",
        "calendars": CALENDARS,
        "departments": {"dept_a": {"staff": 1, "calendar": during}},
        "processes": {"visit": {"demand": demand, "steps": {"serve": {"R": "dept_a", "work": 0.0}}}},
        "profiles": {"busy": profile} if profile else {},
        "levers": {"preset": "neutral"},
        "horizon_weeks": weeks,
        "warmup_weeks": 0.0,
    }


def arrivals(world: World, replications: int = 1) -> list[np.ndarray]:
    """Return when customers came within the horizon."""
    ready = compile_scenario(Scenario.model_validate(world))
    found = [simulate(ready, 7, n).cases["arrival"] for n in range(replications)]
    return [one[one < ready.scenario.window[1]] for one in found]


def fits(counts: np.ndarray, means: np.ndarray) -> None:
    """Compare counts with Poisson counts of these means: neither too far from them nor too near."""
    some = means > 0.0
    assert counts[~some].sum() == 0
    statistic = ((counts[some] - means[some]) ** 2 / means[some]).sum()
    p = stats.chi2.cdf(statistic, some.sum())
    assert 1e-3 < p < 1.0 - 1e-3, f"chi-square {statistic:.1f} of {some.sum()}"


WEEKLY = {"mon": 2.0, "tue-wed": {"06:00-09:00": 3, "18:00-20:00": 0}, "sat": 0.25}


def test_every_hour_of_the_week_has_its_share() -> None:
    """Expected counts of each hour of each week; their mean is what a week brings without a profile."""
    world = shop(WEEKLY_PROFILE := {"week": WEEKLY}, weeks=50, per_week=400)
    (came,) = arrivals(world)
    weight = np.ones(168)
    weight[:24] = 2.0
    for day in (1, 2):
        weight[24 * day + 6 : 24 * day + 9], weight[24 * day + 18 : 24 * day + 20] = 3.0, 0.0
    weight[120:144] = 0.25
    hours = hours_of(Scenario.model_validate(world), "dept_a")
    open_hours = np.array([hours.between(hour, hour + 1.0) for hour in range(168)])
    means = 400.0 * weight * open_hours / (weight * open_hours).sum()
    assert means.sum() == pytest.approx(400.0)
    counts = np.bincount(came.astype(int), minlength=168 * 50)
    fits(counts, np.tile(means, 50))
    fits(counts.reshape(50, 168).sum(axis=0), 50.0 * means)
    fits(counts.reshape(50, 168).sum(axis=1), np.full(50, 400.0))
    assert Profile.model_validate(WEEKLY_PROFILE).weights_of_week()[0] == (0.0, 24.0, 2.0)


def test_every_month_has_its_share_and_a_year_its_volume() -> None:
    """Days off take their customers away; a peak brings more on top."""
    months = {"jul-aug": 0.5, "nov": 2.0}
    world = shop({"months": months}, during="always", weeks=52, per_week=300, peaks=[
        {"from": "2027-11-08", "to": "2027-11-11", "factor": 4}])  # fmt: skip
    world["closures"] = [{"from": "2027-05-01", "to": "2027-05-05", "calendars": ["always"]}]
    (came,) = arrivals(world)
    days = [dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(364)]
    lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    said = [1.0] * 6 + [0.5, 0.5, 1.0, 1.0, 2.0, 1.0]
    mean = sum(w * d for w, d in zip(said, lengths, strict=True)) / 365
    means = np.array([300.0 / 7.0 * said[day.month - 1] / mean for day in days])
    assert sum(300.0 / 7.0 * w * d / mean for w, d in zip(said, lengths, strict=True)) * 7 / 365 == pytest.approx(300)
    means[[day.month == 11 and 8 <= day.day <= 11 for day in days]] *= 4.0
    means[[day.month == 5 and day.day <= 5 for day in days]] = 0.0
    counts = np.bincount((came // DAY).astype(int), minlength=364)
    fits(counts, means)
    in_month = np.array([day.month for day in days]) - 1
    fits(np.bincount(in_month, counts), np.bincount(in_month, means))
    scenario = Scenario.model_validate(world)
    assert counted_cases(scenario, (), "visit", 0.0, 52.0) == pytest.approx(means.sum())


def somebody_comes(world: World) -> bool:
    """Tell whether a profile has weight in some hour in which anybody comes."""
    try:
        Scenario.model_validate(world)
    except ValueError as error:
        return "has no weight" not in str(error)
    return True


@law
@given(clocks, profiles, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), weights), max_size=2))
def test_a_profile_brings_the_same_customers(during: str, profile: World, peaks: list[tuple[int, int, float]]) -> None:
    """Each comes when as much usual demand has passed as without it, and where there is no weight nobody comes."""
    some = [{"from": first, "to": first + more, "factor": factor} for first, more, factor in peaks]
    world = shop(profile, during, peaks=some)
    assume(somebody_comes(world))
    scenario = Scenario.model_validate(world)
    usual, other = (
        cases_of(finished(world).state) for world in (shop(None, during), shop(profile, during, peaks=some))
    )
    n = min(len(usual), len(other))
    for field in ("key", "ordinal", "complexity"):
        assert usual[field][:n].tobytes() == other[field][:n].tobytes(), field
    hours = hours_of(Scenario.model_validate(shop(None, during)), "dept_a")
    found = demand_spans(scenario, (), "visit")
    assert found[0][0] == 0.0
    assert all(one[1] == following[0] for one, following in pairwise(found))
    for before, after in list(zip(usual["arrival"][:n], other["arrival"][:n], strict=True))[::5]:
        passed = sum(factor * hours.between(begin, min(end, after)) for begin, end, factor in found if begin < after)
        assert passed == pytest.approx(hours.passed(before), abs=1e-6)


@law
@given(clocks, profiles)
def test_on_average_of_a_week_or_year_demand_is_what_is_said(during: str, profile: World) -> None:
    """Weights are only compared with one another."""
    profile = {**profile, "week": profile.get("week", {"mon": 3.0})}
    assume(somebody_comes(shop(profile, during)))
    scenario = Scenario.model_validate(shop(profile, during, weeks=53.0))
    hours = hours_of(scenario, "dept_a")
    found = demand_spans(scenario, (), "visit")
    read, first = Profile.model_validate(profile), dt.date(2027, 1, 4)
    for week in (1, 2, 30):
        days = [first + dt.timedelta(days=7 * week + day) for day in range(7)]
        if len({day.month for day in days}) == 1:
            usual = sum(
                factor * hours.between(max(low, week * WEEK), min(high, (week + 1) * WEEK))
                for low, high, factor in found
            )
            assert usual == pytest.approx(hours.between(0.0, WEEK) * read.weight_of(days[0]), abs=1e-6)
    year = [read.weight_of(dt.date(2027, 1, 1) + dt.timedelta(days=n)) for n in range(365)]
    assert np.mean(year) == pytest.approx(1.0)


@law
@given(worlds())
def test_weights_that_are_all_alike_change_no_bit(world: World) -> None:
    """Whatever they are, for nobody comes sooner or later."""
    profiles = {"profiles": {"even": {"week": {"mon-sun": 3}, "months": {"jan-dec": 0.1}}}}
    plain, told = (
        {
            name: flow | {"demand": flow["demand"] | ({"profile": profile} if "per_week" in flow["demand"] else {})}
            for name, flow in world["processes"].items()
        }
        for profile in (None, "even")
    )
    usual, other = ({**world, **profiles, "processes": flows} for flows in (plain, told))
    assert differing(traces(finished(usual)), traces(finished(other))) == []
