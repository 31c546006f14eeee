"""One small organization in which everything happens; told to another process: `python -m tests.worlds.witness OUT`."""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from sim.kernel.machine import Machine
from sim.outcome import cases_of
from tests.worlds.drawn import BOSS, CALENDARS, World, finished

TIMES = ("arrival", "promise", "target", "finish", "complexity", "worked", "reworked", "frozen_hours")
COUNTS = ("key", "process", "ordinal", "urgent", "lost", "bounces", "conflicts", "reworks", "handed_over", "ping_pong")


def _step(responsible: str, **roles: Any) -> World:
    return {"R": responsible, "work": {"exponential": 1.0}, "response_hours": 4.0} | roles


WITNESS: World = {
    "name": "witness",
    "calendars": CALENDARS,
    "departments": {
        "dept_a": {"staff": 1, "calendar": "office", "pools": {"head": {"hours_per_week": 20}}},
        "dept_b": {
            "staff": 2,
            "calendar": "shifts",
            "shifts": {"early": 1},
            "own_work": {"share": 0.3, "size": {"exponential": 1.0}},
        },
        "dept_c": {"staff": 1, "calendar": "always"},
        BOSS: {"staff": 1, "calendar": "office"},
    },
    "management": BOSS,
    "processes": {
        "project": {
            "demand": {"per_week": 25},
            "urgent_share": 0.3,
            "complexity": 0.5,
            "promise": {"standard_days": 4, "elasticity": 1.0},
            "target_days": 5,
            "steps": {
                "sell": _step("dept_a", A="dept_a.head", C=["dept_b", "dept_c"], I=["dept_c"], commitment=True),
                "make": _step(
                    "dept_b",
                    needs=["sell"],
                    short=0.4,
                    short_wait=2.0,
                    contested_by=["dept_a", "dept_c"],
                    external={"work": {"gamma": {"mean": 3.0, "cv": 0.7}}, "calendar": "office"},
                ),
                "write": _step("dept_c", needs=["sell"], C=["dept_a"], probability=0.7, due_days=2),
                "ship": _step(
                    "dept_a",
                    needs=["make", "write"],
                    A=BOSS,
                    work=0.0,
                    due_days=4,
                    sends_back={"to": "make", "share": 0.2},
                ),
            },
        },
        "question": {
            "demand": {"per_week": 15, "during": "always"},
            "urgent_share": 0.5,
            "steps": {
                "take": _step("dept_c", next={"solve": 0.9}),
                "solve": _step("dept_b", contested_by=["dept_a", "dept_c"], next={"take": 0.3}),
            },
        },
    },
    "levers": {
        "adherence": 0.6,
        "agreement": 0.5,
        "agreement_hours": 2.0,
        "step_agreement": 0.5,
        "express": 0.5,
        "withholding": 0.5,
        "milestones": 0.5,
        "warning": 0.5,
        "escalation": 0.5,
        "escalation_bounces": 1.0,
        "tier1_hours": 2.0,
        "tier2_hours": 1.0,
        "standoff_hours": 6.0,
        "severity": 0.7,
        "novelty": 0.8,
        "refusal": 0.8,
        "latency": 1.0,
        "form_hours": 0.1,
        "speedup": 0.2,
        "ownership": 0.3,
        "contact": 0.5,
        "knowledge_base": 0.5,
        "trust_coupling": 0.7,
        "leadership": 0.2,
        "acceptance": 0.4,
        "teaching": 0.02,
        "lookup": 0.2,
        "shortages": 0.8,
        "confirmation": 0.2,
        "backup": 0.1,
        "distance": 0.4,
    },
    "relations": {
        "trust": 0.4,
        "understanding": 0.3,
        "pairs": [{"from": "dept_a", "to": "dept_b", "distance": 0.7}],
    },
    "horizon_weeks": 3.0,
    "warmup_weeks": 0.0,
    "interventions": [
        {"kind": "daily_standup", "minutes": 20, "end_week": 2.5},
        {"kind": "job_rotation", "weeks": 1.0, "start_week": 0.5},
        {"kind": "leadership_example"},
        {"kind": "shared_kpi", "adoption": {"ramp_weeks": 2.0, "retention_weeks": 2.0}},
    ],
    "shocks": [
        {"kind": "leaver", "week": 1.0, "from": "dept_b", "to": "dept_a", "share": 0.8, "vacancy_weeks": 1.0},
        {"kind": "surge", "week": 0.5, "process": "project", "weeks": 1.0, "factor": 2.0},
        {"kind": "urgent_order", "week": 0.6, "process": "project", "cases": 2},
        {"kind": "wrong_update", "week": 1.2, "process": "project", "step": "make", "days": 2.0},
    ],
}


def told(machine: Machine) -> dict[str, Any]:
    """Return the cases and the event log of a run as plain arrays."""
    state, now = machine.state, machine.state.now[0]
    cases, log, lines = cases_of(state), state.log[: now["n_log"]], state.lines[: now["n_lines"]]
    found = {f"case_{name}": cases[name] for name in (*TIMES, *COUNTS)} | {"spent": lines["hours"]}
    return found | {f"log_{name}": log[name] for name in log.dtype.names} | {"handled": np.array([now["handled"]])}


if __name__ == "__main__":
    np.savez(Path(sys.argv[1]), **told(finished(WITNESS)))
