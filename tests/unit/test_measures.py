"""Every published measure to the digit: on an outcome made by hand, and once more from the frames of real runs."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.compile import Compiled, compile_scenario
from sim.interventions import Custom
from sim.kernel.layout import CASE_BY_NAME, DAY_BY_NAME, LINE, LINK, N_LEDGER, N_PARTS, N_STATES
from sim.measures import (
    SPLITS,
    attainments_of,
    ledger_of,
    measures_of,
    places_rows,
    timeline_rows,
    utilization_rows,
)
from sim.moneyweeks import COLUMNS, money_rows
from sim.outcome import Outcome
from sim.pairs import RELATION, relations_rows
from sim.replications import replicate, run
from sim.scenario import Scenario, loads
from sim.spec.measures import MEASURES, PER_PROCESS
from sim.vocab import LEDGER_PARTS, WEEK, Activity, Context, Kind
from tests.worlds.workshop import WORKSHOP

NAN = math.nan

TWO = """
calendars: {saturdays: {sat: ["08:00-16:00"]}}
departments:
  desk:
    staff: 2
    cost_per_hour: 50
    kpis: [{measures: volume, target: 10, weight: 3}, {measures: quality, target: 0.8}]
    pools: {head: {hours_per_week: 4}}
  yard:
    staff: 3
    cost_per_hour: 30
    kpis: [{measures: response, target: 0.5}, {measures: own_work, target: 0.9, weight: 4}]
  board: {staff: 1, calendar: saturdays, cost_per_hour: 100}
management: board
processes:
  order:
    demand: {per_week: 1}
    target_days: 5
    steps: {a: {R: desk, A: desk.head, work: 1}, b: {R: yard, work: 1}}
    worth: 1000
    delay_cost: 30
    satisfaction: {late: 0.5, defective: 0.6}
    complains: {process: query}
  query: {demand: {per_week: 1}, steps: {c: {R: yard, work: 1}}, satisfaction: {late: 0.25, defective: 1}}
warmup_weeks: 1
horizon_weeks: 2
tail_weeks: 1
"""
"""Counted is who arrives from hour 168 to 504; each is waited for another 168 hours."""

FIELDS = ("process", "arrival", "promise", "target", "finish", "lost", "conflicts", "bounces", "handed_over",
          "ping_pong", "worked", "reworked", "milestones", "milestones_kept", "warned",
          "defective", "goods_short", "complaints", "changes_accepted", "changes_refused")  # fmt: skip
CASES = [
    (0, 100.0, 110.0, 220.0, 168.0, 0, 9, 9, 1, 1, 50.0, 50.0, 9, 9, 1, 1, 9, 9, 9, 9),  # in the warm-up
    (0, 168.0, 560.0, 288.0, 343.0, 0, 1, 2, 1, 0, 10.0, 2.0, 2, 1, 1, 1, 2, 1, 1, 0),  # takes 175 h: late for both
    (0, 200.0, 250.0, 250.0, 250.0, 0, 0, 0, 0, 0, 8.0, 0.0, 2, 2, 0, 1, 0, 0, 0, 2),  # 50 h: just on time for both
    (0, 300.0, 350.0, 420.0, 400.0, 0, 2, 1, 1, 1, 8.0, 4.0, 2, 2, 1, 0, 1, 0, 2, 0),  # 100 h: on time, not as promised
    (0, 400.0, 500.0, 520.0, NAN, 0, 1, 3, 1, 1, 4.0, 0.0, 2, 1, 0, 0, 3, 1, 1, 0),  # never finished
    (0, 410.0, 700.0, 530.0, NAN, 1, 0, 0, 0, 0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0, 0),  # lost
    (1, 420.0, NAN, NAN, 620.0, 0, 0, 1, 0, 0, 6.0, 0.0, 1, 1, 0, 1, 1, 9, 1, 0),  # takes 200 h
    (1, 494.0, NAN, NAN, 504.0, 0, 0, 0, 0, 0, 4.0, 2.0, 1, 0, 1, 1, 0, 9, 0, 1),  # 10 h, finished when the tail begins
    (
        1,
        210.0,
        NAN,
        NAN,
        378.0,
        0,
        0,
        0,
        0,
        0,
        0.0,
        0.0,
        0,
        0,
        0,
        0,
        0,
        9,
        0,
        0,
    ),  # 168 h: just as long as it is waited for
    (1, 504.0, NAN, NAN, 510.0, 0, 7, 7, 1, 1, 90.0, 90.0, 5, 5, 1, 1, 5, 9, 9, 9),  # in the tail: does not count
    (0, 450.0, NAN, 570.0, NAN, 0, 0, 0, 0, 0, 0.0, 0.0, 3, 3, 1, 1, 0, 9, 9, 9),  # prevented: in one share only
]
OF_CASES = {
    "on_time_target": 2 / 4,
    "on_time_promise": 1 / 4,
    "promise_mean": (392 + 50 + 50 + 100 + 290) / 5 / 24,
    "on_time_of_all_asked": 2 / 5,
    "lost_share": 1 / 8,
    "lead_time_mean": (168 + 50 + 100 + 168 + 168 + 10 + 168) / 7,
    "lead_time_p90": 168.0,
    "unfinished_share": 3 / 7,
    "throughput": 5 / 2,
    "conflicts_per_100": 100 * 4 / 8,
    "bounces_per_100": 100 * 7 / 8,
    "handed_over": 3 / 8,
    "ping_pong": 2 / 8,
    "rework_share": 8 / 40,
    "milestones_kept": 7 / 10,
    "satisfaction": (2.4 + 1.75) / 7,
    "changes_accepted": 100 * 5 / 8,
    "changes_refused": 100 * 3 / 8,
    "complaints_per_100": 100 * 2 / 5,
    "revenue": (0.75 * 0.95**2 + 1) * 1000 / 2,
    "delay_cost": (48 + 48) / 24 * 30 / 2,  # of the first and the fourth, up to the end of their tails
    "warned": 3 / 8,
    "goods_short": 100 * 7 / 8,
    "value_delivered": (0.75 + 1 + 1 + 1) / 4,
    "prevented_share": 1 / 9,
    "team_share": 1 / 8,
}
OF_ORDERS = {
    "on_time_target": 2 / 4,
    "on_time_promise": 1 / 4,
    "promise_mean": 882 / 120,
    "on_time_of_all_asked": 2 / 5,
    "lost_share": 1 / 5,
    "lead_time_mean": (168 + 50 + 100 + 168) / 4,
    "lead_time_p90": 168.0,
    "unfinished_share": 2 / 4,
    "throughput": 4 / 2,
    "conflicts_per_100": 100 * 4 / 5,
    "bounces_per_100": 100 * 6 / 5,
    "handed_over": 3 / 5,
    "ping_pong": 2 / 5,
    "rework_share": 6 / 30,
    "milestones_kept": 6 / 8,
    "satisfaction": (0.5 + 0.4 + 1.0 + 0.5) / 4,
    "changes_accepted": 100 * 4 / 5,
    "changes_refused": 100 * 2 / 5,
    "complaints_per_100": 100 * 2 / 5,
    "revenue": (0.75 * 0.95**2 + 1) * 1000 / 2,
    "delay_cost": (2 + 2) * 30 / 2,
    "warned": 2 / 5,
    "goods_short": 100 * 6 / 5,
    "value_delivered": (0.75 + 1) / 2,
    "prevented_share": 1 / 6,
    "team_share": 1 / 5,
}
OF_QUERIES = {
    "on_time_target": NAN,
    "on_time_promise": NAN,
    "promise_mean": NAN,
    "on_time_of_all_asked": NAN,
    "lost_share": 0.0,
    "lead_time_mean": (168 + 10 + 168) / 3,
    "lead_time_p90": 168.0,
    "unfinished_share": 1 / 3,
    "throughput": 1 / 2,
    "conflicts_per_100": 0.0,
    "bounces_per_100": 100 / 3,
    "handed_over": 0.0,
    "ping_pong": 0.0,
    "rework_share": 2 / 10,
    "milestones_kept": 1 / 2,
    "satisfaction": (0.75 + 0.0 + 1.0) / 3,
    "changes_accepted": 100 * 1 / 3,
    "changes_refused": 100 * 1 / 3,
    "complaints_per_100": NAN,
    "revenue": NAN,
    "delay_cost": NAN,
    "warned": 1 / 3,
    "goods_short": 100 / 3,
    "value_delivered": 1.0,
    "prevented_share": 0.0,
    "team_share": 0.0,
}
OWNERS = ("desk", "yard", "board", "desk.head")
LINKS = {(0, 1): (3.0, 0.0), (0, 3): (0.0, 2.0), (1, 0): (3.0, 0.0), (1, 2): (1.0, 0.0), (2, 1): (1.0, 0.0),
         (3, 0): (0.0, 2.0)}  # fmt: skip
"""Planned dealings between departments, and planned approvals, a week."""

TRUST = {"desk": 0.4, "yard": 0.8, "board": 0.1, "desk.head": 0.0}


def day_rows() -> Any:
    """Return four weeks of days: in the two that count everything is as written here, before and after it is absurd."""
    days = np.zeros((28, 4), DAY_BY_NAME)
    days["day"] = np.arange(28)[:, np.newaxis]
    days["department"] = np.arange(4)
    days["staff"] = (2, 3, 1, 1)
    days["productivity"] = (0.9, 1.0, 0.75, 0.5)
    days["trust"], days["trust_in_approvers"] = list(TRUST.values()), (0.9, NAN, NAN, NAN)
    days["trust"][7, 0] += 1.4  # on the first day that counts
    days["hours"][:, 0, Kind.WORK], days["hours"][:, 0, Kind.CONSULT] = 5.0, 2.0
    days["hours"][:, 1, Kind.WORK], days["hours"][:, 1, Kind.INFORM] = 9.0, 1.0
    days["hours"][:, 1, Kind.OWN], days["hours"][:, 1, Kind.REWORK] = 3.0, 3.5
    days["hours"][:, 1, Kind.STANDSTILL] = 0.5
    days["hours"][:, 3, Kind.APPROVE] = 0.5
    days["coordinated"][:, :2], days["coordinated"][:, 3] = (2.0 * 0.9, 1.0 * 1.0), 0.5 * 0.5
    days["extra"][:, 1] = 0.25
    days["urgent_n"][:, 1], days["urgent_wait"][:, 1] = 2.0, 7.0
    days["urgent_n"][:, 3], days["urgent_wait"][:, 3] = 1.0, 5.0
    days["done"][:, 0], days["blamed"][:, 0] = 1.0, 0.5
    days["bypassed"][:, 0] = 0.25
    days["lent"][:, :2] = 0.25, 0.5
    days["quits"][9, 1], days["quits"][20, 2], days["vacant"][9:16, 1] = 2.0, 1.0, 2
    days["responses"][:, 1], days["in_time"][:, 1] = 4.0, 1.0
    days["own_done"][:, 1], days["own_in_time"][:, 1] = 2.0, 1.0
    for uncounted in (days[:7], days[21:]):
        for name in (
            "coordinated",
            "extra",
            "urgent_wait",
            "urgent_n",
            "done",
            "bypassed",
            "lent",
            "quits",
            "vacant",
            "in_time",
            "trust",
            "trust_in_approvers",
            "own_done",
        ):
            uncounted[name] = 1000.0
        uncounted["hours"] = 1000.0
    return days.reshape(-1)


def ledger_lines() -> Any:
    """Return what the finished cases have spent: 50 h of case 2, 100 h of case 3, 10 h of case 7, others besides."""
    touch, closed = Activity.TOUCH, Activity.CLOSED
    queued = Context.REWORK * N_STATES + Activity.QUEUE
    frozen = Context.CONFLICT * N_STATES + closed
    waited = N_LEDGER + 1  # closed hours that were waits in a queue
    lines = [(2, touch, 20.0), (2, closed, 30.0), (2, waited, 30.0), (3, queued, 60.0), (3, frozen, 40.0),
             (7, touch, 4.0), (7, Activity.EXTERNAL, 6.0), (0, touch, 99.0), (1, touch, 175.0), (6, touch, 200.0),
             (8, touch, 168.0), (9, touch, 6.0)]  # fmt: skip
    return np.array(lines, LINE)


def compiled_by_hand() -> Compiled:
    """Return the two processes with links as written above."""
    compiled = compile_scenario(loads(TWO))
    assert compiled.pools == OWNERS
    links = np.zeros(len(LINKS), LINK)
    links["other"] = [j for _, j in LINKS]
    links["weight"], links["approvals"] = np.array(list(LINKS.values())).T
    links["trust"], links["understanding"] = 0.5, 0.25
    return replace(compiled, links=links, link_ends=tuple(LINKS))


@pytest.fixture
def outcome() -> Outcome:
    """Return an outcome of ten cases and four weeks, every number written by hand."""
    cases = np.zeros(len(CASES), CASE_BY_NAME)
    for place, case in enumerate(CASES):
        for field, value in zip(FIELDS, case, strict=True):
            cases[field][place] = value
    compiled = compiled_by_hand()
    ends = compiled.links.copy()
    ends["trust"], ends["dealings"] = 0.75, 6
    cases["scope"], cases["served"] = 1.0, cases["finish"]
    cases["scope"][2], cases["team"][3], cases["prevented"][-1] = 0.5, 1, 1
    places = np.arange(3.0 * N_PARTS).reshape(3, N_PARTS)
    return Outcome(compiled, 4, cases, day_rows(), ends, places, ledger_lines(), np.zeros(0), 0)


def with_cases(outcome: Outcome, **fields: object) -> Outcome:
    """Return an outcome whose cases have other values in some fields."""
    cases = outcome.cases.copy()
    for name, value in fields.items():
        cases[name] = value
    return replace(outcome, cases=cases)


def with_processes(outcome: Outcome, orders: dict[str, Any], queries: dict[str, Any]) -> Outcome:
    """Return an outcome whose processes say something else."""
    scenario = outcome.compiled.scenario
    told = zip(scenario.processes.items(), (orders, queries), strict=True)
    flows = {name: one.model_copy(update=update) for (name, one), update in told}
    changed = scenario.model_copy(update={"processes": flows})
    return replace(outcome, compiled=replace(outcome.compiled, scenario=changed))


def test_measures_of_cases(outcome: Outcome) -> None:
    """One window for all; the unfinished count as the tail; rates are per case asked."""
    found = measures_of(outcome)
    assert {name: found[name] for name in OF_CASES} == pytest.approx(OF_CASES)
    for process, expected in (("order", OF_ORDERS), ("query", OF_QUERIES)):
        assert {name: found[f"{name}.{process}"] for name in expected} == pytest.approx(expected, nan_ok=True)
    assert set(OF_CASES) | {"release_caught"} == set(PER_PROCESS)


def test_dates_and_lead_times_are_those_of_customers_and_the_rest_of_cases(outcome: Outcome) -> None:
    """Who is served earlier, or only, has waited less; what is unfinished, and the throughput, stay what they were."""
    served = outcome.cases["finish"].copy()
    served[1] = 250.0  # 82 h: on time and as promised
    served[3] = 350.0  # 50 h: now as promised
    served[4] = 420.0  # 20 h: open, but served
    found = measures_of(with_cases(outcome, served=served))
    changed = {
        "on_time_target": 4 / 4,
        "on_time_promise": 4 / 4,
        "on_time_of_all_asked": 4 / 5,
        "lead_time_mean": (82 + 50 + 50 + 20 + 168 + 10 + 168) / 7,
        "value_delivered": (1 + 0.75 + 1 + 1 + 1 + 1) / 6,
        "satisfaction": (0.4 + 0.4 + 1.0 + 1.0 + 1.75) / 7,
        "revenue": (1 + 0.75 * 0.95**2 + 1 + 1) * 1000 / 2,
        "delay_cost": 0.0,
    }
    assert {name: found[name] for name in OF_CASES} == pytest.approx(OF_CASES | changed)


def test_measures_of_days(outcome: Outcome) -> None:
    """Two weeks count; approvers are paid at management's rate and cost no overhead of their own."""
    found = measures_of(outcome)
    desk = (2.0 * 0.9 + 0.1 * 2 * 40 / 7) * 7
    yard = (1.0 * 1.0 + 0.25) * 7
    board = 0.25 * 1 * 8 / 7 * 7
    head = 0.5 * 0.5 * 7
    assert found["coordination_hours"] == pytest.approx(desk + yard + board + head)
    assert found["coordination_cost"] == pytest.approx(50 * desk + 30 * yard + 100 * board + 100 * head)
    assert found["total_cost"] == pytest.approx(found["coordination_cost"] + 60)
    assert found["net_value"] == pytest.approx(500 * (0.75 * 0.95**2 + 1) - found["total_cost"])
    assert found["bypassed"] == pytest.approx(0.25)
    assert found["line_hours_lost"] == pytest.approx(0.5 * 7)
    assert found["hours_lent"] == pytest.approx((0.25 + 0.5) * 7)
    assert found["quits"] == pytest.approx((2 + 1) * 365 / 14)
    assert found["vacant_share"] == pytest.approx(7 * 2 / (7 * 2 + 14 * (2 + 3 + 1)))
    assert found["urgent_response"] == pytest.approx((7.0 + 5.0) / (2 + 1))
    assert found["trust"] == pytest.approx((3 * 0.5 + 4 * 0.8 + 1 * 0.1) / 8)
    assert found["trust_in_approvers"] == pytest.approx(0.9)
    assert found["kpi_desk"] == pytest.approx((3 * 0.7 + 1 * 0.5 / 0.8) / 4)
    assert found["kpi_yard"] == pytest.approx((1 * 0.25 / 0.5 + 4 * 0.5 / 0.9) / 5)
    assert math.isnan(found["kpi_board"])
    assert attainments_of(outcome) == pytest.approx({k: v for k, v in found.items() if "kpi" in k}, nan_ok=True)


@pytest.mark.parametrize(
    ("told", "spent"),
    [
        ({"start_week": 0, "money_once": 500, "money_per_week": 7}, 500 / 2 + 7),
        ({"start_week": 1.5, "money_once": 500, "money_per_week": 7}, (500 + 0.5 * 7) / 2),
        ({"start_week": -0.5, "end_week": 0.5, "money_once": 500, "money_per_week": 7}, 0.5 * 7 / 2),
        ({"money_once": 500, "money_per_week": 7}, 7.0),  # it was there before
        ({"start_week": 0, "end_week": 1, "money_once": 500, "money_per_week": 8, "strength": 0.5}, (250 + 4) / 2),
        ({"start_week": 0}, 0.0),
    ],
)
def test_money_of_interventions(outcome: Outcome, told: dict[str, Any], spent: float) -> None:
    """What is spent once counts where it is spent within the horizon, the rest while it lasts; strength scales both."""
    usual = measures_of(outcome)
    bought = {"kind": "custom", "cost_minutes": 0} | told
    stated = outcome.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    found = measures_of(replace(outcome, compiled=replace(outcome.compiled, stated=stated)))
    assert found["total_cost"] - usual["total_cost"] == pytest.approx(spent)
    assert found["net_value"] - usual["net_value"] == pytest.approx(-spent)


def test_a_penalty_is_due_once(outcome: Outcome) -> None:
    """Beside what each day costs, or alone; who is not late owes nothing, nor who has no date."""
    for per_day, expected in ((30.0, (48 + 48) / 24 * 30 + 2 * 700), (None, 2 * 700)):
        told = with_processes(outcome, {"delay_cost": per_day, "late_penalty": 700.0}, {})
        assert measures_of(told)["delay_cost"] == pytest.approx(expected / 2)
    on_time = with_cases(outcome, target=336.0 + 232.0)  # the end of the longest tail
    assert measures_of(with_processes(on_time, {"late_penalty": 700.0}, {}))["delay_cost"] == 0.0


def test_money_week_by_week(outcome: Outcome) -> None:
    """A case counts in the week in which it arrives; the weeks sum to what the measures say."""
    told = with_processes(outcome, {"late_penalty": 700.0}, {})
    bought = {"kind": "custom", "cost_minutes": 0, "start_week": 1.5, "money_once": 500, "money_per_week": 8}
    stated = told.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    told = replace(told, compiled=replace(told.compiled, stated=stated))
    found, weeks = measures_of(told), money_rows(told)
    assert weeks["week"].tolist() == [0, 1]
    assert weeks["revenue"] == pytest.approx([(0.75 * 0.95**2 + 1) * 1000, 0.0])
    assert weeks["delay_cost"] == pytest.approx([60 + 700.0, 60 + 700.0])
    assert weeks["spent"] == pytest.approx([0.0, 4.0])
    assert weeks["spent_once"] == pytest.approx([0.0, 500.0])
    assert weeks["coordination_cost"].sum() == pytest.approx(2 * found["coordination_cost"])
    costs = sum(weeks[name].sum() for name in COLUMNS[1:])
    assert weeks["revenue"].sum() - costs == pytest.approx(2 * found["net_value"])


@pytest.mark.parametrize(
    ("turns", "spent", "once"),
    [
        ([], [7.0, 7.0], [500.0, 0.0]),
        ([(0.0, False)], [0.0, 0.0], [0.0, 0.0]),  # switched off before it begins
        ([(168.0 + 84.0, False)], [3.5, 0.0], [500.0, 0.0]),
        ([(168.0 + 84.0, False), (336.0 + 84.0, True)], [3.5, 3.5], [500.0, 0.0]),  # what was bought is there
        ([(100.0, False), (336.0, True)], [0.0, 7.0], [0.0, 500.0]),
    ],
)
def test_what_is_switched_off_costs_no_more(outcome: Outcome, turns: Any, spent: Any, once: Any) -> None:
    """It takes money while it is on, and once when it first begins."""
    bought = {"kind": "custom", "cost_minutes": 0, "start_week": 0, "money_once": 500, "money_per_week": 7}
    stated = outcome.compiled.stated.model_copy(update={"interventions": (Custom.model_validate(bought),)})
    turned = tuple((time, 0, on) for time, on in turns)
    told = replace(outcome, compiled=replace(outcome.compiled, stated=stated), turned=turned)
    weeks = money_rows(told)
    assert (weeks["spent"].tolist(), weeks["spent_once"].tolist()) == (spent, once)
    more = measures_of(told)["total_cost"] - measures_of(outcome)["total_cost"]
    assert more == pytest.approx((sum(spent) + sum(once)) / 2)


def test_money_that_nobody_speaks_of(outcome: Outcome) -> None:
    """Without worth there is no revenue and no net value, without a cost of delay none; coordination is left."""
    quiet = {"worth": None, "delay_cost": None, "satisfaction": None}
    scenario = outcome.compiled.scenario
    flows = {name: one.model_copy(update=quiet) for name, one in scenario.processes.items()}
    compiled = replace(outcome.compiled, scenario=scenario.model_copy(update={"processes": flows}))
    found = measures_of(replace(outcome, compiled=compiled))
    assert all(math.isnan(found[name]) for name in ("satisfaction", "revenue", "delay_cost", "net_value"))
    assert found["total_cost"] == found["coordination_cost"]


def test_every_measure_is_tested_to_the_digit(outcome: Outcome) -> None:
    """What is published is what the two tests above look at, and nothing is published that the catalogue lacks."""
    of_days = {
        "bypassed",
        "line_hours_lost",
        "hours_lent",
        "quits",
        "vacant_share",
        "coordination_hours",
        "coordination_cost",
        "total_cost",
        "net_value",
        "urgent_response",
        "trust",
        "trust_in_approvers",
    }
    of_releases = {"releases_on_time", "release_slip_days", "items_per_release", "release_caught"}  # in tests/laws
    assert {*OF_CASES, *of_days, *of_releases} == set(MEASURES)
    per_process = {f"{name}.{process}" for name in PER_PROCESS for process in ("order", "query")}
    assert set(measures_of(outcome)) == {*MEASURES, *per_process, "kpi_desk", "kpi_yard", "kpi_board"}


def test_a_kpi_is_met_at_most_in_full(outcome: Outcome) -> None:
    """Twice the volume is no better than the target."""
    outcome.days["done"] = 40.0
    assert attainments_of(outcome)["kpi_desk"] == pytest.approx((3 * 1.0 + 1 * 1.0) / 4)


def test_a_ledger_sums_to_the_lead_time(outcome: Outcome) -> None:
    """Four cases are finished in time; the other three are in one part with the tail that they were waited for."""
    ledgers = {name: ledger_of(outcome, name) for name in SPLITS}
    zero = dict.fromkeys(LEDGER_PARTS, 0.0)
    hours = {"touch": 192 / 7, "external": 6 / 7, "closed": 30 / 7, "rework": 60 / 7, "conflict": 40 / 7}
    assert ledgers["ledger"] == pytest.approx(zero | hours | {"unfinished": 3 * 168 / 7})
    assert sum(ledgers["ledger"].values()) == pytest.approx(OF_CASES["lead_time_mean"])
    del zero["closed"], hours["closed"]
    inherited = zero | hours | {"queue": 30 / 7, "unfinished": 3 * 168 / 7}
    assert ledgers["ledger_inherited"] == pytest.approx(inherited)
    # at the desk and in the yard people work forty hours a week, and on Saturday somebody approves for eight
    open_hours = zero | hours | {"conflict": 0.0, "unfinished": 3 * 48 / 7}
    assert ledgers["ledger_open"] == pytest.approx(open_hours)


def test_ledgers_where_nothing_is_finished_or_nobody_comes(outcome: Outcome) -> None:
    """All the time is unfinished; without cases there is no number."""
    unfinished = with_cases(outcome, finish=NAN, served=NAN)
    assert ledger_of(unfinished) == pytest.approx(dict.fromkeys(LEDGER_PARTS, 0.0) | {"unfinished": 168.0})
    nobody = with_cases(outcome, finish=NAN, served=NAN, arrival=0.0)
    assert all(math.isnan(hours) for hours in ledger_of(nobody).values())
    nothing, sums = measures_of(nobody), ("throughput", "revenue", "delay_cost")
    assert all(math.isnan(nothing[name]) for name in OF_CASES if name not in sums)


def test_places_are_per_case_that_counts(outcome: Outcome) -> None:
    """Four orders and three queries count; where no case of a process does, there is no number."""
    hours = outcome.places.copy()
    assert places(outcome) == pytest.approx(hours / np.array([[4], [4], [3]]))
    assert np.isnan(places(with_cases(outcome, process=0))[2]).all()


def places(outcome: Outcome) -> np.ndarray:
    """Return the hours of every step and part."""
    rows = places_rows(outcome)
    assert list(zip(rows["process"], rows["step"], strict=True)) == list(outcome.compiled.steps)
    return np.array([rows[part] for part in LEDGER_PARTS]).T


def test_relations_at_start_and_end(outcome: Outcome) -> None:
    """Rows: trust at start and end, understanding at start and end, dealings, those planned; a column for each pair."""
    planned = [between for between, _ in LINKS.values()]
    expected = [[0.5] * 6, [0.75] * 6, [0.25] * 6, [0.25] * 6, [6.0] * 6, planned]
    rows = relations_rows(outcome)
    assert [rows[name].tolist() for name in RELATION] == expected
    pools = outcome.compiled.pools
    assert list(zip(rows["from"], rows["to"], strict=True)) == [
        (pools[i], pools[j]) for i, j in outcome.compiled.link_ends
    ]


def test_loads_are_over_the_days_that_count(outcome: Outcome) -> None:
    """Hours served over people times open hours of fourteen days."""
    found = dict(zip(*utilization_rows(outcome).values(), strict=True))
    assert found == pytest.approx({"desk": 7 / (2 * 40 / 7), "yard": 17 / (3 * 40 / 7), "board": 0.0,
                                   "desk.head": 0.5 / (4 / 7)})  # fmt: skip


def test_nobody_is_busy_where_nobody_is(outcome: Outcome) -> None:
    """A department without people has no load."""
    outcome.days["staff"][outcome.days["department"] == 1] = 0
    desk, yard, *_ = utilization_rows(outcome)["utilization"]
    assert math.isnan(yard)
    assert desk == pytest.approx(7 / (2 * 40 / 7))


def test_one_week_and_one_case_are_enough(outcome: Outcome) -> None:
    """Measures of days need a day, places a case."""
    short = outcome.compiled.scenario.model_copy(update={"horizon_weeks": 1.0})
    week = replace(outcome, compiled=replace(outcome.compiled, scenario=short))
    assert measures_of(week)["kpi_desk"] == measures_of(outcome)["kpi_desk"]
    assert measures_of(week)["urgent_response"] == pytest.approx(4.0)
    one = with_cases(outcome, process=np.arange(len(CASES)) == 2)
    assert places(one)[2] == pytest.approx(outcome.places[2])


def test_weeks_are_counted_as_in_files(outcome: Outcome) -> None:
    """The warm-up is week -1, and the tail is no week at all."""
    weeks = pd.DataFrame(timeline_rows(outcome)).set_index("week")
    assert weeks.index.to_list() == [-1, 0, 1]
    assert weeks["on_time_target"].to_list() == pytest.approx([NAN, 2 / 3, 1.0], nan_ok=True)
    assert weeks["backlog"].to_list() == [1, 3, 3]
    assert weeks["conflicts"].to_list() == [9, 3, 1]
    usual, first = ((3 * desk + 4 * 0.8 + 1 * 0.1) / 8 for desk in (0.4, 0.6))
    assert weeks["trust"].to_list() == pytest.approx([1000.0, first, usual])


@pytest.mark.parametrize(("warmup", "days"), [(17 / 7, 17), (0.1, 0), (34 / 7, 34)])
def test_a_warm_up_of_any_length_is_followed_by_whole_weeks(outcome: Outcome, warmup: float, days: int) -> None:
    """Rounding makes no week of no length, and no day of the warm-up one that counts."""
    scenario = outcome.compiled.scenario.model_copy(update={"warmup_weeks": warmup, "horizon_weeks": 3.0})
    other = replace(outcome, compiled=replace(outcome.compiled, scenario=scenario), days=np.zeros(240, DAY_BY_NAME))
    weeks = pd.DataFrame(timeline_rows(other))["week"].to_list()
    assert weeks == list(range(-math.ceil(warmup), 3))
    other.days.reshape(-1, 4)["urgent_n"][days : days + 21] = 1.0
    other.days["urgent_wait"] = other.days["urgent_n"]
    other.days["urgent_wait"].reshape(-1, 4)[:days] = 1000.0
    other.days["urgent_wait"].reshape(-1, 4)[days + 21 :] = 1000.0
    assert measures_of(other)["urgent_response"] == 1.0


# the same from the frames of a run, by pandas


@pytest.fixture(scope="module", params=["workshop", pytest.param("order_delivery", marks=pytest.mark.compiled)])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return an organization to run, short."""
    if request.param == "workshop":
        return loads(WORKSHOP)
    money = {
        "worth": 1000.0,
        "delay_cost": 20.0,
        "late_penalty": 9.0,
        "satisfaction": {"late": 0.5},
        "complains": {"process": "complaint"},
    }
    return sim.load(
        "order_delivery",
        {"warmup_weeks": 2.0, "horizon_weeks": 3.0, "tail_weeks": 5.0}
        | {f"processes.order.{name}": value for name, value in money.items()},
    )


def by_pandas(result: sim.RunResult, process: str | None = None) -> dict[str, float]:
    """Return the measures of cases of a run of one replication, computed from its frames."""
    scenario, every = result.scenario, result.cases
    if process is not None:
        every = every[every["process"] == process]
    begin, tail = scenario.warmup_weeks * 168, scenario.tail * 168
    end = begin + scenario.horizon_weeks * 168
    within = every.query("@begin <= arrival < @end")
    asked = within.query("~prevented")
    accepted = asked.query("~lost")
    lead = (accepted["served"] - accepted["arrival"]).fillna(math.inf)
    whole = (accepted["finish"] - accepted["arrival"]).fillna(math.inf)
    promised = accepted[accepted["promise"].notna()]
    kept = (promised["served"] <= promised["promise"]) & (promised["served"] - promised["arrival"] <= tail)
    dated = asked[asked["target"].notna()]
    met = (dated["served"] <= dated["target"]) & ~dated["lost"]
    return {
        "on_time_target": accepted["on_time_target"].mean() if len(dated) else NAN,
        "on_time_promise": kept.mean() if len(promised) else NAN,
        "promise_mean": ((asked["promise"] - asked["arrival"]) / 24).mean(),
        "on_time_of_all_asked": met.mean(),
        "lost_share": asked["lost"].mean(),
        "lead_time_mean": lead.clip(upper=tail).mean(),
        "lead_time_p90": lead.clip(upper=tail).quantile(0.9),
        "unfinished_share": (whole > tail).mean(),
        "throughput": every["finish"].between(begin, end, inclusive="left").sum() / scenario.horizon_weeks,
        "conflicts_per_100": 100 * asked["conflicts"].mean(),
        "bounces_per_100": 100 * asked["bounces"].mean(),
        "handed_over": asked["handed_over"].mean(),
        "ping_pong": asked["ping_pong"].mean(),
        "rework_share": asked["reworked"].sum() / asked["worked"].sum(),
        "milestones_kept": asked["milestones_kept"].sum() / n if (n := asked["milestones"].sum()) else NAN,
        "warned": asked["warned"].mean(),
        "goods_short": 100 * asked["goods_short"].mean(),
        "value_delivered": (1 - (1 - accepted["scope"][lead <= tail]) ** 2).mean(),
        "prevented_share": within["prevented"].mean(),
        "team_share": asked["team"].mean(),
        **money_by_pandas(scenario, accepted, tail),
        "changes_accepted": 100 * asked["changes_accepted"].mean(),
        "changes_refused": 100 * asked["changes_refused"].mean(),
        "complaints_per_100": complaints_by_pandas(scenario, asked),
    }


def complaints_by_pandas(scenario: Scenario, asked: pd.DataFrame) -> float:
    """Return complaints per hundred cases of the processes whose customers complain."""
    complaining = [name for name, one in scenario.processes.items() if one.complains is not None]
    return float(100 * asked[asked["process"].isin(complaining)]["complaints"].mean())


def money_by_pandas(scenario: Scenario, accepted: pd.DataFrame, tail: float) -> dict[str, float]:
    """Return the measures of money of some accepted cases."""
    rows = []
    for case in accepted.itertuples():
        process = scenario.processes[case.process]
        done = case.served - case.arrival <= tail
        until = case.served if done else case.arrival + tail
        late, lost = not done or case.served > case.target, process.satisfaction
        brought = (1 - (1 - case.scope) ** 2) * 0.95**case.changes_refused if done else 0.0
        happy = (1 - lost.late * late) * (1 - lost.defective * (done and case.defective)) if lost else NAN
        delay = max(0.0, until - case.target) / 24  # none where there is no date
        owed = delay * (process.delay_cost or NAN) + (delay > 0) * (process.late_penalty or 0.0)
        rows.append((brought * (process.worth or NAN), owed, happy))
    found = pd.DataFrame(rows, columns=["revenue", "delay_cost", "satisfaction"], dtype=float)
    sums = found[["revenue", "delay_cost"]].sum(min_count=1) / scenario.horizon_weeks
    return {**sums, "satisfaction": found["satisfaction"].mean()}


def days_by_pandas(result: sim.RunResult) -> dict[str, float]:
    """Return the measures of days of a run of one replication, computed from its frames."""
    scenario = result.scenario
    first, last = scenario.warmup_weeks * 7, (scenario.warmup_weeks + scenario.horizon_weeks) * 7
    days = result.daily[result.daily["day"].between(first, last, inclusive="left")].copy()
    days["owner"] = days["department"].astype(str)
    served = days["coordinated"] + days["extra"]
    teams = scenario.departments
    week = {name: scenario.calendar(one.calendar).hours_per_week for name, one in teams.items()}
    overhead = (1 - days["productivity"]) * days["staff"] * days["owner"].map(week).fillna(0.0) / 7
    rate = {name: teams[name if "." not in name else scenario.management].cost_per_hour for name in set(days["owner"])}
    hours = (served + overhead) / scenario.horizon_weeks
    cost = (hours * days["owner"].map(rate)).sum()
    money = result.measures.iloc[0]
    total = cost + np.nan_to_num(money["delay_cost"])
    return {
        "urgent_response": days["urgent_wait"].sum() / n if (n := days["urgent_n"].sum()) else NAN,
        "coordination_hours": hours.sum(),
        "coordination_cost": cost,
        "total_cost": total,
        "net_value": money["revenue"] - total,
        "line_hours_lost": days["hours_standstill"].sum() / scenario.horizon_weeks,
    }


def test_the_frames_say_the_same(scenario: Scenario) -> None:
    """Whoever works with the frames of a run comes to the numbers that are published."""
    result = run(scenario, replications=1, seed=8)
    found = result.measures.iloc[0]
    expected = by_pandas(result) | days_by_pandas(result)
    assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True)
    if len(scenario.processes) > 1:
        for process in scenario.processes:
            expected = {f"{name}.{process}": value for name, value in by_pandas(result, process).items()}
            assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True)


def test_trust_is_that_of_the_links(scenario: Scenario) -> None:
    """On every day trust lies between the least and the greatest of any two departments, and it moves with them."""
    result = run(scenario, replications=1, seed=8)
    links = result.relations.astype({"from": str, "to": str})
    between = links[~links["from"].str.contains(".", regex=False) & ~links["to"].str.contains(".", regex=False)]
    start, end = between["trust_start"], between["trust"]
    assert min(start.min(), end.min()) - 0.1 <= result.measures["trust"].iloc[0] <= max(start.max(), end.max()) + 0.1


def test_ledgers_of_replications_sum_to_their_lead_times(scenario: Scenario) -> None:
    """In each replication, calendar hours and those with closed hours inherited alike."""
    kept = replicate(scenario, replications=2, seed=8)
    for ledger in (kept.ledger, kept.ledger_inherited):
        assert ledger.sum(axis=1).to_list() == pytest.approx(kept.measures["lead_time_mean"].to_list())


def test_one_process_is_all_there_is() -> None:
    """Where a scenario has one process only, nothing is said twice."""
    assert [name for name in run(loads(WORKSHOP), seed=8).measures if "." in name] == []


def test_hours_are_hours() -> None:
    """The window of the hand-made outcome is what its comments say."""
    scenario = loads(TWO)
    assert scenario.window == (168.0, 504.0)
    assert (scenario.tail * WEEK, scenario.weeks * WEEK) == (168.0, 672.0)
