"""A pace is a unit of time: everything so many times slower, and the organization slower by as much, is the same run.

Trust drifts and understanding is forgotten whenever somebody looks, so both follow the pace to the last bit. What acts
at midnight is switched off here: contact, meetings, and adoption that grows or fades. A day has 24 hours whatever the
pace, so these only follow it on average. For the same reason the person who approves works round the clock: so many
hours a week are a piece of the calendar week, which no pace stretches.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.kernel.machine import Machine
from sim.outcome import cases_of
from tests.worlds.drawn import BOSS, World, finished, law
from tests.worlds.witness import COUNTS, TIMES

LIVED = {"fidelity": 0.9, "ramp_weeks": 0.0}
CONFLICT = {"severity": 0.8, "trust_loss": 0.2, "refusal": 0.8, "speedup": 0.2, "escalation": 0.6, "form_hours": 0.1}
CONFLICT |= {"shortages": 1.0, "lookup": 0.2}
UNSCALED = ("complexity",)


def world_at(pace: float, preset: str = "typical", rule: str = "boost", interventions: bool = True) -> World:
    """Return an organization in which everything happens, with all its hours times `pace`."""

    def hours(mean: float) -> World:
        return {"exponential": mean * pace}

    def team(staff: int, **more: Any) -> World:
        own = {"share": 0.3, "size": hours(1.0)}
        return {"staff": staff, "calendar": "always", "own_work": own, **more}

    def step(responsible: str, **roles: Any) -> World:
        return {"R": responsible, "work": hours(4.0), "response_hours": 12.0 * pace} | roles

    kpis = [{"measures": "response", "target": 0.9}, {"measures": "own_work", "target": 0.9}]
    return {
        "name": "world",
        "pace": pace,
        "departments": {
            "dept_a": team(1, kpis=kpis, pools={"head": {"hours_per_week": 168}}),
            "dept_b": team(2, kpis=kpis, skill=1.25),
            "dept_c": team(1),
            BOSS: team(1),
        },
        "management": BOSS,
        "processes": {
            "project": {
                "demand": {"per_week": 15 / pace, "during": "always"},
                "urgent_share": 0.3,
                "complexity": 0.5,
                "promise": {"standard_days": 4 * pace, "elasticity": 1.0},
                "target_hours": 100 * pace,
                "steps": {
                    "sell": step("dept_a", A="dept_a.head", C=["dept_b", "dept_c"], I=["dept_c"], commitment=True),
                    "make": step(
                        "dept_b",
                        short=0.5,
                        short_wait=hours(2.0),
                        needs=["sell"],
                        contested_by=["dept_a", "dept_c"],
                        external={"work": {"gamma": {"mean": 3.0 * pace, "cv": 0.7}}, "calendar": "always"},
                    ),
                    "write": step("dept_c", needs=["sell"], C=["dept_a"], probability=0.7),
                    "ship": step("dept_a", needs=["make", "write"], A=BOSS, work=0.0),
                },
            },
            "question": {
                "demand": {"per_week": 8 / pace, "during": "always"},
                "target_days": 2 * pace,
                "steps": {
                    "take": step("dept_c", next={"solve": 0.9}),
                    "solve": step("dept_b", contested_by=["dept_a", "dept_c"], next={"take": 0.3}),
                },
            },
        },
        "levers": {"preset": preset, **CONFLICT, "form_hours": 0.1 * pace},
        "relations": {"trust": 0.3, "understanding": 0.3},
        "queue": {"rule": rule},
        "warmup_weeks": 0.5 * pace,
        "horizon_weeks": 6.0 * pace,
        "tail_weeks": 2.0 * pace,
        "interventions": [{"kind": kind, "adoption": LIVED, **doses} for kind, doses in KINDS.items()]
        if interventions
        else [],
    }


KINDS = {"raci": {"agreeing_hours": 0.0}, "response_agreement": {}, "escalation_path": {}, "shared_board": {}}
"""What is spent once is spread over the first weeks, whatever the pace."""


INTRODUCED = [{"kind": kind, "adoption": LIVED, **doses} for kind, doses in KINDS.items()]


def told(machine: Machine) -> dict[str, Any]:
    """Return the cases, the event log, the ledger and the relations of a run."""
    state, now = machine.state, machine.state.now[0]
    cases, log, lines = cases_of(state), state.log[: now["n_log"]], state.lines[: now["n_lines"]]
    found = {name: cases[name] for name in (*TIMES, *COUNTS)} | {"spent": lines["hours"]}
    found |= {f"log_{name}": log[name] for name in log.dtype.names}
    return found | {name: state.links[name] for name in ("trust", "understanding")}


SCALED = {*TIMES, "spent", "log_start", "log_end"} - set(UNSCALED)


def compare(pace: float, seed: int, within: float, **world: Any) -> dict[str, Any]:
    """Check that a run at a pace is the run at a pace of 1 with its times multiplied; return the latter."""
    usual, other = (told(finished(world_at(one, **world), seed)) for one in (1.0, pace))
    for name, values in usual.items():
        expected = values * pace if name in SCALED else values
        if within == 0.0 or values.dtype.kind in "iu":
            np.testing.assert_array_equal(other[name], expected, err_msg=name)
        else:
            length = usual["arrival"].max() * pace
            np.testing.assert_allclose(other[name], expected, rtol=within, atol=within * length, err_msg=name)
    return usual


@pytest.mark.compiled
@pytest.mark.parametrize("pace", [0.25, 0.5, 2.0, 4.0])
@pytest.mark.parametrize("rule", ["boost", "strict"])
def test_a_power_of_two_changes_no_bit(pace: float, rule: str) -> None:
    """Nothing is hidden that has a length of its own: cases, log, ledger and relations are the same to the last bit."""
    usual = compare(pace, 1, 0.0, rule=rule)
    assert min(usual[name].sum() for name in ("bounces", "conflicts", "reworks", "frozen_hours", "lost")) > 0


@pytest.mark.compiled  # many runs
def test_any_other_pace_changes_nothing_but_rounding() -> None:
    """With factors that are no powers of two the last digits differ: all else is within 1e-12 of the run's length."""
    compare(3.0, 1, 1e-12)


@pytest.mark.compiled
@law
@given(st.integers(1, 1000), st.sampled_from(["neutral", "typical"]), st.booleans())
def test_it_holds_whatever_happens(seed: int, preset: str, interventions: bool) -> None:
    """With any luck, from any preset, with interventions whose figures follow the pace and without."""
    compare(0.25, seed, 0.0, preset=preset, interventions=interventions)
