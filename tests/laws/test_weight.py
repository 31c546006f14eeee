"""The weight of procedures: what people observe of them falls with what there is to fill in and to have signed."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.compile import compile_scenario
from sim.compile.assemble import SIGNATURE_HOURS
from sim.kernel.layout import N_STATES
from sim.kernel.weight import FILLED_IN, FOLLOWED
from sim.measures import measures_of
from sim.outcome import Outcome, simulate
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.vocab import DAY, Context, Lever
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import BOSS, World, compiled, end_of, finished, law, machine_of, worlds

pytestmark = pytest.mark.compiled  # many cases

WHOLE = {"fidelity": 1.0, "ramp_weeks": 0.0, "dip": 0.0, "retention_weeks": None}


def without(world: World, *levers: str) -> World:
    """Return a world in which nobody says anything about some levers, and nothing moves them."""

    def left(said: World) -> World:
        return {lever: value for lever, value in said.items() if lever not in levers}

    kept = []
    for one in world["interventions"]:
        moves = [move for move in one.get("moves", ()) if move["lever"] not in levers]
        kept.append(one | {"moves": moves} if "moves" in one else one)
    teams = {name: team | {"levers": left(team["levers"])} for name, team in world["departments"].items()}
    return world | {"departments": teams, "levers": left(world["levers"]), "interventions": kept}


def with_levers(world: World, **levers: float) -> World:
    """Return a world in which some levers stand somewhere, everywhere and for good."""
    quiet = without(world, *levers)
    return quiet | {"levers": quiet["levers"] | levers}


tolerances = st.sampled_from([0.01, 0.25, 0.5, 3.0])


@law
@given(worlds(), tolerances)
def test_without_weight_nobody_goes_round_anything(world: World, tolerance: float) -> None:
    """Where nothing is filled in or signed, it changes no bit what people would put up with."""
    usual, other = (
        with_levers(world, form_hours=0.0, signatures=0.0, tolerance=one)
        for one in (LEVERS["tolerance"].neutral, tolerance)
    )
    assert differing(traces(finished(usual)), traces(finished(other))) == []


def days_of(world: World) -> list[Any]:
    """Return the levers of every department on every day."""
    machine = machine_of(world)
    found = [machine.state.departments["lever"].copy()]
    for day in range(1, int(end_of(world) / DAY)):
        machine.advance(day * DAY)
        found.append(machine.state.departments["lever"].copy())
    return found


@law
@given(worlds(), tolerances, st.sampled_from([0.0, 0.25, 1.0]), st.sampled_from([0.0, 0.5, 2.0]))
def test_moves_are_lived_as_far_as_they_are_observed(
    world: World, tolerance: float, forms: float, signatures: float
) -> None:
    """On every day, whatever else moves: the base is lived anyway, and no other lever depends on their weight."""
    world = world | {"levers": world["levers"] | {"form_hours": forms, "signatures": signatures}}
    patient = with_levers(world, tolerance=LEVERS["tolerance"].neutral)
    impatient = with_levers(world, tolerance=tolerance)
    ready = compiled(patient)
    base = ready.departments["base"]
    signs = np.array([world.get("management") not in (None, name) for name in ready.pools])
    for moved, lived in zip(days_of(patient), days_of(impatient), strict=True):
        heavy = moved[:, Lever.FORM_HOURS] + SIGNATURE_HOURS * moved[:, Lever.SIGNATURES] * signs
        share = 1.0 / (1.0 + (heavy / tolerance) ** 2)
        expected = moved.copy()
        for lever in FOLLOWED:
            expected[:, lever] = base[:, lever] + (moved[:, lever] - base[:, lever]) * share
        for lever in FILLED_IN:
            expected[:, lever] = moved[:, lever] * share
        expected[:, Lever.TOLERANCE] = tolerance
        np.testing.assert_allclose(lived, expected, rtol=0.0, atol=1e-12)


def office(steps: World, levers: World, **more: Any) -> Outcome:
    """Return what becomes of two hundred cases in an organization that has time for everything."""
    team = {"staff": 300, "calendar": "always"}
    world = {
        "name": "office",
        "departments": {"a": team, "b": team, BOSS: team},
        "management": BOSS,
        "processes": {"case": {"demand": {"at": [0.1 * k for k in range(200)]}, "steps": steps}},
        "coordination_work": {"approve": 0.5},
        "levers": {"preset": "neutral"} | levers,
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }
    return simulate(compile_scenario(Scenario.model_validate(world | more)), 1, 0)


def signed(outcome: Outcome) -> Any:
    """Return how often every case was approved and signed, from the time that took."""
    assert np.isfinite(outcome.cases["finish"]).all()
    first = Context.ANSWER * N_STATES
    return outcome.spent[:, first : first + N_STATES].sum(axis=1) / 0.5


@pytest.mark.parametrize("signatures", [0.0, 0.3, 1.0, 2.5])
@pytest.mark.parametrize("approver", [None, "b", BOSS])
def test_management_signs_one_after_another_after_who_approves(signatures: float, approver: str | None) -> None:
    """The whole signatures, and one more with a chance of what remains; the time is that of all."""
    step = {"R": "a", "work": 1.0} | ({"A": approver} if approver else {})
    found = signed(office({"do": step}, {"signatures": signatures, "adherence": 1.0})) - (approver is not None)
    assert found == pytest.approx(np.round(found))
    whole = int(signatures)
    assert set(np.round(found)) <= {whole, whole + 1}
    more = int((np.round(found) > whole).sum())
    assert binomtest(more, len(found), signatures - whole).pvalue > 1e-4


def test_nobody_signs_what_management_has_done_itself() -> None:
    """Nor anything where there is no management."""
    step = {"do": {"R": BOSS, "work": 1.0}}
    assert signed(office(step, {"signatures": 3.0})).max() == 0.0
    step = {"do": {"R": "a", "work": 1.0}}
    assert signed(office(step, {"signatures": 3.0}, management=None)).max() == 0.0


def test_everybody_who_signs_looks_with_luck_of_their_own() -> None:
    """Of results that are all misread a half is found by each; what is found is mended, and then signed on."""
    steps = {"ask": {"R": "a", "work": 0.1}, "do": {"R": "b", "needs": ["ask"], "work": 1.0, "novelty": 1.0}}
    levers = {"novelty": 1.0, "sync_decay": 0.01, "approval_check": 0.5, "rework_share": 1.0, "signatures": 3.0}
    found = office(steps, levers, relations={"understanding": 0.0})
    assert binomtest(int(found.cases["defective"].sum()), 200, 0.125).pvalue > 1e-4
    assert (found.cases["reworks"] == 1 - found.cases["defective"]).all()
    lead = found.cases["finish"] - found.cases["arrival"]
    assert lead == pytest.approx(1.1 + 3.0 + found.cases["reworks"])


def test_bypassed_is_the_share_of_work_done_in_which_they_were_gone_round() -> None:
    """By hand: half an hour of forms weighs as much as a tolerates, and b, who tolerates all, fills in everything."""
    steps = {"ask": {"R": "a", "work": 1.0}, "do": {"R": "b", "needs": ["ask"], "work": 1.0}}
    most = {"a": {"tolerance": 0.5}, "b": {"tolerance": 100.0}, BOSS: {}}
    teams = {name: {"staff": 300, "calendar": "always", "levers": levers} for name, levers in most.items()}
    found = office(steps, {"form_hours": 0.25, "signatures": 1.0}, departments=teams)
    assert measures_of(found)["bypassed"] == pytest.approx(0.25)
    days = found.days
    assert days["bypassed"].sum() == pytest.approx(100.0)
    assert days["extra"].sum() == pytest.approx(200 * 0.25)
    assert measures_of(office(steps, {"form_hours": 0.25}))["bypassed"] == 0.0


PAGES = (0.0, 1.0, 2.0, 3.0, 10.0, 20.0)


def manual(pages: float) -> World:
    """Return a manual: it covers more with every page, and asks for forms and signatures."""
    covered = 1.0 - np.exp(-pages / 2.0)
    helps = {"clarity": 0.6, "documents": 0.5, "adherence": 0.5}
    moves: list[World] = [{"lever": lever, "toward": 1.0, "strength": most * covered} for lever, most in helps.items()]
    asks = {"form_hours": 0.05 * pages, "signatures": min(2.0, pages / 5.0)}
    moves += [{"lever": lever, "toward": value, "paid": True, "worsens": True} for lever, value in asks.items()]
    return {"kind": "custom", "moves": moves, "cost_minutes": 0.0, "adoption": WHOLE}


def disputes(pages: float, tolerance: float) -> float:
    """Return the disputes per 100 cases where everybody may say that it is somebody else's."""
    team = {"staff": 20, "calendar": "always"}
    step = {"R": "a", "contested_by": ["b", "c"], "work": 1.0}
    world = {
        "name": "firm",
        "departments": {"front": team, "a": team, "b": team, "c": team, BOSS: team},
        "management": BOSS,
        "processes": {
            "case": {
                "demand": {"per_week": 200, "during": "always"},
                "steps": {"take": {"R": "front", "work": 0.1}, "do": step | {"needs": ["take"]}},
            }
        },
        "levers": {"tolerance": tolerance, "severity": 0.0, "clarity_trust": 0.0},
        "horizon_weeks": 8.0,
        "warmup_weeks": 0.0,
        "interventions": [manual(pages)],
    }
    return measures_of(simulate(compile_scenario(Scenario.model_validate(world)), 1, 0))["bounces_per_100"]


def test_a_manual_is_best_at_a_moderate_size() -> None:
    """Where people put up with half an hour, ten pages lose most of what two bring; where with all, more is better."""
    none = disputes(0.0, 0.5)
    gains = {pages: none - disputes(pages, 0.5) for pages in PAGES[1:]}
    best = max(gains, key=gains.__getitem__)
    assert best in (1.0, 2.0, 3.0)
    assert gains[best] > 0.3 * none
    assert gains[10.0] < 0.4 * gains[best]
    assert gains[20.0] < gains[10.0]
    patient = [none - disputes(pages, 100.0) for pages in PAGES]
    assert all(more > less - 3.0 for less, more in pairwise(patient))
    assert patient[-1] > 1.3 * gains[best]
