"""Shocks: the same customers come sooner, and people who leave take along what was theirs, and nothing else."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.machine import Machine
from sim.outcome import cases_of, start
from sim.scenario import Scenario
from sim.scenario.holidays import openings
from sim.spec.levers import LEVERS
from sim.spec.shocks import hour, usual_hours
from sim.vocab import WEEK
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import CALENDARS, World, compiled, end_of, finished, law, machine_of, worlds

CLOCKS = st.sampled_from(["always", "office", "shifts", "nights"])
FACTORS = st.sampled_from([0.0, 0.3, 1.0, 2.0, 5.0])


def shop(during: str = "office", **more: Any) -> World:
    """Return a shop whose customers are served at once, so that there is nothing but arrivals."""
    demand = {"per_week": 60, "during": during}
    return {
        "name": "shop",
        "calendars": CALENDARS,
        "departments": {"dept_a": {"staff": 1}},
        "processes": {"visit": {"demand": demand, "steps": {"serve": {"R": "dept_a", "work": 0.0}}}},
        "levers": {"preset": "neutral"},
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
        **more,
    }


def surge(week: float, weeks: float, factor: float) -> World:
    """Return a surge of visits as a file says it."""
    return {"kind": "surge", "process": "visit", "week": week, "weeks": weeks, "factor": factor}


def both(during: str, surges: list[World]) -> tuple[Any, Any, Scenario]:
    """Return the customers of a usual shop, and as many of one with surges, who are the same."""
    scenario = Scenario.model_validate(shop(during, shocks=surges))
    usual, other = cases_of(finished(shop(during)).state), cases_of(finished(shop(during, shocks=surges)).state)
    n = min(len(usual), len(other))
    return usual[:n], other[:n], scenario


surges = st.builds(surge, st.floats(0.0, 2.0), st.floats(0.05, 1.5), FACTORS)


@law
@given(CLOCKS, st.lists(surges, max_size=3))
def test_a_surge_brings_the_same_customers_sooner(during: str, some: list[World]) -> None:
    """Customers and their order stay; each comes when as much usual demand has passed as without the surge."""
    usual, other, scenario = both(during, some)
    for field in ("key", "ordinal", "complexity"):
        assert usual[field].tobytes() == other[field].tobytes(), field
    assert (np.diff(other["arrival"]) >= 0.0).all()
    clock = openings(scenario, during)
    for before, after in zip(usual["arrival"], other["arrival"], strict=True):
        passed = usual_hours(scenario.shocks, clock, 0.0, float(after))
        assert passed == pytest.approx(clock.open_hours(float(before)), abs=1e-6)


@law
@given(CLOCKS, st.floats(0.1, 1.0), st.sampled_from([0.3, 2.0, 5.0]))
def test_before_and_after_a_surge_customers_keep_their_distance(during: str, week: float, factor: float) -> None:
    """What lies before is equal to the bit; afterwards the open hours from one customer to the next are as usual."""
    usual, other, scenario = both(during, [surge(week, 0.5, factor)])
    early = usual["arrival"] < week * WEEK
    assert usual["arrival"][early].tobytes() == other["arrival"][early].tobytes()
    clock = scenario.calendar(during)
    late = other["arrival"] > (week + 0.5) * WEEK
    hours = [np.array([clock.open_hours(float(time)) for time in one["arrival"][late]]) for one in (usual, other)]
    assert np.diff(hours[1]) == pytest.approx(np.diff(hours[0]), abs=1e-6)


@law
@given(worlds(), st.floats(0.0, 1.0))
def test_a_surge_of_factor_one_changes_no_bit(world: World, week: float) -> None:
    """As many customers as usual come at the very times at which they usually come."""
    flows = [name for name, flow in world["processes"].items() if "per_week" in flow["demand"]]
    nothing = [{"kind": "surge", "process": name, "week": week, "factor": 1.0} for name in flows]
    added = world | {"shocks": [*world["shocks"], *nothing]}
    assert differing(traces(finished(world)), traces(finished(added))) == []


@law
@given(CLOCKS, st.floats(0.0, 1.0))
def test_overlapping_surges_multiply(during: str, week: float) -> None:
    """Twice as many and half as many again are three times as many, to the bit."""
    two = shop(during, shocks=[surge(week, 1.0, 2.0), surge(week, 1.0, 1.5)])
    one = shop(during, shocks=[surge(week, 1.0, 3.0)])
    assert differing(traces(finished(two)), traces(finished(one))) == []


@law
@given(CLOCKS, st.floats(0.0, 1.0), st.floats(0.1, 1.0))
def test_nobody_comes_while_demand_rests(during: str, week: float, weeks: float) -> None:
    """With factor 0 no customer arrives in open hours of these weeks, and all who come later come later by them."""
    _, other, _ = both(during, [surge(week, weeks, 0.0)])
    inside = (other["arrival"] > week * WEEK + 1e-6) & (other["arrival"] < (week + weeks) * WEEK - 1e-6)
    assert not inside.any()


@pytest.mark.compiled
@pytest.mark.parametrize("factor", [0.5, 3.0])
def test_demand_in_a_surge_is_its_factor_times_usual(factor: float) -> None:
    """Over many replications as many come as the factor says, within four standard errors."""
    ready = compiled(shop(shocks=[surge(1.0, 1.0, factor)]))
    found = []
    for replication in range(200):
        machine = start(ready, 5, replication)
        machine.advance(3.0 * WEEK)
        found.append(np.histogram(cases_of(machine.state)["arrival"], [0.0, WEEK, 2.0 * WEEK, 3.0 * WEEK])[0])
    mean = np.array([60.0, 60.0 * factor, 60.0])
    assert (abs(np.mean(found, axis=0) - mean) < 4.0 * np.sqrt(mean / 200.0)).all()


def leaver(week: float, **more: Any) -> World:
    """Return somebody of the first department who leaves, as a file says it."""
    return {"kind": "leaver", "week": week, "from": "dept_a", "to": "dept_b"} | more


@law
@given(worlds(), st.sampled_from([0.0, 0.3, 1.0]))
def test_nobody_who_leaves_nothing_behind_changes_a_bit(world: World, week: float) -> None:
    """A leaver with no share of the relationship, who is nobody, passes without a trace."""
    added = world | {"shocks": [*world["shocks"], leaver(week, share=0.0, people=0)]}
    assert differing(traces(finished(world)), traces(finished(added))) == []


@law
@given(worlds(), st.randoms())
def test_the_order_of_shocks_changes_no_bit(world: World, chance: Any) -> None:
    """A list of shocks is a set, also where several happen at once."""
    some = [*world["shocks"], leaver(0.5, people=0, share=0.5), leaver(0.5, people=0, share=0.25)]
    shuffled = list(some)
    chance.shuffle(shuffled)
    first = finished(world | {"shocks": some})
    assert differing(traces(first), traces(finished(world | {"shocks": shuffled}))) == []


def link_of(machine: Machine, i: int, j: int) -> int:
    """Return the row of the link from department `i` to department `j`, or -1."""
    pools = machine.params.pools[i]
    rows = range(pools["first_link"], pools["first_link"] + pools["n_links"])
    return next((row for row in rows if machine.state.links[row]["other"] == j), -1)


@law
@given(worlds(), st.sampled_from([0.0, 0.25, 1.0]), st.floats(0.05, 0.9))
def test_both_sides_lose_what_leavers_held_and_nothing_else_happens(world: World, share: float, week: float) -> None:
    """Understanding falls but for the knowledge base, trust moves to the baseline, and no other link is touched."""
    machine = machine_of(world | {"shocks": [leaver(week, share=share, people=0)]})
    time = hour(week, 0.0)
    machine.advance(float(np.nextafter(time, 0.0)))
    before, levers = machine.links().copy(), machine.state.departments["lever"].copy()
    machine.advance(time)
    after = machine.links()
    expected = before.copy()
    for i, row in ((0, link_of(machine, 0, 1)), (1, link_of(machine, 1, 0))):
        if row >= 0:
            baseline = levers[i, LEVERS["trust_baseline"].lever]
            written = levers[i, LEVERS["knowledge_base"].lever]
            expected[row]["trust"] += share * (baseline - before[row]["trust"])
            expected[row]["understanding"] -= share * max(0.0, before[row]["understanding"] - written)
            expected[row]["synced"] *= 1.0 - share
    for field in ("trust", "understanding", "synced"):
        assert after[field] == pytest.approx(expected[field], abs=1e-12), field


def test_with_everybody_goes_all_trust_and_understanding() -> None:
    """Of a whole relationship the culture's baseline remains, and what the knowledge base holds, on both sides."""
    steps = {"one": {"R": "dept_a", "work": 1.0}, "two": {"R": "dept_b", "work": 1.0}}
    world = shop(
        departments={"dept_a": {"staff": 2}, "dept_b": {"staff": 1}},
        processes={"visit": {"demand": {"at": [900.0]}, "steps": steps}},
        relations={"trust": 0.9, "understanding": 0.8},
        levers={"preset": "neutral", "trust_baseline": 0.4, "knowledge_base": 0.25},
        shocks=[leaver(0.0)],
    )
    machine = machine_of(world)
    machine.advance(0.0)
    assert machine.state.links["trust"] == pytest.approx([0.4, 0.4])
    assert machine.state.links["understanding"] == pytest.approx([0.25, 0.25])
    assert list(machine.state.departments["staff"]) == [1, 1]


@pytest.mark.parametrize(("week", "vacancy", "people"), [(0.5, 1.0, 2), (0.0, 0.5, 1), (1.5, 9.0, 3), (0.5, 0.0, 1)])
def test_a_vacancy_is_open_until_it_is_filled(week: float, vacancy: float, people: int) -> None:
    """Staff in the daily record falls on the day people leave and is back on the day they are replaced."""
    gone = [leaver(week, people=people, vacancy_weeks=vacancy)]
    machine = finished(shop(departments={"dept_a": {"staff": 3}, "dept_b": {"staff": 1}}, shocks=gone))
    days = machine.state.days[: machine.state.now[0]["n_days"]]
    told = days["staff"][days["department"] == 0]
    ends = 24.0 * (1.0 + np.arange(len(told)))
    away = (ends > week * WEEK) & (ends <= (week + vacancy) * WEEK)
    assert list(told) == list(np.where(away, 3 - people, 3))
    assert (days["staff"][days["department"] == 1] == 1).all()


def test_when_everybody_has_left_work_waits_for_the_next() -> None:
    """A department of nobody serves nobody, and goes on where it was when the vacancy is filled."""
    demand = {"at": [200.0], "during": "always"}
    flow = {"visit": {"demand": demand, "steps": {"serve": {"R": "dept_a", "work": 1.0}}}}
    teams = {"dept_a": {"staff": 1, "calendar": "always"}, "dept_b": {"staff": 1}}
    world = shop(departments=teams, processes=flow, shocks=[leaver(1.0, vacancy_weeks=1.0)])
    (one,) = cases_of(finished(world).state)
    assert one["finish"] == pytest.approx(2.0 * WEEK + 1.0)
    assert end_of(world) > one["finish"]


def away(week: float, weeks: float, people: int = 1) -> World:
    """Return people of the first department who are away, as a file says it."""
    return {"kind": "short_staffed", "week": week, "department": "dept_a", "people": people, "weeks": weeks}


@law
@given(worlds(), st.floats(0.0, 0.9), st.floats(0.1, 1.0))
def test_who_is_away_leaves_all_relations_as_they_are(world: World, week: float, weeks: float) -> None:
    """To the bit what a leaver with no share of any relationship does: people are missing, and come back."""
    gone = leaver(week, share=0.0, people=1, vacancy_weeks=weeks)
    first, second = (finished(world | {"shocks": [one]}) for one in (gone, away(week, weeks)))
    assert differing(traces(first), traces(second)) == []


def test_people_are_away_for_so_long() -> None:
    """Of two in a shop that is always open one is missing on the third day and two more."""
    teams = {"dept_a": {"staff": 2, "calendar": "always"}}
    machine = machine_of(shop(departments=teams, shocks=[away(2 / 7, 3 / 7)]))
    machine.advance(WEEK)
    days = machine.state.days[: machine.state.now[0]["n_days"]]
    assert days["staff"].tolist() == [2, 2, 1, 1, 1, 2, 2]


def outside(at: list[float], shocks: list[World], backup: float = 0.0, **more: Any) -> list[float]:
    """Return how long customers who come at certain hours wait for a supplier who takes ten hours."""
    external = {"work": 10.0, "calendar": "always"}
    step = {"R": "dept_a", "work": 0.0, "external": external}
    flows = {"visit": {"demand": {"at": at}, "steps": {"serve": step}, **more}}
    teams = {"dept_a": {"staff": 1, "calendar": "always"}}
    levers = {"preset": "neutral", "backup": backup}
    cases = cases_of(finished(shop(processes=flows, departments=teams, levers=levers, shocks=shocks)).state)
    return [float(hours) for hours in cases["finish"] - cases["arrival"]]


def failure(week: float, weeks: float, factor: float, **more: Any) -> World:
    """Return a failure of the supplier as a file says it."""
    return {"kind": "supplier_failure", "week": week, "process": "visit", "weeks": weeks, "factor": factor, **more}


@pytest.mark.parametrize(("backup", "late"), [(0.0, 30.0), (0.25, 25.0), (1.0, 10.0)])
def test_whatever_is_ordered_while_a_supplier_fails_takes_longer(backup: float, late: float) -> None:
    """Before, within, and from its very end on; a backup takes away its share of what is more."""
    shock = failure(1 / 7, 2 / 7, 3.0)
    assert outside([23.0, 24.0, 71.0, 72.0], [shock], backup) == pytest.approx([10.0, late, late, 10.0])


def test_failures_that_overlap_multiply_and_other_steps_are_spared() -> None:
    """Twice and three times as long are six times; a failure at a step of that name is the same."""
    two = [failure(0.0, 1 / 7, 2.0), failure(0.0, 2 / 7, 3.0, step="serve")]
    assert outside([1.0, 25.0, 49.0], two) == pytest.approx([60.0, 30.0, 10.0])


@law
@given(worlds())
def test_a_failure_of_factor_one_changes_no_bit(world: World) -> None:
    """Waits are what they are."""
    flows = world["processes"].items()
    flows = [name for name, flow in flows if any("external" in step for step in flow["steps"].values())]
    some = [{"kind": "supplier_failure", "week": 0.2, "process": name, "weeks": 0.5, "factor": 1.0} for name in flows]
    added = world | {"shocks": [*world["shocks"], *some]}
    assert differing(traces(finished(world)), traces(finished(added))) == []
