"""Distance: what comes from afar is understood less, and those far apart quarrel sooner; nothing else changes."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.outcome import cases_of
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""


WRITTEN = {"links.distance"}
"""What the file says itself."""


def apart(world: World, distance: float, *, turned: bool = False) -> World:
    """Return a world in which any two departments are so far apart; the pair is written one way or the other."""
    pairs = [(b, a) if turned else (a, b) for a, b in combinations(world["departments"], 2)]
    far = [{"from": a, "to": b, "distance": distance} for a, b in pairs]
    return world | {"relations": world["relations"] | {"pairs": far}}


@law
@given(worlds())
def test_only_what_it_weighs_times_how_far_it_is_counts(world: World) -> None:
    """Twice the weight over half of the distance is the same to the bit, and so is the pair written the other way."""
    one = traces(finished(settled(apart(world, 1.0), distance=0.5)))
    other = traces(finished(settled(apart(world, 0.5, turned=True), distance=1.0)))
    assert set(differing(one, other)) <= WRITTEN


@law
@given(worlds())
def test_distance_that_weighs_nothing_is_none(world: World) -> None:
    """At a weight of 0 it makes no difference how far apart departments are, nor at a distance of 0 what it weighs."""
    near = traces(finished(settled(apart(world, 0.0), distance=2.0)))
    assert set(differing(near, traces(finished(settled(apart(world, 1.0), distance=0.0))))) <= WRITTEN


def two(distance: float, levers: dict[str, float], **more: Any) -> World:
    """Return one department that hands everything over to another; nobody ever waits for anybody."""
    team = {"staff": 500, "calendar": "always"}
    steps = {"draw": {"R": "one", "work": 1.0}, "build": {"R": "other", "work": 1.0} | more}
    return {
        "name": "two",
        "departments": {"one": team, "other": team},
        "processes": {"job": {"demand": {"per_week": 500, "during": "always"}, "steps": steps}},
        "relations": {
            "trust": 0.5,
            "understanding": 0.6,
            "pairs": [{"from": "other", "to": "one", "distance": distance}],
        },
        "levers": {"preset": "neutral"} | levers,
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
    }


def share(world: World, count: str) -> tuple[int, int]:
    """Return in how many cases something happened, and how many were finished."""
    cases = cases_of(finished(world).state)
    done = cases[cases["finish"] > 0.0]
    return int((done[count] > 0).sum()), len(done)


FAR = [(0.0, 1.0), (0.5, 0.4), (0.5, 1.0), (2.0, 1.0), (1.5, 0.6)]
"""How much distance weighs, and how far apart the two are."""


@pytest.mark.parametrize(("weight", "distance"), FAR)
def test_what_comes_from_afar_is_misread_by_the_formula(weight: float, distance: float) -> None:
    """With nothing written and no news, defects are a coin with novelty x (1 - U x max(0, 1 - weight x distance))."""
    levers = {"novelty": 0.8, "documents": 0.0, "sync_decay": 0.01, "distance": weight}
    found, n = share(two(distance, levers), "defective")
    assert binomtest(found, n, 0.8 * (1.0 - 0.6 * max(0.0, 1.0 - weight * distance))).pvalue > SURE


@pytest.mark.parametrize(("weight", "distance"), FAR)
def test_those_far_apart_quarrel_by_the_formula(weight: float, distance: float) -> None:
    """Every second step is late; the conflict is a coin with min(1, severity x (1 + weight x distance)) x (1 - T)."""
    levers = {"severity": 0.4, "lateness_width": 0.0, "distance": weight}
    found, n = share(two(distance, levers, response_hours=0.5), "conflicts")
    assert binomtest(found, n, min(1.0, 0.4 * (1.0 + weight * distance)) * 0.5).pvalue > SURE


@law
@given(st.sampled_from([0.3, 1.0]), st.sampled_from([0.2, 1.0, 2.0]))
def test_more_distance_only_adds_defects(distance: float, weight: float) -> None:
    """The same customers meet the same luck: who misreads what comes from near misreads it from afar as well."""
    levers = {"novelty": 0.8, "documents": 0.0, "sync_decay": 0.01}
    near, far = (
        cases_of(finished(two(distance, levers | {"distance": one}) | {"horizon_weeks": 1.0}).state)["defective"]
        for one in (0.0, weight)
    )
    assert (near <= far).all()
    assert np.sum(near) < np.sum(far)
