"""Consultations, approvals and notices: what the written roles ask of others, as far as the process is observed."""

import numpy as np

from sim.kernel.cases import NEW, open_hours_since, working_hours_since
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, bits, hours, uniform, unit
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import copy_clock, enter, leave, map_parked, turn
from sim.kernel.links import find_link, fresh_now, understanding_now
from sim.kernel.log import PARKED, REPLIED, logged, note
from sim.kernel.mechanisms.conflict import gravity
from sim.kernel.mechanisms.consultation import (
    infeasible_commitment,
    needless_question,
    skip_misunderstanding,
    unprotected,
)
from sim.kernel.mechanisms.handover import in_effect
from sim.kernel.relations import friction, good_dealing
from sim.kernel.repair import PLAIN, add_defect
from sim.kernel.requests import (
    AGREED,
    FINISH,
    OVERDUE,
    REFILE,
    SEND,
    about,
    drop_defect,
    join_case,
    leave_case,
    open_request,
    post,
)
from sim.vocab import Activity, CaseCount, Context, Friction, Kind, Lever, Purpose, Tally

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


@routine
def consult(s, p, r, time):
    """Ask those who are to be consulted, as far as the process is observed; what is skipped is a risk."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    d = row["dept"]
    lever = s.departments[d]["lever"]
    for k in range(step["n_consults"]):
        asked = np.int64(p.lists[step["consults"] + k])
        if asked == d:
            continue
        who = p.pools[asked]["who"]
        if uniform(case["key"], step["id"], Purpose.CONSULT, who, row["visit"], ZERO) < lever[Lever.ADHERENCE]:
            ask(s, p, r, asked, time)
        else:
            do_without(s, p, r, asked, time)
    if lever[Lever.NEEDLESS] > 0.0:
        ask_needlessly(s, p, r, time)
    if row["pending"] > 0:
        turn(s, p, r, time, Activity.PARKED)
        if logged(s):
            note(s, PARKED, r)


@inline
def do_without(s, p, r, asked, time):
    """Go on without asking: what papers, understanding and news do not tell may become a defect."""
    row = s.requests[r]
    d = row["dept"]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    unknown = 1.0
    k = find_link(s, p, d, asked)
    if k >= 0:
        unknown = unprotected(understanding_now(s, d, k), fresh_now(s, p, d, k, time), lever[Lever.SKIP_FRESHNESS])
    who = p.pools[asked]["who"]
    novelty = step["novelty"] * lever[Lever.NOVELTY]
    risk = skip_misunderstanding(lever[Lever.SKIP_RISK], novelty, lever[Lever.DOCUMENTS], unknown)
    luck = bits(case["key"], step["id"], Purpose.SKIPPED, who, row["visit"], ZERO)
    if unit(luck) < risk:
        add_defect(s, r, luck, PLAIN)
    luck = bits(case["key"], step["id"], Purpose.INFEASIBLE, who, row["visit"], ZERO)
    if step["commitment"] and unit(luck) < infeasible_commitment(lever[Lever.INFEASIBLE], unknown):
        add_defect(s, r, luck, asked)


@inline
def _is_consulted(p, step, d):
    found = False
    for k in range(step["n_consults"]):
        found |= p.lists[step["consults"] + k] == d
    return found


@inline
def bystander(p, key, row, step, process):
    """Return the department of the process, not consulted here, with the largest keyed hash; -1 if there is none."""
    best = NOBODY
    largest = NOWHERE
    for k in range(process["n_members"]):
        d = p.lists[process["members"] + k]
        if d != row["dept"] and not _is_consulted(p, step, d):
            hashed = bits(key, step["id"], Purpose.NEEDLESS_WHOM, p.pools[d]["who"], row["visit"], ZERO)
            if best < 0 or hashed > largest:
                best = d
                largest = hashed
    return best


@inline
def ask_needlessly(s, p, r, time):
    """Ask perhaps one more department of the process, which has nothing to say: so it is where roles are unclear."""
    row = s.requests[r]
    case = s.cases[row["case"]]
    step = p.steps[row["step"]]
    lever = s.departments[row["dept"]]["lever"]
    u = uniform(case["key"], step["id"], Purpose.NEEDLESS, NOBODY, row["visit"], ZERO)
    if u < needless_question(lever[Lever.NEEDLESS], lever[Lever.CLARITY]):
        asked = bystander(p, case["key"], row, step, p.processes[case["process"]])
        if asked >= 0:
            ask(s, p, r, asked, time)


@inline
def agree(s, r, u):
    """Let question `r` be under the agreement of the asked department on response times, if that is lived."""
    row = s.requests[r]
    lever = s.departments[row["dept"]]["lever"]
    if u < lever[Lever.AGREEMENT]:
        row["agreed"] = AGREED
        row["limit"] = in_effect(lever[Lever.AGREEMENT_HOURS])


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
    row["context"] = parent["context"]
    if row["context"] == Context.NORMAL:
        row["context"] = Context.ANSWER
    place = p.steps[row["step"]]["id"]
    who = p.pools[asked]["who"]
    u = uniform(case["key"], place, Purpose.CONSULTATION, who, row["visit"], ZERO)
    row["work"] = hours(p, p.world[0]["consult"], u)
    agree(s, b, uniform(case["key"], place, Purpose.AGREEMENT, who, row["visit"], ZERO))
    parent["pending"] += 1
    post(s, b, SEND)


@inline
def answer(s, p, r, time):
    """Consultation `r` is answered; after the last answer the asker goes on, with the clock of that answer."""
    row = s.requests[r]
    a = row["parent"]
    parent = s.requests[a]
    turn(s, p, r, time, Activity.PARKED)
    if logged(s):
        note(s, REPLIED, r)
    parent["pending"] -= 1
    if parent["pending"] == 0:
        map_parked(s, a, time)
        copy_clock(s, r, a)
        parent["activity"] = Activity.QUEUE
        parent["q_key"] = parent["seat"]
        post(s, a, REFILE)
    leave_case(s, r)


@inline
def caught(s, p, row, defect, approver):
    """Decide whether the approver of the step of request `row` finds a defect, which has to be of this very step."""
    if defect["step"] != row["step"]:
        return False
    u = uniform(defect["luck"], p.steps[row["step"]]["id"], Purpose.CHECK, NOBODY, row["visit"], ZERO)
    return u < s.departments[approver]["lever"][Lever.APPROVAL_CHECK]


@inline
def approved(s, p, r, time):
    """The approver has looked: a defect of this very step may be found and is mended first."""
    row = s.requests[r]
    c = row["case"]
    case = s.cases[c]
    leave(s, p, r, time, Context.ANSWER)
    row["agreed"] = 0
    row["limit"] = 0.0
    approver = row["dept"]
    row["sender"] = approver
    row["dept"] = row["home"]
    row["kind"] = Kind.WORK
    before = NOBODY
    k = case["defects"]
    while k >= 0:
        defect = s.defects[k]
        if caught(s, p, row, defect, approver):
            row["work"] = s.departments[row["home"]]["lever"][Lever.REWORK_SHARE] * defect["work"]
            row["wait"] = 0.0
            drop_defect(s, c, k, before)
            row["kind"] = Kind.REWORK
            row["resume"] = FINISH
            row["reworks"] += 1
            case["count"][CaseCount.REWORKS] += 1
            s.departments[row["home"]]["today"][Tally.BLAMED] += 1
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
    u = uniform(case["key"], step["id"], Purpose.APPROVE, NOBODY, row["visit"], ZERO)
    if step["approver"] == d or u >= s.departments[d]["lever"][Lever.ADHERENCE]:
        return FINISH
    turn(s, p, r, time, Activity.QUEUE)
    enter(s, p, r, time, Context.ANSWER)
    row["kind"] = Kind.APPROVE
    row["phase"] = NEW
    row["extra"] = 0.0
    row["sender"] = d
    row["dept"] = step["approver"]
    v = uniform(case["key"], step["id"], Purpose.APPROVAL, NOBODY, row["visit"], ZERO)
    row["work"] = hours(p, p.world[0]["approve"], v)
    who = p.pools[row["dept"]]["who"]
    agree(s, r, uniform(case["key"], step["id"], Purpose.AGREEMENT_APPROVAL, who, row["visit"], ZERO))
    return SEND


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
        who = p.pools[told]["who"]
        u = uniform(case["key"], step["id"], Purpose.INFORM, who, parent["visit"], ZERO)
        if told != d and u < adherence:
            b = open_request(s)
            row = s.requests[b]
            about(s, b, parent["case"])
            row["step"] = parent["step"]
            row["kind"] = Kind.INFORM
            row["sender"] = d
            row["dept"] = told
            v = uniform(case["key"], step["id"], Purpose.NOTICE, who, parent["visit"], ZERO)
            row["work"] = hours(p, p.world[0]["inform"], v)
            row["visit"] = parent["visit"]
            post(s, b, SEND)
