"""Rows of open cases: taken, kept as long as anything refers to them, and the requests that carry their clock."""

import math

from sim.kernel.draws import NOWHERE
from sim.kernel.jit import inline
from sim.vocab import CaseCount, CaseHours

N_CASE_COUNTS, N_CASE_HOURS = len(CaseCount), len(CaseHours)


@inline
def is_number(x):
    """Tell whether `x` is not NaN."""
    return not math.isnan(x)


@inline
def case_of(s, c):
    """Return what is known of the case in row `c`; it stays when the case is closed, and is never written elsewhere."""
    return s.history[s.cases[c]["number"]]


@inline
def is_urgent(case):
    """Tell whether a case is urgent: it came so, or somebody has warned that it is behind."""
    return case["count"][CaseCount.URGENT] or case["count"][CaseCount.WARNED]


@inline
def take_case(s):
    """Take a row from the free list and write what holds before anything has happened to its case."""
    now = s.now[0]
    c = now["free_case"]
    live = s.cases[c]
    now["free_case"] = live["link"]
    now["free_cases"] -= 1
    live["number"] = now["n_cases"]
    now["n_cases"] += 1
    live["refs"] = 0
    live["waited"] = 0.0
    live["done"] = NOWHERE
    live["started"] = NOWHERE
    live["first"] = -1
    live["defects"] = -1
    live["tier"] = 0
    live["train"] = -1
    live["ready"] = 0
    case = case_of(s, c)
    for k in range(N_CASE_HOURS):
        case["hours"][k] = 0.0
    for k in range(N_CASE_COUNTS):
        case["count"][k] = 0
    case["promise"] = math.nan
    case["served"] = math.nan
    case["finish"] = math.nan
    case["frozen"] = 0
    return c


@inline
def is_frozen(s, c):
    """Tell whether a conflict freezes case `c` (mostly there is none at all, and no need to look at the case)."""
    return s.now[0]["frozen"] >= 0 and case_of(s, c)["frozen"] > 0


@inline
def about(s, r, c):
    """Let request `r` be about case `c`, whose row is kept as long as there are any."""
    s.requests[r]["case"] = c
    s.cases[c]["refs"] += 1


@inline
def release(s, c):
    """Note that something no longer refers to case `c`; free its row after the last one of a finished case."""
    live = s.cases[c]
    live["refs"] -= 1
    if live["refs"] == 0 and is_number(case_of(s, c)["finish"]):
        free_case(s, c)


@inline
def free_case(s, c):
    """Return the row of a case to the free list."""
    now = s.now[0]
    live = s.cases[c]
    live["number"] = -1
    live["link"] = now["free_case"]
    now["free_case"] = c
    now["free_cases"] += 1


@inline
def join_case(s, r, c, time):
    """Put request `r` on the list of those that carry the clock of case `c`."""
    row = s.requests[r]
    live = s.cases[c]
    about(s, r, c)
    row["clock"] = 1
    row["since"] = time
    row["case_prev"] = -1
    row["case_next"] = live["first"]
    if live["first"] >= 0:
        s.requests[live["first"]]["case_prev"] = r
    live["first"] = r


@inline
def leave_case(s, r):
    """Take request `r` off the list of its case."""
    row = s.requests[r]
    if row["case_prev"] >= 0:
        s.requests[row["case_prev"]]["case_next"] = row["case_next"]
    else:
        s.cases[row["case"]]["first"] = row["case_next"]
    if row["case_next"] >= 0:
        s.requests[row["case_next"]]["case_prev"] = row["case_prev"]
