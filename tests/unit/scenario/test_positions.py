"""Where departments stand: the main process from left to right, nobody on top of anybody, always the same."""

from itertools import combinations, pairwise
from math import hypot, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.scenario.dealings import planned_traffic
from sim.scenario.outline import outline
from sim.scenario.positions import WIDE, along, main_process, positions_of
from tests.worlds.organizations import organization
from tests.worlds.scenarios import scenarios


def apart(one, other):
    """Return how far two places are from each other in a picture of height 1."""
    return hypot((one.x - other.x) * WIDE, one.y - other.y)


@settings(max_examples=25)
@given(st.integers(3, 30), st.integers(0, 10_000))
def test_nothing_overlaps(size, seed):
    """Departments have room for a circle each, approvers for a small one beside their department."""
    found = positions_of(organization(size, seed))
    assert all(0.0 <= place.x <= 1.0 and 0.0 <= place.y <= 1.0 for place in found.values())
    departments = [name for name in found if "." not in name]
    least = min(apart(found[a], found[b]) for a, b in combinations(departments, 2))
    assert least >= 0.5 * sqrt(WIDE / size)
    for name in found.keys() - set(departments):
        home = name.partition(".")[0]
        nearest = min((one for one in found if one != name), key=lambda one: apart(found[name], found[one]))
        assert apart(found[name], found[home]) <= 0.45 * least
        assert apart(found[name], found[nearest]) >= 0.15 * least


@settings(max_examples=25)
@given(st.integers(1, 30), st.integers(0, 10_000))
def test_the_main_process_goes_from_left_to_right(size, seed):
    """Whoever comes first in it stands left of whoever comes later."""
    scenario = organization(size, seed)
    found, path = positions_of(scenario), along(main_process(scenario))
    assert all(found[one].x < found[other].x for one, other in pairwise(path))


@settings(max_examples=30)
@given(scenarios())
def test_every_scenario_has_places_for_all(scenario):
    """Routes by chance, processes with dates only, one department: everybody stands somewhere, every time there."""
    found = positions_of(scenario)
    assert tuple(found) == scenario.pools()
    assert len(set(found.values())) == len(found)
    assert positions_of(scenario.model_copy(update={"interventions": ()})) == found


def test_order_delivery_looks_as_people_would_draw_it():
    """Sales, purchasing, production, warehouse; service near production, which it asks; nobody on a busy line."""
    scenario = sim.load("order_delivery")
    found = positions_of(scenario)
    assert along(main_process(scenario)) == ["sales", "purchasing", "production", "warehouse"]
    departments = [name for name in scenario.departments if name != "service"]
    nearest = sorted(departments, key=lambda name: apart(found[name], found["service"]))
    assert "production" in nearest[:2]


def test_many_departments_stand_in_rows():
    """More than anybody would look at are still placed at once, each for itself."""
    found = positions_of(organization(200, 1, approvers=False))
    assert len(set(found.values())) == 200


def test_traffic_is_what_the_relations_of_a_run_are_planned_to_be():
    """Pair by pair, departments with each other."""
    scenario = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 1})
    rows = sim.run(scenario, replications=1).relations
    planned = {(one, other): often for one, other, often in zip(rows["from"], rows["to"], rows["planned"], strict=True)}
    traffic = planned_traffic(scenario)
    for (one, other), weekly in planned.items():
        if weekly > 0.0:
            assert traffic.get((one, other), traffic.get((other, one))) == pytest.approx(weekly)
    between = {pair for pair in traffic if not any("." in name for name in pair)}
    assert between == {pair for pair in planned if planned[pair] > 0.0 and pair in traffic}


def test_programs_are_told_as_well():
    """In the outline that `deptsim show --json` prints."""
    scenario = sim.load("order_delivery")
    told, found = outline(scenario), positions_of(scenario)
    owners = [*told["departments"], *told["approvers"]]
    assert {one["name"]: tuple(one["position"]) for one in owners} == found
    assert {(one["from"], one["to"]): one["weekly"] for one in told["traffic"]} == planned_traffic(scenario)
