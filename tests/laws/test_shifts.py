"""Staff by shift, and approvers with hours of their own: who is at work when, and what that does to work."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcome import cases_of
from sim.replications import run
from sim.scenario import Scenario
from sim.spec.manning import manned, share_at_work
from sim.vocab import DAY
from tests.worlds.anatomy import differing, moments, traces
from tests.worlds.drawn import BOSS, HALVES, World, end_of, finished, law, machine_of, worlds
from tests.worlds.hours import people_at_work

pytestmark = pytest.mark.compiled  # many cases


@law
@given(worlds())
def test_nobody_takes_up_work_who_is_not_at_work(world: World) -> None:
    """Where the busy become more, they are at most those at work; more may only be left from before."""
    scenario = Scenario.model_validate(world)
    machine = machine_of(world)
    before = machine.state.departments["busy"].copy()
    for time in moments(machine, end_of(world)):
        after = machine.state.departments["busy"].copy()
        for d, name in enumerate(scenario.departments):
            if after[d] > before[d]:
                staff = int(machine.state.departments["staff"][d])
                assert after[d] <= people_at_work(scenario, name, staff, time), name
        before = after


def with_everybody(world: World, clock: str) -> World:
    """Return a world in which shifts of all people are named, or none."""
    teams = {}
    for name, team in world["departments"].items():
        plain = {field: value for field, value in team.items() if field != "shifts"}
        named = dict.fromkeys(HALVES[plain["calendar"]][:1], plain["staff"])
        teams[name] = plain | ({"shifts": named} if clock == "named" else {})
    return world | {"departments": teams}


@law
@given(worlds())
def test_a_shift_of_all_people_changes_nothing(world: World) -> None:
    """Whether hours are named in which all are at work, or none, no bit of what happens is other."""
    first, second = (finished(with_everybody(world, clock)) for clock in ("named", "none"))
    cases = [cases_of(one.state) for one in (first, second)]
    for field in cases[0].dtype.names:
        assert cases[0][field].tobytes() == cases[1][field].tobytes(), field
    busy = [one.state.days["hours"][: one.state.now[0]["n_days"]] for one in (first, second)]
    assert busy[0].tobytes() == busy[1].tobytes()


def line(at: list[float], work: float = 4.0, staff: int = 2, **team: Any) -> World:
    """Return a line with a second person in the day only, from 8 to 20, and jobs that come at certain hours."""
    shifts = {"shifts": {"night": 1}} if not team else {}
    return {
        "name": "line",
        "calendars": {"night": {"mon-sun": ["20:00-08:00"]}, "weekend": {"sat-sun": ["00:00-24:00"]}},
        "departments": {"line": {"staff": staff, "calendar": "always"} | shifts | team},
        "processes": {"job": {"demand": {"at": at}, "steps": {"make": {"R": "line", "work": work}}}},
        "levers": {"preset": "neutral"},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
    }


def finishes(world: World) -> list[float]:
    """Return when the cases of a world were finished."""
    return [float(time) for time in cases_of(finished(world).state)["finish"]]


def test_shifts_by_hand() -> None:
    """At night one job after another, from eight on two at once; who has begun by eight in the evening stays."""
    assert finishes(line([0.0, 0.0, 0.0])) == pytest.approx([4.0, 8.0, 12.0])  # the third begins at eight
    assert finishes(line([6.0, 6.0])) == pytest.approx([10.0, 12.0])  # the second person comes at eight
    assert finishes(line([18.0, 18.0, 18.0])) == pytest.approx([22.0, 22.0, 26.0])  # both finish, one goes on
    assert finishes(line([18.0, 19.5, 20.5])) == pytest.approx([22.0, 23.5, 27.5])  # two are busy until 23:30


def test_a_short_staffed_line_lacks_people_by_day() -> None:
    """Of two one is away: by night there is one as ever, by day one."""
    away = [{"kind": "short_staffed", "week": 0.0, "department": "line", "people": 1, "weeks": 1.0}]
    assert finishes(line([0.0, 0.0, 9.0, 9.0]) | {"shocks": away}) == pytest.approx([4.0, 8.0, 13.0, 17.0])


def test_utilization_counts_hours_on_shift() -> None:
    """Two people by day and one by night are 36 hours a day: 36 jobs of an hour each day are all they can do."""
    world = line([0.5 + n for n in range(90)], work=1.5)
    (busy,) = run(Scenario.model_validate(world), seed=1).utilization["utilization"]
    assert busy == pytest.approx(90 * 1.5 / (36.0 * 7.0))
    scenario = Scenario.model_validate(world)
    assert share_at_work(scenario, "line") == pytest.approx(0.75)
    day, night = manned(scenario, "line")
    assert day == (2, tuple((8.0 + DAY * n, 20.0 + DAY * n) for n in range(7)))
    assert (night[0], sum(stop - start for start, stop in night[1])) == (1, 84.0)


def test_all_work_is_done_in_the_hours_on_shift() -> None:
    """Hours served follow the work that comes, whoever is there when: within four standard errors."""
    world = line([0.0]) | {"horizon_weeks": 40.0}
    world["processes"]["job"] = {
        "demand": {"per_week": 120, "during": "always"},
        "steps": {"make": {"R": "line", "work": {"exponential": 1.0}}},
    }
    (busy,) = run(Scenario.model_validate(world), seed=3).utilization["utilization"]
    assert busy == pytest.approx(120.0 / 252.0, abs=4.0 * np.sqrt(2.0 * 120.0 * 40.0) / (252.0 * 40.0))


@law
@given(worlds(managed=True), st.sampled_from(["office", "shifts"]))
def test_an_approver_with_the_hours_of_management_is_as_ever(world: World, clock: str) -> None:
    """To name management's calendar as his own changes no bit."""
    teams = world["departments"]
    teams = teams | {
        BOSS: {field: value for field, value in teams[BOSS].items() if field != "shifts"} | {"calendar": clock}
    }
    found = []
    for own in ({}, {"calendar": clock}):
        some = {
            name: team | {"pools": {one: {"hours_per_week": 20} | own for one in team.get("pools", {})}}
            for name, team in teams.items()
        }
        found.append(traces(finished(world | {"departments": some})))
    assert differing(*found) == []


def test_an_approver_works_when_he_says() -> None:
    """Management works in the week, its director on half of the weekend; others wait for him until then."""
    steps = {"make": {"R": "line", "A": "line.director", "work": 1.0}}
    world = line([8.0], calendar="always", pools={"director": {"hours_per_week": 24, "calendar": "weekend"}})
    world["departments"]["boss"] = {"staff": 1, "calendar": "office"}
    world |= {"management": "boss", "coordination_work": {"approve": 14.0}}
    world["processes"]["job"]["steps"] = steps
    world["levers"] = {"preset": "neutral", "adherence": 1.0}
    scenario = Scenario.model_validate(world)
    assert scenario.shifts("line.director") == ((5 * DAY, 6 * DAY),)
    assert scenario.clock("line.director").intervals == ((5 * DAY, 7 * DAY),)
    assert scenario.hours_per_week("line.director") == 24.0
    assert finishes(world) == pytest.approx([5 * DAY + 14.0])
