"""Ranges of assumptions, and how far beyond them values may lie."""

import pytest

from sim.experiments.plan import Plan
from sim.experiments.ranges import widened
from sim.experiments.reading import experiment_of, plan_of
from sim.scenario import ScenarioError, load
from sim.scenario.uncertain import assumptions_of
from sim.study.making import make_intervention

TRAP = load("trust_trap", {"ranges": {"raci.clarity": [0.3, 0.9]}})
FOUND = {one.place: one for one in assumptions_of(TRAP, [make_intervention("raci")])}


@pytest.mark.parametrize(
    ("place", "low", "high"),
    [
        ("levers.latency", 0.0, 17.0),  # two widths of 2 to 7 hours, but no less than no time
        ("levers.clarity", 0.0, 1.0),  # a lever that is a share
        ("raci.clarity", 0.0, 1.0),  # a dose
        ("raci.adoption.fidelity", 0.0, 1.0),
        ("relations.trust", 0.0, 0.75),
        ("response_targets.consult", 1.0, 100.0),  # above nothing
    ],
)
def test_ranges_go_on_as_far_as_values_are_allowed(place, low, high):
    """And are as they were where nothing lies beyond."""
    one = widened(FOUND[place], 2.0)
    assert (one.low, one.high) == pytest.approx((low, high))
    assert widened(FOUND[place], 0.0) is FOUND[place]


def asked(**factor):
    """Return an experiment with a factor of assumptions."""
    points = [{"levers.latency": 12.0}]
    return {
        "scenarios": [TRAP],
        "factors": {"far": {"assumptions": ["levers.latency"], **factor}},
        "design": {"kind": "points", "points": points},
    }


def test_an_experiment_goes_beyond_ranges_where_it_says_so():
    """Otherwise a value out there is refused."""
    plan = plan_of(asked(beyond=2))
    assert isinstance(plan, Plan)
    assert plan.scenario(plan.point(0)).lever("latency") == 12.0
    with pytest.raises(ScenarioError, match=r"found 12.0, expected a number"):
        plan_of(asked())
    written = experiment_of(asked(beyond=2)).model_dump(mode="json", by_alias=True)["factors"]["far"]
    assert (written["assumptions"], written["beyond"]) == (["levers.latency"], 2.0)


def test_beyond_goes_with_assumptions_alone():
    """Other factors say their ends themselves."""
    with pytest.raises(ScenarioError, match="found beyond in a factor without assumptions"):
        plan_of({"scenarios": [TRAP], "factors": {"far": {"with": "raci", "beyond": 2}}})
