"""The delay ledger: where the time of a case goes, exactly, along its critical path.

The clock travels with the requests. A request that carries it adds the time since it was last accounted to one cell of
context × activity. Where a case forks (parallel steps, consultations) every branch takes a copy along; where branches
join, the copy of the last arrival goes on. So the cells always sum to the age of the case.
"""

import numpy as np

from sim.kernel.calendars import opened, opened_by
from sim.kernel.cases import is_frozen
from sim.kernel.jit import inline
from sim.kernel.layout import N_LEDGER, N_SPENT, N_STATES
from sim.kernel.log import COPIED, booked, logged, wound
from sim.kernel.pointers import lowest
from sim.kernel.requests import MISSING
from sim.vocab import Activity, Context, Kind

ONE = np.int64(1)

ANSWER = int(Context.ANSWER)

CONFLICT = int(Context.CONFLICT)

CONTEXTS = N_STATES - 1
"""What lies before the contexts other than normal among the published parts, less one."""


@inline
def clear_clock(s, r):
    """Set the ledger of request `r` to zero."""
    s.requests[r]["cells"] = 0
    spent = s.requests[r]["spent"]
    for k in range(N_SPENT):
        spent[k] = 0.0


@inline
def map_parked(s, r, time):
    """Count the time that request `r` has waited for answers, once however many there were, to the step it is at."""
    row = s.requests[r]
    if row["mapped"]:
        context = max(ANSWER, row["context"])
        s.places[row["step"]]["spent"][context + CONTEXTS] += time - row["since"]


@inline
def account(s, p, r, time):
    """Book the time since the last booking of request `r` to its present context and activity."""
    row = s.requests[r]
    activity = row["activity"]
    since = row["since"]
    elapsed = time - since
    if elapsed <= 0.0 or activity == Activity.PARKED:
        return
    row["since"] = time
    pool = p.pools[row["server"] if activity == Activity.TOUCH else row["dept"]]
    calendar = pool["calendar"] if activity == Activity.TOUCH else pool["clock"]  # who waits, waits on management's
    if activity == Activity.EXTERNAL and row["kind"] != Kind.REWORK and row["goods"] != MISSING:
        calendar = p.steps[row["step"]]["external_calendar"]
    worked = elapsed
    if not p.calendars[calendar]["always"]:
        worked = min(elapsed, opened(s, p, calendar, time) - opened_by(s, p, calendar, time - elapsed))
    context = row["context"]
    if is_frozen(s, row["case"]):
        context = CONFLICT
    cell = context * N_STATES
    closed = elapsed - worked
    spent = row["spent"]
    touch = worked * row["rate"] if activity == Activity.TOUCH else worked
    cells = row["cells"] | ONE << (cell + activity)
    spent[cell + activity] += touch
    if logged(s):
        booked(s, r, np.int64(context), since, worked, touch)
    if touch < worked:
        spent[cell + Activity.TAX] += worked - touch
        cells |= ONE << (cell + Activity.TAX)
    if row["mapped"]:
        place = s.places[row["step"]]["spent"]
        if cell == 0:
            place[activity] += touch
            place[Activity.TAX] += worked - touch
            place[Activity.CLOSED] += closed
        else:
            place[context + CONTEXTS] += elapsed
    if closed > 0.0:
        spent[cell + Activity.CLOSED] += closed
        cells |= ONE << (cell + Activity.CLOSED)
        if cell == 0:
            # touch, queue, hand-over, external: 0, 2, 3, 4 -> memo 0, 1, 2, 3
            spent[N_LEDGER + max(0, activity - 1)] += closed
            cells |= ONE << (N_LEDGER + max(0, activity - 1))
    row["cells"] = cells


@inline
def turn(s, p, r, time, activity):
    """Book the time up to now; from here on request `r` spends it with `activity`."""
    if s.requests[r]["clock"]:
        account(s, p, r, time)
    s.requests[r]["activity"] = activity


@inline
def copy_clock(s, source, to):
    """Let request `to` go on with the clock of `source`."""
    s.requests[to]["cells"] = s.requests[source]["cells"]
    a = s.requests[source]["spent"]
    b = s.requests[to]["spent"]
    for k in range(N_SPENT):
        b[k] = a[k]
    s.requests[to]["since"] = s.requests[source]["since"]
    if logged(s):
        wound(s, COPIED, to, source)


@inline
def enter(s, p, r, time, context):
    """Begin `context` unless an outer one (or the same) already explains the delay."""
    row = s.requests[r]
    if row["context"] == Context.NORMAL:
        account(s, p, r, time)
        row["context"] = context


@inline
def leave(s, p, r, time, context):
    """End `context` if it is the one that counts."""
    row = s.requests[r]
    if row["context"] == context:
        account(s, p, r, time)
        row["context"] = Context.NORMAL


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
