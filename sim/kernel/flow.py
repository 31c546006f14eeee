"""A case on its way through its process: steps are entered, forked, joined, routed, and in the end it is finished."""

import numpy as np

from sim.kernel.cases import case_of, is_number, join_case, leave_case
from sim.kernel.complaints import find_fault
from sim.kernel.defects import drop_defect
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, uniform
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import copy_clock, turn, write_ledger
from sim.kernel.log import FINISHED, NOBODY_ELSE, logged, wound
from sim.kernel.news import withhold
from sim.kernel.opens import Opens
from sim.kernel.releases import board, worked_for
from sim.kernel.requests import ACCEPT, ENTER, NEW, SEND, UNSEEN, close_request, open_request, post
from sim.kernel.routes import taken
from sim.kernel.teams import in_team
from sim.vocab import Activity, CaseCount, Kind, Lever, Purpose

OPENS = (Opens(requests=1, times="branches"),)


ONE = np.uint64(1)

FIRST = np.int64(0)
"""Visit of a step that was not begun before."""

MOST_TIMES = np.int64(32767)
"""Where the count of how often a step was begun ends."""


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
def serve(s, p, r, time):
    """The customer has what it came for: write down when, with which defects, and where its time went."""
    c = s.requests[r]["case"]
    case = case_of(s, c)
    case["served"] = time
    case["count"][CaseCount.DEFECTIVE] = s.cases[c]["defects"] >= 0
    write_ledger(s, r)
    if logged(s):
        wound(s, FINISHED, r, NOBODY_ELSE)
    if case["count"][CaseCount.DEFECTIVE] and p.processes[case["process"]]["complains"] >= 0:
        find_fault(s, p, c, time)


@inline
def passed(s, p, r, j, time):
    """Step `j` is behind the case of request `r`: serve the customer if that is where it is served, the first time."""
    case = case_of(s, s.requests[r]["case"])
    if p.processes[case["process"]]["served_by"] == j and not is_number(case["served"]):
        serve(s, p, r, time)


@inline
def finish_case(s, p, r, time):
    """Write down when the case was finished, and serve the customer by then."""
    c = s.requests[r]["case"]
    case = case_of(s, c)
    live = s.cases[c]
    if not is_number(case["served"]):
        serve(s, p, r, time)
    case["finish"] = time
    while live["defects"] >= 0:
        drop_defect(s, c, live["defects"], NOBODY)


@inline
def conclude(s, p, r, time):
    """Request `r` is the last of its case, whose work is done: it waits for its release, or is closed."""
    k = p.processes[case_of(s, s.requests[r]["case"])["process"]]["release"]
    if k >= 0:
        board(s, p, k, r, time)
    else:
        close_case(s, p, r, time)


@routine
def close_case(s, p, r, time):
    """Close the case of request `r`, which is the last of it."""
    c = s.requests[r]["case"]
    k = p.processes[case_of(s, c)["process"]]["works_for"]
    finish_case(s, p, r, time)
    if k >= 0:
        worked_for(s, p, k, c, time)
    leave_case(s, r)
    close_request(s, r)


@routine
def ship(s, p, r, time):
    """Stage SHIP: the release that the case of request `r` has waited for goes, and takes it to the customer."""
    turn(s, p, r, time, Activity.QUEUE)
    close_case(s, p, r, time)


@inline
def end_case(s, p, r, time):
    """Request `r` was the last of its case; where that has to be accepted, what is left of defects is looked for."""
    row = s.requests[r]
    if s.cases[row["case"]]["defects"] >= 0 and s.departments[row["home"]]["lever"][Lever.ACCEPTANCE] > 0.0:
        post(s, r, ACCEPT)
    else:
        conclude(s, p, r, time)


@inline
def begun_before(live, place):
    """Return how often a step of an open case was begun before, and count it."""
    times = live["times"][place]
    live["times"][place] = min(np.int64(times) + 1, MOST_TIMES)
    return np.int64(times)


@inline
def sends_back(key, step, visit):
    """Decide whether a step that is done sends its case back, as it may in the first rounds."""
    if visit >= step["back_most"]:
        return False
    return uniform(key, step["id"], Purpose.SEND_BACK, NOBODY, visit, ZERO) < step["back"]


@inline
def undo(live, step):
    """Let what lies between a step and where it sends back to be done once more, but for what is under way."""
    redo = (step["redo"] & live["done"]) | (ONE << np.uint64(step["place"]))
    live["done"] &= ~redo
    live["started"] &= ~redo


@inline
def start_ready(s, p, r, first, time):
    """Start every step from `first` on whose needs are met, with `r` and copies of it; steps are in order of needs.

    With nothing to start, `r` ends here: it waits for other branches, or it was the last and finishes the case.
    """
    c = s.requests[r]["case"]
    case = case_of(s, c)
    live = s.cases[c]
    process = p.processes[case["process"]]
    used = False
    for j in range(first, process["first_step"] + process["n_steps"]):
        step = p.steps[j]
        bit = ONE << np.uint64(step["place"])
        if (live["started"] & bit) == NOWHERE and (step["need"] & live["done"]) == step["need"]:
            live["started"] |= bit
            visit = begun_before(live, step["place"]) if process["returns"] else FIRST
            if skipped(case["key"], step):
                live["done"] |= bit
                case["count"][CaseCount.MILESTONES] -= step["due"] > 0.0 and visit == 0
                passed(s, p, r, j, time)
            else:
                b = fork(s, r) if used else r
                used = True
                s.requests[b]["step"] = j
                s.requests[b]["visit"] = visit
                post(s, b, ENTER)
    if used:
        return
    if live["done"] == process["all"]:
        end_case(s, p, r, time)
    else:
        leave_case(s, r)
        close_request(s, r)


@inline
def enter_step(s, p, r, time):
    """Stage ENTER: the step of request `r` is due; ask the department that is responsible for it."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["sender"] = row["home"]
    row["source"] = row["home"]
    row["goods"] = UNSEEN
    row["dept"] = p.steps[row["step"]]["dept"]
    row["phase"] = NEW
    row["decided"] = 0
    row["refused"] = 0
    row["arrivals"] = NOWHERE
    row["bounces"] = 0
    row["reworks"] = 0
    row["extra"] = 0.0
    i = row["home"]
    silent = i >= 0 and i != row["dept"] and s.departments[i]["lever"][Lever.WITHHOLDING] > 0.0
    if silent and not in_team(s, row):
        withhold(s, p, r, time)
        return 0
    return SEND


@inline
def next_steps(s, p, r, time):
    """The step of request `r` is over: follow the route, or start what has waited for it."""
    row = s.requests[r]
    case = case_of(s, row["case"])
    live = s.cases[row["case"]]
    step = p.steps[row["step"]]
    turn(s, p, r, time, Activity.QUEUE)
    if p.processes[case["process"]]["markov"]:
        passed(s, p, r, row["step"], time)
        k = taken(p, case["key"], step, row["visit"])
        row["visit"] += 1
        if k >= 0:
            row["step"] = p.routes[k]["step"]
            return ENTER
        end_case(s, p, r, time)
    else:
        if step["due"] > 0.0 and row["visit"] == 0:
            case["count"][CaseCount.MILESTONES_KEPT] += time <= case["arrival"] + step["due"]
        first = row["step"] + 1
        if step["redo"] != NOWHERE and sends_back(case["key"], step, row["visit"]):
            case["count"][CaseCount.RETURNS] += 1
            undo(live, step)
            first = step["back_to"]
        else:
            passed(s, p, r, row["step"], time)
            live["done"] |= ONE << np.uint64(step["place"])
        start_ready(s, p, r, first, time)
    return 0
