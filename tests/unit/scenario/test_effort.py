"""What would take a run for ever is said beforehand, whatever it comes from."""

from typing import Any

import pytest

from sim.compile import compile_scenario
from sim.outcome import simulate
from sim.scenario import Scenario, findings_in, load
from sim.scenario.effort import MOST_EVENTS, sources_of

PLAIN: dict[str, Any] = {
    "departments": {"a": {"staff": 50}},
    "processes": {"p": {"demand": {"per_week": 1}, "steps": {"s": {"R": "a", "work": 1}}}},
    "horizon_weeks": 50,
    "warmup_weeks": 0,
}
MINUTES = {"mon-sun": [f"{minute // 60:02}:{minute % 60:02}-{minute // 60:02}:{minute % 60 + 1:02}"
                       for minute in range(0, 1438, 2)]}  # fmt: skip
STEP = {"R": "a", "work": 1e-6}
ENORMOUS: dict[str, tuple[dict[str, Any], str]] = {
    "own work": (
        {"departments": {"a": {"staff": 50, "own_work": {"share": 0.3, "size": {"exponential": 1e-9}}}}},
        "departments.a.own_work.size",
    ),
    "own work without end": (
        {"departments": {"a": {"staff": 50, "own_work": {"share": 0.3, "size": {"exponential": 1e-300}}}}},
        "departments.a.own_work.size",
    ),
    "cases": (
        {"processes": {"p": {"demand": {"per_week": 1e6}, "steps": {"s": STEP}}}},
        "processes.p.demand",
    ),
    "visits": (
        {"processes": {"p": {"demand": {"per_week": 1000}, "steps": {"s": STEP | {"next": {"s": 0.9999}}}}}},
        "processes.p.demand",
    ),
    "a surge": (
        {
            "processes": {"p": {"demand": {"per_week": 20_000}, "steps": {"s": STEP}}},
            "shocks": [{"kind": "surge", "process": "p", "week": 0, "weeks": 50, "factor": 100}],
        },
        "processes.p.demand",
    ),
    "openings": (
        {
            "calendars": {"minutes": MINUTES},
            "departments": {f"d{n}": {"staff": 1, "calendar": "minutes"} for n in range(1000)} | PLAIN["departments"],
        },
        "departments",
    ),
}


@pytest.mark.parametrize(("changes", "field"), ENORMOUS.values(), ids=ENORMOUS)
def test_what_would_take_for_ever_is_warned_of(changes: dict[str, Any], field: str) -> None:
    """By one sentence that names the field."""
    found = [one for one in findings_in(Scenario.model_validate(PLAIN | changes)) if "would happen" in str(one.text)]
    assert [(one.severity, one.field) for one in found] == [("warning", field)]


def test_what_is_usual_is_not_warned_of() -> None:
    """Neither in a small scenario nor in those that are shipped."""
    for scenario in (Scenario.model_validate(PLAIN), load("order_delivery"), load("trust_trap")):
        assert sum(number for *_, number in sources_of(scenario)) < MOST_EVENTS / 100
        assert not [one for one in findings_in(scenario) if "would happen" in str(one.text)]


def test_the_estimate_is_of_the_right_size() -> None:
    """Compared with what is handled when a scenario is run: rework and disputes come on top."""
    scenario = load("order_delivery").model_copy(update={"horizon_weeks": 4.0, "warmup_weeks": 0.0})
    planned = sum(number for *_, number in sources_of(scenario))
    handled = simulate(compile_scenario(scenario), 1, 0).events
    assert planned / 2 < handled < 2 * planned
