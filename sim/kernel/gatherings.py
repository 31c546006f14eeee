"""Meetings: those present learn what goes on, answer what waits, and settle quarrels while they are small."""

import math

from sim.kernel.calendars import is_open
from sim.kernel.conflicts import settle
from sim.kernel.draws import NOBODY, uniform
from sim.kernel.heap import plan
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.adoption import adoption
from sim.kernel.mechanisms.meetings import refreshed, remaining_work
from sim.kernel.queues import before, following, withdraw
from sim.kernel.requests import SEND, about, close_request, open_request, post
from sim.kernel.roles import answer, note_urgent, respond
from sim.vocab import DAY, WEEK, Event, Kind, Lever, Purpose


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
def _gather(s, p, m, serial, time):
    """Mark the members who are at work."""
    meeting = p.meetings[m]
    for k in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        d = p.lists[k]
        if is_open(p, p.pools[d]["calendar"], time):
            s.departments[d]["present"] = serial


@inline
def _refresh(s, p, d, serial, share, time):
    """Department `d` hears from everybody present."""
    first = p.pools[d]["first_link"]
    for k in range(first, first + p.pools[d]["n_links"]):
        link = s.links[k]
        if s.departments[link["other"]]["present"] == serial:
            link["synced"] = refreshed(link["synced"], time, share)


@inline
def _oldest_question(s, d, serial):
    """Return the first consultation in the queue of `d` whose asker is present, or -1."""
    q = s.requests
    best = NOBODY
    r = s.departments[d]["root"]
    while r >= 0:
        row = q[r]
        asked = row["kind"] == Kind.CONSULT and s.departments[row["sender"]]["present"] == serial
        if asked and not s.cases[row["case"]]["frozen"] and (best < 0 or before(q, r, best)):
            best = r
        r = following(q, r)
    return best


@inline
def _answer_now(s, p, r, item_hours, time):
    """Answer question `r` in the meeting; what work remains on it is done afterwards, and nobody waits for it."""
    row = s.requests[r]
    d = row["dept"]
    withdraw(s, d, r)
    note_urgent(s, p, r, time)
    rest = remaining_work(row["work"], item_hours)
    if rest > 0.0:
        b = open_request(s)
        left = s.requests[b]
        about(s, b, row["case"])
        left["step"] = row["step"]
        left["kind"] = Kind.FOLLOW_UP
        left["sender"] = d
        left["dept"] = d
        left["work"] = rest
        post(s, b, SEND)
    respond(s, p, r, p.world[0]["consult_response"], time)
    answer(s, p, r, time)
    close_request(s, r)


@inline
def _settle_quarrels(s, p, m, serial, share, time):
    """Try to settle the open conflicts between departments that are present."""
    c = s.now[0]["frozen"]
    while c >= 0:
        case = s.cases[c]
        after = case["frozen_next"]
        here = s.departments[case["side_a"]]["present"] == serial and s.departments[case["side_b"]]["present"] == serial
        if here and case["tier"] == 1:
            place = p.steps[case["conflict_step"]]["id"]
            days = int(time / DAY) - int(case["frozen_at"] / DAY)  # a meeting takes place once a day at most
            u = uniform(case["key"], place ^ p.meetings[m]["id"], Purpose.SETTLE, NOBODY, case["conflicts"], days)
            if u < p.meetings[m]["settles"] * share:
                settle(s, p, c, time)
        c = after


@inline
def _lived(s, p, meeting, time):
    """Return how far people do in this meeting what they should; leaders count as they do on average."""
    led = 0.0
    for k in range(meeting["members"], meeting["members"] + meeting["n_members"]):
        led += s.departments[p.lists[k]]["lever"][Lever.LEADERSHIP]
    led /= meeting["n_members"]
    hours = time - s.switches[meeting["switch"]]["delay"] - meeting["start"]
    lived = adoption(hours, meeting["fidelity"], meeting["ramp"], meeting["dip"], meeting["retention"], led)
    return max(0.0, lived)


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
    share = meeting["strength"] * meeting["usefulness"] * _lived(s, p, meeting, time)
    serial = s.now[0]["meetings"] + 1
    s.now[0]["meetings"] = serial
    _gather(s, p, m, serial, time)
    items = math.floor(meeting["items"] * share)
    n = meeting["n_members"]
    for k in range(n):
        d = p.lists[meeting["members"] + (k + number) % n]  # whoever begins gets most answers: take turns
        if s.departments[d]["present"] == serial:
            _refresh(s, p, d, serial, share, time)
            while items > 0:
                r = _oldest_question(s, d, serial)
                if r < 0:
                    break
                _answer_now(s, p, r, meeting["item_hours"], time)
                items -= 1
    _settle_quarrels(s, p, m, serial, share, time)
