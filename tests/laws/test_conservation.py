"""Nothing is lost and nothing is doubled: requests, people, queues, time; whatever happens in an organization."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given

from sim.outcome import cases_of
from sim.scenario import Scenario
from sim.spec.levers import LEVERS
from sim.vocab import Event
from tests.worlds.anatomy import (
    answers_out,
    at_work,
    chain,
    live_requests,
    moments,
    open_cases,
    pending,
    places,
    queue_of,
)
from tests.worlds.drawn import World, end_of, law, machine_of, worlds
from tests.worlds.hours import hours_of, people_at_work


def looks(machine, until):
    """Advance moment by moment, and stop at some of them."""
    for n, time in enumerate(moments(machine, until)):
        if n % 13 == 0 or time == until:
            yield time


@law
@given(worlds())
def test_requests_are_conserved_and_each_is_in_one_place(world: World) -> None:
    """Opened less closed are in use; each is in a queue, in service, on its way, outside, held, or out for answers."""
    machine = machine_of(world)
    for _ in looks(machine, end_of(world)):
        now = machine.state.now[0]
        found = places(machine)
        assert now["opened"] - now["closed"] == now["n_requests"] == len(found)
        assert {row: where for row, where in found.items() if len(where) != 1} == {}
        rows = machine.state.requests
        assert answers_out(machine) == {row: rows[row]["pending"] for row in found if rows[row]["pending"]}


@law
@given(worlds())
def test_nobody_works_beyond_their_number_nor_idles_while_work_waits(world: World) -> None:
    """As many are busy as services will end, never more than there are, and in open hours nobody idles in vain."""
    machine = machine_of(world)
    calendars, scenario = calendars_of(world), Scenario.model_validate(world)
    owners = scenario.pools()
    full = machine.state.departments["staff"].copy()
    for hire in (hire for one in scenario.interventions for hire in one.recruits(scenario)):
        full[owners.index(hire.department)] += hire.people
    for time in moments(machine, end_of(world)):
        departments = machine.state.departments
        busy = at_work(machine)
        assert (departments["busy"] == busy).all()
        staff = departments["staff"]
        assert ((staff >= 0) & (staff <= full) & (busy <= full)).all()
        there = [people_at_work(scenario, name, int(n), time) for name, n in zip(owners, staff, strict=True)]
        for d in np.flatnonzero((departments["waiting"] > 0) & (busy < there)):
            assert not calendars[d].is_open(time), f"somebody of department {d} idles at {time}"


def calendars_of(world):
    """Return when everybody who has a queue is at work."""
    scenario = Scenario.model_validate(world)
    return [hours_of(scenario, name) for name in scenario.pools()]


@law
@given(worlds())
def test_queues_are_heaps_and_know_what_waits_in_them(world: World) -> None:
    """Every queue is in order and linked both ways, and its count and hours are those of the requests in it."""
    machine = machine_of(world)
    for _ in looks(machine, end_of(world)):
        rows = machine.state.requests
        for d, department in enumerate(machine.state.departments):
            waiting = queue_of(machine, d)
            assert department["waiting"] == len(waiting)
            hours = sum(rows[row]["work"] + rows[row]["extra"] for row in waiting)
            assert department["waiting_hours"] == pytest.approx(hours, abs=1e-6)


@law
@given(worlds())
def test_cases_know_the_requests_that_carry_their_clock(world: World) -> None:
    """An open case has requests, a finished or lost one has none, and only frozen cases hold requests back."""
    machine = machine_of(world)
    for _ in looks(machine, end_of(world)):
        state, now = machine.state, machine.state.now[0]
        rows = state.requests
        live = [row for row in live_requests(machine) if rows[row]["clock"]]
        kept = open_cases(machine)
        carried = {row: c for c in kept for row in chain(rows["case_next"], state.cases[c]["first"])}
        assert carried == {row: rows[row]["case"] for row in live}
        known = {c: state.history[state.cases[c]["number"]] for c in kept}
        assert all(np.isnan(known[c]["finish"]) == (state.cases[c]["first"] >= 0) for c in kept)
        frozen = chain(state.cases["frozen_next"], now["frozen"])
        assert sorted(frozen) == [c for c in kept if known[c]["frozen"]]
        assert all(known[rows[row]["case"]]["frozen"] for row in live if rows[row]["held"])


@law
@given(worlds())
def test_a_case_is_kept_as_long_as_anything_refers_to_it(world: World) -> None:
    """Requests, stand-offs and deadlines count; a finished case that nothing refers to gives its row to the next."""
    machine = machine_of(world)
    for _ in looks(machine, end_of(world)):
        rows, events = machine.state.requests, pending(machine)
        about = [int(rows[row]["case"]) for row in live_requests(machine) if rows[row]["case"] >= 0]
        about += [
            int(who)
            for who in events["who"][
                np.isin(events["kind"], (Event.STANDOFF, Event.DEADLINE, Event.WARNING, Event.COMPLAINT, Event.CHANGE))
            ]
        ]
        kept = open_cases(machine)
        refs = {c: int(machine.state.cases[c]["refs"]) for c in kept}
        assert Counter(about) == Counter(refs)
        assert all(count > 0 for count in refs.values())
        numbers = machine.state.cases["number"][kept]
        assert len(set(numbers)) == len(numbers)


@law
@given(worlds())
def test_defects_are_conserved(world: World) -> None:
    """Every row of the table of defects is free or belongs to one case."""
    machine = machine_of(world)
    for _ in looks(machine, end_of(world)):
        state, now = machine.state, machine.state.now[0]
        free = chain(state.defects["link"], now["free_defect"])
        made = [k for c in open_cases(machine) for k in chain(state.defects["link"], state.cases[c]["defects"])]
        assert len(free) == now["free_defects"]
        assert sorted(free + made) == list(range(len(state.defects)))


@law
@given(worlds())
def test_trust_understanding_and_levers_stay_within_bounds(world: World) -> None:
    """Trust and understanding are shares, levers stay where files could put them, and something is always done."""
    machine = machine_of(world)
    low = np.array([spec.low for spec in sorted(LEVERS.values(), key=lambda spec: spec.lever)])
    high = np.array([spec.high for spec in sorted(LEVERS.values(), key=lambda spec: spec.lever)])
    for _ in looks(machine, end_of(world)):
        for share in (machine.state.links["trust"], machine.state.links["understanding"]):
            assert ((share >= 0.0) & (share <= 1.0)).all()
        levers = machine.state.departments["lever"]
        assert ((levers >= low) & (levers <= high)).all()
        productivity = machine.state.departments["productivity"]
        assert ((productivity >= 0.05) & (productivity <= 1.0)).all()


@law
@given(worlds())
def test_events_come_in_order_and_clocks_are_wound_once(world: World) -> None:
    """Time never runs back, the list is a heap, and whatever happens by itself is planned exactly once."""
    machine = machine_of(world)
    before = 0.0
    for time in moments(machine, end_of(world)):
        events = pending(machine)
        assert time >= before
        assert (events["time"] >= time).all()
        above = (np.arange(1, len(events)) - 1) >> 1
        later = list(zip(events["time"], events["order"], strict=True))
        assert all(later[above[i - 1]] < later[i] for i in range(1, len(events)))
        for kind in (Event.OPEN, Event.MEETING, Event.DAY_END, Event.OWN_ARRIVAL, Event.ARRIVAL):
            who = events["who"][events["kind"] == kind]
            assert len(set(who)) == len(who)
        assert (events["kind"] == Event.DAY_END).sum() == 1
        assert (events["kind"] == Event.MEETING).sum() == machine.params.world[0]["n_meetings"]
        before = time


@law
@given(worlds())
def test_littles_law_holds_on_every_path(world: World) -> None:
    """The number of open cases, added up over time, is the time of all cases in the organization: L T = sum of W."""
    machine = machine_of(world)
    until, last, area, present = end_of(world), 0.0, 0.0, 0
    for time in moments(machine, until):
        area += present * (time - last)
        cases = machine.state.cases[open_cases(machine)]
        present, last = int((cases["first"] >= 0).sum()), time
    cases = cases_of(machine.state)
    accepted = cases[(cases["lost"] == 0) & (cases["prevented"] == 0)]
    stays = np.fmin(accepted["finish"], until) - accepted["arrival"]
    assert area == pytest.approx(stays.sum(), rel=1e-9, abs=1e-6)


@law
@given(worlds())
def test_hours_served_are_the_hours_people_were_busy(world: World) -> None:
    """Busy people, added up over open hours, have served the hours in the daily records and what is in their hands."""
    machine = machine_of(world)
    until, last = end_of(world), 0.0
    calendars = calendars_of(world)
    busy = np.zeros(len(calendars))
    area = np.zeros(len(calendars))
    for time in moments(machine, until):
        area += busy * np.array([one.between(last, time) for one in calendars])
        busy, last = at_work(machine).astype(float), time
    state, now = machine.state, machine.state.now[0]
    served = state.departments["hours"].sum(axis=1)
    days = state.days[: now["n_days"]]
    np.add.at(served, days["department"], days["hours"].sum(axis=1))
    events = pending(machine)
    for row in state.requests[events["who"][events["kind"] == Event.COMPLETE]]:
        served[row["server"]] += calendars[row["server"]].between(row["begun"], until)
    assert served == pytest.approx(area, rel=1e-9, abs=1e-6)
