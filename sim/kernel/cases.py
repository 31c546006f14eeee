"""Rows of cases: taken, kept as long as anything refers to them, and the requests that carry their clock."""

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
def take_case(s):
    """Take a row from the free list and write into it what holds before anything has happened to its case."""
    now = s.now[0]
    c = now["free_case"]
    now["free_case"] = s.cases[c]["link"]
    now["free_cases"] -= 1
    clear_case(s.cases[c])
    s.cases[c]["number"] = now["n_cases"]
    now["n_cases"] += 1
    return c


@inline
def is_frozen(s, c):
    """Tell whether a conflict freezes case `c` (mostly there is none at all, and no need to look at the case)."""
    return s.now[0]["frozen"] >= 0 and s.cases[c]["frozen"] > 0


@inline
def about(s, r, c):
    """Let request `r` be about case `c`, whose row is kept as long as there are any."""
    s.requests[r]["case"] = c
    s.cases[c]["refs"] += 1


@inline
def release(s, c):
    """Note that something no longer refers to case `c`; free its row after the last one of a finished case."""
    case = s.cases[c]
    case["refs"] -= 1
    if case["refs"] == 0 and is_number(case["finish"]):
        free_case(s, c)


@inline
def free_case(s, c):
    """Return the row of a case to the free list."""
    now = s.now[0]
    case = s.cases[c]
    case["number"] = -1
    case["link"] = now["free_case"]
    now["free_case"] = c
    now["free_cases"] += 1


@inline
def join_case(s, r, c, time):
    """Put request `r` on the list of those that carry the clock of case `c`."""
    row = s.requests[r]
    case = s.cases[c]
    about(s, r, c)
    row["clock"] = 1
    row["since"] = time
    row["case_prev"] = -1
    row["case_next"] = case["first"]
    if case["first"] >= 0:
        s.requests[case["first"]]["case_prev"] = r
    case["first"] = r


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
