"""The place of a request in a queue: its static key, refused urgency, and agreements that run out."""

from sim.kernel.calendars import after, opened
from sim.kernel.cases import case_of, is_number, is_urgent
from sim.kernel.draws import uniform
from sim.kernel.goodwill import own_interest
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.layout import RANKED, REFUSING
from sim.kernel.ledger import turn
from sim.kernel.links import trust_in
from sim.kernel.log import QUEUED, logged, note
from sim.kernel.mechanisms.priority import CLASS, company_priority, head_start, refusal_probability, score, slack_left
from sim.kernel.opens import Opens
from sim.kernel.queues import hours_ahead, insert, withdraw
from sim.kernel.relations import friction
from sim.kernel.requests import AGREED, CALLED, NEW, OVERDUE, lacks_goods, mark
from sim.kernel.rules import broken
from sim.kernel.teams import willing
from sim.vocab import Activity, Event, Friction, Kind, Lever, Purpose

OPENS = (Opens(events=1),)  # the agreed time for an answer


@routine
def refused(s, p, r, time):
    """Decide whether an unwilling, overloaded department refuses to hurry."""
    row = s.requests[r]
    d = row["dept"]
    dept = s.departments[d]
    will = willing(s, p, row)
    ahead = hours_ahead(s, d)
    chance = refusal_probability(dept["lever"][Lever.REFUSAL], will, ahead, p.world[0]["full_desk"])
    place = p.steps[row["step"]]["id"]
    key = case_of(s, row["case"])["key"]
    if uniform(key, place, Purpose.REFUSE, p.pools[d]["who"], row["visit"], row["again"]) >= chance:
        return False
    friction(s, p, r, row["sender"], d, Friction.REFUSED, Purpose.CONFLICT_REFUSAL, time, 1.0)
    return True


@inline
def priority(s, p, r, time):
    """Return by how many open hours request `r` may overtake others in the queue of the department asked."""
    row = s.requests[r]
    d = row["dept"]
    lever = s.departments[d]["lever"]
    world = p.world[0]
    company = 0.0
    trust = 0.0
    if row["case"] >= 0:
        case = case_of(s, row["case"])
        urgent = 1.0 if is_urgent(case) and not row["refused"] else 0.0
        slack = 1.0
        served = p.processes[case["process"]]["served_by"] >= 0 and is_number(case["served"])
        if is_number(case["target"]) and not served:
            slack = (case["target"] - time) / (case["target"] - case["arrival"])
        if lever[Lever.MILESTONES] > 0.0 and p.steps[row["step"]]["due"] > 0.0:
            due = p.steps[row["step"]]["due"]
            slack = slack_left(lever[Lever.MILESTONES], slack, (case["arrival"] + due - time) / due)
        value = p.processes[case["process"]]["value"]
        company = company_priority(world["urgency"], world["value"], world["due"], urgent, value, slack)
        trust = trust_in(s, p, d, row["sender"])
    points = score(lever[Lever.ALIGNMENT], own_interest(s, p, row["kind"], d), company, lever[Lever.FAVOR], trust)
    overdue = 1.0 if row["agreed"] == OVERDUE else 0.0
    return head_start(lever[Lever.BOOST], points, row["limit"], overdue, lever[Lever.ALLOWANCE])


@inline
def overtakes(s, p, r, time):
    """Return by how many open hours request `r` overtakes others by the rule of this organization."""
    row = s.requests[r]
    if p.world[0]["strict"]:
        return CLASS if row["case"] >= 0 and is_urgent(case_of(s, row["case"])) else 0.0
    if row["limit"] == 0.0 and not s.departments[row["dept"]]["active"] & RANKED:
        return 0.0
    return priority(s, p, r, time)


@inline
def key_of(s, p, r, time):
    """Return the static key of request `r`: its time of arrival, less what it may overtake."""
    return opened(s, p, p.pools[s.requests[r]["dept"]]["clock"], time) - overtakes(s, p, r, time)


@inline
def file_request(s, p, r, time):
    """Stage FILE: the request gets its place in the queue."""
    row = s.requests[r]
    d = row["dept"]
    if row["kind"] == Kind.WORK and row["phase"] != NEW:
        row["q_key"] = row["seat"]
    else:
        asked = row["sender"] >= 0 and row["sender"] != d
        asked = asked and row["kind"] == Kind.WORK and s.departments[d]["active"] & REFUSING
        asked = asked and row["agreed"] == 0  # who has agreed on a time keeps to it
        if asked and is_urgent(case_of(s, row["case"])):
            row["refused"] = refused(s, p, r, time)
        row["q_key"] = key_of(s, p, r, time)
        if row["kind"] == Kind.WORK:
            row["seat"] = row["q_key"]
    turn(s, p, r, time, Activity.QUEUE)
    if in_time(row):
        due = after(p, p.pools[d]["clock"], row["sent"], row["limit"])
        plan(s, max(time, due), Event.RESPONSE_DUE, r, row["token"])
    insert(s, d, r)
    mark(s, d)


@inline
def refile(s, p, r, time):
    """Stage REFILE: the request takes the place in the queue that its key gives it."""
    row = s.requests[r]
    turn(s, p, r, time, Activity.QUEUE)
    if logged(s):
        note(s, QUEUED, r)
    insert(s, row["dept"], r)
    mark(s, row["dept"])


@inline
def hurry(s, r, gain):
    """Let request `r` come so many hours to the front of the queue in which it waits, or to which it will come back."""
    row = s.requests[r]
    set_aside = row["held"] != 0 or row["pending"] > 0 or lacks_goods(row)
    waiting = row["activity"] == Activity.QUEUE and not set_aside
    if gain <= 0.0 or not (waiting or set_aside):
        return
    if waiting:
        withdraw(s, row["dept"], r)
    row["q_key"] -= gain
    if row["kind"] == Kind.WORK:
        row["seat"] -= gain
    if waiting:
        insert(s, row["dept"], r)


@inline
def in_time(row):
    """Tell whether a request is under a rule whose time is not over."""
    return row["agreed"] == AGREED or row["agreed"] == CALLED


@routine
def raise_overdue(s, p, r, token, time):
    """An agreed response time is over: the request is withdrawn and filed anew at the top, and the asker remembers.

    Work that is set aside until others have answered goes to the top when it comes back.
    """
    row = s.requests[r]
    if row["token"] != token or not in_time(row):
        return
    waiting = row["activity"] == Activity.QUEUE and not row["held"]
    if waiting:
        withdraw(s, row["dept"], r)
    row["agreed"] = OVERDUE
    if row["sender"] >= 0 and row["sender"] != row["dept"]:
        friction(s, p, r, row["sender"], row["dept"], Friction.BROKEN_RESPONSE, broken(row["kind"]), time, 1.0)
    if waiting or row["kind"] == Kind.WORK:
        row["q_key"] = key_of(s, p, r, row["sent"])
    if row["kind"] == Kind.WORK:
        row["seat"] = row["q_key"]
    if waiting:
        insert(s, row["dept"], r)
        mark(s, row["dept"])
