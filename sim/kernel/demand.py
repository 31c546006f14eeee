"""Customers: they arrive by process, unless that was prevented, are promised a date, and accept it or leave."""

import math

from sim.kernel.calendars import after_now, reached
from sim.kernel.cases import case_of, free_case, is_number, join_case, release, take_case
from sim.kernel.changes import plan_change
from sim.kernel.complaints import FAULTY, expect
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, exponential, hours, stream, uniform
from sim.kernel.flow import end_case, start_ready
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import clear_clock
from sim.kernel.log import NOBODY_ELSE, STARTED, logged, wound
from sim.kernel.mechanisms.demand import acceptance, prevented_share, promised_hours, urgent_share
from sim.kernel.opens import Opens
from sim.kernel.queues import hours_ahead
from sim.kernel.releases import take_on
from sim.kernel.requests import ENTER, open_request, post
from sim.kernel.routes import choose
from sim.kernel.teams import taken_on
from sim.kernel.watching import watch
from sim.vocab import WEEK, CaseCount, Event, Family, Lever, Purpose

OPENS = (Opens(requests=1, events=1),)  # the case that begins, and the next customer


@inline
def surged(p, process, usual):
    """Return the open hours at which a customer comes who would usually come at `usual`: surges bring all forward.

    So a surge brings the same customers, only sooner, and so do seasons and the busy hours of a week.
    """
    low, high = ZERO, process["n_surges"]
    while low < high:
        middle = (low + high) // 2
        if usual < p.numbers[process["surges"] + 3 * middle]:
            high = middle
        else:
            low = middle + 1
    if low == 0:
        return usual
    at = process["surges"] + 3 * (low - 1)
    return p.numbers[at + 1] + (usual - p.numbers[at]) / p.numbers[at + 2]


@inline
def plan_arrival(s, p, k):
    """Plan the next arrival of process `k`: its date, or the next point of its Poisson stream."""
    process = p.processes[k]
    arrivals = s.streams[k]
    n = arrivals["ordinal"]
    if process["n_dates"] > 0:
        if n < process["n_dates"]:
            plan(s, p.numbers[process["dates"] + n], Event.ARRIVAL, k, ZERO)
    elif process["rate"] > 0.0:
        key = stream(s.now[0]["base"], process["id"], n)
        arrivals["clock"] += exponential(uniform(key, NOWHERE, Purpose.ARRIVAL, NOBODY, ZERO, ZERO)) / process["rate"]
        plan(s, reached(s, p, process["calendar"], surged(p, process, arrivals["clock"])), Event.ARRIVAL, k, ZERO)


@inline
def backlog_hours(s, p, k):
    """Return the calendar hours that the work now waiting along process `k` will take to clear."""
    process = p.processes[k]
    total = 0.0
    for j in range(process["first_step"], process["first_step"] + process["n_steps"]):
        d = p.steps[j]["dept"]
        total += hours_ahead(s, d) * WEEK / p.calendars[p.pools[d]["calendar"]]["hours"]
    return total


@inline
def promise_date(s, p, c, time):
    """Let the front department promise a date; return whether the customer accepts it."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    lever = s.departments[process["front"]]["lever"]
    seen = lever[Lever.TRANSPARENCY]
    backlog = backlog_hours(s, p, case["process"]) if seen > 0.0 else 0.0
    lead = promised_hours(process["standard"], lever[Lever.OPTIMISM], lever[Lever.ALIGNMENT], seen, backlog)
    case["promise"] = time + lead
    chance = acceptance(process["standard"], lead, process["elasticity"])
    return uniform(case["key"], NOWHERE, Purpose.ACCEPT_PROMISE, NOBODY, ZERO, ZERO) < chance


@routine
def open_case(s, p, k, key, n, time):
    """Write the row of a new case of process `k`, the `n`-th of those that come by themselves; return it."""
    process = p.processes[k]
    c = take_case(s)
    case = case_of(s, c)
    case["key"] = key
    case["process"] = k
    case["ordinal"] = n
    case["arrival"] = time
    dated = process["target"] > 0.0
    case["target"] = after_now(s, p, process["target_calendar"], time, process["target"]) if dated else math.nan
    complexity = process["complexity"]
    if p.works[complexity]["family"] == Family.CONSTANT:
        case["complexity"] = p.works[complexity]["scale"]
    else:
        u = uniform(key, NOWHERE, Purpose.COMPLEXITY, NOBODY, ZERO, ZERO)
        case["complexity"] = hours(p, complexity, u)
    lever = s.departments[process["front"]]["lever"]
    case["scope"] = lever[Lever.SCOPE] if process["scalable"] else 1.0
    case["count"][CaseCount.TEAM] = taken_on(p, case, lever)
    share = urgent_share(process["urgent_share"], lever[Lever.INFLATION], lever[Lever.ALIGNMENT])
    if share > 0.0:
        case["count"][CaseCount.URGENT] = uniform(key, NOWHERE, Purpose.URGENT, NOBODY, ZERO, ZERO) < share
    return c


@inline
def prevented(s, p, c):
    """Decide whether a case does not come, because its cause was removed; the others are those that come anyway."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    chance = prevented_share(s.departments[process["front"]]["lever"][Lever.PREVENTION], process["preventable"])
    return uniform(case["key"], NOWHERE, Purpose.PREVENT, NOBODY, ZERO, ZERO) < chance


@routine
def welcome(s, p, c, time):
    """A customer is here: the case in row `c` is promised, and its first steps begin."""
    case = case_of(s, c)
    process = p.processes[case["process"]]
    if process["promises"] and not promise_date(s, p, c, time):
        case["count"][CaseCount.LOST] = 1
        free_case(s, c)
    else:
        case["count"][CaseCount.MILESTONES] = process["milestones"]
        if process["milestones"] > 0:
            watch(s, p, c, time)
        if process["changeable"]:
            plan_change(s, p, c, ZERO, time)
        if process["returns"]:
            for k in range(process["n_steps"]):
                s.cases[c]["times"][k] = 0
        if process["complains"] >= 0:
            expect(s, p, c)
        r = open_request(s)
        join_case(s, r, c, time)
        clear_clock(s, r)
        if process["release"] >= 0:
            take_on(s, p, process["release"], c, r)
        if logged(s):
            wound(s, STARTED, r, NOBODY_ELSE)
        s.requests[r]["mapped"] = process["mapped_from"] <= time < process["mapped_to"]
        if process["markov"]:
            u = uniform(case["key"], NOWHERE, Purpose.START, NOBODY, ZERO, ZERO)
            s.requests[r]["step"] = choose(p, process["starts"], process["n_starts"], u)
            if s.requests[r]["step"] >= 0:
                post(s, r, ENTER)
            else:
                end_case(s, p, r, time)
        else:
            start_ready(s, p, r, process["first_step"], time)


@routine
def take_in(s, p, c, time):
    """A customer has come, or does not, because the cause of the case in row `c` was removed."""
    case = case_of(s, c)
    if p.processes[case["process"]]["preventable"] > 0.0 and prevented(s, p, c):
        case["count"][CaseCount.PREVENTED] = 1
        free_case(s, c)
    else:
        welcome(s, p, c, time)


@inline
def on_arrival(s, p, k, time):
    """The next customer of process `k` arrives, and another one is to follow."""
    n = s.streams[k]["ordinal"]
    s.streams[k]["ordinal"] = n + 1
    key = stream(s.now[0]["base"], p.processes[k]["id"], n)
    c = open_case(s, p, k, key, n, time)
    plan_arrival(s, p, k)
    take_in(s, p, c, time)


@inline
def on_urgent_order(s, p, k, identity, time):
    """Something urgent comes in through process `k`: a case whose luck is its own, and which nothing prevents."""
    c = open_case(s, p, k, stream(s.now[0]["base"], identity, ZERO), NOBODY, time)
    case_of(s, c)["count"][CaseCount.URGENT] = 1
    welcome(s, p, c, time)


@inline
def on_complaint(s, p, about, why, time):
    """The customer of case `about` complains, unless it was served in time: another case begins, whose luck is its own.

    Its key is made of that of the case and of what it complains of, so that it is the same complaint whatever else
    happens in an organization.
    """
    case = case_of(s, about)
    if why == FAULTY or not is_number(case["served"]):
        case["count"][CaseCount.COMPLAINTS] += 1
        k = p.processes[case["process"]]["complains"]
        c = open_case(s, p, k, stream(case["key"], p.processes[k]["id"], why), NOBODY, time)
        case_of(s, c)["count"][CaseCount.CAUSED] = 1
        take_in(s, p, c, time)
    release(s, about)
