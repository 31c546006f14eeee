"""Teams: where every case is a team's, nobody waits to be noticed, refuses or disputes; and talking takes its time."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.mechanisms.teams import TOGETHER, left_by_talking
from sim.outcome import cases_of
from sim.scenario import Scenario
from sim.scenario.workload import planned_loads
from sim.spec.levers import LEVERS
from tests.laws.test_content import unmoved
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, compiled, finished, law, worlds
from tests.worlds.probe import plain

pytestmark = pytest.mark.compiled  # many cases

APART = ("latency", "answer_latency", "pickup_period", "ambiguity", "refusal", "withholding")
"""What does not happen in a team: each stands at neutral in the world that is compared."""

KNOWN = ("learning", "teaching", "knowledge_base", "distance", "understanding_half_life")
"""What moves understanding, which is to stay what it is."""

STILL = KNOWN[:-1]


def moved_by(world: World, one: World) -> set[str]:
    """Return the levers that an intervention of a world moves."""
    names = {spec.lever: name for name, spec in LEVERS.items()}
    alone = compiled(world | {"interventions": [one]})
    return {names[lever] for lever in alone.params.edits["lever"][: alone.params.world["n_edits"][0]]}


def together(world: World) -> World:
    """Return a world in which every case is a team's; people in it know nothing of each other, whatever happens."""
    shared = unmoved(world, "teamwork", *APART, *KNOWN)
    usual = {name: world["levers"][name] for name in APART if name in world["levers"]}
    shared["levers"] |= dict.fromkeys(STILL, 0.0) | usual | {"teamwork": 1.0, "refusal": 1.0, "withholding": 4.0}
    shared["levers"]["cross_training"] = 0.0  # in a team everybody would help, elsewhere who is willing
    shared["relations"]["understanding"] = 0.0
    for flow in shared["processes"].values():
        flow["teams"], flow["urgent_share"] = True, 0.8  # so that much would be refused
    touched = {"teamwork", *APART, *KNOWN}
    shared["interventions"] = [one for one in shared["interventions"] if not moved_by(shared, one) & touched]
    return shared


def apart(shared: World) -> World:
    """Return the same world without teams, where nothing stands in the way of anybody, who know as much as a team."""
    plain_world = unmoved(shared, "teamwork")
    neutral = {name: LEVERS[name].neutral for name in APART}
    plain_world["levers"] |= neutral | {"knowledge_base": TOGETHER}
    plain_world["relations"] = shared["relations"] | {"understanding": TOGETHER}
    return plain_world


@law
@given(worlds())
def test_a_team_is_a_world_without_what_stands_between_departments(world: World) -> None:
    """To the bit: noticed at once, never refused or disputed, and understood as by those who sit together."""
    shared = together(world)
    found = set(differing(traces(finished(shared)), traces(finished(apart(shared)))))
    assert found <= {"cases.team", "days.understanding", "links.understanding"}


@law
@given(worlds(), st.sampled_from([0.3, 0.6]))
def test_the_front_department_says_which_cases_a_team_takes_on(world: World, share: float) -> None:
    """With more teamwork some of the others as well; none of a process that has no teams."""
    found = []
    for teamwork in (0.0, share, 1.0):
        one = unmoved(world, "teamwork")
        one["levers"]["teamwork"] = teamwork
        one["interventions"] = []
        found.append(finished(one))
    none, some, every = (cases_of(machine.state) for machine in found)
    may = found[0].params.processes["teams"][every["process"]]
    np.testing.assert_array_equal(some["key"], every["key"])
    assert not none["team"].any()
    assert (some["team"] <= every["team"]).all()
    np.testing.assert_array_equal(every["team"], may)


def sized(n: int, team: float, load: float = 0.003) -> Any:
    """Return an office of so many people in teams, at the end of its first day."""
    world = {
        "departments": {"desk": {"staff": n, "calendar": "always"}},
        "processes": {"ask": {"demand": {"per_week": 1.0}, "steps": {"do": {"R": "desk", "work": 1.0}}}},
        "levers": {"preset": "neutral", "team_size": team, "pair_load": load},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }
    return Scenario.model_validate(world), finished(world)


@pytest.mark.parametrize(("n", "best"), [(16, 8), (24, 8), (40, 10)])
def test_the_best_size_of_a_team_lies_between_talking_within_and_between(n: int, best: int) -> None:
    """Small teams have many others to talk to, large ones many of their own; the kernel's days say the same."""
    left = {g: plain(left_by_talking)(0.003, float(g), n) for g in range(2, n + 1)}
    assert max(left, key=left.__getitem__) == best
    for team in (2, best, n):
        scenario, machine = sized(n, float(team))
        assert machine.state.days["productivity"][0] == left[team]
        (load,) = planned_loads(scenario)
        assert load.capacity == pytest.approx(n * 168.0 * left[team])


def test_whoever_is_alone_talks_to_nobody() -> None:
    """One person, or one team without a load, has all its time; talking never takes more than all that can be taken."""
    assert sized(1, 2.0)[1].state.days["productivity"][0] == 1.0
    assert sized(40, 10000.0, 0.0)[1].state.days["productivity"][0] == 1.0
    assert sized(40, 10000.0, 0.1)[1].state.days["productivity"][0] == 0.05
