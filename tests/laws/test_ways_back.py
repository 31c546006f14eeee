"""Steps that send back: how often, what is done again, and that no case is lost or doubled on the way."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import binomtest, norm

from sim.outcome import cases_of
from sim.scenario import Scenario
from sim.scenario.dealings import planned_traffic
from sim.scenario.workload import planned_loads
from sim.spec.traffic import visits
from tests.worlds.drawn import World, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""


def shop(steps: World, cases: int = 1, weeks: float = 1.0) -> World:
    """Return a shop with people enough, through whose steps so many cases go."""
    named = {name: {"R": "shop"} | step for name, step in steps.items()}
    return {
        "name": "shop",
        "departments": {"shop": {"staff": 5000, "calendar": "always"}},
        "processes": {"job": {"demand": {"at": [0.0] * cases}, "steps": named}},
        "levers": {"preset": "neutral"},
        "horizon_weeks": weeks,
        "warmup_weeks": 0.0,
    }


def ended(world: World) -> Any:
    """Return the cases of a world of which none is left."""
    cases = cases_of(finished(world).state)
    assert np.isfinite(cases["finish"]).all()
    return cases


def lead(steps: World) -> float:
    """Return how long one case takes."""
    (case,) = ended(shop(steps))
    return float(case["finish"] - case["arrival"])


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_a_step_that_sends_back_to_itself_is_done_a_geometric_number_of_times(share: float) -> None:
    """Of those who have been sent back k times the same share is sent back once more, for every k."""
    world = shop({"make": {"work": 1.0, "sends_back": {"to": "make", "share": share}}}, 2000)
    cases = ended(world)
    rounds = cases["returns"]
    assert np.array_equal(rounds + 1.0, np.round(cases["finish"], 6))
    for k in range(3):
        reached = rounds >= k
        assert binomtest(int((rounds > k).sum()), int(reached.sum()), share).pvalue > SURE
    planned = visits(Scenario.model_validate(world).processes["job"])
    assert planned["make"] == pytest.approx(1.0 / (1.0 - share))


CHAIN = {
    "a": {"work": 0.001},
    "b": {"work": 1.0, "sends_back": {"to": "a", "share": 0.4}},
    "c": {"work": 1000.0, "sends_back": {"to": "b", "share": 0.3}},
}
"""Works that tell from a lead time how often each step was done."""


def test_a_line_that_sends_back_is_a_markov_chain() -> None:
    """Visits have mean and variance of the fundamental matrix N = (I - Q)^-1: N and N(2 N_dg - I) - N²."""
    hours = np.round(1000.0 * ended(shop(CHAIN, 1500, 200.0))["finish"]).astype(int)
    found = np.stack([hours % 1000, hours // 1000 % 1000, hours // 1_000_000], axis=1)
    moves = np.array([[0.0, 1.0, 0.0], [0.4, 0.0, 0.6], [0.0, 0.3, 0.0]])
    often = np.linalg.inv(np.eye(3) - moves)
    spread = often @ (2.0 * np.diag(np.diag(often)) - np.eye(3)) - often**2
    planned = visits(Scenario.model_validate(shop(CHAIN)).processes["job"])
    assert list(planned.values()) == pytest.approx(often[0])
    z = (found.mean(axis=0) - often[0]) / np.sqrt(spread[0] / len(found))
    assert (2.0 * norm.sf(abs(z)) > SURE).all()
    assert found.var(axis=0) == pytest.approx(spread[0], rel=0.35)


def once(to: str) -> World:
    """Return a step's way back that is taken exactly once."""
    return {"sends_back": {"to": to, "share": 1.0, "at_most": 1}}


def forked(a: World, b: World, join: World) -> World:
    """Return a start of an hour, branches of two and of five and a half hours, and a join of an hour."""
    return {
        "start": {"work": 1.0},
        "a": {"work": 2.0, "needs": ["start"]} | a,
        "b": {"work": 5.5, "needs": ["start"]} | b,
        "join": {"work": 1.0, "needs": ["a", "b"]} | join,
    }


def test_ways_back_by_hand() -> None:
    """What lies between is done again, what lies beside goes on, and the join waits for the last of it."""
    assert lead(forked({}, {}, {})) == pytest.approx(7.5)
    assert lead(forked({}, {}, once("join"))) == pytest.approx(8.5)
    assert lead(forked({}, {}, once("a"))) == pytest.approx(7.5 + 2.0 + 1.0)  # b is not done again
    assert lead(forked({}, {}, once("start"))) == pytest.approx(15.0)  # both branches are
    assert lead(forked(once("start"), {}, {})) == pytest.approx(7.5)  # a twice, while b goes on
    assert lead(forked(once("a"), once("b"), {})) == pytest.approx(1.0 + 11.0 + 1.0)
    # a: 3, start: 4, a: 6; b: 6.5, start: 7.5, b: 13, and what a has made stays
    assert lead(forked(once("start"), once("start"), {})) == pytest.approx(14.0)


def test_where_two_send_back_at_once_what_is_under_way_is_not_begun_twice() -> None:
    """Both branches send back to a long start: the second finds it under way, so it is done once more only."""
    steps = forked({"work": 2.0} | once("start"), {"work": 3.0} | once("start"), {})
    steps["start"] = {"work": 10.0}
    # a: 12, b: 13, start once more: 22, then both: 25, join: 26
    (case,) = ended(shop(steps))
    assert (case["finish"], case["worked"]) == pytest.approx((26.0, 2 * (10.0 + 2.0 + 3.0) + 1.0))


def without(world: World) -> World:
    """Return a world in which no step sends back."""
    flows = {}
    for name, flow in world["processes"].items():
        steps = {
            one: {field: value for field, value in step.items() if field != "sends_back"}
            for one, step in flow["steps"].items()
        }
        flows[name] = flow | {"steps": steps}
    return world | {"processes": flows}


def never(world: World) -> World:
    """Return a world whose steps send back in no case."""
    flows = {}
    for name, flow in world["processes"].items():
        steps = {
            one: step | ({"sends_back": step["sends_back"] | {"share": 0.0}} if "sends_back" in step else {})
            for one, step in flow["steps"].items()
        }
        flows[name] = flow | {"steps": steps}
    return world | {"processes": flows}


@law
@given(worlds())
def test_a_way_back_that_nobody_goes_changes_no_case(world: World) -> None:
    """A share of nothing leaves every case as it is without a way back."""
    first, second = (cases_of(finished(one).state) for one in (never(world), without(world)))
    for field in first.dtype.names:
        assert first[field].tobytes() == second[field].tobytes(), field


@law
@given(worlds())
def test_nothing_is_sent_back_more_often_than_agreed(world: World) -> None:
    """With at most so many rounds at every step, cases have at most the rounds of all, and each of them."""
    flows, most = {}, []
    for name, flow in world["processes"].items():
        steps = {}
        for one, step in flow["steps"].items():
            back = {"sends_back": step["sends_back"] | {"share": 1.0, "at_most": 2}} if "sends_back" in step else {}
            steps[one] = step | back
        flows[name] = flow | {"steps": steps}
        most.append(2 * sum("sends_back" in step for step in steps.values()))
    cases = cases_of(finished(world | {"processes": flows}).state)
    assert (cases["returns"] <= np.array(most)[cases["process"]]).all()
    gone = (cases["lost"] == 1) | (cases["prevented"] == 1)
    assert (cases["milestones_kept"] <= np.where(gone, 0, cases["milestones"])).all()


def test_ways_back_are_planned_dealings() -> None:
    """Half of ten a week are sent back: twenty hand-overs there and ten back, and twice the work."""
    world = shop({"a": {"work": 1.0}, "b": {"R": "other", "work": 1.0, "sends_back": {"to": "a", "share": 0.5}}})
    world["departments"]["other"] = {"staff": 1, "calendar": "always"}
    world["processes"]["job"]["demand"] = {"per_week": 10}
    scenario = Scenario.model_validate(world)
    assert planned_traffic(scenario) == {("shop", "other"): pytest.approx(30.0)}
    assert [one.work for one in planned_loads(scenario)] == pytest.approx([20.0, 20.0])


@pytest.mark.parametrize(("share", "most", "often"), [(0.5, 1, 1.5), (1.0, 3, 4.0), (0.5, 2, 1.75), (0.0, None, 1.0)])
def test_rounds_end_where_agreed(share: float, most: int | None, often: float) -> None:
    """Expected visits are 1 + p + p² + ... up to so many rounds, and a step that some cases skip has its share."""
    step = {"work": 1.0, "probability": 0.5, "sends_back": {"to": "make", "share": share, "at_most": most}}
    process = Scenario.model_validate(shop({"make": step})).processes["job"]
    assert visits(process)["make"] == pytest.approx(0.5 * often)
