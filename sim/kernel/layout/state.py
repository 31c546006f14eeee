"""What changes while a run goes on: one record type per entity, with unit and meaning of every field."""

from typing import Annotated, Any, NamedTuple

import numpy as np

from sim.vocab import LOOK_BACK, Activity, CaseCount, CaseHours, Context, Counted, Group, Kind, Lever, Tally

N_LEVERS = len(Lever)
N_KINDS = len(Kind)
N_TALLIES = len(Tally)
N_STATES = len(Activity) - 1  # PARKED takes no time
N_LEDGER = len(Context) * N_STATES
"""Ledger cells: context × activity. Behind them stand four memo cells that are no part of the sum: closed hours in the
normal context, by what was being waited for (touch, queue, hand-over, external)."""
N_SPENT = N_LEDGER + 4
N_PARTS = N_STATES + len(Context) - 1
"""Published parts of the ledger: the activities of the normal context, then the other contexts."""

# groups of mechanisms as bits
SLOW, RANKED, REFUSING, CAREFUL, PACED, RULED, SIGNED, HELPING = (np.int64(1 << group) for group in Group)


def by_name(record: Any, **arrays: type[Counted]) -> Any:
    """Return the same record type with the places of some of its arrays as fields of their own, called as the members.

    The kernel counts by place, whoever reads results reads by name; rows are the same bytes.
    """
    names, formats, offsets = [], [], []
    for name in record.names:
        kind, offset = record.fields[name][:2]
        element, _ = kind.subdtype or (kind, ())
        members = [one.column for one in arrays[name]] if name in arrays else [name]
        names += members
        formats += [element] * len(members) if name in arrays else [kind]
        offsets += [offset + k * element.itemsize for k in range(len(members))]
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": record.itemsize})


HISTORY = np.dtype(
    [
        ("key", "u8"),  # root of all draws of this case
        ("arrival", "f8"),
        ("promise", "f8"),  # promised date, NaN without one
        ("target", "f8"),  # the customer's date, NaN without one
        ("served", "f8"),  # when the customer had what it came for, NaN before; mostly that is the finish
        ("finish", "f8"),  # NaN while open
        ("complexity", "f8"),  # factor on all work, mean 1
        ("scope", "f8"),  # share of the work of scalable steps that it is given
        ("hours", "f8", (len(CaseHours),)),
        ("process", "i4"),
        ("ordinal", "i4"),  # place in the arrival stream of its process, -1 = it is none of these
        ("count", "i4", (len(CaseCount),)),
        ("frozen", "i4"),  # 1 while a conflict freezes it
    ],
    align=True,
)
"""What is known of every case, in order of arrival, open ones included. As narrow as can be: there are many."""
CASE_BY_NAME = by_name(HISTORY, hours=CaseHours, count=CaseCount)

LINE = np.dtype([("case", "i4"), ("cell", "i4"), ("hours", "f8")], align=True)
"""One cell of the delay ledger of a finished case that is not zero."""

CASE = np.dtype(
    [
        ("number", "i8"),  # row in the history, -1 = this row is free
        ("refs", "i8"),  # requests and events that refer to it
        ("link", "i8"),  # next in the free list
        ("waited", "f8"),  # hours waited for suppliers, carriers, customers so far
        ("done", "u8"),  # steps finished (bit per step; graph processes)
        ("started", "u8"),  # steps started or skipped
        ("first", "i8"),  # first of its requests that carry the clock (list)
        ("defects", "i8"),  # first latent defect (list)
        ("tier", "i8"),  # tier of the open (or last) conflict
        ("side_a", "i8"),
        ("side_b", "i8"),
        ("pending", "i8"),  # negotiations still to be done
        ("standing", "i8"),  # 1 while the sides stand off
        ("stamp", "i8"),  # of the stand-off that counts; goes up with every new one
        ("conflict_step", "i8"),  # step about which the open conflict is
        ("frozen_next", "i8"),
        ("frozen_prev", "i8"),
        ("cools", "f8"),  # open hours, on the clock of side b, at which the stand-off is over
        ("frozen_at", "f8"),
        ("train", "i8"),  # number of the release that it was accepted for, or that it is work of; -1 = none
        ("ready", "i8"),  # 1: its work is done, and it waits for its release
        ("times", "i2", (64,)),  # how often each step was begun; written only where steps send back
    ],
    align=True,
)
"""What only an open case needs; its row is kept as long as anything refers to it, and then used again."""

REQUEST = np.dtype(
    [
        # what every stage looks at comes first: a row is ten lines of a processor's cache
        ("stage", "i8"),  # what happens next to a posted request
        ("link", "i8"),  # next in outbox or free list
        ("kind", "i8"),
        ("dept", "i8"),  # department asked
        ("case", "i8"),  # -1: own work
        ("step", "i8"),
        ("clock", "i8"),  # 1: it carries the clock of its case
        ("activity", "i8"),  # ledger: what
        ("sender", "i8"),  # department that asks, -1 = customer
        ("home", "i8"),  # department that carries the step
        ("phase", "i8"),  # how far its step has been taken up
        ("context", "i8"),  # ledger: why
        ("since", "f8"),  # ledger: accounted up to here
        ("begun", "f8"),  # start of the present service
        ("rate", "f8"),  # share of service that is touch, the rest is tax
        ("mapped", "i8"),  # 1: its time counts for the table of places
        ("q_key", "f8"),  # open hours of the department; smallest is served first
        ("q_seq", "i8"),
        ("q_next", "i8"),
        ("q_child", "i8"),  # first child in the heap; LISTED in the list
        ("q_prev", "i8"),  # parent if first child, else left sibling
        ("work", "f8"),  # hours of work content
        ("extra", "f8"),  # hours of double-checking, forms and looking up
        ("duration", "f8"),  # open hours of the present service
        ("visit", "i8"),  # moves so far (Markov routing)
        ("sent", "f8"),
        ("seat", "f8"),  # its key in the queue of `home`, kept while it waits for answers or rework
        ("parent", "i8"),  # request that waits for this one, or -1
        ("pending", "i8"),  # answers still out
        ("agreed", "i8"),  # 1: under a response-time agreement, 2: overdue and raised
        ("limit", "f8"),  # open hours within which an agreement or a path expects it, 0 = none
        ("token", "i8"),  # new with every sending, -1 = the row is free: timers that come too late have an old one
        ("held", "i8"),  # stage at which a frozen case holds it, 0 = not held
        ("decided", "i8"),  # 1: management has said who does it, 2: the front department has, 3: for good
        ("before", "i8"),  # department that carried the case before
        ("refused", "i8"),  # 1: its urgency was refused
        ("resume", "i8"),  # stage that follows rework or a wait outside
        ("bounces", "i8"),  # disputes about this step
        ("reworks", "i8"),
        ("case_next", "i8"),
        ("case_prev", "i8"),
        ("arrivals", "u8"),  # how often each contestant has disputed it, four bits each
        (
            "again",
            "i8",
        ),  # how often it was put before: to this contestant, for rework, at an earlier tier
        ("wait", "f8"),  # hours of waiting outside that rework costs again
        ("signatures", "i8"),  # how many have to sign yet
        ("source", "i8"),  # department from which the case came to its step, -1 = none
        ("goods", "i8"),  # whether what the step needs is there
        ("server", "i8"),  # department whose people work on it, while they do: mostly that asked
        ("cells", "i8"),  # bit per cell of `spent` that has been written to
        ("spent", "f8", (N_SPENT,)),
    ],
    align=True,
)

DEPARTMENT = np.dtype(
    [
        ("staff", "i8"),
        ("missed", "i8"),  # people whom shocks took while nobody was there to go: so many come without being there
        ("busy", "i8"),
        ("skill", "f8"),  # of those who are there, on average: newcomers bring it down
        ("manned", "f8"),  # share of the staff that is at work in an open hour, on average
        ("root", "i8"),  # queue: best of those that overtook somebody when they were filed
        ("head", "i8"),  # queue: first and last of the others, a list in order of their keys
        ("tail", "i8"),
        ("under_way", "i8"),  # first question or approval that is sent to it and not noticed yet
        ("waiting", "i8"),
        ("work_from", "i8"),  # ... where in its list steps of cases begin, with which others may help, -1 = none
        ("works", "i8"),  # ... how many of those that overtook somebody are steps of cases
        ("dirty", "i8"),  # 1: in the list of departments to dispatch
        ("link", "i8"),  # next in that list
        ("active", "i8"),  # groups of mechanisms that are on today
        ("waiting_hours", "f8"),  # work content, double-checks and forms that wait, at skill 1
        ("productivity", "f8"),  # what taxes leave of working time
        ("observed", "f8"),  # share of its procedures that it observes
        ("hours", "f8", (N_KINDS,)),  # today: hours served, by kind, tax included
        ("today", "f8", (N_TALLIES,)),
        ("own_ordinal", "i8"),
        ("present", "i8"),  # serial of the meeting it takes part in
        ("own_clock", "f8"),  # open hours of the last own arrival
        ("own_key", "u8"),  # root of all draws of the next piece of own work
        ("lent", "i8"),  # of those busy, how many work for other departments
        ("changed", "i8"),  # 1: a hook has set a base since the last day's end
        ("recent", "f8", (LOOK_BACK * N_TALLIES,)),  # what it has done, week by week, in turns
        ("recent_hours", "f8", (LOOK_BACK * N_KINDS,)),  # ... the hours it has served, by kind
        ("recent_staff", "f8", (LOOK_BACK,)),  # ... and the days that people were there
        ("pressure", "f8"),  # what conflict and load of these weeks add to the wish to leave, at a strain of 1
        ("vacant", "i8"),  # posts of people who have left by themselves
        ("newcomers", "i8"),  # people who are not yet as good as others
        ("gone", "i8"),  # ... of these, who have left tonight
        ("lacking", "i8"),  # what all of them lack, in parts of what one lacks when he comes
        ("attained", "f8"),  # how far its own KPIs were met in the weeks that it looks back on, NaN = nothing to say
        ("loyalty", "f8"),  # share of its alignment that missed KPIs leave today
        ("lever", "f8", (N_LEVERS,)),
        ("base", "f8", (N_LEVERS,)),  # levers before interventions
    ],
    align=True,
)

LINK = np.dtype(
    [
        ("other", "i8"),
        ("dealings", "i8"),
        ("trust", "f8"),
        ("understanding", "f8"),
        ("distance", "f8"),  # how far apart the two are, in [0, 1]; the same in both directions
        ("synced", "f8"),  # time of last synchronization
        ("touched", "f8"),  # time up to which trust has drifted and understanding is forgotten
        ("norm", "f8"),  # step size: usual number of dealings
        ("weight", "f8"),  # planned hand-overs, questions and contests a week between departments, both directions
        ("approvals", "f8"),  # planned approvals a week that a department asks of an approver
    ],
    align=True,
)

EVENT = np.dtype([("time", "f8"), ("order", "i8"), ("who", "i8"), ("stamp", "i8")], align=True)
"""Half a line of a processor's cache; the kind is what stands above the sequence number in `order`."""

DEFECT = np.dtype(
    [
        ("link", "i8"),
        ("luck", "u8"),  # root of its draws: the bits by which it arose
        ("step", "i8"),  # where it was made
        ("dept", "i8"),  # by whom
        ("visit", "i8"),
        ("asked", "i8"),  # who would have known that the commitment cannot be kept, -1 = a plain misunderstanding
        ("work", "f8"),  # hours of work content of that step
        ("worked", "f8"),  # hours worked on the case when it was made
        ("waited", "f8"),  # hours the case had waited for others outside by then
    ],
    align=True,
)

DAY = np.dtype(
    [
        ("day", "i8"),
        ("department", "i8"),
        ("queue", "i8"),
        ("busy", "i8"),
        ("staff", "i8"),
        ("vacant", "i8"),
        ("waiting_hours", "f8"),
        ("productivity", "f8"),
        ("hours", "f8", (N_KINDS,)),
        ("today", "f8", (N_TALLIES,)),
        ("trust", "f8"),  # mean over departments it deals with, weighted by how often; NaN where it deals with none
        ("trust_in_approvers", "f8"),  # the same over those who approve for it
        ("understanding", "f8"),
    ],
    align=True,
)

DAY_BY_NAME = by_name(DAY, today=Tally)

LOG = np.dtype(
    [
        ("note", "i4"),  # what happened: a member of `Note`
        ("row", "i4"),  # request it happened to, by its row; serial of a meeting
        ("case", "i4"),  # number of its case, -1 = none
        ("step", "i4"),
        ("department", "i4"),
        ("kind", "i4"),
        ("other", "i4"),  # the second of two: who sent it, the other side, whose clock is copied, context of a booking
        ("more", "i4"),  # row of the request that waits for it, cause, tier, activity of a booking
        ("start", "f8"),
        ("end", "f8"),  # when it happened
        ("worked", "f8"),  # of a booking: open hours
        ("touch", "f8"),  # of these, hours that are left by overhead
    ],
    align=True,
)
"""A line of the log: something that happened, in the order in which it did. As narrow as can be: there are many."""

NOW = np.dtype(
    [
        ("time", "f8"),
        ("base", "u8"),  # root of all draws of this replication
        ("sequence", "i8"),
        ("tokens", "i8"),  # given to requests so far
        ("handled", "i8"),  # events so far
        ("n_events", "i8"),
        ("hole", "i8"),  # 1: the top of the event heap is free to be filled
        ("n_cases", "i8"),  # ever arrived
        ("n_lines", "i8"),
        ("free_case", "i8"),
        ("free_cases", "i8"),
        ("credit", "i8"),  # stages for which the tables surely have room
        ("n_requests", "i8"),  # in use
        ("free_request", "i8"),
        ("free_requests", "i8"),
        ("free_defect", "i8"),
        ("free_defects", "i8"),
        ("outbox", "i8"),
        ("outbox_tail", "i8"),
        ("dirty", "i8"),
        ("dirty_tail", "i8"),
        ("n_days", "i8"),
        ("n_log", "i8"),
        ("frozen", "i8"),  # first frozen case (list)
        ("day", "i8"),
        ("meetings", "i8"),  # meetings held
        ("conflicts", "i8"),  # ever broken out
        ("helping", "i8"),  # 1: some department may help others today
        ("logging", "i8"),  # 1: keep what the event log needs, 2: keep everything
        ("recording", "i8"),  # 1: keep daily records
        ("room_history", "i8"),  # lengths of the tables that grow
        ("room_lines", "i8"),
        ("room_events", "i8"),
        ("room_days", "i8"),
        ("room_log", "i8"),
        ("opened", "i8"),  # requests ever opened
        ("closed", "i8"),  # requests ever closed
    ],
    align=True,
)

PLACE = np.dtype([("spent", "f8", (N_PARTS,))], align=True)
"""Per step: hours of the cases that count, by published part of the ledger."""

STREAM = np.dtype([("ordinal", "i8"), ("clock", "f8")], align=True)  # arrivals so far, open hours of the last

# one per intervention; `delay`: hours by which it began later than planned, because it was off
SWITCH = np.dtype([("on", "i8"), ("delay", "f8")], align=True)


CLOCK = np.dtype(
    [
        ("begin", "f8"),  # when its cycle began
        ("passed", "f8"),  # open hours before that week
        ("after", "f8"),  # hours of the week: end of the segment before, start and end of this one
        ("start", "f8"),
        ("end", "f8"),
        ("before", "f8"),  # open hours of the cycle before this segment
        ("from", "f8"),  # open hours of the cycle within which an end of work surely lies in this segment
        ("upto", "f8"),
        ("weight", "f8"),  # open hours that an hour of it counts as
    ],
    align=True,
)
"""Of a calendar, the segment of its cycle in which the present lies, or which is the next to come."""

TRAIN = np.dtype(
    [
        ("next", "i8"),  # number of the release whose list is open
        ("first", "i8"),  # first and last of the items that are done and wait (list)
        ("last", "i8"),
        ("open", "i8"),  # items that are not done yet
        ("awaited", "i8"),  # ... of these, accepted by the last cut-off
        ("working", "i8"),  # 1: the work of the release itself is not done yet
        ("due", "i8"),  # 1: its date is here, and it has not gone yet
    ],
    align=True,
)
"""A release as it recurs: what has been accepted for it, what is done, what it waits for."""

# one per date of a release; `went`: NaN before it goes; `items`: with it; `left`: accepted by its cut-off, not done
DEPARTURE = np.dtype([("went", "f8"), ("items", "i8"), ("left", "i8")], align=True)


class State(NamedTuple):
    """Everything that changes during a run."""

    streams: Annotated[Any, STREAM]
    places: Annotated[Any, PLACE]
    history: Annotated[Any, HISTORY]
    lines: Annotated[Any, LINE]
    cases: Annotated[Any, CASE]
    requests: Annotated[Any, REQUEST]
    departments: Annotated[Any, DEPARTMENT]
    links: Annotated[Any, LINK]
    events: Annotated[Any, EVENT]
    defects: Annotated[Any, DEFECT]
    days: Annotated[Any, DAY]
    clocks: Annotated[Any, CLOCK]
    log: Annotated[Any, LOG]
    switches: Annotated[Any, SWITCH]
    trains: Annotated[Any, TRAIN]
    departures: Annotated[Any, DEPARTURE]
    now: Annotated[Any, NOW]
