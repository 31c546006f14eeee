"""People leave by themselves, take along what hung on them, and are followed by newcomers, who learn."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from sim.kernel.machine import Machine
from sim.kernel.mechanisms.people import BUSY, LACKS, SURVEYED, YEAR
from sim.kernel.people import VACANCY_WEEKS
from sim.outcome import cases_of
from sim.spec.levers import LEVERS
from sim.vocab import DAY, LOOK_BACK, WEEK, Kind, Tally
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, compiled, end_of, finished, law, machine_of, worlds
from tests.worlds.settled import settled

pytestmark = pytest.mark.compiled  # many cases

PEOPLE = ("quit_rate", "strain", "concentration", "onboarding_weeks")
VACANT_DAYS = int(VACANCY_WEEKS * 7)

rates = st.sampled_from([0.5, 3.0])
strains = st.sampled_from([0.0, 1.0, 10.0])
shares = st.sampled_from([0.0, 0.3, 1.0])
weeks = st.sampled_from([0.0, 0.1, 2.0])


def rows_of(machine: Machine) -> Any:
    """Return the daily records, days × departments."""
    rows = machine.state.days[: machine.state.now[0]["n_days"]]
    return rows.reshape(-1, len(machine.state.departments))


@law
@given(worlds(), strains, shares, weeks)
def test_where_nobody_leaves_the_other_levers_do_nothing(world: World, strain: float, most: float, long: float) -> None:
    """To the bit: strain, concentration and the time to settle in tell of those who leave."""
    calm = settled(world, **{name: LEVERS[name].neutral for name in PEOPLE})
    other = settled(world, quit_rate=0.0, strain=strain, concentration=most, onboarding_weeks=long)
    assert differing(traces(finished(calm)), traces(finished(other))) == []


def crowded(world: World, **levers: float) -> World:
    """Return a world that many people leave, long enough for others to come; nothing else says how many there are."""
    teams = {name: team | {"staff": 30 + 40 * team["staff"]} for name, team in world["departments"].items()}
    nobody = {"interventions": [_without_hires(one) for one in world["interventions"]], "shocks": []}
    return settled(world | nobody | {"departments": teams, "horizon_weeks": 9.0}, **levers)


def _without_hires(intervention: World) -> World:
    return {name: value for name, value in intervention.items() if name != "hires"}


@law
@given(worlds(), rates, strains, shares, weeks)
def test_posts_stay(world: World, rate: float, strain: float, most: float, long: float) -> None:
    """Whoever leaves is followed after six weeks: people and vacant posts are as many as there were posts."""
    world = crowded(world, quit_rate=rate, strain=strain, concentration=most, onboarding_weeks=long)
    machine = finished(world)
    rows, posts = rows_of(machine), compiled(world).departments["staff"]
    assert (rows["staff"] + rows["vacant"] == posts).all()
    quits = rows["today"][:, :, Tally.QUITS]
    vacant = [quits[max(0, day - VACANT_DAYS + 1) : day + 1].sum(axis=0) for day in range(len(rows))]
    assert (rows["vacant"] == vacant).all()
    assert quits.sum() > 0
    approvers = compiled(world).params.pools["approver"] == 1
    assert quits[:, approvers].sum() == 0


@pytest.mark.parametrize("seed", range(1, 5))
def test_nobody_comes_who_did_not_go(seed: int) -> None:
    """All posts of one department are empty for a while, some of them twice: by themselves, and by a shock."""
    away = {"kind": "short_staffed", "week": 12.0, "department": "a", "people": 20, "weeks": 9.0}
    rows = rows_of(finished(office(20, {"quit_rate": 3.0}, horizon=40.0, shocks=[away]), seed))
    day = np.arange(1, len(rows) + 1)  # in the evening of the day before
    gone = np.where((day > 12 * 7) & (day <= 21 * 7), 20, 0)
    assert (rows["vacant"][gone > 0, 0] > 0).any()
    assert (rows["staff"][:, 0] == np.maximum(0, 20 - rows["vacant"][:, 0] - gone)).all()
    assert (rows["staff"][:, 1] == 20 - rows["vacant"][:, 1]).all()


@law
@given(worlds(), strains, shares, weeks)
def test_day_by_day_is_one_go(world: World, strain: float, most: float, long: float) -> None:
    """Cutting a run anywhere changes no bit, also where many leave and come."""
    world = crowded(world, quit_rate=3.0, strain=strain, concentration=most, onboarding_weeks=long)
    pieces = machine_of(world)
    for day in range(1, int(end_of(world) / DAY) + 1):
        pieces.advance(day * DAY - 5.0)
    pieces.advance(end_of(world))
    assert differing(traces(finished(world)), traces(pieces)) == []


@law
@given(worlds(), strains)
def test_pressure_is_conflict_and_load_of_the_last_weeks(world: World, strain: float) -> None:
    """By hand from the daily records, week after week; before the first is over there is none."""
    world = crowded(world, quit_rate=3.0, strain=strain)
    ready, machine = compiled(world), machine_of(world)
    hours = ready.params.calendars["hours"][ready.params.pools["calendar"]]
    assert (machine.state.departments["pressure"] == 0.0).all()
    for week in range(1, 9):
        machine.advance(week * WEEK)
        rows = rows_of(machine)[7 * max(0, week - LOOK_BACK) : 7 * week]
        heads = rows["staff"].sum(axis=0) / 7.0 * ready.params.pools["manned"]
        served = rows["hours"].sum(axis=0)
        conflict = served[:, Kind.NEGOTIATE] + served[:, Kind.MEDIATE] + served[:, Kind.REWORK]
        over = np.maximum(0.0, served.sum(axis=1) / (heads * hours) - BUSY)
        expected = conflict / heads / SURVEYED + over / (1.0 - BUSY)
        np.testing.assert_allclose(machine.state.departments["pressure"], expected, rtol=1e-9, atol=1e-9)


def office(staff: int, levers: World, *, horizon: float = 52.0, **more: Any) -> World:
    """Return two departments that have nothing to do with each other, and next to nothing to do."""
    team = {"staff": staff, "calendar": "always"}
    case = {"demand": {"at": [0.0]}, "steps": {"do": {"R": "a", "work": 0.0}, "then": {"R": "b", "work": 0.0}}}
    return {
        "name": "office",
        "departments": {"a": team, "b": team},
        "processes": {"case": case},
        "levers": {"preset": "neutral"} | levers,
        "horizon_weeks": horizon,
        "warmup_weeks": 0.0,
    } | more


def finished_at(world: World, replication: int) -> Machine:
    """Return a machine at the end of one replication."""
    return finished(world, replication + 1)


@pytest.mark.parametrize(("rate", "staff"), [(0.2, 10), (1.0, 40), pytest.param(3.0, 400, marks=pytest.mark.compiled)])
def test_as_many_leave_as_the_rate_says(rate: float, staff: int) -> None:
    """Without strain, night by night: in each as many as rate times people there, over 365, on average."""
    left, expected, variance = 0.0, 0.0, 0.0
    for replication in range(10):
        rows = rows_of(finished_at(office(staff, {"quit_rate": rate}), replication))
        there = np.vstack([np.full(2, staff), rows["staff"][:-1]])[1:]  # in the evening before
        quits = rows["today"][1:, :, Tally.QUITS]
        mean = there * rate / YEAR
        left, expected = left + quits.sum(), expected + mean.sum()
        variance += ((mean % 1.0) * (1.0 - mean % 1.0)).sum()
        assert ((quits == np.floor(mean)) | (quits == np.floor(mean) + 1)).all()
    assert 2.0 * norm.sf(abs(left - expected) / math.sqrt(variance)) > 1e-3


def test_strain_makes_more_leave() -> None:
    """Where all hours are worked, about twice as many leave at a strain of 1, and eleven times at 10."""
    busy = {"share": 0.99, "size": {"exponential": 1.0}}
    found = []
    for strain in (0.0, 1.0, 10.0):
        team = {"staff": 20, "calendar": "always", "own_work": busy}
        world = office(20, {"quit_rate": 0.3, "strain": strain}, departments={"a": team, "b": team}, horizon=30.0)
        found.append(sum(rows_of(finished_at(world, n))["today"][:, :, Tally.QUITS].sum() for n in range(4)))
    assert found[1] > 1.4 * found[0]
    assert found[2] > 2.5 * found[1]


LINKED = {"trust": 0.9, "understanding": 0.8}


@pytest.mark.parametrize("most", [0.0, 0.4, 1.0])
def test_what_hung_on_whoever_leaves_goes_along(most: float) -> None:
    """On both sides alike, a share that is one of two, most of it with a chance of one in so many as there are."""
    staff, shares = 4, []
    levers = {"quit_rate": 3.0, "concentration": most, "knowledge_base": 0.3, "understanding_half_life": 100_000.0}
    both = acquainted()
    for replication in range(150):
        machine = machine_of(office(staff, levers, horizon=8.0, relations=both), replication + 1)
        for day in range(1, 40):
            machine.advance(day * DAY)
            left = [int(one) for one in machine.state.departments["vacant"]]
            if sum(left):
                break
        if sum(left) != 1:
            continue
        here = machine.links()
        lost = (0.9 - here["trust"]) / 0.4
        assert lost == pytest.approx(lost[0])
        understood = 0.8 - here["understanding"]
        assert understood == pytest.approx(0.5 * lost, abs=1e-3)  # a little is forgotten
        shares.append(float(lost[0]))
    most = max(most, 1.0 / staff)
    rest = (1.0 - most) / (staff - 1)
    whole = [one == pytest.approx(most) for one in shares]
    assert all(big or one == pytest.approx(rest) for big, one in zip(whole, shares, strict=True))
    assert len(shares) > 50
    if most > 1.0 / staff:
        assert binomtest(sum(whole), len(whole), 1.0 / staff).pvalue > 1e-3


def acquainted() -> World:
    """Return two departments that know each other well."""
    ends = ({"from": "a", "to": "b"}, {"from": "b", "to": "a"})
    return {"pairs": [one | LINKED for one in ends]}


@pytest.mark.parametrize("long", [0.0, 0.1, 2.0, 4.5])
def test_newcomers_learn_evenly(long: float) -> None:
    """Whoever comes after two weeks in which people left works at half speed, and is as good as others in time."""
    wave = {
        "kind": "custom",
        "moves": [{"lever": "quit_rate", "toward": 3.0, "weeks": 2.0, "worsens": True}],
        "cost_minutes": 0.0,
        "adoption": {"fidelity": 1.0, "ramp_weeks": 0.0, "dip": 0.0, "retention_weeks": None},
    }
    staff = 30
    world = office(staff, {"onboarding_weeks": long}, horizon=16.0, interventions=[wave])
    machine, quits, slow = machine_of(world), [], 0
    for day in range(1, 110):
        machine.advance(day * DAY)
        departments = machine.state.departments
        quits.append(departments["today"][:, Tally.QUITS].copy())
        for d in range(2):
            since = [day - came for came in came_by(quits, d)]
            lacking = sum(max(0.0, 1.0 - age / (7.0 * long)) for age in since if age >= 0) if long else 0.0
            expected = 1.0 - LACKS * lacking / departments["staff"][d]
            assert departments["skill"][d] == pytest.approx(expected, abs=1e-9)
            slow += departments["skill"][d] < 1.0
    assert (slow > 0) == (long > 0.0)
    assert sum(quits).sum() > 3
    assert (departments["skill"] == 1.0).all()
    assert (departments["newcomers"] == 0).all()
    assert (departments["lacking"] == 0).all()


def test_of_newcomers_the_last_leaves() -> None:
    """What all of them lack, by hand: it is the one who came last, though not the night before, who is gone."""
    long, left = 10.0, 0
    machine, quits = machine_of(office(40, {"quit_rate": 3.0, "onboarding_weeks": long}, horizon=16.0)), []
    came: list[list[int]] = [[], []]
    for day in range(1, 100):
        machine.advance(day * DAY)
        departments = machine.state.departments
        quits.append(departments["today"][:, Tally.QUITS].copy())
        for d in range(2):
            new = [since for since in came_by(quits, d) if since == day]
            gone = len(came[d]) + len(new) - int(departments["newcomers"][d])
            came[d] = came[d][: len(came[d]) - gone] + new
            left += gone
            lacking = sum(1.0 - (day - since) / (7.0 * long) for since in came[d])
            expected = 1.0 - LACKS * lacking / departments["staff"][d]
            assert departments["skill"][d] == pytest.approx(expected, abs=1e-9)
    assert left > 5


def came_by(quits: list[Any], d: int) -> list[int]:
    """Return the days on which somebody comes to a department, by the mornings on which people had left it."""
    return [day + 1 + VACANT_DAYS for day, left in enumerate(quits) for _ in range(int(left[d]))]


def test_who_is_slow_takes_longer() -> None:
    """One person of half the speed needs twice the time for the same work."""
    world = office(1, {"quit_rate": 3.0, "onboarding_weeks": 104.0}, horizon=40.0)
    step = {"R": "a", "work": 2.0}
    world["processes"] = {"case": {"demand": {"per_week": 7, "during": "always"}, "steps": {"do": step}}}
    cases = cases_of(finished(world).state)
    lead = (cases["finish"] - cases["arrival"])[np.isfinite(cases["finish"])]
    assert lead.min() == pytest.approx(2.0)
    assert (np.abs(lead - 4.0) < 0.1).any()
