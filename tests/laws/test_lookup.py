"""Looking answers up: nobody is asked, nothing is skipped, and whoever asks has a little more to do."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import binomtest

from sim.compile.assemble import LOOK_UP
from sim.kernel.machine import Machine
from sim.outcome import cases_of, start
from sim.vocab import Kind, Note, Tally
from tests.worlds.drawn import World, compiled, end_of, finished, law, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

SURE = 1e-5
"""Chance of a miss below which what was counted contradicts what was expected."""

ANSWER = 0.5
"""Hours that an answer takes here."""


def told(world: World) -> Machine:
    """Return a machine at the end of a world's time that has written everything down."""
    machine = start(compiled(world), 1, 0, log=True)
    machine.advance(end_of(world))
    return machine


def questions(machine: Machine) -> int:
    """Return how many questions were sent."""
    log = machine.state.log[: machine.state.now[0]["n_log"]]
    return int(((log["note"] == Note.SENT) & (log["kind"] == Kind.CONSULT)).sum())


@law
@given(worlds())
def test_who_looks_everything_up_asks_nobody(world: World) -> None:
    """Whatever else happens: at 1 no question is sent, needless ones included."""
    assert questions(told(settled(world, lookup=1.0))) == 0


def desk(lookup: float, adherence: float = 1.0, pace: float = 1.0) -> World:
    """Return one step about which two others have something to say, that nobody ever waits for and all answer at once.

    Whatever is skipped is a defect.
    """
    team = {"staff": 500, "calendar": "always"}
    step = {"R": "asker", "C": ["one", "other"], "work": 1.0}
    return {
        "name": "desk",
        "pace": pace,
        "departments": {"asker": team, "one": team, "other": team},
        "processes": {"job": {"demand": {"per_week": 400, "during": "always"}, "steps": {"do": step}}},
        "coordination_work": {"consult": ANSWER},
        "levers": {
            "preset": "neutral",
            "adherence": adherence,
            "skip_risk": 1.0,
            "novelty": 1.0,
            "documents": 0.0,
            "skip_freshness": 0.0,
            "lookup": lookup,
        },
        "relations": {"understanding": 0.0},
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
    }


def done(machine: Machine) -> Any:
    """Return the cases that are finished."""
    cases = cases_of(machine.state)
    return cases[cases["finish"] > 0.0]


@pytest.mark.parametrize(("lookup", "pace"), [(0.3, 1.0), (0.8, 1.0), (0.5, 0.25)])
def test_each_answer_is_looked_up_by_chance_and_takes_its_time(lookup: float, pace: float) -> None:
    """Of two answers none, one or both are looked up, as a coin says; what is not is waited for, side by side."""
    cases = done(finished(desk(lookup, pace=pace)))
    extra = LOOK_UP * pace
    longest = 1.0 + extra + ANSWER
    lead = np.round(cases["finish"] - cases["arrival"], 6)
    expected = {
        1.0 + ANSWER: (1.0 - lookup) ** 2,
        longest: 2.0 * lookup * (1.0 - lookup),
        1.0 + 2.0 * extra: lookup**2,
    }
    assert set(lead) == {round(one, 6) for one in expected}
    for one, chance in expected.items():
        assert binomtest(int((lead == round(one, 6)).sum()), len(lead), chance).pvalue > SURE
    assert cases["worked"] == pytest.approx(np.ones(len(cases)))  # looking up is no work on the case
    assert cases["defective"].sum() == 0


def test_it_takes_the_place_of_asking_and_not_of_going_without() -> None:
    """With the roles lived by half, what is looked up and what is asked are together what was asked before."""
    some, none = (told(desk(lookup, adherence=0.5)) for lookup in (0.4, 0.0))
    np.testing.assert_array_equal(cases_of(some.state)["defective"], cases_of(none.state)["defective"])
    extra = [table["today"][:, Tally.EXTRA].sum() for table in (some.state.days, some.state.departments)]
    looked_up = sum(extra) / LOOK_UP
    assert looked_up + questions(some) == pytest.approx(
        questions(none), abs=8.0
    )  # who works at the end has not been counted
    assert binomtest(round(looked_up), questions(none), 0.4).pvalue > SURE
