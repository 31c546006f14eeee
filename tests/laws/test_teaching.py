"""Teaching: understanding grows by what is lacking, day by day, against forgetting; trust and work do not notice."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcome import cases_of
from tests.worlds.drawn import BOSS, World, finished, law, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

HARMLESS = {"novelty": 0.0, "skip_risk": 0.0, "infeasible": 0.0}
"""Where levers stand so that nothing follows from what departments understand of each other."""


def undisturbed(world: World, **levers: float) -> World:
    """Return a world in which teaching and forgetting alone move understanding: no dealing does, and nobody leaves."""
    surges = [shock for shock in world["shocks"] if shock["kind"] == "surge"]
    return settled(world, learning=0.0, **levers) | {"shocks": surges, "interventions": []}


def after_days(start: Any, days: int, teaching: float, half_life: float, written: float) -> Any:
    """Return understanding just after so many midnights: what goes beyond what is written fades, then some is learned.

    Both are straight lines, so this is a sum of powers; what lies below what is written only grows.
    """
    found = np.array(start, dtype=float)
    for _ in range(days):
        found = np.where(found > written, written + (found - written) * 2.0 ** (-1.0 / 7.0 / half_life), found)
        found = 1.0 - (1.0 - found) * (1.0 - teaching)
    return found


@law
@given(worlds(), st.sampled_from([0.01, 0.3, 1.0]), st.sampled_from([0.2, 26.0]), st.sampled_from([0.0, 0.5, 1.0]))
def test_understanding_grows_by_what_is_lacking(
    world: World, teaching: float, half_life: float, written: float
) -> None:
    """Whatever else happens, every link of every department ends where so many days of teaching and forgetting lead."""
    levers = {"teaching": teaching, "understanding_half_life": half_life, "knowledge_base": written}
    machine = finished(undisturbed(world, **levers))
    days = int(machine.state.now[0]["day"])
    expected = after_days(world["relations"]["understanding"], days, teaching, half_life, written)
    n = machine.params.pools["n_links"].sum()
    assert machine.state.links["understanding"][:n] == pytest.approx(np.full(n, expected), rel=1e-9)


@law
@given(worlds())
def test_trust_and_cases_do_not_notice(world: World) -> None:
    """Where nothing follows from understanding, teaching changes cases and trust by rounding at most.

    Trust is worked out more often, in smaller pieces of time.
    """
    taught, plain = (finished(settled(world, teaching=share, **HARMLESS)).state for share in (0.1, 0.0))
    for name in cases_of(plain).dtype.names:
        np.testing.assert_allclose(
            cases_of(taught)[name].astype(float), cases_of(plain)[name].astype(float), rtol=1e-9, err_msg=name
        )
    assert (taught.links["dealings"] == plain.links["dealings"]).all()
    day = plain.days["day"] == plain.days["day"].max()
    assert taught.days["trust"][day] == pytest.approx(plain.days["trust"][day], rel=1e-9, nan_ok=True)


def test_it_settles_where_what_is_learned_is_forgotten_again() -> None:
    """After long teaching understanding stands at the fixed point of the formula in the model's description."""
    teaching, half_life, written = 0.05, 2.0, 0.2
    kept = 2.0 ** (-1.0 / 7.0 / half_life)
    settles = (written * (1.0 - kept) * (1.0 - teaching) + teaching) / (1.0 - kept * (1.0 - teaching))
    assert after_days(0.9, 2000, teaching, half_life, written) == pytest.approx(settles, rel=1e-12)
    world = {
        "name": "course",
        "departments": {"dept_a": {"staff": 1}, BOSS: {"staff": 1}},
        "management": BOSS,
        "processes": {"job": {"demand": {"at": [0.0]}, "steps": {"do": {"R": "dept_a", "work": 1.0}}}},
        "levers": {"teaching": teaching, "understanding_half_life": half_life, "knowledge_base": written},
        "horizon_weeks": 60.0,
        "warmup_weeks": 0.0,
    }
    assert finished(world).state.links["understanding"][:2] == pytest.approx([settles, settles], rel=1e-9)
