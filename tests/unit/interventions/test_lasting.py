"""Costs that fade, and meetings that are held every few weeks, counted by hand."""

from typing import Any

import pytest

from sim.compile import compile_scenario
from sim.interventions import JobRotation, Meeting, MonthlyRetrospective
from sim.kernel.machine import Machine
from sim.outcome import start
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.vocab import DAY, WEEK, Event
from tests.worlds.anatomy import pending
from tests.worlds.drawn import machine_of

IDLE: dict[str, Any] = {
    "name": "idle",
    "departments": {"a": {"staff": 10}, "b": {"staff": 5}},
    "processes": {"p": {"demand": {"at": [900]}, "steps": {"s": {"R": "a", "C": ["b"], "work": 1}}}},
    "levers": {"preset": "typical"},
    "horizon_weeks": 20.0,
    "warmup_weeks": 2.0,
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture(scope="module")
def idle() -> Scenario:
    """Return two departments to whom nothing happens for weeks."""
    return Scenario.model_validate(IDLE)


def held(machine: Machine, weeks: int) -> list[tuple[int, str]]:
    """Return the week of the run and the weekday of every meeting."""
    found, before = [], 0
    for day in range(7 * weeks):
        machine.advance((day + 1) * DAY - 0.5)
        if machine.state.now[0]["meetings"] > before:
            before = int(machine.state.now[0]["meetings"])
            found.append((day // 7, WEEKDAYS[day % 7]))
    return found


def meeting(days: list[str], every: int, **fields: Any) -> dict[str, Any]:
    """Return an intervention that holds one meeting."""
    return {"kind": "custom", "meets": [{"days": days, "at": 10, "every_weeks": every}], **fields}


def with_meeting(days: list[str], every: int, **fields: Any) -> Machine:
    """Return the idle organization with one meeting, at its start."""
    return machine_of(IDLE | {"interventions": [meeting(days, every, **fields)]})


def test_a_meeting_every_week_is_held_every_week() -> None:
    """From the start of the run where nothing else is said."""
    assert held(with_meeting(["fri"], 1), 4) == [(week, "fri") for week in range(4)]


@pytest.mark.parametrize(
    ("days", "every", "week", "expected"),
    [
        (["fri"], 4, -2.0, [(0, "fri"), (4, "fri"), (8, "fri")]),
        (["mon", "thu"], 3, 1.0, [(3, "mon"), (3, "thu"), (6, "mon"), (6, "thu"), (9, "mon"), (9, "thu")]),
        (["fri"], 2, 1.5, [(3, "fri"), (5, "fri"), (7, "fri"), (9, "fri")]),
        (["tue"], 2, 1.5, [(5, "tue"), (7, "tue"), (9, "tue")]),
        (["wed"], 5, 3.0, [(5, "wed"), (10, "wed")]),
        (["wed"], 52, 3.0, [(5, "wed")]),
    ],
)
def test_weeks_count_from_the_one_in_which_people_begin(
    days: list[str], every: int, week: float, expected: list[tuple[int, str]]
) -> None:
    """Weeks of the run are two more than those that count; whoever begins on Thursday has missed the Tuesday."""
    assert held(with_meeting(days, every, start_week=week), 11) == expected


def test_who_begins_takes_turns_from_meeting_to_meeting() -> None:
    """The number of a meeting is that of those held, not of weeks gone by."""
    machine = with_meeting(["fri"], 4)
    machine.advance(9.0 * WEEK)
    events = pending(machine)
    assert events["stamp"][events["kind"] == Event.MEETING].tolist() == [3]


def test_its_cost_is_spread_evenly_and_half_as_much_again(idle: Scenario) -> None:
    """Ninety minutes of 15 % of the people every four weeks, of forty hours a week each."""
    (monthly,) = idle.with_interventions([MonthlyRetrospective()]).interventions
    taxes = compile_scenario(idle.with_interventions([monthly])).params.taxes
    assert taxes["share"] == pytest.approx([0.15 * 1.5 * 1.5 / 40.0 / 4.0] * 2)
    exact = monthly.model_copy(update={"every_weeks": 1, "minutes": 60.0})
    taxes = compile_scenario(idle.with_interventions([exact])).params.taxes
    assert taxes["share"] == pytest.approx([0.15 * 1.5 / 40.0] * 2)


def identities(scenario: Scenario, every: int) -> list[int]:
    """Return what tells the meetings apart for their luck."""
    added = scenario.with_interventions([meeting(["fri"], every)])
    return [int(one) for one in compile_scenario(added).params.meetings["id"]]


def test_a_meeting_every_week_has_the_luck_it_always_had(idle: Scenario) -> None:
    """That there are meetings every few weeks changes nothing for others; they have luck of their own."""
    from sim.compile.basics import identity

    assert identities(idle, 1) == [identity("meeting", "custom fri 10.0", "0")]
    assert identities(idle, 1) != identities(idle, 4) != identities(idle, 5)


def overhead(scenario: Scenario, weeks: float) -> float:
    """Return which share of time is lost some weeks after the start of the run, as set in the midnight before."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(weeks * WEEK)
    return float(machine.state.departments["lever"][0, LEVERS["overhead"].lever])


def test_what_is_lost_on_newcomers_fades(idle: Scenario) -> None:
    """Half of it is left after five weeks and a quarter after ten; nothing once they are back."""
    rotation = JobRotation(start_week=0.0)
    scenario = idle.with_interventions([rotation])
    for weeks in (0.0, 1.0, 5.0, 10.0, 19.0):
        assert overhead(scenario, 2.0 + weeks) == pytest.approx(0.1 * 0.5 * 2.0 ** (-weeks / 5.0))
    gone = idle.with_interventions([rotation.model_copy(update={"weeks": 3.0})])
    assert overhead(gone, 5.0) == 0.0


def test_what_does_not_fade_stays_to_the_bit(idle: Scenario) -> None:
    """An infinite half-life is none."""
    scenario = idle.with_interventions([JobRotation(learning_weeks=None)])
    assert {overhead(scenario, 2.0 + weeks) for weeks in (0.0, 1.0, 7.3, 18.0)} == {0.1 * 0.5}


def test_a_scenario_says_every_weeks(idle: Scenario) -> None:
    """As a whole number of at least one."""
    text = """
parent: order_delivery
interventions: [{kind: custom, meets: [{days: [fri], every_weeks: %s}]}]
"""
    assert loads(text % 4).interventions[0].meets[0].every_weeks == 4
    for wrong in ("0", "53", "1.5"):
        with pytest.raises(ValueError, match="every_weeks"):
            loads(text % wrong)


def test_a_retrospective_finds_as_much_as_there_is_time_for(idle: Scenario) -> None:
    """Once a year it finds a thirteenth, with no minutes nothing, and with more than usual no more."""
    doses = ({}, {"every_weeks": 52}, {"minutes": 0.0}, {"minutes": 180.0})
    found = [MonthlyRetrospective(**dose).edits(idle)[0].strength for dose in doses]
    assert found == pytest.approx([0.25, 0.25 / 13, 0.0, 0.25])


@pytest.mark.parametrize("wrong", [{"days": ("mon", "mon")}, {"days": ()}, {"staff_share": 0.0}])
def test_a_meeting_is_held_by_somebody_on_some_day(wrong: dict[str, Any]) -> None:
    """A day that is named twice would cost twice, and a meeting without people would cost nothing."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Meeting(**wrong)
