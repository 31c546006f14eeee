"""Meetings: those present learn what goes on, answer what waits, and settle quarrels while they are small."""

import math

import numpy as np

from sim.kernel.approval import approved
from sim.kernel.calendars import is_open
from sim.kernel.cases import case_of
from sim.kernel.conflicts import settle
from sim.kernel.consultation import answer
from sim.kernel.draws import NOBODY, ZERO, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.ledger import turn
from sim.kernel.log import ANSWERED, held, logged, note
from sim.kernel.mechanisms.adoption import adoption
from sim.kernel.mechanisms.meetings import news_share, questions_fit, reach, refreshed, remaining_work
from sim.kernel.opens import Opens
from sim.kernel.queues import before, following, some, withdraw
from sim.kernel.requests import ARRIVE, SEND, close_request, is_question, noticed, open_beside, post
from sim.kernel.response import note_urgent, respond
from sim.vocab import DAY, WEEK, Activity, CaseCount, Event, Kind, Lever, Purpose, Settled

OPENS = (
    Opens(events=1),  # the next one
    Opens(requests=3, events=2, times="questions"),  # what remains of it, and a conflict where the answer was late
)


MEETING = int(Settled.MEETING)


@inline
def plan_meeting(s, p, m, number, time):
    """Plan the next meeting `m` after `time`, on one of its weekdays; it is the one with this number."""
    meeting = p.meetings[m]
    day = math.floor(time / DAY)
    for ahead in range(9):
        start = (day + ahead) * DAY + meeting["at"]
        weekday = int(day + ahead) % 7
        if start > time and (meeting["days"] >> weekday) & 1:
            plan(s, start, Event.MEETING, m, number)
            break


@inline
def _due(s, meeting, time):
    """Say whether a meeting is held in the week of `time`: every so many, from that in which people begin with it."""
    begun = meeting["start"] + s.switches[meeting["switch"]]["delay"]
    return (math.floor(time / WEEK) - math.floor(begun / WEEK)) % meeting["every_weeks"] == 0


@inline
def _gather(s, p, m, serial, number, time):
    """Mark the members who are at work; return how many departments tell their news.

    Of the people who approve for management, each takes part in as many meetings as the share of staff says.
    """
    meeting = p.meetings[m]
    n = 0
    for k in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        d = p.lists[k]
        if is_open(s, p, p.pools[d]["clock"], time):
            if not p.pools[d]["approver"]:
                s.departments[d]["present"] = serial
                n += 1
            else:
                u = uniform(s.now[0]["base"], meeting["id"], Purpose.ATTEND, p.pools[d]["who"], number, ZERO)
                if u < meeting["attendance"]:
                    s.departments[d]["present"] = serial
    return n


@inline
def _refresh(s, p, d, serial, share, time):
    """Department `d` hears from everybody present."""
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        link = s.links[k]
        if s.departments[link["other"]]["present"] == serial:
            link["synced"] = refreshed(link["synced"], time, share)


@inline
def _asked_here(s, row, serial):
    """Tell whether request `row` is a question of somebody present, and nothing holds its case up."""
    if not is_question(row) or s.departments[row["sender"]]["present"] != serial:
        return False
    return not case_of(s, row["case"])["frozen"]


@inline
def _oldest_question(s, d, serial):
    """Return the first question in the queue of `d` whose asker is present, or -1."""
    q = s.requests
    best = NOBODY
    r = some(s, d)
    while r >= 0:
        if _asked_here(s, q[r], serial) and (best < 0 or before(q, r, best)):
            best = r
        r = following(s, d, r)
    return best


@inline
def _reached(s, p, m, d, serial, share, r, time):
    """Return the next question under way to `d`, from `r` on, that comes up because its asker is present, or -1."""
    while r >= 0:
        row = s.requests[r]
        if _asked_here(s, row, serial):
            place = p.steps[row["step"]]["id"] ^ p.meetings[m]["id"]
            who = p.pools[d]["who"]
            purpose = Purpose.REACHED if row["kind"] == Kind.CONSULT else Purpose.REACHED_APPROVAL
            key = case_of(s, row["case"])["key"]
            if uniform(key, place, purpose, who, row["visit"], int(time / DAY)) < share:
                return r
        r = row["q_next"]
    return r


@inline
def _answer_now(s, p, r, item_hours, time):
    """Answer question `r` in the meeting; what work remains on it is done afterwards, and nobody waits for it."""
    row = s.requests[r]
    d = row["dept"]
    if logged(s):
        note(s, ANSWERED, r)
    note_urgent(s, p, r, time)
    rest = remaining_work(row["work"], item_hours)
    if rest > 0.0:
        b = open_beside(s, r, Kind.FOLLOW_UP, d, d)
        s.requests[b]["work"] = rest
        post(s, b, SEND)
    turn(s, p, r, time, Activity.QUEUE)
    if row["kind"] == Kind.APPROVE:
        respond(s, p, r, p.world[0]["approve_response"], time)
        post(s, r, approved(s, p, r, time))
    else:
        respond(s, p, r, p.world[0]["consult_response"], time)
        answer(s, p, r, time)
        close_request(s, r)


@inline
def _answer_waiting(s, p, m, d, serial, items, time):
    """Let `d` answer what waits in its queue for those present, as long as there is time; return what is left of it."""
    while items > 0:
        r = _oldest_question(s, d, serial)
        if r < 0:
            break
        withdraw(s, d, r)
        _answer_now(s, p, r, p.meetings[m]["item_hours"], time)
        items -= 1
    return items


@inline
def _answer_under_way(s, p, m, d, serial, share, items, time):
    """Bring up what is under way to `d` from those present: it is answered while there is time, and else noticed."""
    r = _reached(s, p, m, d, serial, share, s.departments[d]["under_way"], time)
    while r >= 0:
        after = s.requests[r]["q_next"]
        noticed(s, r)
        if items > 0:
            _answer_now(s, p, r, p.meetings[m]["item_hours"], time)
            items -= 1
        else:
            post(s, r, ARRIVE)
        r = _reached(s, p, m, d, serial, share, after, time)
    return items


@inline
def _settle_quarrels(s, p, m, serial, share, time):
    """Try to settle the open conflicts between departments that are present."""
    c = s.now[0]["frozen"]
    while c >= 0:
        case = case_of(s, c)
        live = s.cases[c]
        after = live["frozen_next"]
        here = s.departments[live["side_a"]]["present"] == serial and s.departments[live["side_b"]]["present"] == serial
        if here and live["tier"] == 1:
            place = p.steps[live["conflict_step"]]["id"]
            days = int(time / DAY) - int(live["frozen_at"] / DAY)  # a meeting takes place once a day at most
            number = np.int64(case["count"][CaseCount.CONFLICTS])
            u = uniform(case["key"], place ^ p.meetings[m]["id"], Purpose.SETTLE, NOBODY, number, days)
            if u < p.meetings[m]["settles"] * share:
                settle(s, p, c, MEETING, time)
        c = after


@inline
def _lived(s, p, meeting, time):
    """Return how far people do in this meeting what they should; leaders count as they do on average."""
    led = 0.0
    n = 0
    for k in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        if not p.pools[p.lists[k]]["approver"]:
            led += s.departments[p.lists[k]]["lever"][Lever.LEADERSHIP]
            n += 1
    led /= n
    hours = time - s.switches[meeting["switch"]]["delay"] - meeting["start"]
    return adoption(hours, meeting["fidelity"], meeting["ramp"], meeting["dip"], meeting["retention"], led)


@inline
def _followed(s, p, meeting, serial):
    """Return how far those present do what they agree upon, on average; who approves does as management does."""
    done = 0.0
    n = 0
    for k in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        dept = s.departments[p.lists[k]]
        if dept["present"] == serial and not p.pools[p.lists[k]]["approver"]:
            done += dept["lever"][Lever.FOLLOW_THROUGH]
            n += 1
    return done / n if n > 0 else 1.0


@routine
def on_meeting(s, p, m, number, time):
    """Hold meeting `m`, of which there have been `number` before."""
    meeting = p.meetings[m]
    if not _due(s, meeting, time):
        plan_meeting(s, p, m, number, time)
        return
    plan_meeting(s, p, m, number + 1, time)
    if not s.switches[meeting["switch"]]["on"] or not meeting["start"] <= time < meeting["end"]:
        return
    serial = s.now[0]["meetings"] + 1
    s.now[0]["meetings"] = serial
    present = _gather(s, p, m, serial, number, time)
    followed = _followed(s, p, meeting, serial)
    share = reach(meeting["strength"], meeting["usefulness"], _lived(s, p, meeting, time), followed)
    if logged(s):
        held(s, p, m, serial)
    heard = share * news_share(meeting["hours"], present, meeting["news_hours"])
    items = math.floor(questions_fit(meeting["hours"], present, meeting["news_hours"], meeting["item_hours"]) * share)
    n = meeting["n_members"]
    for k in range(n):
        d = p.lists[meeting["members"] + (k + number) % n]  # whoever begins gets most answers: take turns
        if s.departments[d]["present"] == serial:
            _refresh(s, p, d, serial, heard, time)
            items = _answer_waiting(s, p, m, d, serial, items, time)
            items = _answer_under_way(s, p, m, d, serial, heard, items, time)
    _settle_quarrels(s, p, m, serial, share, time)
