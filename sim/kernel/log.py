"""The log: what happens, a line each, in the order in which it happens; written only where somebody has asked for it.

Writing changes nothing of a run. `sim.log` makes tables of the lines: moves, conflicts, meetings, timelines of cases.
"""

from sim.kernel.jit import inline, routine
from sim.vocab import Activity, Kind, Note

(
    SENT, RECEIVED, PARKED, HELD, QUEUED, BEGUN, SERVED, DISPUTED, SENT_BACK, ANSWERED, REPLIED, LACKING, OUTSIDE,
    STARTED, BOOKED, COPIED, FINISHED,
    FROZEN, SETTLED, MEETING, PRESENT,
) = map(int, Note)  # fmt: skip

EVERYTHING = 2
NOBODY_ELSE = -1
EXTERNAL_WAIT = len(Kind)
"""Kind of the lines that waits for somebody outside write."""
MOST = 8
"""Lines that one stage writes at most for each request there is."""


@inline
def logged(s):
    """Tell whether everything is logged."""
    return s.now[0]["logging"] == EVERYTHING


@inline
def lines_ahead(now, world):
    """Return how many lines one stage writes at most, whatever happens in it."""
    return MOST * (now["n_requests"] + world["margin"] + 1) + world["n_departments"]


@inline
def _line(s, what, row, start):
    """Begin a line about row `row`; return its place."""
    now = s.now[0]
    k = now["n_log"]
    now["n_log"] = k + 1
    line = s.log[k]
    line["note"] = what
    line["row"] = row
    line["case"] = -1
    line["step"] = -1
    line["department"] = -1
    line["kind"] = -1
    line["other"] = -1
    line["more"] = -1
    line["start"] = start
    line["end"] = now["time"]
    line["worked"] = 0.0
    line["touch"] = 0.0
    return k


@inline
def _about(s, k, r):
    """Write into line `k` what request `r` is."""
    line = s.log[k]
    row = s.requests[r]
    if row["case"] >= 0:
        line["case"] = s.cases[row["case"]]["number"]
        line["step"] = row["step"]
    line["department"] = row["dept"]
    line["kind"] = row["kind"]


@routine
def note(s, what, r):
    """Write what has happened to request `r`."""
    _about(s, _line(s, what, r, s.now[0]["time"]), r)


@routine
def wound(s, what, r, source):
    """Write that the clock of a case starts or stops with request `r`, or that it has taken that of `source`."""
    line = s.log[_line(s, what, r, s.now[0]["time"])]
    line["case"] = s.cases[s.requests[r]["case"]]["number"]
    line["other"] = source


@routine
def sent(s, r, sender):
    """Write that `sender` sends request `r`, and which request waits for it: that of the asker, or this very one."""
    k = _line(s, SENT, r, s.now[0]["time"])
    _about(s, k, r)
    row = s.requests[r]
    line = s.log[k]
    line["other"] = sender
    waits = row["clock"] and row["kind"] != Kind.WORK and row["kind"] != Kind.CONSULT
    line["more"] = r if waits else row["parent"]


@routine
def disowned(s, r):
    """Write that the department asked disputes request `r`, and has on its own desk now to say so."""
    note(s, DISPUTED, r)
    sent(s, r, s.requests[r]["dept"])
    note(s, RECEIVED, r)


@routine
def served(s, r):
    """Write that people of whichever department have finished work on request `r`."""
    k = _line(s, SERVED, r, s.requests[r]["begun"])
    _about(s, k, r)
    s.log[k]["department"] = s.requests[r]["server"]


@routine
def taken(s, r):
    """Write that people of whichever department begin to work on request `r`."""
    k = _line(s, BEGUN, r, s.now[0]["time"])
    _about(s, k, r)
    s.log[k]["department"] = s.requests[r]["server"]


@routine
def outside(s, r):
    """Write that somebody outside has delivered what request `r` waited for."""
    k = _line(s, OUTSIDE, r, s.requests[r]["begun"])
    _about(s, k, r)
    s.log[k]["kind"] = EXTERNAL_WAIT


@routine
def booked(s, r, context, since, worked, touch):
    """Write which time request `r` has booked to the ledger of its case."""
    k = _line(s, BOOKED, r, since)
    _about(s, k, r)
    line = s.log[k]
    if s.requests[r]["activity"] == Activity.TOUCH:
        line["department"] = s.requests[r]["server"]
    line["other"] = context
    line["more"] = s.requests[r]["activity"]
    line["worked"] = worked
    line["touch"] = touch


@routine
def frozen(s, r, i, j, cause):
    """Write that a conflict of `i` and `j`, which broke out over request `r`, freezes its case."""
    k = _line(s, FROZEN, r, s.now[0]["time"])
    _about(s, k, r)
    line = s.log[k]
    line["department"] = i
    line["other"] = j
    line["more"] = cause


@routine
def settled(s, c, how):
    """Write that the conflict of case `c` is settled, at which tier and how."""
    live = s.cases[c]
    k = _line(s, SETTLED, NOBODY_ELSE, live["frozen_at"])
    line = s.log[k]
    line["case"] = live["number"]
    line["other"] = how
    line["more"] = live["tier"]


@routine
def held(s, p, m, serial):
    """Write that meeting `m` is held, and who takes part."""
    k = _line(s, MEETING, serial, s.now[0]["time"])
    s.log[k]["other"] = m
    meeting = p.meetings[m]
    for place in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        d = p.lists[place]
        if s.departments[d]["present"] == serial:
            k = _line(s, PRESENT, serial, s.now[0]["time"])
            s.log[k]["department"] = d
