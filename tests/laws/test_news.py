"""News and milestones: what is withheld adds up along the way, and due dates of steps order work and are counted."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.compile import compile_scenario
from sim.counted import case_measures
from sim.outcome import cases_of, simulate
from sim.scenario import Scenario
from sim.vocab import Activity
from tests.worlds.anatomy import differing, done_at, traces
from tests.worlds.drawn import World, end_of, finished, law, machine_of, shares, worlds

pytestmark = pytest.mark.compiled  # many cases

HOURS = 5.0


def way(calendar: str, **more: Any) -> World:
    """Return a process of four steps of no work in three departments with hands enough: nothing has to wait."""
    owners = ("dept_a", "dept_b", "dept_b", "dept_c")
    steps = {f"step_{n}": {"R": owner, "work": 0.0} for n, owner in enumerate(owners)}
    return {
        "name": "way",
        "departments": {
            "dept_a": {"staff": 99, "calendar": calendar},
            "dept_b": {"staff": 99, "calendar": calendar},
            "dept_c": {"staff": 99, "calendar": "always"},
        },
        "processes": {"case": {"demand": {"per_week": 200.0, "during": calendar}, "steps": steps}},
        "levers": {"preset": "neutral", "withholding": HOURS},
        "warmup_weeks": 0.0,
        "horizon_weeks": 6.0,
    } | more


@pytest.mark.parametrize("calendar", ["always", "office"])
def test_what_is_withheld_adds_up_along_the_way(calendar: str) -> None:
    """Two hand-overs to other departments: the sum of two exponential waits in open hours of those who know.

    Nobody keeps anything from himself, and customers keep nothing to themselves.
    """
    outcome = simulate(compile_scenario(Scenario.model_validate(way(calendar))), 1, 0)
    spent = outcome.spent[np.isfinite(outcome.cases["finish"])]
    waits = spent[:, Activity.HANDOVER]
    assert len(waits) > 900
    assert stats.kstest(waits, stats.gamma(2, scale=HOURS).cdf).pvalue > 0.001
    assert spent[:, [Activity.TOUCH, Activity.TAX, Activity.QUEUE, Activity.EXTERNAL]].sum() == pytest.approx(0.0)


def test_only_the_slower_of_two_branches_counts() -> None:
    """Where two branches hear of it separately, the case takes the longer of the two waits, and then one more."""
    steps = {
        "start": {"R": "dept_a", "work": 0.0},
        "left": {"R": "dept_b", "needs": ["start"], "work": 0.0},
        "right": {"R": "dept_b", "needs": ["start"], "work": 0.0},
        "close": {"R": "dept_c", "needs": ["left", "right"], "work": 0.0},
    }
    world = way("always") | {"processes": {"case": {"demand": {"per_week": 400.0, "during": "always"}, "steps": steps}}}
    cases = cases_of(finished(world).state)
    lead = (cases["finish"] - cases["arrival"])[np.isfinite(cases["finish"])]
    error = lead.std(ddof=1) / len(lead) ** 0.5
    assert abs(lead.mean() - HOURS * (1.5 + 1.0)) < 4.0 * error


def leveled(world: World, **levers: float) -> World:
    """Return a world in which some levers stand where they are put in all departments, and nobody moves them."""
    teams = {
        name: team | {"levers": {lever: value for lever, value in team["levers"].items() if lever not in levers}}
        for name, team in world["departments"].items()
    }
    return world | {"departments": teams, "levers": world["levers"] | levers, "interventions": []}


@law
@given(worlds(), shares, st.sampled_from([{"boost": 0.0}, {"alignment": 0.0}]))
def test_milestones_act_only_where_goals_are_shared_and_work_may_overtake(
    world: World, lived: float, off: dict[str, float]
) -> None:
    """Without boost, or where everybody looks after himself, how far milestones are lived changes no bit."""
    without = traces(finished(leveled(world, **off, milestones=0.0)))
    assert differing(without, traces(finished(leveled(world, **off, milestones=lived)))) == []


def all_needed(world: World) -> World:
    """Return a world in which no step is skipped."""
    flows = {
        name: flow | {"steps": {key: step | {"probability": 1.0} for key, step in flow["steps"].items()}}
        for name, flow in world["processes"].items()
    }
    return world | {"processes": flows}


@law
@given(worlds())
def test_milestones_are_counted_as_an_onlooker_would(world: World) -> None:
    """Of every case that was accepted, by the moments at which its steps are seen to be done."""
    world = all_needed(world)
    machine = machine_of(world)
    done = done_at(machine, end_of(world))
    steps, cases = machine.params.steps, cases_of(machine.state)
    for number, case in enumerate(cases):
        mine = steps[(steps["process"] == case["process"]) & (steps["due"] > 0.0)]
        assert case["milestones"] == (0 if case["lost"] or case["prevented"] else len(mine))
        ends = [done.get((number, int(step["place"])), np.inf) for step in mine]
        kept = [end <= case["arrival"] + due for end, due in zip(ends, mine["due"], strict=True)]
        assert case["milestones_kept"] == sum(kept)


def dated(**levers: float) -> World:
    """Return four steps of ten hours, the third of which half of the cases skip: in time, late, in time, late."""
    due = (0.5, 0.8, 1.3, 1.2)
    steps = {
        f"step_{n}": {"R": f"dept_{n}", "work": 10.0, "due_days": days, "probability": 0.5 if n == 2 else 1.0}
        for n, days in enumerate(due)
    }
    return {
        "name": "dated",
        "departments": {f"dept_{n}": {"staff": 99, "calendar": "always"} for n in range(4)},
        "processes": {
            "case": {"demand": {"at": [0.0] * 30 + [160.0]}, "steps": steps},
            "free": {"demand": {"at": [0.0]}, "steps": {"do": {"R": "dept_0", "work": 1.0}}},
        },
        "levers": {"preset": "neutral"} | levers,
        "warmup_weeks": 0.0,
        "horizon_weeks": 1.0,
        "tail_weeks": 0.1,
    }


def test_milestones_kept_to_the_digit() -> None:
    """Ten hours of twelve, twenty of nineteen, thirty of 31, and forty of 29: skipped ones count nothing."""
    outcome = simulate(compile_scenario(Scenario.model_validate(dated())), 3, 0)
    cases = outcome.cases[outcome.cases["process"] == 0]
    skipped = cases["finish"][:30] == 30.0
    assert 5 < skipped.sum() < 25
    assert cases["milestones"][:30].tolist() == [3 if one else 4 for one in skipped]
    assert cases["milestones_kept"][:30].tolist() == [1 if one else 2 for one in skipped]
    assert cases["finish"][30] != cases["finish"][30]  # the run ends before
    found = case_measures(outcome)
    kept, had = cases["milestones_kept"].sum(), cases["milestones"].sum()
    assert found["milestones_kept"] == found["milestones_kept.case"] == kept / had
    assert np.isnan(found["milestones_kept.free"])


def crowd(lived: float) -> World:
    """Return a busy desk with steps that are due at different times, and half of the time of some is over."""
    flow = {"demand": {"per_week": 20.0, "during": "always"}, "target_days": 30}
    wait = {"R": "gate", "work": 0.0, "external": {"work": 12.0, "calendar": "always"}}
    processes = {
        name: flow | {"steps": {"wait": wait, "do": {"R": "desk", "work": {"exponential": 4.0}, "due_days": days}}}
        for name, days in (("soon", 1.0), ("late", 20.0))
    }
    return {
        "name": "crowd",
        "departments": {"gate": {"staff": 9, "calendar": "always"}, "desk": {"staff": 1, "calendar": "always"}},
        "processes": processes,
        "queue": {"urgency": 0.0, "value": 0.0, "due": 1.0},
        "levers": {"preset": "neutral", "boost": 400.0, "milestones": lived},
        "warmup_weeks": 0.0,
        "horizon_weeks": 12.0,
    }


def test_who_lives_by_milestones_keeps_more_of_them() -> None:
    """The more the date of a step counts instead of the customer's, the more steps that are due soon are in time."""
    kept = []
    for lived in (0.0, 0.3, 1.0):
        outcome = simulate(compile_scenario(Scenario.model_validate(crowd(lived))), 2, 0)
        kept.append(case_measures(outcome)["milestones_kept.soon"])
    assert kept[0] + 0.1 < kept[1] < kept[2]
