"""Authority: a superior who has heard both sides cuts that share of what is left of a stand-off, whatever is on."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcome import start
from sim.vocab import CaseCount
from tests.worlds.anatomy import differing, moments, traces
from tests.worlds.drawn import BOSS, World, compiled, end_of, finished, law, shares, worlds
from tests.worlds.hours import clock_of

pytestmark = pytest.mark.compiled  # many cases

PATH: World = {"escalation": 1.0, "tier1_hours": 0.5, "tier2_hours": 1000.0, "standoff_hours": 60.0, "severity": 1.0}


def with_levers(world: World, levers: World) -> World:
    """Return a world in which nobody says anything else about some levers."""
    teams = {
        name: team | {"levers": {lever: value for lever, value in team["levers"].items() if lever not in levers}}
        for name, team in world["departments"].items()
    }
    kept = [one for one in world["interventions"] if one["kind"] not in ("escalation_path", "custom")]
    return world | {"departments": teams, "levers": world["levers"] | levers, "interventions": kept}


def cuts(world: World) -> Iterator[tuple[float, float]]:
    """Follow a run; of every stand-off that a superior cuts yield the open hours left before and after.

    A conflict has a stamp that goes up with every new stand-off; the first is the sides' own.
    """
    ready = compiled(world)
    machine = start(ready, 1, 0)
    state, scenario = machine.state, ready.scenario
    seen: dict[tuple[int, int], tuple[int, float]] = {}
    for time in moments(machine, end_of(world)):
        c = int(state.now[0]["frozen"])
        while c >= 0:
            live, case = state.cases[c], state.history[state.cases[c]["number"]]
            conflict = int(live["number"]), int(case["count"][CaseCount.CONFLICTS])
            stamp, cools = int(live["stamp"]), float(live["cools"])
            before = seen.get(conflict, (stamp, cools))
            if stamp != before[0]:
                now = clock_of(scenario, ready.pools[int(live["side_b"])]).passed(time)
                yield before[1] - now, cools - now
            seen[conflict] = stamp, cools
            c = int(live["frozen_next"])


def test_a_superior_cuts_that_share_of_what_is_left() -> None:
    """Management's own share, in the open hours of the side that let the other down."""
    found: list[float] = []

    @law
    @given(worlds(managed=True), shares)
    def try_one(world: World, authority: float) -> None:
        world = with_levers(world, PATH | {"authority": 0.77})
        world["departments"][BOSS]["levers"]["authority"] = authority
        for before, after in cuts(world):
            assert after == pytest.approx(before * (1.0 - authority), abs=1e-6)
            found.append(before)

    try_one()
    assert len(found) > 5


@law
@given(worlds(managed=True), st.sampled_from([0.0, 0.3, 1.0]))
def test_authority_is_nothing_where_nobody_is_called_in(world: World, authority: float) -> None:
    """Without a path it changes no bit."""
    alone: dict[str, Any] = {"escalation": 0.0}
    usual, other = (with_levers(world, alone | {"authority": one}) for one in (0.5, authority))
    assert differing(traces(finished(usual)), traces(finished(other))) == []
