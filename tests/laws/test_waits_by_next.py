"""Waits that depend on where a case goes next: their own mean on each way, and the same ways as without them."""

from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import sim
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds

pytestmark = pytest.mark.compiled  # many cases

WAYS = {"y": 3.0, "z": 5.0, "end": 2.0}
"""Mean hours before each way that a case goes on: stated for one, usual for another, stated for leaving."""


def shop(**external: Any) -> World:
    """Return a process of three steps, after the first of which somebody outside is waited for."""
    steps = {"x": {"next": {"y": 0.3, "z": 0.3}, "external": {"calendar": "always", **external}}, "y": {}, "z": {}}
    named = {name: {"R": "shop", "work": 0.5, "next": {}} | step for name, step in steps.items()}
    return {
        "departments": {"shop": {"staff": 5000, "calendar": "always"}},
        "processes": {"job": {"demand": {"at": [0.0] * 4000}, "steps": named}},
        "levers": {"preset": "neutral"},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }


def waits(world: World) -> dict[str, Any]:
    """Return what came of a case after its first step: how long until it went on, by where it went."""
    result = sim.run(sim.load(world), events=True)
    events = result.events[result.events["kind"] == "work"]
    began = {step: events[events["activity"] == f"job/{step}"].set_index("case")["start"] for step in "xyz"}
    done = began["x"] + 0.5
    served = result.cases.set_index("case")["finish"].drop([*began["y"].index, *began["z"].index])
    return {"y": began["y"] - done, "z": began["z"] - done, "end": served - done}


def test_each_way_has_its_own_wait() -> None:
    """A list of quantiles before one, the usual hours before another, a fixed time before leaving."""
    found = {
        way: hours.dropna()
        for way, hours in waits(shop(work=5.0, by_next={"y": {"empirical": [0, 1, 10]}, "end": 2.0})).items()
    }
    assert found["y"].mean() == pytest.approx(WAYS["y"], abs=5 * found["y"].std() / np.sqrt(len(found["y"])))
    assert found["y"].quantile([0.25, 0.5]).to_numpy() == pytest.approx([0.5, 1.0], abs=0.15)
    assert found["z"].to_numpy() == pytest.approx(WAYS["z"])
    assert found["end"].to_numpy() == pytest.approx(WAYS["end"])


def test_hours_of_a_wait_count_as_the_calendar_says() -> None:
    """From Monday 0:30 on, two hours at a half and then in full; who has waited is booked the hours as they count."""
    slow = {"mon": {"00:00-02:30": 0.5, "02:30-24:00": 1.0}}
    world = {**shop(work=3.0, calendar="slow"), "calendars": {"slow": slow}}
    found = waits(world)
    for way in WAYS:
        assert found[way].dropna().to_numpy() == pytest.approx(4.0)
    ledger = sim.run(sim.load(world)).cases
    assert ledger["ledger_external"].to_numpy() == pytest.approx(3.0)


def test_ways_stay_as_they_are() -> None:
    """Who is waited for changes when a case goes on, and not where."""
    plain, known = waits(shop(work=5.0)), waits(shop(work=5.0, by_next={"y": 1.0, "end": 0.0}))
    for way in WAYS:
        assert sorted(plain[way].dropna().index) == sorted(known[way].dropna().index)


def test_it_is_planned_with_the_mean_over_all_ways() -> None:
    """Three in ten go one way, three another, four leave."""
    step = sim.load(shop(work=5.0, by_next={"y": {"empirical": [0, 1, 10]}, "end": 2.0})).processes["job"].steps["x"]
    assert step.outside == pytest.approx(0.3 * WAYS["y"] + 0.3 * WAYS["z"] + 0.4 * WAYS["end"])


@law
@given(worlds())
def test_what_is_usual_may_be_said_of_every_way(world: World) -> None:
    """To the bit: every case, day, event and line of the log."""
    said = deepcopy(world)
    for flow in said["processes"].values():
        for step in flow["steps"].values():
            if "next" in step and "external" in step:
                step["external"]["by_next"] = dict.fromkeys((*step["next"], "end"), step["external"]["work"])
    assert differing(traces(finished(world)), traces(finished(said))) == []
