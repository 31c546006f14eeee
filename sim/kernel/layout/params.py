"""What stays during a run: one record type per kind of parameter, with unit and meaning of every field."""

from typing import Annotated, Any, NamedTuple

import numpy as np

from sim.kernel.layout.state import N_LEVERS

POOL = np.dtype(
    [
        ("who", "i8"),  # identity in draws; does not depend on departments and approvers that nothing names
        ("calendar", "i8"),  # when people are at work
        ("approver", "i8"),  # 1: a person of management who approves, 0: a department
        ("purse", "i8"),  # 1: money, whose hours cost no pay, 0: people
        ("clock", "i8"),  # calendar on which others wait for it: its own; of an approver mostly management's
        ("first_link", "i8"),
        ("n_links", "i8"),
        ("own_work", "i8"),  # row of works, -1 = no own work
        ("first_tax", "i8"),  # meetings it takes part in
        ("n_taxes", "i8"),
        ("skill", "f8"),
        ("own_rate", "f8"),  # own arrivals per open hour
        ("own_target", "f8"),
        ("kpis", "i8"),  # its own KPIs: first of numbers, three a KPI: what is judged, target, weight
        ("n_kpis", "i8"),
        ("own_volume", "f8"),  # weight of process work among its own KPIs
        ("manned", "f8"),  # share of its people who are at work in an open hour, on average
        ("shifts", "i8"),  # first of lists, two a shift: calendar of hours in which not all are at work, how many are
        ("n_shifts", "i8"),
    ],
    align=True,
)

PROCESS = np.dtype(
    [
        ("id", "u8"),
        ("first_step", "i8"),
        ("n_steps", "i8"),
        ("markov", "i8"),
        ("front", "i8"),  # department that promises
        ("calendar", "i8"),  # when demand arrives
        ("target_calendar", "i8"),  # in whose open hours the customer's date runs
        ("complexity", "i8"),  # row of works
        ("starts", "i8"),  # Markov: first row of routes
        ("n_starts", "i8"),
        ("dates", "i8"),  # dated cases: first of numbers
        ("n_dates", "i8"),
        ("surges", "i8"),  # first of numbers, three a piece of time: usual open hours before, open hours before, factor
        ("n_surges", "i8"),
        ("promises", "i8"),
        ("milestones", "i8"),  # steps with a due date
        ("scalable", "i8"),  # 1: some of its steps are
        ("teams", "i8"),  # 1: a team may take its cases on
        ("served_by", "i8"),  # step after which the customer is served, -1 = the end
        ("changeable", "i8"),  # 1: some of its steps are
        ("returns", "i8"),  # 1: some of its steps send back
        ("complains", "i8"),  # process in which its customers complain, -1 = none
        ("release", "i8"),  # release that its cases go out with, -1 = none
        ("works_for", "i8"),  # release whose own work it is, -1 = none
        ("rate", "f8"),  # arrivals per open hour of its calendar
        ("urgent_share", "f8"),
        ("value", "f8"),
        ("standard", "f8"),  # hours promised in normal times
        ("elasticity", "f8"),
        ("complains_late", "f8"),  # share of customers who complain when their date passes
        ("complains_faulty", "f8"),  # ... when they find a defect
        ("preventable", "f8"),  # share of its cases that need not come
        ("target", "f8"),  # open hours of its calendar, 0 = none
        ("mapped_from", "f8"),  # cases that arrive from here ...
        ("mapped_to", "f8"),  # ... to here count for the table of places
        ("members", "i8"),  # departments responsible for its steps
        ("n_members", "i8"),
        ("all", "u8"),  # bit per step
    ],
    align=True,
)

STEP = np.dtype(
    [
        ("id", "u8"),
        ("need", "u8"),  # bits of the steps it waits for
        ("process", "i8"),
        ("place", "i8"),  # bit number in its process
        ("dept", "i8"),  # R
        ("approver", "i8"),  # A, -1 = none or in the same hands
        ("work", "i8"),  # row of works
        ("external", "i8"),  # row of works, -1 = none
        ("external_last", "i8"),  # row of works where the case leaves, -1 = none
        ("by_next", "i8"),  # 1: who is waited for depends on where the case goes next
        ("external_calendar", "i8"),
        ("commitment", "i8"),
        ("consults", "i8"),
        ("n_consults", "i8"),
        ("informs", "i8"),
        ("n_informs", "i8"),
        ("contestants", "i8"),  # R first
        ("n_contestants", "i8"),
        ("changeable", "i8"),  # 1: what it has made may be changed later
        ("routes", "i8"),
        ("n_routes", "i8"),
        ("ambiguity", "f8"),
        ("novelty", "f8"),
        ("inspection", "f8"),  # factor on the chance to find a defect
        ("probability", "f8"),
        ("short", "f8"),  # chance that goods are missing, without any safeguard
        ("short_wait", "i8"),  # row of works, -1 = none
        ("response", "f8"),  # open hours, 0 = nobody minds
        ("due", "f8"),  # hours from the arrival of the case, 0 = no milestone
        ("routine", "f8"),  # share of the work that machines can do
        ("scalable", "i8"),  # 1: its work follows the scope of the case
        ("failures", "i8"),  # first of numbers, three a time in which those outside fail: begin, end, factor on waits
        ("n_failures", "i8"),
        ("redo", "u8"),  # bits of the steps that are done once more where it sends back, 0 = it does not
        ("back_to", "i8"),  # first of these steps
        ("back", "f8"),  # chance that it sends back
        ("back_most", "i8"),  # ... in the first rounds, so many
        ("supplied", "i8"),  # 1: its goods may be missing
        ("wrong", "i8"),  # first of numbers, two a time in which what is told about its goods is wrong: begin, end
        ("n_wrong", "i8"),
    ],
    align=True,
)

ROUTE = np.dtype([("upto", "f8"), ("step", "i8"), ("wait", "i8")], align=True)  # cumulative chance, step, works
WORKS = np.dtype([("family", "i8"), ("first", "i8"), ("scale", "f8")], align=True)
CALENDAR = np.dtype(
    [
        ("first", "i8"),
        ("n", "i8"),
        ("always", "i8"),
        ("by_hour", "i8"),  # where lists say, by hour of the cycle, which segment is the first that ends later
        ("by_passed", "i8"),  # the same by open hours passed
        ("keepers", "i8"),  # in lists: departments and approvers who are at work by it
        ("n_keepers", "i8"),
        ("hours", "f8"),  # open hours of a usual week
        ("cycle", "f8"),  # hours after which its segments are repeated: a week; with days off, the whole run
        ("cycle_hours", "f8"),  # open hours of a cycle
        ("last", "f8"),  # last moment of a cycle
    ],
    align=True,
)
SEGMENT = np.dtype(
    [
        ("start", "f8"),
        ("end", "f8"),
        ("before", "f8"),  # open hours of the cycle before it
        ("weight", "f8"),  # open hours that an hour of it counts as: 1 but where hours are weighted
    ],
    align=True,
)

EDIT = np.dtype(
    [
        ("dept", "i8"),
        ("lever", "i8"),
        ("paid", "i8"),
        ("switch", "i8"),
        ("followed", "i8"),  # 1: it was agreed upon in a meeting, and is done as far as people follow through
        ("way", "i8"),  # moves its lever only up (1), only down (-1), or either way (0)
        ("toward", "f8"),
        ("strength", "f8"),
        ("start", "f8"),
        ("end", "f8"),  # infinity = stays; like the start, later by the switch's delay
        ("until", "f8"),  # end of the whole intervention, whatever the delay
        ("fidelity", "f8"),
        ("ramp", "f8"),  # hours
        ("dip", "f8"),
        ("retention", "f8"),  # hours, half-life, infinity = stays
        ("fade", "f8"),  # paid: hours, half-life of its strength, infinity = stays
        ("low", "f8"),
        ("high", "f8"),
    ],
    align=True,
)

MEETING = np.dtype(
    [
        ("id", "u8"),
        ("members", "i8"),
        ("n_members", "i8"),
        ("days", "i8"),  # bit per weekday
        ("attendance", "f8"),  # chance that a person of management takes part
        ("every_weeks", "i8"),  # from the week in which its intervention begins
        ("switch", "i8"),
        ("at", "f8"),
        ("start", "f8"),
        ("end", "f8"),
        ("hours", "f8"),  # its length
        ("news_hours", "f8"),  # time that the news of one department takes
        ("item_hours", "f8"),  # time that a question takes
        ("settles", "f8"),
        ("strength", "f8"),
        ("usefulness", "f8"),  # falls with size
        ("fidelity", "f8"),
        ("ramp", "f8"),
        ("dip", "f8"),
        ("retention", "f8"),
    ],
    align=True,
)

# meetings as a share of open hours
TAX = np.dtype([("cluster", "i8"), ("start", "f8"), ("end", "f8"), ("share", "f8"), ("switch", "i8")], align=True)

SHOCK = np.dtype(
    [
        ("kind", "i8"),
        ("dept", "i8"),  # ORDER: the process
        ("other", "i8"),  # PARTING: the department on the other side
        ("time", "f8"),
        ("amount", "f8"),  # PARTING: share of the relationship that is lost; STAFF: people who come (or, negative, go)
        ("id", "u8"),  # ORDER: whose luck it has
        ("switch", "i8"),  # STAFF: of the intervention that brings them, -1 = what happens anyway
    ],
    align=True,
)

RELEASE = np.dtype(
    [
        ("id", "u8"),
        ("dates", "i8"),  # first of numbers, three a release: cut-off, date, the latest that it may go
        ("n_dates", "i8"),
        ("first", "i8"),  # first of its departures
        ("slips", "i8"),  # 1: it waits for all that was accepted by its cut-off
        ("work", "i8"),  # process that each release goes through itself, -1 = none
    ],
    align=True,
)

WORLD = np.dtype(
    [
        ("n_departments", "i8"),
        ("dense", "i8"),  # where lists say which link i→j is, department by department, -1 = too many departments
        ("n_processes", "i8"),
        ("management", "i8"),
        ("strict", "i8"),  # queue rule: classes first
        ("approver", "i8"),  # 1: a person of management who approves, 0: a department
        ("clock", "i8"),  # calendar of the hours in which anybody is at work
        ("consult", "i8"),  # rows of works
        ("approve", "i8"),
        ("inform", "i8"),
        ("triage", "i8"),
        ("negotiate", "i8"),
        ("mediate", "i8"),
        ("n_calendars", "i8"),
        ("n_switches", "i8"),
        ("n_edits", "i8"),
        ("n_meetings", "i8"),
        ("n_shocks", "i8"),
        ("n_releases", "i8"),
        ("margin", "i8"),  # most rows that one event can open
        ("urgency", "f8"),  # weights of company priority, sum 1
        ("value", "f8"),
        ("due", "f8"),
        ("consult_response", "f8"),
        ("approve_response", "f8"),
        ("call", "f8"),  # hours that a call about an urgent matter takes from each side
        ("look_up", "f8"),  # hours of work of whoever looks up an answer
        ("standstill", "f8"),  # hours that a person loses where goods are missing
        ("full_desk", "f8"),  # hours of work a head that wait where pace and refusals are at their full
        ("group", "i8", (N_LEVERS,)),  # bit of the group of mechanisms that a lever is in, 0 = none
        ("help_from", "f8"),  # hours of work a head that wait from which on others help without a rule
        ("signature", "f8"),  # hours that a signature weighs
        ("patience", "f8"),  # tolerance, in hours, from which on nobody goes round a procedure
        ("neutral", "f8", (N_LEVERS,)),  # where a lever stands that does nothing
        ("between", "i8", (N_LEVERS,)),  # relations follow it between two dealings
    ],
    align=True,
)


class Params(NamedTuple):
    """Everything that stays during a run."""

    world: Annotated[Any, WORLD]
    pools: Annotated[Any, POOL]
    processes: Annotated[Any, PROCESS]
    steps: Annotated[Any, STEP]
    routes: Annotated[Any, ROUTE]
    works: Annotated[Any, WORKS]
    numbers: Annotated[Any, np.dtype("f8")]
    lists: Annotated[Any, np.dtype("i8")]
    calendars: Annotated[Any, CALENDAR]
    segments: Annotated[Any, SEGMENT]
    edits: Annotated[Any, EDIT]
    meetings: Annotated[Any, MEETING]
    taxes: Annotated[Any, TAX]
    shocks: Annotated[Any, SHOCK]
    releases: Annotated[Any, RELEASE]
