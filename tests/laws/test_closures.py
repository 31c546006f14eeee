"""Days off: nobody works on them, and the hours that are open are those of all weeks less those of the days off."""

import numpy as np
import pytest
from hypothesis import given

from sim.compile import compile_scenario
from sim.replications import run
from sim.scenario import Scenario
from sim.vocab import DAY, WEEK, Event
from tests.worlds.anatomy import at_work, differing, moments, pending, traces
from tests.worlds.drawn import World, closures, end_of, finished, law, machine_of, worlds
from tests.worlds.hours import hours_of
from tests.worlds.probe import opened, openings, reached, told_by_clock

pytestmark = pytest.mark.compiled  # many cases

EDGE = 1e-6


def with_closures(world: World, some: list[World]) -> World:
    """Return a world with days off."""
    return {**world, "closures": some}


@law
@given(worlds(), closures())
def test_open_hours_are_those_of_the_weeks_less_those_of_days_off(world: World, some: list[World]) -> None:
    """Of everybody who has a queue, at any time of the run, and back from open hours to times."""
    ready = compile_scenario(Scenario.model_validate(with_closures(world, some)))
    scenario, params = ready.scenario, ready.params
    times = np.sort(np.append(np.linspace(0.0, ready.end, 97), np.arange(0.0, ready.end, DAY)))
    for name, row in zip(ready.pools, params.pools["calendar"], strict=True):
        found, hours = np.empty(len(times)), hours_of(scenario, name)
        opened(params, row, times, found)
        passed = np.array([hours.passed(time) for time in times])
        assert found == pytest.approx(passed, abs=1e-6)
        back = np.empty(len(times))
        reached(params, row, passed, back)
        assert [hours.passed(time) for time in back] == pytest.approx(passed, abs=1e-6)
        assert (back <= times + 1e-6)[passed > 0.0].all()
        openings(params, row, times, back)
        usual = params.calendars[row]["cycle"] == WEEK
        assert usual or all(hours.is_open(time + 1e-3, 1e-4) for time in back[back < ready.end - 1.0])
        assert all(hours.between(low, high) < hours.between(high, high + 0.1) + hours.between(low, high)
                   for low, high in zip(times, back, strict=True) if high < ready.end - 1.0)  # fmt: skip


@law
@given(worlds(), closures())
def test_clocks_tell_what_tables_tell(world: World, some: list[World]) -> None:
    """The piece of the run in which the present lies says the same, to the last bit, where there are days off."""
    ready = compile_scenario(Scenario.model_validate(with_closures(world, some)))
    machine = machine_of(with_closures(world, some))
    presents = np.sort(np.append(np.linspace(0.0, ready.end - 1.0, 61), np.arange(0.0, ready.end, DAY)))
    for row in range(len(ready.params.calendars)):
        found = np.empty((len(presents), 4))
        passed = np.empty(len(presents))
        opened(ready.params, row, presents, passed)
        told_by_clock(machine.state, ready.params, row, presents, presents[::-1].copy(), passed, found)
        back = np.empty(len(presents))
        reached(ready.params, row, passed, back)
        assert (found[:, 0] == passed).all()
        assert (found[:, 1] == passed[::-1]).all()
        assert (found[:, 2] == back).all()


@law
@given(worlds(), closures())
def test_nothing_is_worked_on_while_closed(world: World, some: list[World]) -> None:
    """No work is begun or finished on a day on which the calendar of a department is closed."""
    world = with_closures(world, some)
    scenario = Scenario.model_validate(world)
    hours = [hours_of(scenario, name) for name in scenario.pools()]
    machine = machine_of(world)
    before = at_work(machine).copy()
    for time in moments(machine, end_of(world)):
        busy = at_work(machine)
        for d in np.flatnonzero(busy > before):
            assert hours[d].between(time - EDGE, time + EDGE) > 0.0, f"somebody of department {d} begins at {time}"
        before = busy.copy()
    events = pending(machine)
    for one in events[events["kind"] == Event.COMPLETE]:
        server = int(machine.state.requests[one["who"]]["server"])
        assert (
            hours[server].between(one["time"] - 1e-3, one["time"] + EDGE) > 0.0 or one["time"] > scenario.weeks * WEEK
        )


@law
@given(worlds())
def test_days_off_that_close_nobody_change_no_bit(world: World) -> None:
    """Those after the run, and weekends of those who have them off anyway."""
    usual = finished(with_closures(world, []))
    off = [{"from": 5000, "to": 5010}, {"from": 5, "to": 6, "calendars": ["office"]}]
    assert differing(traces(usual), traces(finished(with_closures(world, off)))) == []


WORKSHOP = """
starts_on: 2027-01-04
horizon_weeks: 4
warmup_weeks: 1
levers: {preset: neutral}
closures:
  - {label: {en: Spring holiday, zh: 春节}, from: 2027-01-13, to: 2027-01-15}
  - {from: 2027-01-27, calendars: [late]}
calendars: {late: {mon-sun: "22:00-02:00"}}
departments:
  shop: {staff: 2, own_work: {share: 0.5, size: 1}}
  night: {staff: 1, calendar: late}
processes:
  order: {demand: {at: ["2027-01-12 12:00"]}, target_hours: 20, target_calendar: office,
          steps: {make: {R: shop, work: 12}, pack: {R: night, work: 3}}}
"""


def test_a_case_waits_for_the_end_of_holidays() -> None:
    """Twelve hours of work from Tuesday noon: four on Tuesday, eight after the holiday, on Monday."""
    from sim.scenario import loads

    scenario = loads(WORKSHOP.replace(", own_work: {share: 0.5, size: 1}", ""))
    found = run(scenario, 1)
    monday, days = scenario.window[0], 24.0
    case = found.cases.iloc[0]
    # Tuesday 13-17 are 4 hours, Monday 18th 8-12 and 13-17 eight more; the night shift packs from 22 to 1
    assert case["finish"] == pytest.approx(monday + 14 * days + 25.0)
    # 20 open hours from Tuesday noon: 4 on Tuesday, 8 on Monday, 8 on Tuesday the 19th
    assert case["target"] == pytest.approx(monday + 15 * days + 17.0)
    calendars = found.tables["daily"].reset_index()
    assert set(calendars["department"].astype(str)) == {"shop", "night"}


def test_how_busy_people_are_is_over_the_hours_they_are_there() -> None:
    """Three days off of four weeks leave 17 days of 8 hours; own work keeps half of these hours busy."""
    from sim.scenario import loads

    scenario = loads(WORKSHOP.replace("share: 0.5, size: 1", "share: 0.5, size: {deterministic: 0.05}"))
    found = run(scenario, 20, seed=3)
    busy = found.tables["utilization"].reset_index()
    share = busy.loc[busy["department"] == "shop", "utilization"].mean()
    assert share == pytest.approx(0.5 + 12.0 / (17 * 8 * 2), abs=0.01)
    weekly = found.tables["weekly"].reset_index()
    week = weekly[(weekly["week"] == 1) & (weekly["department"] == "shop")]
    assert week["open"].tolist() == [2 * 2 * 8.0] * len(week)
    night = weekly[(weekly["week"] == 3) & (weekly["department"] == "night")]
    assert night["open"].tolist() == [pytest.approx(6 * 4.0)] * len(night)
