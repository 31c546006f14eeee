"""Missing goods: any safeguard in full keeps them away, and what is missing costs exactly what the file says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.compile.assemble import STANDSTILL
from sim.kernel.machine import Machine
from sim.outcome import cases_of, ledger_parts, spent_of
from sim.replications import run
from sim.scenario import Scenario
from sim.vocab import Kind
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""

WAIT = 6.0
"""Hours until missing goods are there."""


def standing_still(machine: Machine) -> float:
    """Return the hours for which people stood still, those of today included."""
    state = machine.state
    days = state.days[: state.now[0]["n_days"]]
    return float(sum(table["hours"][:, Kind.STANDSTILL].sum() for table in (days, state.departments)))


@law
@given(worlds(), st.sampled_from(["transparency", "backup"]))
def test_any_safeguard_in_full_is_enough(world: World, safeguard: str) -> None:
    """Whatever else happens: who sees what is there, or has a reserve for it, is never short of anything."""
    machine = finished(settled(world | {"shocks": told_right(world)}, **{"shortages": 1.0, safeguard: 1.0}))
    assert cases_of(machine.state)["goods_short"].sum() == 0
    assert standing_still(machine) == 0.0


def silent(world: World) -> World:
    """Return a world whose steps say nothing of missing goods."""
    flows = {}
    for name, process in world["processes"].items():
        steps = {
            one: {field: value for field, value in step.items() if field not in ("short", "short_wait")}
            for one, step in process["steps"].items()
        }
        flows[name] = process | {"steps": steps}
    return world | {"processes": flows, "shocks": told_right(world)}


def told_right(world: World) -> list[World]:
    """Return the shocks of a world without what is told wrongly about goods."""
    return [one for one in world["shocks"] if one["kind"] != "wrong_update"]


@law
@given(worlds())
def test_without_shortages_no_step_is_short(world: World) -> None:
    """Whatever the steps say: at `shortages` 0 they run as if they said nothing, to the bit."""
    world = world | {"shocks": told_right(world)}
    found = traces(finished(settled(world, shortages=0.0)))
    assert differing(found, traces(finished(silent(settled(world, shortages=1.0))))) == []


def line(levers: dict[str, float], *, short: float = 0.5, staff: int = 500, at: Sequence[float] = ()) -> World:
    """Return two steps of an hour each; goods of the second may be missing, and by then no news are fresh."""
    team = {"staff": staff, "calendar": "always"}
    steps = {
        "buy": {"R": "buyers", "work": 1.0},
        "make": {"R": "makers", "work": 1.0, "short": short, "short_wait": WAIT},
    }
    return {
        "name": "line",
        "departments": {"buyers": team, "makers": team},
        "processes": {
            "job": {"demand": {"at": list(at)} if at else {"per_week": 400, "during": "always"}, "steps": steps}
        },
        "relations": {"trust": 0.5},
        "levers": {"preset": "neutral", "sync_decay": 0.01, "shortages": 1.0} | levers,
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
    }


def done(machine: Machine) -> Any:
    """Return the cases that are finished."""
    cases = cases_of(machine.state)
    return cases[cases["finish"] > 0.0]


SAFEGUARDS = [
    ({}, 0.5),
    ({"shortages": 0.4}, 0.2),
    ({"confirmation": 1.0}, 0.1),
    ({"confirmation": 0.5, "transparency": 0.4, "backup": 0.3}, 0.5 * 0.6 * 0.6 * 0.7),
]
"""What keeps shortages away, and what is left of one half."""


@pytest.mark.parametrize(("levers", "chance"), SAFEGUARDS)
def test_goods_are_missing_by_the_formula(levers: dict[str, float], chance: float) -> None:
    """Without news it is a coin with the product of what safeguards leave; a confirmation in full leaves a fifth."""
    cases = done(finished(line(levers)))
    assert binomtest(int(cases["goods_short"].sum()), len(cases), chance).pvalue > SURE
    lead = cases["finish"] - cases["arrival"]
    np.testing.assert_allclose(lead, 2.0 + WAIT * cases["goods_short"], rtol=1e-9)


def test_news_keep_shortages_away_as_far_as_they_are_fresh() -> None:
    """What was heard at time 0 fades; each case is a coin of its own, and all together as many as expected."""
    decay = 300.0
    cases = done(finished(line({"sync_decay": decay}, short=1.0)))
    chance = -np.expm1(-(cases["arrival"] + 1.0) / decay)
    off = cases["goods_short"].sum() - chance.sum()
    assert abs(off) < 4.5 * np.sqrt((chance * (1.0 - chance)).sum())
    early = cases["arrival"] < 100.0
    assert cases["goods_short"][early].mean() < 0.5 * cases["goods_short"][~early].mean()


def test_a_confirmation_only_takes_shortages_away() -> None:
    """The same customers meet the same luck: who is short with it would have been short without."""
    without, with_it = (cases_of(finished(line({"confirmation": one})).state)["goods_short"] for one in (0.0, 0.6))
    assert (with_it <= without).all()
    assert with_it.sum() < without.sum()


def test_the_wait_is_outside_and_a_person_stands_still() -> None:
    """A case that is short waits so long outside and for nothing else, and every shortage costs a standstill."""
    machine = finished(line({}))
    cases, state = cases_of(machine.state), machine.state
    parts = ledger_parts(spent_of(state.lines[: state.now[0]["n_lines"]], len(cases)))
    over = cases["finish"] > 0.0
    np.testing.assert_allclose(parts["external"][over], WAIT * cases["goods_short"][over], rtol=1e-9)
    np.testing.assert_allclose(parts["touch"][over], 2.0, rtol=1e-9)
    counted = cases["goods_short"].sum()
    assert standing_still(machine) == pytest.approx(STANDSTILL * counted, abs=STANDSTILL * 8.0)  # some still stand
    assert counted > 300


def test_goods_come_in_the_hours_of_whoever_lacks_them() -> None:
    """With makers in their office hours, a shortage takes that many of them, and nights on top are closed."""
    world = line({})
    world["departments"]["makers"] = {"staff": 500, "calendar": "office"}
    state = finished(world).state
    cases = cases_of(state)
    parts = ledger_parts(spent_of(state.lines[: state.now[0]["n_lines"]], len(cases)))
    over = cases["finish"] > 0.0
    np.testing.assert_allclose(parts["external"][over], WAIT * cases["goods_short"][over], rtol=1e-9)
    assert (parts["closed"][over][cases["goods_short"][over] > 0] > 0.0).any()


def test_the_line_that_stands_still_works_on_nothing_else() -> None:
    """One person at the line: the second case is looked at when the standstill is over, and waits for its own goods."""
    first, second = done(finished(line({}, short=1.0, staff=1, at=[0.0, 0.0])))["finish"]
    assert first == pytest.approx(1.0 + WAIT + 1.0)
    assert second == pytest.approx(1.0 + 1.0 + WAIT + 1.0)
    machine = finished(line({}, short=1.0, staff=1, at=[0.0, 0.5]))
    assert done(machine)["finish"] == pytest.approx([8.0, 9.0])


def test_who_handed_over_is_blamed_for_what_is_missing() -> None:
    """Every shortage is a friction: a conflict by severity x (1 - trust), and makers trust buyers less."""
    machine = finished(line({"severity": 0.6}))
    cases = done(machine)
    short = cases["goods_short"] == 1
    assert binomtest(int(cases["conflicts"].sum()), int(short.sum()), 0.6 * 0.5).pvalue > SURE
    assert cases["conflicts"][~short].sum() == 0
    buyers, makers = finished(line({"trust_loss": 0.1})).state.links["trust"][:2]
    assert makers < buyers == 0.5


def test_its_measures_count_what_cases_and_days_say() -> None:
    """Shortages per hundred cases that arrived, and hours of standstill a week, to the digit on three cases."""
    story = line({}, short=1.0, staff=1, at=[0.0, 0.0, 100.0]) | {"horizon_weeks": 2.0, "tail_weeks": 1.0}
    found = run(Scenario.model_validate(story), 1, seed=1).measures
    assert found["goods_short"].tolist() == [100.0]
    assert found["line_hours_lost"].tolist() == [3.0 * STANDSTILL / 2.0]
