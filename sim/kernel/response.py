"""What it does that an answer was quick or late: to records, to trust, and perhaps a conflict."""

from sim.kernel.calendars import open_hours_since, working_hours_since
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.conflict import gravity
from sim.kernel.relations import friction, good_dealing
from sim.kernel.requests import OVERDUE
from sim.vocab import CaseCount, Friction, Lever, Purpose, Tally

CONFLICT_LATE = (Purpose.CONFLICT_LATE_WORK, Purpose.CONFLICT_LATE_ANSWER, Purpose.CONFLICT_LATE_APPROVAL)
"""Whether a late result becomes a conflict, by kind of request."""


@inline
def note_urgent(s, p, r, time):
    """Note how long a request of an urgent case has waited until it is begun, at a desk or in a meeting."""
    row = s.requests[r]
    if s.cases[row["case"]]["count"][CaseCount.URGENT]:
        dept = s.departments[row["dept"]]
        dept["today"][Tally.URGENT_N] += 1
        dept["today"][Tally.URGENT_WAIT] += working_hours_since(s, p, row["sent"], time)


@routine
def respond(s, p, r, target, time):
    """Judge an answer by the time it took: in time is a good dealing, late is a friction, the graver the later.

    Who has broken an agreement has been blamed for that already.
    """
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    if target <= 0.0 or i < 0 or i == d:
        return
    dept = s.departments[d]
    dept["today"][Tally.RESPONSES] += 1
    if row["agreed"] == OVERDUE:
        return
    taken = open_hours_since(s, p, d, row["sent"], time)
    if taken <= target:
        dept["today"][Tally.IN_TIME] += 1
        good_dealing(s, p, i, d)
    else:
        grave = gravity(taken, target, s.departments[i]["lever"][Lever.LATENESS_WIDTH])
        friction(s, p, r, i, d, Friction.LATE_RESULT, CONFLICT_LATE[row["kind"]], time, grave)
