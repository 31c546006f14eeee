"""Reflection: who misses what it is judged by looks after itself first, until it is met again."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compile import compile_scenario
from sim.kernel.machine import Machine
from sim.kernel.mechanisms.attainment import SHORTFALL
from sim.measures import attainments_of
from sim.outcome import Outcome, simulate, start
from sim.scenario import Scenario
from sim.vocab import DAY, LOOK_BACK, WEEK, Lever, Tally
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, compiled, end_of, finished, law, machine_of, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

A = Lever.ALIGNMENT

shares = st.sampled_from([0.3, 0.6, 1.0])
targets = st.sampled_from([0.3, 1.0, 20.0])


def without_kpis(world: World) -> World:
    """Return a world in which nobody is judged."""
    return world | {"departments": {name: team | {"kpis": []} for name, team in world["departments"].items()}}


def judged(world: World, volume: float) -> World:
    """Return a world in which everybody is judged by all four, and lives three weeks."""
    kpis = [
        {"measures": "quality", "target": 0.9, "weight": 0.1},
        {"measures": "volume", "target": volume, "weight": 3.0},
        {"measures": "response", "target": 0.7, "weight": 0.7},
        {"measures": "own_work", "target": 1.0, "weight": 1.1},
    ]
    teams = {name: team | {"kpis": kpis} for name, team in world["departments"].items()}
    return world | {"departments": teams, "horizon_weeks": 3.0}


@law
@given(worlds(), shares)
def test_who_is_judged_by_nothing_has_nothing_to_reflect_on(world: World, displacement: float) -> None:
    """It changes no bit how goals would be displaced where there are none."""
    calm, eager = (settled(without_kpis(world), displacement=one) for one in (0.0, displacement))
    assert differing(traces(finished(calm)), traces(finished(eager))) == []


@law
@given(worlds(), shares)
def test_before_the_first_look_back_nothing_is_displaced(world: World, displacement: float) -> None:
    """A week has to be over first: up to then it changes no bit how much would be displaced."""
    found = []
    for one in (0.0, displacement):
        machine = machine_of(settled(world, displacement=one))
        machine.advance(WEEK - 1e-9)
        found.append(traces(machine))
    assert differing(*found) == []


def mornings(machine: Machine, end: float) -> Any:
    """Yield the number of every day with the departments as it begins."""
    for day in range(1, int(end / DAY)):
        machine.advance(day * DAY)
        yield day, machine.state.departments


def totals(machine: Machine, begin: int, end: int) -> Any:
    """Return the tallies of all departments over some days."""
    rows = machine.state.days["today"][: machine.state.now[0]["n_days"]]
    return rows.reshape(-1, len(machine.state.departments), len(Tally))[begin:end].sum(axis=0)


def by_hand(world: World, name: str, counts: Any, weeks: float) -> float:
    """Return how far a department has met its KPIs, from counts of what it has done."""
    met = []
    for kpi in world["departments"].get(name, {"kpis": []})["kpis"]:
        part, whole = {
            "volume": (counts[Tally.DONE], weeks),
            "response": (counts[Tally.IN_TIME], counts[Tally.RESPONSES]),
            "own_work": (counts[Tally.OWN_IN_TIME], counts[Tally.OWN_DONE]),
            "quality": (counts[Tally.DONE] - counts[Tally.BLAMED], counts[Tally.DONE]),
        }[kpi["measures"]]
        if whole > 0.0:
            met.append((kpi["weight"], min(1.0, part / whole / kpi["target"])))
    weight = sum(one for one, _ in met)
    return sum(one * value for one, value in met) / weight if weight else np.nan


@law
@given(worlds(), shares, targets)
def test_alignment_is_given_up_by_what_was_missed(world: World, displacement: float, volume: float) -> None:
    """On every day of a world in which levers move, by the KPIs of the whole weeks before; nothing adds up."""
    world = settled(judged(world, volume), displacement=displacement)
    ready, machine = compiled(world), machine_of(world)
    moved = [one.copy() for one in _alignments(without_kpis(world))]
    for day, departments in mornings(machine, end_of(world)):
        week = day // 7
        first = max(0, week - LOOK_BACK)
        counts = totals(machine, 7 * first, 7 * week)
        for d, name in enumerate(ready.pools):
            attained = by_hand(world, name, counts[d], week - first) if week else np.nan
            short = 0.0 if np.isnan(attained) else max(0.0, 1.0 - attained)
            left = 1.0 - displacement * min(1.0, short / SHORTFALL)
            assert departments["lever"][d, A] == pytest.approx(moved[day][d] * left, abs=1e-12)


def _alignments(world: World) -> list[Any]:
    """Return alignment on every day where nobody is judged."""
    machine = machine_of(world)
    return [machine.state.departments["lever"][:, A].copy()] + [
        one["lever"][:, A] for _, one in ((day, rows.copy()) for day, rows in mornings(machine, end_of(world)))
    ]


@law
@given(worlds(), targets)
def test_what_is_reflected_on_is_what_is_published(world: World, volume: float) -> None:
    """Over the same four weeks the kernel and the measures say the same, to the bit."""
    world = judged(world, volume) | {"horizon_weeks": float(LOOK_BACK)}
    ready = compiled(world)
    machine = start(ready, 1, 0)
    machine.advance(LOOK_BACK * WEEK)
    seen = machine.state.departments["attained"].copy()
    published = attainments_of(simulate(ready, 1, 0))
    for d, name in enumerate(world["departments"]):
        np.testing.assert_array_equal(seen[d], published[f"kpi_{name}"])


def firm(displacement: float, **more: Any) -> World:
    """Return two departments that answer each other's questions, and are judged by their own work."""
    work = {"exponential": 1.0}
    team = {
        "staff": 4,
        "calendar": "office",
        "own_work": {"share": 0.3, "size": work, "target_hours": 6.0},
        "kpis": [{"measures": "own_work", "target": 0.95}],
    }
    steps = {"ask": {"R": "a", "C": ["b"], "work": work}, "do": {"R": "b", "C": ["a"], "work": work, "needs": ["ask"]}}
    usual = {"alignment": 0.8, "adherence": 0.8, "reluctance": 4.0, "trust_gain": 0.0, "trust_loss": 0.0}
    return {
        "name": "firm",
        "departments": {"a": team, "b": team},
        "processes": {"case": {"demand": {"per_week": 50.0}, "steps": steps, "target_days": 7}},
        "levers": usual | {"displacement": displacement},
        "relations": {"trust": 0.4},
        "horizon_weeks": 40.0,
        "warmup_weeks": 0.0,
        "shocks": [{"kind": "surge", "week": 8, "weeks": 3, "process": "case", "factor": 2.5}],
    } | more


def alignment_by_week(world: World) -> Any:
    """Return the mean alignment of the departments as every week begins."""
    machine, found = machine_of(world), []
    for week in range(1, int(world["horizon_weeks"])):
        machine.advance(week * WEEK)
        found.append(machine.state.departments["lever"][:, A].mean())
    return np.array(found)


def test_after_a_surge_alignment_falls_and_recovers() -> None:
    """It stands where it stood before the surge, falls in it, and is there again as KPIs are met again."""
    path = alignment_by_week(firm(0.8))
    before, during, after = path[3:7].mean(), path[9:14].min(), path[-8:].mean()
    assert before == pytest.approx(0.8)
    assert during < 0.5 * before
    assert after == pytest.approx(0.8)


def surplus(displacement: float) -> Any:
    """Return by how much longer cases take for a surge that came in their week of arrival or before, week by week."""
    surged, usual = (
        compile_scenario(Scenario.model_validate(firm(displacement, shocks=shocks)))
        for shocks in (firm(0.0)["shocks"], [])
    )
    pairs = ([_lead_by_week(simulate(one, 1, n)) for one in (surged, usual)] for n in range(20))
    return np.nanmean([there - here for there, here in pairs], axis=0)


def _lead_by_week(outcome: Outcome) -> Any:
    cases = outcome.cases
    week = (cases["arrival"] // WEEK).astype(int)
    lead = np.minimum(np.nan_to_num(cases["finish"] - cases["arrival"], nan=outcome.tail), outcome.tail)
    return np.array([lead[week == one].mean() for one in range(40)])


def test_with_it_the_damage_of_a_surge_lasts_longer() -> None:
    """Five to fourteen weeks after the surge, cases are still later than where nobody's goals are displaced."""
    without, with_it = surplus(0.0), surplus(0.8)
    assert with_it[16:26].sum() > 1.25 * without[16:26].sum() > 0.0
