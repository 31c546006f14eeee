"""One value of the wrong kind is one mistake: nothing is said about the fields that refer to it or stand beside it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from sim.scenario import check
from tests.worlds.mistakes import fields

FULL: dict[str, Any] = {
    "management": "boss",
    "calendars": {"hours": {"mon-fri": "09:00-18:00"}},
    "departments": {
        "a": {
            "staff": 3,
            "calendar": "hours",
            "own_work": {"share": 0.2, "size": 1.0, "target_hours": 8.0},
            "kpis": [{"measures": "volume", "target": 3.0}],
            "pools": {"head": {"hours_per_week": 5.0}},
            "levers": {"latency": 2.0, "quit_rate": 0.2},
        },
        "b": {"staff": 2},
        "boss": {"staff": 1},
    },
    "processes": {
        "p": {
            "demand": {"per_week": 3.0, "during": "hours"},
            "target_hours": 9.0,
            "target_calendar": "hours",
            "served_by": "s",
            "teams": False,
            "preventable": 0.1,
            "worth": 100.0,
            "delay_cost": 2.0,
            "satisfaction": {"late": 0.5, "defective": 0.6},
            "complains": {"process": "r", "late": 0.3, "defective": 0.5},
            "promise": {"standard_days": 3.0, "elasticity": 1.0},
            "steps": {
                "s": {
                    "R": "a",
                    "A": "a.head",
                    "C": ["b"],
                    "work": 1.0,
                    "external": {"work": 2.0, "calendar": "hours"},
                    "due_days": 2.0,
                    "changeable": True,
                    "scalable": True,
                    "routine": 0.3,
                },
                "t": {
                    "R": "b",
                    "work": 1.0,
                    "needs": ["s"],
                    "contested_by": ["a"],
                    "ambiguity": 0.5,
                    "inspection": 2.0,
                    "short": 0.1,
                    "short_wait": 4.0,
                    "response_hours": 4.0,
                },
            },
        },
        "q": {
            "demand": {"at": [0.0, 168.0]},
            "target_days": 9.0,
            "start": {"x": 1.0},
            "steps": {
                "x": {"R": "a", "work": 1.0, "next": {"y": 0.5}},
                "y": {"R": "b", "work": 2.0, "next": {"end": 1.0}},
            },
        },
        "r": {"demand": {"per_week": 0.0}, "steps": {"z": {"R": "a", "work": 1.0}}},
    },
    "relations": {"trust": 0.4, "pairs": [{"from": "a", "to": "b", "distance": 0.5}]},
    "queue": {"urgency": 1.0, "value": 1.0, "due": 1.0},
    "pace": "1 h",
    "interventions": [{"kind": "daily_standup", "start_week": 1.0, "end_week": 5.0}],
    "shocks": [
        {"kind": "leaver", "from": "a", "to": "b", "week": 2.0},
        {"kind": "surge", "process": "p", "week": 1.0, "weeks": 2.0, "factor": 2.0},
        {"kind": "short_staffed", "department": "b", "people": 1, "week": 1.0, "weeks": 2.0},
        {"kind": "supplier_failure", "process": "p", "step": "s", "week": 1.0, "weeks": 2.0, "factor": 2.0},
    ],
    "compare": [{"label": "x", "with": ["raci"]}],
    "horizon_weeks": 30.0,
    "warmup_weeks": 4.0,
    "tail_weeks": 8.0,
    "measures": ["lead_time_mean"],
}


@pytest.mark.parametrize("wrong", [-7.5, True, []])
def test_a_wrong_value_is_told_where_it_stands_and_nowhere_else(tmp_path: Path, wrong: Any) -> None:
    """In a file in which every kind of field occurs."""
    file = tmp_path / "file.yaml"
    file.write_text(json.dumps(FULL), encoding="utf-8")
    assert check(file) == []
    refused = 0
    for path in fields(FULL):
        data = copy.deepcopy(FULL)
        inner = data
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = wrong
        file.write_text(json.dumps(data), encoding="utf-8")
        errors = [one for one in check(file) if one.severity == "error"]
        here = [one.path[: len(path)] == path for one in errors]
        refused += any(here)
        assert all(here) or not any(here), (path, [str(one) for one in errors])
        told = [one.path for one in errors]
        assert len(set(told)) == len(told), (path, [str(one) for one in errors])
    assert refused > 50
