"""Rows of requests: opened, posted and closed; the outbox, and the list of questions under way.

Handlers never call one another. They *post* a request with the stage that comes next, or mark a department as dirty;
the main loop works both lists off. So every stage of a request's life is called from one place, and nothing recurses.
"""

import numpy as np

from sim.kernel.cases import about, release
from sim.kernel.jit import inline
from sim.vocab import Activity, Context, Kind

# stages of a posted request
SEND, ARRIVE, FILE, REFILE, PROCEED, DELIVERED, FINISH, ENTER, ACCEPT, SIGN, SHIP = (np.int64(k) for k in range(1, 12))

# a request under an agreement on response times, in time or no longer; called in, it is in time once it is begun
AGREED, OVERDUE, CALLED = np.int64(1), np.int64(2), np.int64(3)

# how far a step has been taken up
NEW, RETURNED, READY = 0, 1, 2

# whether what a step needs is there
UNSEEN, MISSING, THERE = 0, 1, 2


@inline
def new_token(s, row):
    """Give a request a token that no timer has: whatever was planned for it before comes too late from here on."""
    row["token"] = s.now[0]["tokens"]
    s.now[0]["tokens"] += 1


@inline
def _take(s):
    """Take a request row from the free list (the main loop keeps enough of them)."""
    now = s.now[0]
    r = now["free_request"]
    row = s.requests[r]
    now["free_request"] = row["link"]
    now["free_requests"] -= 1
    now["n_requests"] += 1
    now["opened"] += 1
    new_token(s, row)
    return r


@inline
def open_request(s):
    """Take a request row for whatever is asked of a department."""
    r = _take(s)
    row = s.requests[r]
    row["clock"] = 0
    row["mapped"] = 0
    row["case"] = -1
    row["parent"] = -1
    row["held"] = 0
    row["sender"] = -1
    row["home"] = -1
    row["before"] = -1
    row["decided"] = 0
    row["agreed"] = 0
    row["limit"] = 0.0
    row["refused"] = 0
    row["resume"] = 0
    row["phase"] = 0
    row["pending"] = 0
    row["bounces"] = 0
    row["visit"] = 0
    row["reworks"] = 0
    row["arrivals"] = 0
    row["again"] = 0
    row["context"] = Context.NORMAL
    row["activity"] = Activity.PARKED
    row["extra"] = 0.0
    return r


@inline
def open_beside(s, r, kind, sender, dept):
    """Take a request row for what is asked of a department beside request `r`, about the same step of its case."""
    b = open_request(s)
    row = s.requests[b]
    about(s, b, s.requests[r]["case"])
    row["step"] = s.requests[r]["step"]
    row["kind"] = kind
    row["sender"] = sender
    row["dept"] = dept
    return b


@inline
def open_own(s, d, work, time):
    """Take a request row for a piece of own work of department `d`: it has no case, no clock and no stages."""
    r = _take(s)
    row = s.requests[r]
    row["kind"] = Kind.OWN
    row["dept"] = d
    row["clock"] = 0
    row["case"] = -1
    row["sender"] = -1
    row["parent"] = -1
    row["held"] = 0
    row["pending"] = 0
    row["agreed"] = 0
    row["limit"] = 0.0
    row["activity"] = Activity.QUEUE
    row["work"] = work
    row["extra"] = 0.0
    row["sent"] = time
    return r


@inline
def close_request(s, r):
    """Return a request row to the free list."""
    now = s.now[0]
    row = s.requests[r]
    if row["case"] >= 0:
        release(s, row["case"])
    row["token"] = -1
    row["link"] = now["free_request"]
    now["free_request"] = r
    now["free_requests"] += 1
    now["n_requests"] -= 1
    now["closed"] += 1


@inline
def post(s, r, stage):
    """Put request `r` into the outbox; the main loop takes it on from `stage` at the same moment."""
    now = s.now[0]
    row = s.requests[r]
    row["stage"] = stage
    row["link"] = -1
    if now["outbox"] < 0:
        now["outbox"] = r
    else:
        s.requests[now["outbox_tail"]]["link"] = r
    now["outbox_tail"] = r


@inline
def mark(s, d):
    """Note that department `d` may have something to take up."""
    dept = s.departments[d]
    if dept["dirty"] == 0:
        now = s.now[0]
        dept["dirty"] = 1
        dept["link"] = -1
        if now["dirty"] < 0:
            now["dirty"] = d
        else:
            s.departments[now["dirty_tail"]]["link"] = d
        now["dirty_tail"] = d


@inline
def set_out(s, r):
    """Put question `r` on the list of those under way to the department asked, until somebody there notices it."""
    row = s.requests[r]
    dept = s.departments[row["dept"]]
    row["q_prev"] = -1
    row["q_next"] = dept["under_way"]
    if dept["under_way"] >= 0:
        s.requests[dept["under_way"]]["q_prev"] = r
    dept["under_way"] = r


@inline
def noticed(s, r):
    """Take question `r` off that list; the event that would have brought it comes too late from here on."""
    row = s.requests[r]
    new_token(s, row)
    if row["q_prev"] >= 0:
        s.requests[row["q_prev"]]["q_next"] = row["q_next"]
    else:
        s.departments[row["dept"]]["under_way"] = row["q_next"]
    if row["q_next"] >= 0:
        s.requests[row["q_next"]]["q_prev"] = row["q_prev"]


@inline
def lacks_goods(row):
    """Tell whether request `row` is a step that waits for goods that were missing."""
    return row["kind"] == Kind.WORK and row["goods"] == MISSING


@inline
def is_question(row):
    """Tell whether request `row` asks for an answer: a consultation, or an approval."""
    return row["kind"] == Kind.CONSULT or row["kind"] == Kind.APPROVE
