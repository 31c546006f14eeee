"""Where the time of a case goes: every hour is booked once, in one context and one activity."""

import numpy as np
import pytest
from hypothesis import given

from sim.kernel.layout import N_LEDGER, N_STATES
from sim.outcome import cases_of, inherited_parts, ledger_parts, spent_of
from sim.vocab import LEDGER_PARTS, Activity, Context
from tests.worlds.drawn import World, finished, law, worlds

ROUNDING = 1e-6


def done(machine):
    """Return the cases whose customers were served, and the ledger of each."""
    cases, state = cases_of(machine.state), machine.state
    over = ~np.isnan(cases["served"])
    return cases[over], spent_of(state.lines[: state.now[0]["n_lines"]], len(cases))[over]


@law
@given(worlds())
def test_the_parts_sum_to_the_lead_time_of_every_case(world: World) -> None:
    """Ten parts, nine with closed hours inherited, and context by activity: each splits served less arrival exactly."""
    cases, spent = done(finished(world))
    lead = cases["served"] - cases["arrival"]
    parts = ledger_parts(spent)
    assert set(parts) == set(LEDGER_PARTS)
    for split in (parts.values(), inherited_parts(spent).values()):
        assert sum(split) == pytest.approx(lead, abs=ROUNDING)
        assert all((part >= -ROUNDING).all() for part in split)
    assert spent[:, :N_LEDGER].sum(axis=1) == pytest.approx(lead, abs=ROUNDING)
    assert (spent >= -ROUNDING).all()


@law
@given(worlds())
def test_closed_hours_are_inherited_once(world: World) -> None:
    """What the memo says closed hours were waited for is all the closed hours of the normal context."""
    _, spent = done(finished(world))
    closed = spent[:, int(Context.NORMAL) * N_STATES + int(Activity.CLOSED)]
    assert spent[:, N_LEDGER:].sum(axis=1) == pytest.approx(closed, abs=ROUNDING)


@law
@given(worlds())
def test_the_part_of_conflict_is_the_time_frozen(world: World) -> None:
    """While a case is frozen all its time is conflict, on every branch, and at no other time."""
    cases, spent = done(finished(world))
    part, whole = ledger_parts(spent)["conflict"], cases["served"] == cases["finish"]
    assert part[whole] == pytest.approx(cases["frozen_hours"][whole], abs=ROUNDING)
    assert (part <= cases["frozen_hours"] + ROUNDING).all()  # a case may be frozen once its customer is served


@law
@given(worlds())
def test_what_did_not_happen_takes_no_time(world: World) -> None:
    """A case without disputes has no ping-pong, one without rework no rework, one without conflict no conflict."""
    cases, spent = done(finished(world))
    parts = ledger_parts(spent)
    for part, count in (("ping_pong", "bounces"), ("rework", "reworks"), ("conflict", "conflicts")):
        assert (parts[part][cases[count] == 0] == 0.0).all()
