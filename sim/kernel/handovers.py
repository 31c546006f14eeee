"""A request on its way: sent, received, accepted or disputed, and filed in a queue."""

import numpy as np

from sim.kernel.calendars import from_open, to_open
from sim.kernel.cases import NEW, RETURNED, open_hours_between
from sim.kernel.draws import ZERO, bits, exponential, hours, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine

from sim.kernel.ledger import enter, leave, turn
from sim.kernel.mechanisms.acceptance import dispute_probability, lived_clarity
from sim.kernel.mechanisms.handover import mean_latency, next_pickup, willingness
from sim.kernel.mechanisms.misunderstanding import defect_probability, freshness
from sim.kernel.mechanisms.priority import CLASS, company_priority, head_start, refusal_probability, score
from sim.kernel.mechanisms.service import double_check
from sim.kernel.queues import insert, withdraw
from sim.kernel.relations import friction
from sim.kernel.requests import ARRIVE, FILE, find_link, is_number, mark, trust_in
from sim.vocab import Activity, Context, Event, Friction, Kind, Lever, Purpose






@inline
def own_interest(p, kind, d):
    """Return how much a request counts for the asked department's own KPIs, in [0, 1]."""
    if kind == Kind.OWN:
        return 1.0
    if kind == Kind.WORK:
        return p.pools[d]["own_volume"]
    return 0.0


@inline
def goodwill(s, p, i, d, kind):
    """Return the willingness of department `d` towards `i`; customers (i < 0) meet none of the reserve."""
    if i < 0 or i == d:
        return 1.0
    return willingness(s.departments[d]["lever"][Lever.ALIGNMENT], trust_in(s, p, d, i), own_interest(p, kind, d))


@inline
def contestant_place(p, step, d):
    """Return the place of department `d` among the contestants of a step, or -1."""
    for k in range(step["n_contestants"]):
        if p.lists[step["contestants"] + k] == d:
            return min(k, 15)
    return -1


@inline
def times_asked(row, place):
    """Return how often this request has been put to the contestant at `place` (up to 15)."""
    if place < 0:
        return np.int64(0)
    return np.int64((row["arrivals"] >> np.uint64(4 * place)) & np.uint64(15))


@inline
def repetition(p, row):
    """Return how often the present question has been put before: same case, step, purpose and department asked."""
    place = contestant_place(p, p.steps[row["step"]], row["dept"])
    return times_asked(row, place) + 16 * min(row["reworks"], 15) + 256 * row["visit"]


@inline
def send(s, p, r, time):
    """Stage SEND: the request goes to the department asked, at once or with the latency of the channel."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    if row["clock"]:
        turn(s, p, r, time, Activity.HANDOVER)
    row["sent"] = time
    if i < 0 or i == d:
        return ARRIVE
    lever = s.departments[d]["lever"]
    channel = lever[Lever.LATENCY]
    period = lever[Lever.PICKUP_PERIOD]
    if channel <= 0.0 and period <= 0.0:
        return ARRIVE
    mean = mean_latency(channel, lever[Lever.RELUCTANCE], goodwill(s, p, i, d, row["kind"]))
    key = s.cases[row["case"]]["key"]
    place = p.steps[row["step"]]["id"]
    u = uniform(key, place, Purpose.LATENCY, repetition(p, row), d * 16 + row["kind"])
    calendar = p.pools[d]["calendar"]
    opened = next_pickup(to_open(p, calendar, time) + mean * exponential(u), period)
    plan(s, max(time, from_open(p, calendar, opened)), Event.RECEIVE, r, 0)
    return 0


@routine
def disputed(s, p, r, time):
    """Decide whether the asked department says that the request of a contested step is not its own."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    key = s.cases[row["case"]]["key"]
    again = repetition(p, row)
    place = contestant_place(p, step, d)
    if place >= 0 and times_asked(row, place) < 15:
        row["arrivals"] += np.uint64(1) << np.uint64(4 * place)
    clarity = lever[Lever.CLARITY]
    exception = uniform(key, step["id"], Purpose.EXCEPTION, row["visit"], ZERO) < lever[Lever.EXCEPTIONS]
    trust = trust_in(s, p, d, i) if i >= 0 else 1.0
    lived = lived_clarity(clarity, trust, lever[Lever.CLARITY_TRUST], exception)
    ambiguity = step["ambiguity"] * lever[Lever.AMBIGUITY]
    will = goodwill(s, p, i, d, Kind.WORK)
    chance = dispute_probability(ambiguity, lever[Lever.MISROUTING], clarity, lived, will)
    if uniform(key, step["id"], Purpose.DISPUTE, again, d) >= chance:
        return False
    row["bounces"] += 1
    s.cases[row["case"]]["bounces"] += 1
    if i >= 0:
        friction(s, p, row["case"], row["step"], i, d, Friction.DISPUTE, again, time)
    return True


@routine
def misunderstood(s, p, r, time):
    """Decide whether the receiver misreads what the sender wants."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    lever = s.departments[d]["lever"]
    k = find_link(s, p, d, i)
    if k < 0:
        return False
    link = s.links[k]
    fresh = freshness(open_hours_between(s, p, d, link["synced"], time), lever[Lever.SYNC_DECAY])
    novelty = step["novelty"] * lever[Lever.NOVELTY]
    chance = defect_probability(novelty, lever[Lever.DOCUMENTS], link["understanding"], fresh)
    return uniform(s.cases[row["case"]]["key"], step["id"], Purpose.DEFECT, repetition(p, row), d) < chance


@inline
def add_defect(s, c, step, d, work, infeasible):
    """Note a latent defect in case `c`, made by department `d` at `step`."""
    now = s.now[0]
    k = now["free_defect"]
    row = s.defects[k]
    now["free_defect"] = row["link"]
    now["free_defects"] -= 1
    case = s.cases[c]
    row["link"] = case["defects"]
    row["step"] = step
    row["dept"] = d
    row["work"] = work
    row["worked"] = case["worked"]
    row["infeasible"] = infeasible
    case["defects"] = k


@inline
def take_over(s, p, r, time):
    """The asked department accepts the work: its content, what is misread, and what distrust and forms add."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    case = s.cases[row["case"]]
    leave(s, p, r, time, Context.PING_PONG)
    u = uniform(case["key"], step["id"], Purpose.WORK, row["visit"], ZERO)
    row["work"] = hours(p, step["work"], u) * case["complexity"]
    row["extra"] = 0.0
    if i >= 0 and i != d:
        lever = s.departments[d]["lever"]
        if step["novelty"] * lever[Lever.NOVELTY] > 0.0 and misunderstood(s, p, r, time):
            add_defect(s, row["case"], row["step"], d, row["work"], False)
        row["extra"] = lever[Lever.FORM_HOURS]
        if lever[Lever.DOUBLE_CHECK] > 0.0:
            row["extra"] += double_check(lever[Lever.DOUBLE_CHECK], trust_in(s, p, d, i), row["work"])


@inline
def hold(s, r):
    """Note that the case is now with the department asked, and with whom it was before."""
    row = s.requests[r]
    if row["dept"] != row["home"]:
        row["before"] = row["home"]
        row["home"] = row["dept"]


@inline
def arrive(s, p, r, time):
    """Stage ARRIVE: the department asked has the request before it, and accepts or disputes it."""
    row = s.requests[r]
    if row["kind"] == Kind.WORK:
        d = row["dept"]
        step = p.steps[row["step"]]
        if row["phase"] == RETURNED:
            leave(s, p, r, time, Context.REWORK)
            return FILE
        hold(s, r)
        contested = step["n_contestants"] > 1 and not row["decided"] and row["sender"] != d
        if contested and s.departments[d]["lever"][Lever.AMBIGUITY] > 0.0 and disputed(s, p, r, time):
            row["kind"] = Kind.TRIAGE
            enter(s, p, r, time, Context.PING_PONG)
            u = uniform(s.cases[row["case"]]["key"], step["id"], Purpose.ANSWER_WORK, repetition(p, row), d)
            row["work"] = hours(p, p.world[0]["triage"], u)
        else:
            take_over(s, p, r, time)
    return FILE


@routine
def refused(s, p, r, time):
    """Decide whether an unwilling, overloaded department refuses to hurry."""
    row = s.requests[r]
    d = row["dept"]
    dept = s.departments[d]
    will = goodwill(s, p, row["sender"], d, row["kind"])
    chance = refusal_probability(dept["lever"][Lever.REFUSAL], will, dept["waiting_hours"], dept["staff"])
    place = p.steps[row["step"]]["id"]
    again = repetition(p, row)
    if uniform(s.cases[row["case"]]["key"], place, Purpose.REFUSE, again, d) >= chance:
        return False
    friction(s, p, row["case"], row["step"], row["sender"], d, Friction.REFUSED, again, time)
    return True


@inline
def priority(s, p, r, time):
    """Return by how many open hours request `r` may overtake others in the queue of the department asked."""
    row = s.requests[r]
    d = row["dept"]
    lever = s.departments[d]["lever"]
    if lever[Lever.BOOST] <= 0.0 and not row["agreed"]:
        return 0.0
    world = p.world[0]
    company = 0.0
    trust = 0.0
    if row["case"] >= 0:
        case = s.cases[row["case"]]
        urgent = 1.0 if case["urgent"] and not row["refused"] else 0.0
        slack = 1.0
        if is_number(case["target"]):
            slack = (case["target"] - time) / (case["target"] - case["arrival"])
        value = p.processes[case["process"]]["value"]
        company = company_priority(world["urgency"], world["value"], world["due"], urgent, value, slack)
        trust = trust_in(s, p, d, row["sender"])
    points = score(lever[Lever.ALIGNMENT], own_interest(p, row["kind"], d), company, lever[Lever.FAVOR], trust)
    return head_start(lever[Lever.BOOST], points, row["agreed"], lever[Lever.ALLOWANCE], lever[Lever.AGREEMENT_HOURS])


@inline
def key_of(s, p, r, time):
    """Return the static key of request `r`: its time of arrival, less what it may overtake."""
    row = s.requests[r]
    opened = to_open(p, p.pools[row["dept"]]["calendar"], time)
    if p.world[0]["strict"]:
        return opened - CLASS if row["case"] >= 0 and s.cases[row["case"]]["urgent"] else opened
    return opened - priority(s, p, r, time)


@inline
def file_request(s, p, r, time):
    """Stage FILE: the request gets its place in the queue."""
    row = s.requests[r]
    d = row["dept"]
    if row["kind"] == Kind.WORK and row["phase"] != NEW:
        row["q_key"] = row["seat"]
    else:
        asked = row["sender"] >= 0 and row["sender"] != d
        if asked and row["kind"] == Kind.WORK and s.departments[d]["lever"][Lever.REFUSAL] > 0.0:
            if s.cases[row["case"]]["urgent"]:
                row["refused"] = refused(s, p, r, time)
        row["q_key"] = key_of(s, p, r, time)
        if row["kind"] == Kind.WORK:
            row["seat"] = row["q_key"]
    turn(s, p, r, time, Activity.QUEUE)
    if row["agreed"] == 1:
        calendar = p.pools[d]["calendar"]
        limit = s.departments[d]["lever"][Lever.AGREEMENT_HOURS]
        due = from_open(p, calendar, to_open(p, calendar, row["sent"]) + limit)
        plan(s, max(time, due), Event.RESPONSE_DUE, r, row["serial"])
    insert(s, d, r)
    mark(s, d)


@inline
def refile(s, p, r, time):
    """Stage REFILE: the request takes the place in the queue that its key gives it."""
    row = s.requests[r]
    turn(s, p, r, time, Activity.QUEUE)
    insert(s, row["dept"], r)
    mark(s, row["dept"])


@routine
def raise_overdue(s, p, r, serial, time):
    """An agreed response time is over: the request is withdrawn and filed anew at the top, and the asker remembers."""
    row = s.requests[r]
    if row["serial"] != serial or row["agreed"] != 1:
        return
    waiting = row["activity"] == Activity.QUEUE and not row["held"]
    if waiting:
        withdraw(s, row["dept"], r)
    row["agreed"] = 2
    again = repetition(p, row)
    friction(s, p, row["case"], row["step"], row["sender"], row["dept"], Friction.BROKEN_RESPONSE, again, time)
    if waiting:
        row["q_key"] = key_of(s, p, r, row["sent"])
        insert(s, row["dept"], r)
        mark(s, row["dept"])
