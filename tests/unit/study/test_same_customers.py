"""A case is compared with itself, however many complaints other cases have caused before it."""

from typing import Any

from sim.interventions import INTERVENTIONS
from sim.replications import run
from sim.scenario import Scenario
from sim.study.changed import changed_between, run_again
from sim.study.explained import Explanation

SHOP: dict[str, Any] = {
    "name": "shop",
    "departments": {"sales": {"staff": 2}, "plant": {"staff": 2}, "boss": {"staff": 1}},
    "management": "boss",
    "processes": {
        "order": {
            "demand": {"per_week": 30},
            "target_days": 3,
            "complains": {"process": "complaint", "late": 0.7, "defective": 0.7},
            "steps": {
                "sign": {"R": "sales", "C": ["plant"], "work": {"exponential": 1.0}},
                "make": {"R": "plant", "work": {"exponential": 1.5}, "A": "boss", "contested_by": ["sales"]},
            },
        },
        "complaint": {
            "demand": {"per_week": 0},
            "target_hours": 8,
            "steps": {"answer": {"R": "sales", "work": 1.0}},
        },
    },
    "horizon_weeks": 8.0,
    "warmup_weeks": 1.0,
}


def test_changed_cases_are_the_same_customers() -> None:
    """Same process and arrival on both sides, whatever their numbers, and complaints are compared with nothing."""
    scenario = Scenario.model_validate(SHOP)
    other = scenario.with_interventions([INTERVENTIONS["raci"]()])
    before, after = (run(one, 2, seed=1) for one in (scenario, other))
    changed = changed_between(before, after)
    assert len(changed) > 10
    assert (changed["case"] != changed["case_after"]).any()
    assert set(changed["process"]) == {"order"}
    for side, number in ((before, "case"), (after, "case_after")):
        cases = side.cases.set_index(["replication", "case"])
        there = cases.loc[list(zip(changed["replication"], changed[number], strict=True))]
        assert there["arrival"].tolist() == changed["arrival"].tolist()
        assert there["process"].astype(str).tolist() == changed["process"].astype(str).tolist()
    came = (~before.cases["caused"].astype(bool) & (before.cases["process"] == "order")).sum()
    assert changed.attrs["counted"] <= came


def test_the_story_of_a_case_is_its_own() -> None:
    """Events of both sides are about that customer: none before it arrives."""
    scenario = Scenario.model_validate(SHOP)
    sides = {"before": scenario, "after": scenario.with_interventions([INTERVENTIONS["raci"]()])}
    before, after = run_again(sides, dict.fromkeys(sides), range(1), 1, ("cases", "events"))
    changed = changed_between(before, after)
    found = Explanation("RACI", scenario, changed, changed.attrs["counted"], 1, before, after)
    for _, row in changed.iterrows():
        for events in found.events_of(row):
            assert len(events) > 0
            assert events["start"].min() >= row["arrival"] - 1e-6
