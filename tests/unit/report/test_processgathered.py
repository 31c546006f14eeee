"""Steps of one name and one department are one for whoever reads of them, and nothing else changes."""

import numpy as np
import pandas as pd
import pytest

from sim import load
from sim.report.processgathered import gathered, gathered_in, gathered_places, standing_for
from sim.report.processpanels import _costly
from sim.scenario import Scenario
from sim.spec.traffic import visits


@pytest.fixture(scope="module")
def scenario():
    """A case is checked, sent, and comes back to be checked otherwise: by the same department, under one name."""
    wait = {"work": 8.0, "by_next": {"end": 0.0}}
    steps = {
        "check": {"label": "Check", "R": "desk", "work": 1.0, "next": {"send": 1.0}},
        "send": {"label": "Send", "R": "post", "work": 1.0, "external": wait, "next": {"again": 0.5, "end": 0.5}},
        "again": {"label": "Check", "R": "desk", "work": 4.0, "next": {"send": 0.8, "other": 0.2}},
        "other": {"label": "Check", "R": "post", "work": 1.0, "next": {}},
    }
    said = {"demand": {"per_week": 10.0}, "steps": steps}
    return Scenario.model_validate(
        {"departments": {"desk": {"staff": 2}, "post": {"staff": 2}}, "processes": {"case": said}}
    )


def test_visits_and_hours_are_the_same_all_in_all(scenario):
    """Of what stands for others, in all measures that a map tells."""
    process = scenario.processes["case"]
    stands = standing_for(process)
    assert stands == {"check": "check", "send": "send", "again": "check", "other": "other"}
    before, made = visits(process), gathered(process, stands)
    assert visits(made) == pytest.approx(
        {"check": before["check"] + before["again"], "send": before["send"], "other": before["other"]}
    )
    for of in (lambda step: step.work.mean, lambda step: step.outside):
        total = sum(before[name] * of(step) for name, step in process.steps.items())
        assert sum(visits(made)[name] * of(step) for name, step in made.steps.items()) == pytest.approx(total)


def test_hours_of_a_table_are_added_up(scenario):
    """By alternative; what is not known of any stays unknown."""
    stands = {"case": standing_for(scenario.processes["case"])}
    rows = [
        ("Now", "case", "check", 1.0, np.nan),
        ("Now", "case", "again", 2.0, np.nan),
        ("Then", "case", "again", 4.0, 1.0),
    ]
    places = pd.DataFrame(rows, columns=["alternative", "process", "step", "touch", "queue"])
    found = gathered_places(places, stands)
    assert found["step"].tolist() == ["check", "check"]
    assert found["touch"].tolist() == [3.0, 4.0]
    assert np.isnan(found["queue"][0])
    assert found["queue"][1] == 1.0


@pytest.mark.parametrize("name", ["order_delivery", "incident_response"])
def test_an_organization_that_tells_all_steps_apart_is_the_same(name):
    """Not a word of it is another."""
    scenario = load(name)
    assert gathered_in(scenario) is scenario


def test_of_too_many_steps_those_are_shown_in_which_time_passes():
    """All where there is room."""
    hours = {"a": 10.0, "b": 0.0, "c": 5.0, "d": 0.001, "e": 1.0}
    assert len(_costly(hours, 5)) == 5
    assert _costly(hours, 4) == ["a", "c", "e"]
