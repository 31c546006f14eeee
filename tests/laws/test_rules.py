"""Rules on answers: times of steps and express give an order by due dates, and take from others what they give."""

import math
from copy import deepcopy
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.compile import compile_scenario
from sim.compile.assemble import CALL
from sim.outcome import cases_of, simulate
from sim.scenario import Scenario
from sim.vocab import Activity, CaseCount, Kind
from tests.laws.test_news import leveled
from tests.worlds.anatomy import live_requests, moments, queue_of
from tests.worlds.drawn import World, end_of, finished, law, machine_of, works, worlds
from tests.worlds.hours import clock_of
from tests.worlds.witness import WITNESS

pytestmark = pytest.mark.compiled  # many cases

AT_ONCE = {"latency": 0.0, "answer_latency": 0.0, "pickup_period": 0.0}


def ruled(world: World) -> World:
    """Return a world in which all times of steps are lived, and nothing else puts work in another order."""
    lived = AT_ONCE | {"step_agreement": 1.0, "express": 0.0, "boost": 0.0, "allowance": 1000.0, "shortages": 0.0}
    teams = {
        name: team | {"levers": {lever: value for lever, value in team.get("levers", {}).items() if lever not in lived}}
        for name, team in world["departments"].items()
    }
    return world | {
        "departments": teams,
        "levers": world["levers"] | lived,
        "queue": {"rule": "boost"},
        "interventions": [],
        "shocks": told_right(world),
    }


def told_right(world: World) -> list[World]:
    """Return the shocks of a world without what is told wrongly about goods: then they are missing all the same."""
    return [one for one in world["shocks"] if one["kind"] != "wrong_update"]


def overtaken(machine: Any, scenario: Scenario) -> tuple[int, int]:
    """Return how many pairs of work under a rule wait one behind the other, and how many of them in the wrong order."""
    pairs = wrong = 0
    rows = machine.state.requests
    calendars = [clock_of(scenario, name) for name in scenario.pools()]
    for d in range(len(machine.state.departments)):
        queue = [rows[row] for row in queue_of(machine, d) if rows[row]["agreed"] and rows[row]["kind"] == Kind.WORK]
        queue.sort(key=lambda one: (float(one["q_key"]), int(one["q_seq"])))
        due = [calendars[d].passed(float(one["sent"])) + float(one["limit"]) for one in queue]
        pairs += len(due) * (len(due) - 1) // 2
        wrong += sum(one > other + 1e-6 for n, one in enumerate(due) for other in due[n + 1 :])
    return pairs, wrong


@law
@given(worlds())
def test_work_with_agreed_times_waits_in_the_order_of_due_dates(world: World) -> None:
    """Whatever else goes on: of what is under the times of steps, what is due first is first in every queue."""
    scenario = Scenario.model_validate(ruled(world))
    machine = machine_of(ruled(world))
    for n, _ in enumerate(moments(machine, end_of(world))):
        if n % 7 == 0:
            assert overtaken(machine, scenario)[1] == 0


def test_there_is_something_to_put_in_order() -> None:
    """In a world with much to do many pairs wait, and without the rule many of them in another order."""
    busy = ruled(deepcopy(WITNESS) | {"levers": {"severity": 0.1}})
    for n, name in enumerate(("sell", "make", "write", "ship")):
        busy["processes"]["project"]["steps"][name] |= {"response_hours": 2.0 + 9.0 * n, "R": "dept_c", "C": []}
    found = np.zeros(2, dtype=int)
    scenario = Scenario.model_validate(busy)
    machine = machine_of(busy)
    for _ in moments(machine, end_of(busy)):
        found += overtaken(machine, scenario)
    assert found[0] > 1000
    assert found[1] == 0


@st.composite
def desks(draw: st.DrawFn) -> World:
    """One person at one desk, with dated customers of whom some are urgent: all is done in the end."""
    at = draw(st.lists(st.sampled_from([0.0, 8.0, 9.0, 9.5, 10.0, 11.0, 30.0, 33.0]), min_size=3, max_size=20))
    flow = {"demand": {"at": sorted(at)}, "urgent_share": draw(st.sampled_from([0.2, 0.5, 0.8])), "complexity": 0.7}
    levers = {"express_hours": draw(st.sampled_from([0.0, 1.0, 4.0])), "overhead": draw(st.sampled_from([0.0, 0.2]))}
    return {
        "name": "desk",
        "departments": {"desk": {"staff": 1, "calendar": draw(st.sampled_from(["always", "office"]))}},
        "processes": {f"case{n}": flow | {"steps": {"do": {"R": "desk", "work": draw(works)}}} for n in range(2)},
        "levers": {"preset": "neutral"} | levers,
        "warmup_weeks": 0.0,
        "horizon_weeks": 40.0,
    }


def waited(world: World, **levers: float) -> tuple[float, float, Any]:
    """Return the waits of all cases times their work, the waits of urgent ones alone, and when each is finished."""
    outcome = simulate(compile_scenario(Scenario.model_validate(world | {"levers": world["levers"] | levers})), 1, 0)
    waits = outcome.spent[:, Activity.QUEUE]
    assert np.isfinite(outcome.cases["finish"]).all()
    urgent = float(waits[outcome.cases["urgent"] == 1].sum())
    return float(waits @ outcome.cases["worked"]), urgent, outcome.cases["finish"]


@law
@given(desks())
def test_express_takes_from_others_what_it_gives(world: World) -> None:
    """The sum of work times wait is the same on every path, with and without; only who waits is another matter."""
    without, _, _ = waited(world)
    with_it, _, _ = waited(world, express=1.0)
    assert with_it == pytest.approx(without, rel=1e-9, abs=1e-9)


def crowded() -> World:
    """Return a desk with a queue all the time."""
    steps = {"do": {"R": "desk", "work": {"exponential": 1.0}}}
    return {
        "name": "crowded",
        "departments": {"desk": {"staff": 1, "calendar": "always"}},
        "processes": {"case": {"demand": {"at": [0.5 * n for n in range(60)]}, "steps": steps, "urgent_share": 0.3}},
        "levers": {"preset": "neutral"},
        "warmup_weeks": 0.0,
        "horizon_weeks": 40.0,
    }


def test_express_serves_the_urgent_first() -> None:
    """Urgent cases wait less by it, although nobody can overtake otherwise, and the more of it is lived the less."""
    urgent = [waited(crowded(), express=share)[1] for share in (0.0, 0.5, 1.0)]
    assert urgent[0] > 1.2 * urgent[1] > 1.4 * urgent[2]


def relay(more: World | None = None, **levers: float) -> World:
    """Return two departments with so many people that the only wait is for the hand-over between them."""
    steps = {
        "one": {"R": "dept_a", "work": 0.0},
        "two": {"R": "dept_b", "needs": ["one"], "work": 0.0} | (more or {}),
    }
    return {
        "name": "relay",
        "departments": {name: {"staff": 500, "calendar": "always"} for name in ("dept_a", "dept_b")},
        "processes": {"case": {"demand": {"per_week": 500.0, "during": "always"}, "steps": steps, "urgent_share": 1.0}},
        "levers": {"preset": "neutral", "latency": 40.0, "latency_spread": 1.2} | levers,
        "warmup_weeks": 0.0,
        "horizon_weeks": 4.0,
    }


def until_noticed(limit: float, spread: float) -> float:
    """Return the mean of min(L, limit), L lognormal with half the limit as its mean."""
    middle = math.log(limit / 2.0) - spread * spread / 2.0
    above = (math.log(limit) - middle) / spread
    normal = NormalDist()
    return limit / 2.0 * normal.cdf(above - spread) + limit * (1.0 - normal.cdf(above))


@pytest.mark.parametrize(
    ("more", "levers"),
    [
        ({"response_hours": 3.0}, {"step_agreement": 1.0}),
        ({}, {"express": 1.0, "express_hours": 3.0}),
        ({"response_hours": 3.0}, {"step_agreement": 1.0, "express": 1.0, "express_hours": 9.0}),
        ({"response_hours": 9.0}, {"step_agreement": 1.0, "express": 1.0, "express_hours": 3.0}),
    ],
)
def test_who_has_agreed_on_a_time_looks_in_time(more: World, levers: dict[str, float]) -> None:
    """Work is noticed by the smallest limit, and on average as soon as half of it allows, in closed form."""
    cases = cases_of(finished(relay(more, **levers)).state)
    lead = (cases["finish"] - cases["arrival"])[np.isfinite(cases["finish"])]
    assert len(lead) > 1500
    assert lead.max() <= 3.0 + 1e-9
    error = lead.std(ddof=1) / len(lead) ** 0.5
    assert abs(lead.mean() - until_noticed(3.0, 1.2)) < 4.0 * error


def test_without_a_rule_nobody_looks_sooner() -> None:
    """A response time of a step that nobody has agreed upon, and urgency alone, bring nothing to notice sooner."""
    plain = cases_of(finished(relay()).state)["finish"]
    expected = cases_of(finished(relay({"response_hours": 3.0})).state)["finish"]
    assert plain.tobytes() == expected.tobytes()


def test_a_call_takes_the_time_of_both() -> None:
    """Of every urgent hand-over both sides are on the phone; customers call for nothing, notices are not called in."""
    world = relay({"I": ["dept_a"]}, express=1.0, adherence=1.0)
    outcome = simulate(compile_scenario(Scenario.model_validate(world | {"tail_weeks": 2.0})), 1, 0)
    cases = outcome.cases[np.isfinite(outcome.cases["finish"])]
    hours = [outcome.days["hours"][outcome.days["department"] == d, Kind.FOLLOW_UP].sum() for d in (0, 1)]
    assert hours == pytest.approx([CALL * len(cases)] * 2, rel=0.01)


LATE = {
    "name": "late",
    "departments": {"dept_a": {"staff": 9, "calendar": "always"}, "dept_b": {"staff": 1, "calendar": "always"}},
    "processes": {
        "slow": {
            "demand": {"at": [0.0, 0.1, 0.2, 0.3, 0.4]},
            "steps": {"ask": {"R": "dept_a", "work": 0.0}, "do": {"R": "dept_b", "needs": ["ask"], "work": 2.0}},
        },
        "due": {
            "demand": {"at": [0.5]},
            "steps": {
                "ask": {"R": "dept_a", "work": 0.0},
                "do": {"R": "dept_b", "needs": ["ask"], "work": 1.0, "response_hours": 2.5},
            },
        },
    },
    "warmup_weeks": 0.0,
    "horizon_weeks": 1.0,
    "relations": {"trust": 0.2},
}


def test_what_is_overdue_is_raised_to_the_top_and_remembered() -> None:
    """Filed behind four pieces of two hours it is over time at three, is begun next, at four, and costs trust once."""
    levers = {"preset": "neutral", "allowance": 1.0, "trust_loss": 0.1, "trust_coupling": 1.0}
    found = {}
    for lived in (0.0, 1.0):
        machine = finished(LATE | {"levers": levers | {"step_agreement": lived}})
        cases = cases_of(machine.state)
        found[lived] = float(cases["finish"][cases["process"] == 1][0])
        losing = next(float(one["trust"]) for one in machine.links() if one["other"] == 1)
        weight = 0.6 if lived else 1.0  # a broken agreement; else a late result, more than twice as late
        assert losing == pytest.approx(0.2 * (1.0 - 0.1 * weight * norm(machine)))
    assert found == {0.0: 11.0, 1.0: 5.0}


@pytest.mark.parametrize(("people", "work", "broken"), [(9, 50.0, False), (1, 1.0, True)])
def test_what_is_called_in_is_in_time_once_it_is_begun(people: int, work: float, broken: bool) -> None:
    """Where somebody is free, long work breaks no express time; where nobody begins for too long, short work does."""
    levers = {"preset": "neutral", "allowance": 1.0, "trust_loss": 0.1, "trust_coupling": 1.0, "express": 1.0}
    world = deepcopy(LATE) | {"levers": levers | {"express_hours": 2.5}}
    world["departments"]["dept_b"]["staff"] = people
    due = world["processes"]["due"] | {"urgent_share": 1.0}
    due["steps"]["do"] = {"R": "dept_b", "needs": ["ask"], "work": work}
    world["processes"]["due"] = due
    machine = finished(world)
    losing = next(float(one["trust"]) for one in machine.links() if one["other"] == 1)
    expected = 0.2 * (1.0 - 0.1 * 0.6 * norm(machine)) if broken else 0.2
    assert losing == pytest.approx(expected)


def norm(machine: Any) -> float:
    """Return the step size of the first department's link."""
    return float(next(one["norm"] for one in machine.links() if one["other"] == 1))


def test_who_has_agreed_on_a_time_does_not_refuse_to_hurry() -> None:
    """Where everything urgent is refused, it is not where the express rule is lived."""
    world = crowded()
    world["departments"]["front"] = {"staff": 9, "calendar": "always"}
    steps = world["processes"]["case"]["steps"]
    world["processes"]["case"]["steps"] = {"ask": {"R": "front", "work": 0.0}, "do": steps["do"] | {"needs": ["ask"]}}
    world |= {"relations": {"trust": 0.0}}
    base = {"preset": "neutral", "refusal": 1.0, "alignment": 0.0, "trust_coupling": 1.0}
    refusals = []
    for express in (0.0, 1.0):
        machine = machine_of(world | {"levers": base | {"express": express}})
        seen = set()
        for _ in moments(machine, end_of(world)):
            rows = machine.state.requests
            seen |= {int(rows[row]["token"]) for row in live_requests(machine) if rows[row]["refused"]}
        refusals.append(len(seen))
    assert refusals[0] > 5
    assert refusals[1] == 0


@law
@given(worlds())
def test_a_rule_ends_with_what_it_was_about(world: World) -> None:
    """Nothing is under a rule that is triaged, outside, or noticed by nobody because nobody waits for it."""
    world = world | {"shocks": told_right(world)}
    machine = machine_of(leveled(world, step_agreement=0.8, express=0.8, shortages=0.0))
    urgent = 0
    for n, _ in enumerate(moments(machine, end_of(world))):
        if n % 7 == 0:
            state = machine.state
            for row in live_requests(machine):
                one = state.requests[row]
                if one["kind"] in (Kind.TRIAGE, Kind.INFORM, Kind.NEGOTIATE, Kind.FOLLOW_UP, Kind.OWN):
                    assert (one["agreed"], one["limit"]) == (0, 0.0)
                elif one["activity"] == Activity.EXTERNAL:
                    assert one["agreed"] == 0
                elif one["agreed"]:
                    assert one["limit"] > 0.0
                    urgent += int(state.history[state.cases[one["case"]]["number"]]["count"][CaseCount.URGENT])
    assume(urgent)
