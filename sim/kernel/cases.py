"""A case's life at large: it arrives, gets a promise, enters its steps, forks, joins, and is finished."""

import math

import numpy as np

from sim.kernel.calendars import after_now, from_open, opened, to_open
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, exponential, hours, stream, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline
from sim.kernel.ledger import copy_clock, turn
from sim.kernel.log import FINISHED, NOBODY_ELSE, STARTED, logged, wound
from sim.kernel.mechanisms.demand import acceptance, promised_hours, urgent_share
from sim.kernel.pointers import lowest
from sim.kernel.queues import hours_ahead
from sim.kernel.requests import (
    ENTER,
    SEND,
    clear_clock,
    close_request,
    drop_defect,
    free_case,
    join_case,
    leave_case,
    open_request,
    post,
)
from sim.vocab import WEEK, Activity, CaseCount, CaseHours, Event, Family, Kind, Lever, Purpose

ONE = np.uint64(1)

N_CASE_COUNTS, N_CASE_HOURS = len(CaseCount), len(CaseHours)

FEW = 8
"""Routes among which the next step is counted out."""


# how far a step has been taken up
NEW, RETURNED, READY = 0, 1, 2


@inline
def surged(p, process, usual):
    """Return the open hours at which a customer comes who would usually come at `usual`: surges bring all forward.

    So a surge brings the same customers, only sooner.
    """
    passed = usual
    for k in range(process["n_surges"]):
        at = process["surges"] + 3 * k
        if usual < p.numbers[at]:
            break
        passed = p.numbers[at + 1] + (usual - p.numbers[at]) / p.numbers[at + 2]
    return passed


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
        plan(s, from_open(p, process["calendar"], surged(p, process, arrivals["clock"])), Event.ARRIVAL, k, ZERO)


@inline
def backlog_hours(s, p, k):
    """Return the calendar hours that the work now waiting along process `k` will take to clear."""
    process = p.processes[k]
    total = 0.0
    for j in range(process["first_step"], process["first_step"] + process["n_steps"]):
        d = p.steps[j]["dept"]
        total += hours_ahead(s, p, d) * WEEK / p.calendars[p.pools[d]["calendar"]]["hours"]
    return total


@inline
def promise_date(s, p, c, time):
    """Let the front department promise a date; return whether the customer accepts it."""
    case = s.cases[c]
    process = p.processes[case["process"]]
    lever = s.departments[process["front"]]["lever"]
    seen = lever[Lever.TRANSPARENCY]
    backlog = backlog_hours(s, p, case["process"]) if seen > 0.0 else 0.0
    lead = promised_hours(process["standard"], lever[Lever.OPTIMISM], lever[Lever.ALIGNMENT], seen, backlog)
    case["promise"] = time + lead
    chance = acceptance(process["standard"], lead, process["elasticity"])
    return uniform(case["key"], NOWHERE, Purpose.ACCEPT_PROMISE, NOBODY, ZERO, ZERO) < chance


@inline
def clear_case(case):
    """Write into the row of a case what holds before anything has happened to it."""
    case["refs"] = 0
    case["waited"] = 0.0
    for k in range(N_CASE_HOURS):
        case["hours"][k] = 0.0
    for k in range(N_CASE_COUNTS):
        case["count"][k] = 0
    case["done"] = NOWHERE
    case["started"] = NOWHERE
    case["first"] = -1
    case["defects"] = -1
    case["frozen"] = 0
    case["tier"] = 0


@inline
def open_case(s, p, k, time):
    """Write the row of a new case of process `k`; return it."""
    now = s.now[0]
    process = p.processes[k]
    c = now["free_case"]
    case = s.cases[c]
    now["free_case"] = case["link"]
    now["free_cases"] -= 1
    clear_case(case)
    case["number"] = now["n_cases"]
    now["n_cases"] += 1
    n = s.streams[k]["ordinal"]
    s.streams[k]["ordinal"] = n + 1
    key = stream(now["base"], process["id"], n)
    case["key"] = key
    case["process"] = k
    case["ordinal"] = n
    case["arrival"] = time
    case["promise"] = math.nan
    dated = process["target"] > 0.0
    case["target"] = after_now(s, p, process["target_calendar"], time, process["target"]) if dated else math.nan
    case["finish"] = math.nan
    complexity = process["complexity"]
    if p.works[complexity]["family"] == Family.CONSTANT:
        case["complexity"] = p.works[complexity]["scale"]
    else:
        u = uniform(key, NOWHERE, Purpose.COMPLEXITY, NOBODY, ZERO, ZERO)
        case["complexity"] = hours(p, complexity, u)
    lever = s.departments[process["front"]]["lever"]
    share = urgent_share(process["urgent_share"], lever[Lever.INFLATION], lever[Lever.ALIGNMENT])
    if share > 0.0:
        case["count"][CaseCount.URGENT] = uniform(key, NOWHERE, Purpose.URGENT, NOBODY, ZERO, ZERO) < share
    return c


@inline
def choose(p, first, n, u):
    """Return the step that `u` falls on in cumulative routes, or -1 behind the last."""
    low = first
    high = first + n
    if n <= FEW:  # counted rather than searched, where a processor would guess wrongly at every other turn
        for k in range(first, high):
            low += np.int64(u >= p.routes[k]["upto"])
        return p.routes[low]["step"] if low < high else -1
    while low < high:
        middle = (low + high) >> 1
        if u < p.routes[middle]["upto"]:
            high = middle
        else:
            low = middle + 1
    return p.routes[low]["step"] if low < first + n else -1


@inline
def on_arrival(s, p, k, time):
    """A customer arrives: the case is opened, promised, and its first steps begin."""
    c = open_case(s, p, k, time)
    plan_arrival(s, p, k)
    case = s.cases[c]
    process = p.processes[k]
    if process["promises"] and not promise_date(s, p, c, time):
        case["count"][CaseCount.LOST] = 1
        write_history(s, c)
        free_case(s, c)
    else:
        r = open_request(s)
        join_case(s, r, c, time)
        clear_clock(s, r)
        if logged(s):
            wound(s, STARTED, r, NOBODY_ELSE)
        s.requests[r]["mapped"] = process["mapped_from"] <= time < process["mapped_to"]
        if process["markov"]:
            u = uniform(case["key"], NOWHERE, Purpose.START, NOBODY, ZERO, ZERO)
            s.requests[r]["step"] = choose(p, process["starts"], process["n_starts"], u)
            if s.requests[r]["step"] >= 0:
                post(s, r, ENTER)
            else:
                end_case(s, r, time)
        else:
            start_ready(s, p, r, process["first_step"], time)


@inline
def fork(s, r):
    """Return a copy of request `r` that goes on beside it."""
    b = open_request(s)
    a = s.requests[r]
    row = s.requests[b]
    join_case(s, b, a["case"], a["since"])
    copy_clock(s, r, b)
    row["home"] = a["home"]
    row["before"] = a["before"]
    row["mapped"] = a["mapped"]
    return b


@inline
def skipped(key, step):
    """Decide whether a step that not every case goes through is passed over."""
    chance = step["probability"]
    return chance < 1.0 and uniform(key, step["id"], Purpose.SKIP, NOBODY, ZERO, ZERO) >= chance


@inline
def start_ready(s, p, r, first, time):
    """Start every step from `first` on whose needs are met, with `r` and copies of it; steps are in order of needs.

    With nothing to start, `r` ends here: it waits for other branches, or it was the last and finishes the case.
    """
    c = s.requests[r]["case"]
    case = s.cases[c]
    process = p.processes[case["process"]]
    used = False
    for j in range(first, process["first_step"] + process["n_steps"]):
        step = p.steps[j]
        bit = ONE << np.uint64(step["place"])
        if (case["started"] & bit) == NOWHERE and (step["need"] & case["done"]) == step["need"]:
            case["started"] |= bit
            if skipped(case["key"], step):
                case["done"] |= bit
            else:
                b = fork(s, r) if used else r
                used = True
                s.requests[b]["step"] = j
                post(s, b, ENTER)
    if not used:
        if case["done"] == process["all"]:
            finish_case(s, r, time)
        leave_case(s, r)
        close_request(s, r)


@inline
def write_history(s, c):
    """Write down what is kept of case `c`."""
    case = s.cases[c]
    row = s.history[case["number"]]
    row["key"] = case["key"]
    row["arrival"] = case["arrival"]
    row["promise"] = case["promise"]
    row["target"] = case["target"]
    row["finish"] = case["finish"]
    row["complexity"] = case["complexity"]
    for k in range(N_CASE_HOURS):
        row["hours"][k] = case["hours"][k]
    row["process"] = case["process"]
    row["ordinal"] = case["ordinal"]
    for k in range(N_CASE_COUNTS):
        row["count"][k] = case["count"][k]
    row["frozen"] = case["frozen"]


@inline
def write_ledger(s, r):
    """Write down where the time of the case of request `r` went, as far as there is anything to say."""
    now = s.now[0]
    row = s.requests[r]
    spent = row["spent"]
    n = now["n_lines"]
    cells = row["cells"]
    while cells != 0:
        k = lowest(cells)
        cells &= cells - 1
        if spent[k] != 0.0:
            line = s.lines[n]
            line["case"] = s.cases[row["case"]]["number"]
            line["cell"] = k
            line["hours"] = spent[k]
            n += 1
    now["n_lines"] = n


@inline
def finish_case(s, r, time):
    """Write down when the case was finished, and where its time went."""
    c = s.requests[r]["case"]
    case = s.cases[c]
    case["finish"] = time
    case["count"][CaseCount.DEFECTIVE] = case["defects"] >= 0
    while case["defects"] >= 0:
        drop_defect(s, c, case["defects"], NOBODY)
    write_history(s, c)
    write_ledger(s, r)
    if logged(s):
        wound(s, FINISHED, r, NOBODY_ELSE)


@inline
def end_case(s, r, time):
    """Request `r` was the last of its case."""
    finish_case(s, r, time)
    leave_case(s, r)
    close_request(s, r)


@inline
def enter_step(s, p, r):
    """Stage ENTER: the step of request `r` is due; ask the department that is responsible for it."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["sender"] = row["home"]
    row["dept"] = p.steps[row["step"]]["dept"]
    row["phase"] = NEW
    row["decided"] = 0
    row["refused"] = 0
    row["arrivals"] = NOWHERE
    row["bounces"] = 0
    row["reworks"] = 0
    row["extra"] = 0.0
    return SEND


@inline
def next_steps(s, p, r, time):
    """The step of request `r` is over: follow the route, or start what has waited for it."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    turn(s, p, r, time, Activity.QUEUE)
    if p.processes[case["process"]]["markov"]:
        u = uniform(case["key"], step["id"], Purpose.ROUTE, NOBODY, row["visit"], ZERO)
        row["visit"] += 1
        j = choose(p, step["routes"], step["n_routes"], u)
        if j >= 0:
            row["step"] = j
            return ENTER
        end_case(s, r, time)
    else:
        case["done"] |= ONE << np.uint64(step["place"])
        start_ready(s, p, r, row["step"] + 1, time)
    return 0


@inline
def open_hours_since(s, p, d, start, time):
    """Return the hours from `start` to now on the clock of `d`: its open hours; of an approver, management's."""
    clock = p.pools[d]["clock"]
    return opened(s, p, clock, time) - to_open(p, clock, start)


@inline
def working_hours_since(s, p, start, time):
    """Return the hours from `start` to now in which anybody of the organization is at work: one clock for all."""
    clock = p.world[0]["clock"]
    return opened(s, p, clock, time) - to_open(p, clock, start)
