"""Two processes, ten cases and four weeks of which every number was written by hand."""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from sim.compile import Compiled, compile_scenario
from sim.kernel.layout import CASE_BY_NAME, DAY_BY_NAME, LINE, LINK, N_LEDGER, N_PARTS, N_STATES
from sim.outcome import Outcome
from sim.scenario import loads
from sim.vocab import Activity, Context, Kind

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
          "defective", "goods_short", "complaints", "changes_accepted", "changes_refused", "returns")  # fmt: skip
CASES = [
    (0, 100.0, 110.0, 220.0, 168.0, 0, 9, 9, 1, 1, 50.0, 50.0, 9, 9, 1, 1, 9, 9, 9, 9, 9),  # in the warm-up
    (0, 168.0, 560.0, 288.0, 343.0, 0, 1, 2, 1, 0, 10.0, 2.0, 2, 1, 1, 1, 2, 1, 1, 0, 2),  # takes 175 h: late for both
    (0, 200.0, 250.0, 250.0, 250.0, 0, 0, 0, 0, 0, 8.0, 0.0, 2, 2, 0, 1, 0, 0, 0, 2, 0),  # 50 h: just on time for both
    (
        0,
        300.0,
        350.0,
        420.0,
        400.0,
        0,
        2,
        1,
        1,
        1,
        8.0,
        4.0,
        2,
        2,
        1,
        0,
        1,
        0,
        2,
        0,
        1,
    ),  # 100 h: on time but not as said
    (0, 400.0, 500.0, 520.0, NAN, 0, 1, 3, 1, 1, 4.0, 0.0, 2, 1, 0, 0, 3, 1, 1, 0, 3),  # never finished
    (0, 410.0, 700.0, 530.0, NAN, 1, 0, 0, 0, 0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0),  # lost
    (1, 420.0, NAN, NAN, 620.0, 0, 0, 1, 0, 0, 6.0, 0.0, 1, 1, 0, 1, 1, 9, 1, 0, 1),  # takes 200 h
    (
        1,
        494.0,
        NAN,
        NAN,
        504.0,
        0,
        0,
        0,
        0,
        0,
        4.0,
        2.0,
        1,
        0,
        1,
        1,
        0,
        9,
        0,
        1,
        0,
    ),  # 10 h, done when the tail begins
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
        0,
    ),  # 168 h: just as long as it is waited for
    (1, 504.0, NAN, NAN, 510.0, 0, 7, 7, 1, 1, 90.0, 90.0, 5, 5, 1, 1, 5, 9, 9, 9, 9),  # in the tail: does not count
    (0, 450.0, NAN, 570.0, NAN, 0, 0, 0, 0, 0, 0.0, 0.0, 3, 3, 1, 1, 0, 9, 9, 9, 9),  # prevented: in one share only
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
    "returns_per_100": 100 * 7 / 8,
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
    "returns_per_100": 100 * 6 / 5,
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
    "returns_per_100": 100 / 3,
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


def outcome_by_hand() -> Outcome:
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
