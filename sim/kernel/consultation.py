"""Consultations: who is asked, what is done without asking, and what becomes of the answer."""

import numpy as np

from sim.kernel.cases import case_of, join_case, leave_case
from sim.kernel.defects import PLAIN, add_defect
from sim.kernel.draws import NOBODY, NOWHERE, ZERO, bits, hours, uniform, unit
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import copy_clock, map_parked, turn
from sim.kernel.links import find_link, fresh_now, understanding_now
from sim.kernel.log import PARKED, REPLIED, logged, note
from sim.kernel.mechanisms.consultation import (
    infeasible_commitment,
    needless_question,
    skip_misunderstanding,
    unprotected,
)
from sim.kernel.mechanisms.handover import in_effect
from sim.kernel.opens import Opens
from sim.kernel.requests import AGREED, NEW, REFILE, SEND, open_request, post
from sim.kernel.teams import understood
from sim.vocab import Activity, Context, Kind, Lever, Purpose

OPENS = (
    Opens(requests=1, defects=2, times="asked"),  # a question, or what may come of not asking
    Opens(requests=1),  # a needless question
)


@routine
def consult(s, p, r, time):
    """Ask those who are to be consulted, as far as the process is observed; what is skipped is a risk."""
    row = s.requests[r]
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    d = row["dept"]
    lever = s.departments[d]["lever"]
    for k in range(step["n_consults"]):
        asked = np.int64(p.lists[step["consults"] + k])
        if asked == d:
            continue
        who = p.pools[asked]["who"]
        if uniform(case["key"], step["id"], Purpose.CONSULT, who, row["visit"], ZERO) < lever[Lever.ADHERENCE]:
            seek(s, p, r, asked, time)
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
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    unknown = 1.0
    k = find_link(s, p, d, asked)
    if k >= 0:
        unknown = unprotected(
            understood(s, row, understanding_now(s, d, k)), fresh_now(s, p, d, k, time), lever[Lever.SKIP_FRESHNESS]
        )
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
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    lever = s.departments[row["dept"]]["lever"]
    u = uniform(case["key"], step["id"], Purpose.NEEDLESS, NOBODY, row["visit"], ZERO)
    if u < needless_question(lever[Lever.NEEDLESS], lever[Lever.CLARITY]):
        asked = bystander(p, case["key"], row, step, p.processes[case["process"]])
        if asked >= 0:
            seek(s, p, r, asked, time)


@inline
def agree(s, r, u):
    """Let question `r` be under the agreement of the asked department on response times, if that is lived."""
    row = s.requests[r]
    lever = s.departments[row["dept"]]["lever"]
    if u < lever[Lever.AGREEMENT]:
        row["agreed"] = AGREED
        row["limit"] = in_effect(lever[Lever.AGREEMENT_HOURS])


@inline
def is_written_down(s, p, r, asked):
    """Decide whether what department `asked` has to say about request `r` is found in the knowledge base."""
    row = s.requests[r]
    lookup = s.departments[row["dept"]]["lever"][Lever.LOOKUP]
    if lookup <= 0.0:
        return False
    key = case_of(s, row["case"])["key"]
    who = p.pools[asked]["who"]
    return uniform(key, p.steps[row["step"]]["id"], Purpose.LOOKUP, who, row["visit"], ZERO) < lookup


@inline
def seek(s, p, r, asked, time):
    """Find out what department `asked` has to say: look it up, which is work of whoever asks, or ask for it."""
    if is_written_down(s, p, r, asked):
        s.requests[r]["extra"] += p.world[0]["look_up"]
    else:
        ask(s, p, r, asked, time)


@inline
def ask(s, p, r, asked, time):
    """Send a consultation about request `r` to department `asked`; it carries the clock along."""
    b = open_request(s)
    parent = s.requests[r]
    row = s.requests[b]
    case = case_of(s, parent["case"])
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
