"""Moments that the kernel once got wrong, each as the smallest organization that shows it."""

from typing import Any

import numpy as np
import pytest

from sim.outcome import cases_of
from tests.worlds.anatomy import differing, moments, places, traces
from tests.worlds.drawn import World, finished, machine_of
from tests.worlds.witness import WITNESS


def desk(**step: Any) -> World:
    """Return one department with a lunch break, to which three dated cases come during it."""
    return {
        "name": "desk",
        "departments": {"desk": {"staff": 1}, "other": {"staff": 1}},
        "processes": {
            "one": {"demand": {"at": [12.5, 12.5, 12.5]}, "steps": {"do": {"R": "desk", "work": 0.0} | step}}
        },
        "levers": {"preset": "neutral"},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }


def assert_clock_runs_on(world: World) -> None:
    """See that no event is planned before the present."""
    machine, before = machine_of(world), 0.0
    for time in moments(machine, 48.0):
        assert time >= before
        before = time


def test_work_of_no_hours_ends_when_it_begins() -> None:
    """Work taken up at an opening ends then, not at the closing before it."""
    assert_clock_runs_on(desk())
    assert (cases_of(finished(desk()).state)["finish"][:3] == 13.0).all()


def test_an_external_wait_of_no_hours_is_over_at_once() -> None:
    """A supplier who is closed and needs no time has delivered when the order is out."""
    night = {"work": 0.0, "calendar": "night"}
    world = desk(external=night) | {"calendars": {"night": {"mon-sun": ["02:00-04:00"]}}}
    assert_clock_runs_on(world)
    assert (cases_of(finished(world).state)["finish"][:3] == 13.0).all()


MEETINGS = [
    {"kind": "daily_standup"},
    {"kind": "daily_standup", "start_week": 1.5},
    {"kind": "custom", "meets": [{"at": 8.5, "minutes": 30}, {"at": 9.0, "minutes": 5}]},
]


@pytest.mark.compiled
@pytest.mark.parametrize("idle", MEETINGS, ids=["stand-up", "late stand-up", "two others"])
def test_a_meeting_of_strength_zero_leaves_other_meetings_alone(idle: World) -> None:
    """Who begins and what is settled in a meeting does not depend on which other meetings there are."""
    nothing = WITNESS | {"interventions": [*WITNESS["interventions"], idle | {"strength": 0.0}]}
    assert differing(traces(finished(WITNESS)), traces(finished(nothing))) == []


def test_a_long_meeting_in_which_everybody_quarrels_has_room() -> None:
    """A meeting may open more requests than any other event: one hundred answers, each late, each a conflict."""
    long = {"kind": "custom", "adoption": {"fidelity": 1.0, "ramp_weeks": 0.0}}
    world = {
        "name": "quarrel",
        "departments": {"asker": {"staff": 100}, "asked": {"staff": 1}},
        "processes": {
            "ask": {
                "demand": {"at": list(np.linspace(8.0, 9.0, 150))},
                "steps": {"do": {"R": "asker", "C": ["asked"], "work": 1.0}},
            }
        },
        "levers": {"preset": "neutral", "severity": 1.0, "adherence": 1.0, "standoff_hours": 9.0},
        "relations": {"trust": 0.0},
        "coordination_work": {"consult": 2.0},
        "response_targets": {"consult": 0.5},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
        "interventions": [long | {"meets": [{"at": 11.0, "minutes": 480, "item_minutes": 3, "staff_share": 0.05}]}],
    }
    machine = machine_of(world)
    machine.advance(11.0)
    assert machine.state.now[0]["meetings"] == 1
    assert (cases_of(machine.state)["conflicts"] > 0).sum() > 50
    assert all(len(where) == 1 for where in places(machine).values())
