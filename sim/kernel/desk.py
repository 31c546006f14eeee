"""A request on somebody's desk: taken up, checked, consulted about, served, approved, and passed on."""

import numpy as np

from sim.kernel.calendars import from_open, is_open, to_open
from sim.kernel.cases import CHECKED, NEW, RETURNED, next_steps, open_hours_between
from sim.kernel.conflicts import mediated, negotiated
from sim.kernel.draws import ZERO, bits, hours, uniform
from sim.kernel.handovers import add_defect, contestant_place, repetition, times_asked
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import copy_clock, enter, leave, turn
from sim.kernel.mechanisms.consultation import infeasible_rework, skip_misunderstanding
from sim.kernel.mechanisms.service import pace
from sim.kernel.queues import pop
from sim.kernel.relations import friction, good_dealing
from sim.kernel.requests import (
    DELIVERED,
    FINISH,
    REFILE,
    SEND,
    close_request,
    find_link,
    join_case,
    leave_case,
    open_request,
    post,
)
from sim.vocab import Activity, Context, Event, Friction, Kind, Lever, Purpose


@inline
def dispatch(s, p, d, time):
    """Let one idle person of department `d` take up the best of what waits; return whether to ask again."""
    dept = s.departments[d]
    if dept["waiting"] == 0 or dept["busy"] >= dept["staff"] or not is_open(p, p.pools[d]["calendar"], time):
        return False
    r = pop(s, d)
    row = s.requests[r]
    if row["clock"] and s.cases[row["case"]]["frozen"]:
        row["held"] = REFILE
    elif take_up(s, p, r, d, time):
        begin(s, p, r, d, time)
    return True


@inline
def take_up(s, p, r, d, time):
    """Look at a request before working on it; return whether work begins now."""
    row = s.requests[r]
    kind = row["kind"]
    if row["clock"] == 0 or (kind == Kind.WORK and row["phase"] == CHECKED):
        return True
    if s.cases[row["case"]]["urgent"] and row["phase"] == NEW and kind <= Kind.APPROVE:
        s.departments[d]["urgent_n"] += 1
        s.departments[d]["urgent_wait"] += open_hours_between(s, p, d, row["sent"], time)
    if kind != Kind.WORK:
        return True
    if s.cases[row["case"]]["defects"] >= 0 and inspect(s, p, r, time):
        return False
    row["phase"] = CHECKED
    if p.steps[row["step"]]["n_consults"] > 0:
        consult(s, p, r, time)
        return row["pending"] == 0
    return True


@inline
def begin(s, p, r, d, time):
    """Somebody begins to work on request `r`."""
    row = s.requests[r]
    dept = s.departments[d]
    rate = dept["productivity"]
    speed = p.pools[d]["skill"] * pace(dept["lever"][Lever.SPEEDUP], dept["waiting_hours"], dept["staff"])
    duration = (row["work"] + row["extra"]) / (speed * rate)
    turn(s, p, r, time, Activity.TOUCH)
    row["rate"] = rate
    row["duration"] = duration
    row["begun"] = time
    dept["busy"] += 1
    calendar = p.pools[d]["calendar"]
    plan(s, from_open(p, calendar, to_open(p, calendar, time) + duration), Event.COMPLETE, r, 0)


@routine
def inspect(s, p, r, time):
    """Look for defects of earlier steps; the first one found is sent back to where it was made."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    chance = s.departments[row["dept"]]["lever"][Lever.DETECTION]
    before = np.int64(-1)
    k = case["defects"]
    while k >= 0:
        defect = s.defects[k]
        place = p.steps[row["step"]]["id"] ^ (p.steps[defect["step"]]["id"] + case["key"])
        if defect["step"] != row["step"] and uniform(case["key"], place, Purpose.DETECT, row["visit"], ZERO) < chance:
            send_back(s, p, r, k, before, time)
            return True
        before = k
        k = defect["link"]
    return False


@inline
def drop_defect(s, c, k, before):
    """Take defect `k`, which stands behind `before`, off the list of case `c`."""
    defect = s.defects[k]
    if before >= 0:
        s.defects[before]["link"] = defect["link"]
    else:
        s.cases[c]["defects"] = defect["link"]
    defect["link"] = s.now[0]["free_defect"]
    s.now[0]["free_defect"] = k
    s.now[0]["free_defects"] += 1


@inline
def send_back(s, p, r, k, before, time):
    """Return the case to the origin of defect `k` for rework; whoever found it waits, and remembers."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    defect = s.defects[k]
    d = row["dept"]
    origin = defect["dept"]
    lever = s.departments[origin]["lever"]
    loss = lever[Lever.INFEASIBLE_LOSS] if defect["infeasible"] else 0.0
    row["work"] = infeasible_rework(lever[Lever.REWORK_SHARE], loss, defect["work"], case["worked"] - defect["worked"])
    row["extra"] = 0.0
    drop_defect(s, c, k, before)
    row["kind"] = Kind.REWORK
    row["phase"] = RETURNED
    row["resume"] = 0
    row["sender"] = d
    row["dept"] = origin
    row["reworks"] += 1
    case["reworks"] += 1
    s.departments[origin]["blamed"] += 1
    enter(s, p, r, time, Context.REWORK)
    if origin != d:
        case["handed_over"] = 1
        case["ping_pong"] |= origin == row["before"]
        friction(s, p, c, row["step"], d, origin, Friction.BLAME, row["reworks"], time)
    post(s, r, SEND)


@routine
def consult(s, p, r, time):
    """Ask those who are to be consulted, as far as the process is observed; what is skipped is a risk."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    step = p.steps[row["step"]]
    d = row["dept"]
    lever = s.departments[d]["lever"]
    for k in range(step["n_consults"]):
        asked = p.lists[step["consults"] + k]
        if asked == d:
            continue
        if uniform(case["key"], step["id"], Purpose.CONSULT, row["visit"], asked) < lever[Lever.ADHERENCE]:
            ask(s, p, r, asked, time)
            continue
        risk = skip_misunderstanding(lever[Lever.SKIP_RISK], step["novelty"] * lever[Lever.NOVELTY])
        if uniform(case["key"], step["id"], Purpose.DEFECT, 8192 + row["visit"], asked) < risk:
            add_defect(s, c, row["step"], d, row["work"], False)
        if step["commitment"]:
            if uniform(case["key"], step["id"], Purpose.INFEASIBLE, row["visit"], asked) < lever[Lever.INFEASIBLE]:
                add_defect(s, c, row["step"], d, row["work"], True)
    if row["pending"] > 0:
        turn(s, p, r, time, Activity.PARKED)


@inline
def ask(s, p, r, asked, time):
    """Send a consultation about request `r` to department `asked`; it carries the clock along."""
    b = open_request(s)
    parent = s.requests[r]
    row = s.requests[b]
    case = s.cases[parent["case"]]
    turn(s, p, r, time, Activity.QUEUE)
    join_case(s, b, parent["case"], time)
    copy_clock(s, r, b)
    row["parent"] = r
    row["step"] = parent["step"]
    row["kind"] = Kind.CONSULT
    row["phase"] = NEW
    row["sender"] = parent["dept"]
    row["dept"] = asked
    row["visit"] = parent["visit"]
    row["arrivals"] = 0
    row["context"] = parent["context"]
    if row["context"] == Context.NORMAL:
        row["context"] = Context.ANSWER
    place = p.steps[row["step"]]["id"]
    u = uniform(case["key"], place, Purpose.ANSWER_WORK, row["visit"] * 16 + np.int64(Kind.CONSULT), asked)
    row["work"] = hours(p, p.world[0]["consult"], u)
    agreement = s.departments[asked]["lever"][Lever.AGREEMENT]
    row["agreed"] = uniform(case["key"], place, Purpose.AGREEMENT, row["visit"], asked) < agreement
    parent["pending"] += 1
    post(s, b, SEND)


@inline
def answer(s, p, r, time):
    """Consultation `r` is answered; after the last answer the asker goes on, with the clock of that answer."""
    row = s.requests[r]
    a = row["parent"]
    parent = s.requests[a]
    turn(s, p, r, time, Activity.PARKED)
    parent["pending"] -= 1
    if parent["pending"] == 0:
        copy_clock(s, r, a)
        parent["activity"] = Activity.QUEUE
        parent["q_key"] = parent["seat"]
        post(s, a, REFILE)
    leave_case(s, r)


@routine
def respond(s, p, r, target, time):
    """Judge an answer by the time it took: in time is a good dealing, late is a friction."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    if target <= 0.0 or i < 0 or i == d:
        return
    dept = s.departments[d]
    dept["responses"] += 1
    if open_hours_between(s, p, d, row["sent"], time) <= target:
        dept["in_time"] += 1
        good_dealing(s, p, i, d)
    else:
        friction(s, p, row["case"], row["step"], i, d, Friction.LATE_RESULT, row["visit"] * 16 + row["kind"], time)


@inline
def on_complete(s, p, r, time):
    """Somebody has finished a piece of work and is free for the next."""
    row = s.requests[r]
    d = row["dept"]
    dept = s.departments[d]
    dept["busy"] -= 1
    dept["hours"][row["kind"]] += row["duration"]
    dept["taxed"] += row["duration"] * (1.0 - row["rate"])
    dept["extra"] += row["extra"]
    turn(s, p, r, time, Activity.QUEUE)
    if s.now[0]["logging"] and row["case"] >= 0:
        note(s, row["case"], row["step"], d, row["kind"], row["begun"], time)


@inline
def note(s, c, step, d, kind, start, end):
    """Write a line of the event log."""
    k = s.now[0]["n_log"]
    s.now[0]["n_log"] = k + 1
    line = s.log[k]
    line["case"] = c
    line["step"] = step
    line["department"] = d
    line["kind"] = kind
    line["start"] = start
    line["end"] = end


@inline
def proceed(s, p, r, time):
    """Stage PROCEED: work on a request is done; what follows depends on what it was."""
    row = s.requests[r]
    kind = row["kind"]
    if kind == Kind.WORK:
        return worked(s, p, r, time)
    if kind == Kind.OWN:
        own_done(s, p, r, time)
        return 0
    return coordinated(s, p, r, time)


@inline
def worked(s, p, r, time):
    """A step's own work is done; a supplier or carrier may still have to deliver."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    case["worked"] += row["work"]
    s.departments[row["dept"]]["done"] += 1
    if step["response"] > 0.0:
        respond(s, p, r, step["response"], time)
    if step["external"] < 0:
        return DELIVERED
    u = uniform(case["key"], step["id"], Purpose.EXTERNAL, row["visit"], ZERO)
    wait = hours(p, step["external"], u) * case["complexity"]
    turn(s, p, r, time, Activity.EXTERNAL)
    calendar = step["external_calendar"]
    plan(s, from_open(p, calendar, to_open(p, calendar, time) + wait), Event.EXTERNAL, r, 0)
    return 0


@inline
def own_done(s, p, r, time):
    """A piece of a department's own work is done."""
    row = s.requests[r]
    d = row["dept"]
    s.departments[d]["own_done"] += 1
    s.departments[d]["own_in_time"] += open_hours_between(s, p, d, row["sent"], time) <= p.pools[d]["own_target"]
    close_request(s, r)


@routine
def coordinated(s, p, r, time):
    """Coordination work is done: an answer, an approval, a notice, a triage, rework, or a part of a conflict."""
    row = s.requests[r]
    kind = row["kind"]
    if kind == Kind.TRIAGE:
        pass_on(s, p, r)
        return SEND
    if kind == Kind.REWORK:
        s.cases[row["case"]]["worked"] += row["work"]
        s.cases[row["case"]]["reworked"] += row["work"]
        return reworked(s, p, r, time)
    if kind == Kind.APPROVE:
        respond(s, p, r, p.world[0]["approve_response"], time)
        return approved(s, p, r, time)
    if kind == Kind.MEDIATE and row["clock"]:
        decide(s, p, r)
        return SEND
    if kind == Kind.CONSULT:
        respond(s, p, r, p.world[0]["consult_response"], time)
        answer(s, p, r, time)
    elif kind == Kind.INFORM:
        synchronize(s, p, row["sender"], row["dept"], time)
    elif kind == Kind.NEGOTIATE:
        negotiated(s, p, r, time)
    elif kind == Kind.MEDIATE:
        mediated(s, p, r, time)
    close_request(s, r)
    return 0


@inline
def synchronize(s, p, i, d, time):
    """Two departments now know the same."""
    a = find_link(s, p, i, d)
    b = find_link(s, p, d, i)
    if a >= 0:
        s.links[a]["synced"] = time
    if b >= 0:
        s.links[b]["synced"] = time


@inline
def pass_on(s, p, r):
    """A disputed request goes to management, where an escalation path is lived, or to another contestant."""
    row = s.requests[r]
    d = row["dept"]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    case["handed_over"] = 1
    row["kind"] = Kind.WORK
    row["sender"] = d
    if p.world[0]["management"] >= 0 and row["bounces"] >= lever[Lever.ESCALATION_BOUNCES]:
        u = uniform(case["key"], step["id"], Purpose.ESCALATE, 1024 + row["bounces"], ZERO)
        if u < lever[Lever.ESCALATION]:
            row["kind"] = Kind.MEDIATE
            row["dept"] = p.world[0]["management"]
            v = uniform(case["key"], step["id"], Purpose.ANSWER_WORK, row["bounces"] * 16 + np.int64(Kind.MEDIATE), ZERO)
            row["work"] = hours(p, p.world[0]["mediate"], v)
            return
    row["dept"] = next_contestant(p, case["key"], row, step)
    case["ping_pong"] |= row["dept"] == row["before"]


@inline
def next_contestant(p, key, row, step):
    """Return the contestant, other than the present one, with the largest keyed hash."""
    best = -1
    largest = bits(key, step["id"], Purpose.CONTESTANT, ZERO, ZERO)
    for k in range(step["n_contestants"]):
        d = p.lists[step["contestants"] + k]
        if d != row["dept"]:
            place = contestant_place(p, step, d)
            hashed = bits(key, step["id"], Purpose.CONTESTANT, 1 + times_asked(row, place), d)
            if best < 0 or hashed > largest:
                best = d
                largest = hashed
    return best


@inline
def decide(s, p, r):
    """Management decides that the step is for whom the written roles name."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["decided"] = 1
    row["sender"] = row["dept"]
    row["dept"] = p.steps[row["step"]]["dept"]


@inline
def reworked(s, p, r, time):
    """Rework is done: back to whoever found the defect, or on if it was the approver."""
    row = s.requests[r]
    row["kind"] = Kind.WORK
    row["extra"] = 0.0
    if row["resume"] == FINISH:
        leave(s, p, r, time, Context.REWORK)
        return FINISH
    row["sender"] = row["dept"]
    row["dept"] = row["home"]
    return SEND


@inline
def approved(s, p, r, time):
    """The approver has looked: a defect of this very step may be found and is mended first."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    leave(s, p, r, time, Context.ANSWER)
    approver = row["dept"]
    row["sender"] = approver
    row["dept"] = row["home"]
    row["kind"] = Kind.WORK
    chance = s.departments[approver]["lever"][Lever.APPROVAL_CHECK]
    before = np.int64(-1)
    k = case["defects"]
    while k >= 0:
        defect = s.defects[k]
        u = uniform(case["key"], p.steps[row["step"]]["id"], Purpose.DETECT, 4096 + row["visit"], ZERO)
        if defect["step"] == row["step"] and u < chance:
            row["work"] = s.departments[row["home"]]["lever"][Lever.REWORK_SHARE] * defect["work"]
            drop_defect(s, c, k, before)
            row["kind"] = Kind.REWORK
            row["resume"] = FINISH
            row["reworks"] += 1
            case["reworks"] += 1
            s.departments[row["home"]]["blamed"] += 1
            enter(s, p, r, time, Context.REWORK)
            return SEND
        before = k
        k = defect["link"]
    return FINISH


@inline
def delivered(s, p, r, time):
    """Stage DELIVERED: the step's result is there; it may need an approval."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    if step["approver"] < 0:
        return FINISH
    case = s.cases[row["case"]]
    d = row["dept"]
    u = uniform(case["key"], step["id"], Purpose.APPROVE, row["visit"], ZERO)
    if step["approver"] == d or u >= s.departments[d]["lever"][Lever.ADHERENCE]:
        return FINISH
    turn(s, p, r, time, Activity.QUEUE)
    enter(s, p, r, time, Context.ANSWER)
    row["kind"] = Kind.APPROVE
    row["phase"] = NEW
    row["extra"] = 0.0
    row["sender"] = d
    row["dept"] = step["approver"]
    v = uniform(case["key"], step["id"], Purpose.ANSWER_WORK, row["visit"] * 16 + np.int64(Kind.APPROVE), ZERO)
    row["work"] = hours(p, p.world[0]["approve"], v)
    return SEND


@inline
def finish(s, p, r, time):
    """Stage FINISH: the step is over; those to be informed hear of it, and the case goes on."""
    row = s.requests[r]
    step = p.steps[row["step"]]
    if step["n_informs"] > 0:
        inform(s, p, r)
    return next_steps(s, p, r, time)


@routine
def inform(s, p, r):
    """Send notices, as far as the process is observed; nobody waits for them."""
    parent = s.requests[r]
    step = p.steps[parent["step"]]
    d = parent["dept"]
    case = s.cases[parent["case"]]
    adherence = s.departments[d]["lever"][Lever.ADHERENCE]
    for k in range(step["n_informs"]):
        told = p.lists[step["informs"] + k]
        u = uniform(case["key"], step["id"], Purpose.INFORM, parent["visit"], told)
        if told != d and u < adherence:
            b = open_request(s)
            row = s.requests[b]
            row["case"] = parent["case"]
            row["step"] = parent["step"]
            row["kind"] = Kind.INFORM
            row["sender"] = d
            row["dept"] = told
            v = uniform(case["key"], step["id"], Purpose.ANSWER_WORK, parent["visit"] * 16 + np.int64(Kind.INFORM), told)
            row["work"] = hours(p, p.world[0]["inform"], v)
            row["visit"] = parent["visit"]
            post(s, b, SEND)
