"""A request on its way: sent, received, accepted or disputed, and filed in a queue."""

import numpy as np

from sim.kernel.calendars import is_open, opened, reached
from sim.kernel.cases import case_of
from sim.kernel.disputes import NAMED, disputed
from sim.kernel.draws import NOBODY, ZERO, hours, lognormal, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline
from sim.kernel.layout import CAREFUL, RULED, SLOW
from sim.kernel.ledger import enter, leave, turn
from sim.kernel.links import trust_in
from sim.kernel.log import RECEIVED, disowned, logged, note, sent
from sim.kernel.mechanisms.content import left_by_machines
from sim.kernel.mechanisms.handover import called, mean_latency, next_pickup, watched
from sim.kernel.mechanisms.service import double_check
from sim.kernel.opens import Opens
from sim.kernel.repair import misread
from sim.kernel.requests import ARRIVE, FILE, NEW, RETURNED, is_question, new_token, noticed, set_out
from sim.kernel.rules import end_rules, put_under_rules
from sim.kernel.shifts import at_work
from sim.kernel.teams import in_team, willing
from sim.vocab import Activity, Context, Event, Kind, Lever, Purpose

OPENS = (Opens(events=1),)  # noticed some time after it was sent


@inline
def pick_up(row):
    """Return the question when whoever is asked notices this request."""
    kind = row["kind"]
    if kind == Kind.WORK:
        return Purpose.PICK_UP_WORK if row["phase"] == NEW else Purpose.PICK_UP_RETURNED
    if kind == Kind.CONSULT:
        return Purpose.PICK_UP_CONSULTATION
    if kind == Kind.APPROVE:
        return Purpose.PICK_UP_APPROVAL
    if kind == Kind.INFORM:
        return Purpose.PICK_UP_NOTICE
    if kind == Kind.REWORK:
        return Purpose.PICK_UP_REWORK
    return Purpose.PICK_UP_DECISION if row["clock"] else Purpose.PICK_UP_MEDIATION


@inline
def on_the_spot(s, p, row, key, place, time):
    """Decide whether a question is noticed at once: it may be where the asked is at work and has somebody free."""
    d = row["dept"]
    dept = s.departments[d]
    share = dept["lever"][Lever.ON_THE_SPOT]
    if share <= 0.0 or dept["waiting"] > 0 or dept["busy"] >= at_work(s, p, d, time):
        return False
    if not is_open(s, p, p.pools[d]["calendar"], time):
        return False
    return uniform(key, place, Purpose.ON_THE_SPOT, p.pools[d]["who"], row["visit"], row["again"]) < share


@inline
def time_to_notice(s, p, row, u):
    """Return the open hours until the department asked notices a request: asking and handing over are two things.

    Who has agreed on a time looks often enough, and in time; so does a superior whom a path calls in.
    """
    d = row["dept"]
    lever = s.departments[d]["lever"]
    mean = lever[Lever.LATENCY]
    spread = lever[Lever.LATENCY_SPREAD]
    if row["kind"] == Kind.CONSULT:
        mean = lever[Lever.ANSWER_LATENCY]
        spread = lever[Lever.ANSWER_SPREAD]
    limit = row["limit"]
    if row["kind"] == Kind.MEDIATE and limit > 0.0:
        mean = called(mean, limit)
    else:
        mean = mean_latency(mean, lever[Lever.RELUCTANCE], willing(s, p, row))
        if limit > 0.0:
            mean = watched(mean, limit)
    return lognormal(u, mean, spread)


@inline
def send(s, p, r, time):
    """Stage SEND: the request goes to the department asked, at once (in a team) or with the latency of the channel."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    if row["clock"]:
        turn(s, p, r, time, Activity.HANDOVER)
    row["sent"] = time
    new_token(s, row)
    if logged(s):
        sent(s, r, i)
    active = s.departments[d]["active"]
    if active & RULED:
        put_under_rules(s, p, r)
    if i < 0 or i == d or not active & SLOW or in_team(s, row):
        return ARRIVE
    key = case_of(s, row["case"])["key"]
    place = p.steps[row["step"]]["id"]
    if row["kind"] == Kind.CONSULT and on_the_spot(s, p, row, key, place, time):
        return ARRIVE
    u = uniform(key, place, pick_up(row), p.pools[d]["who"], row["visit"], row["again"])
    clock = p.pools[d]["clock"]
    now = opened(s, p, clock, time)
    noticed_at = next_pickup(now + time_to_notice(s, p, row, u), s.departments[d]["lever"][Lever.PICKUP_PERIOD])
    if row["limit"] > 0.0:
        noticed_at = min(noticed_at, now + row["limit"])
    plan(s, max(time, reached(s, p, clock, noticed_at)), Event.RECEIVE, r, row["token"])
    if is_question(row):
        set_out(s, r)
    return 0


@inline
def on_receive(s, r, token):
    """Return the stage of a request that reaches its receiver; 0 if it was noticed earlier."""
    row = s.requests[r]
    if row["token"] != token:
        return np.int64(0)
    if is_question(row):
        noticed(s, r)
    return ARRIVE


@inline
def work_content(s, p, row):
    """Return the hours of work of the step of request `row`, less what is out of scope and what machines do.

    The content is drawn once, whoever does it and however often it is asked for.
    """
    case = case_of(s, row["case"])
    step = p.steps[row["step"]]
    u = uniform(case["key"], step["id"], Purpose.WORK, NOBODY, row["visit"], ZERO)
    work = hours(p, step["work"], u) * case["complexity"]
    if step["scalable"]:
        work *= case["scope"]
    if step["routine"] > 0.0:
        work *= left_by_machines(s.departments[row["dept"]]["lever"][Lever.AUTOMATION], step["routine"])
    return work


@inline
def take_over(s, p, r, time):
    """The asked department accepts the work: its content, what is misread, and what distrust and forms add."""
    row = s.requests[r]
    i = row["sender"]
    d = row["dept"]
    step = p.steps[row["step"]]
    leave(s, p, r, time, Context.PING_PONG)
    row["again"] = 0  # whatever is asked from here on is asked for the first time
    row["work"] = work_content(s, p, row)
    row["extra"] = 0.0
    if i >= 0 and i != d and s.departments[d]["active"] & CAREFUL:
        lever = s.departments[d]["lever"]
        if step["novelty"] * lever[Lever.NOVELTY] > 0.0:
            misread(s, p, r, time)
        row["extra"] += lever[Lever.FORM_HOURS]
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
    if logged(s):
        note(s, RECEIVED, r)
    if row["kind"] == Kind.WORK:
        d = row["dept"]
        step = p.steps[row["step"]]
        if row["phase"] == RETURNED:
            leave(s, p, r, time, Context.REWORK)
            row["again"] = 0
            row["work"] = work_content(s, p, row)
            return FILE
        hold(s, r)
        open_to_dispute = row["decided"] == 0 or row["decided"] == NAMED
        contested = step["n_contestants"] > 1 and open_to_dispute and row["sender"] != d
        contested = contested and s.departments[d]["lever"][Lever.AMBIGUITY] > 0.0 and not in_team(s, row)
        if contested and disputed(s, p, r, time):
            row["kind"] = Kind.TRIAGE
            end_rules(row)
            if logged(s):
                disowned(s, r)
            enter(s, p, r, time, Context.PING_PONG)
            key = case_of(s, row["case"])["key"]
            u = uniform(key, step["id"], Purpose.TRIAGE, p.pools[d]["who"], row["visit"], row["again"])
            row["work"] = hours(p, p.world[0]["triage"], u)
        else:
            take_over(s, p, r, time)
    return FILE
