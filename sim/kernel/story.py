"""What happens at each event, and what follows at the same moment: read it as the story of a case."""

from sim.kernel.approval import delivered, sign
from sim.kernel.cases import is_frozen
from sim.kernel.changes import on_change
from sim.kernel.closing import accept
from sim.kernel.conflicts import on_deadline, on_standoff
from sim.kernel.daily import end_day
from sim.kernel.demand import on_arrival, on_complaint
from sim.kernel.departures import on_release
from sim.kernel.filing import file_request, raise_overdue, refile
from sim.kernel.flow import enter_step, ship
from sim.kernel.handovers import arrive, on_receive, send
from sim.kernel.jit import inline, merge
from sim.kernel.ledger import turn
from sim.kernel.log import outside
from sim.kernel.meetings import on_meeting
from sim.kernel.news import on_news
from sim.kernel.openings import on_open
from sim.kernel.own import on_own_arrival, own_done
from sim.kernel.people import on_leaving, on_newcomer
from sim.kernel.requests import (
    ARRIVE,
    DELIVERED,
    ENTER,
    FILE,
    FINISH,
    MISSING,
    PROCEED,
    REFILE,
    SEND,
    SHIP,
    SIGN,
    mark,
    post,
)
from sim.kernel.room import has_room
from sim.kernel.service import dispatch, finish, on_complete, proceed
from sim.kernel.shocks import on_shock
from sim.kernel.supply import delivered_late
from sim.kernel.watching import on_warning
from sim.vocab import Activity, Event, Kind


@inline
def on_external(s, p, r, time):
    """A supplier, carrier or customer has delivered."""
    row = s.requests[r]
    turn(s, p, r, time, Activity.QUEUE)
    if s.now[0]["logging"]:
        outside(s, r)
    if row["kind"] == Kind.REWORK:
        post(s, r, PROCEED)
    elif row["goods"] == MISSING:
        delivered_late(s, r, time)
    else:
        post(s, r, DELIVERED)


@merge
def handle(s, p, kind, who, stamp, time):
    """Do what one event says; consequences are posted."""
    if kind == Event.COMPLETE:
        on_complete(s, p, who, time)
        mark(s, s.requests[who]["server"])
        if s.requests[who]["kind"] == Kind.OWN:
            own_done(s, p, who, time)
        else:
            post(s, who, PROCEED)
    elif kind == Event.RECEIVE:
        stage = on_receive(s, who, stamp)
        if stage != 0:
            post(s, who, stage)
    elif kind == Event.ARRIVAL:
        on_arrival(s, p, who, time)
    elif kind == Event.OWN_ARRIVAL:
        on_own_arrival(s, p, who, time)
    elif kind == Event.EXTERNAL:
        on_external(s, p, who, time)
    elif kind == Event.OPEN:
        on_open(s, p, who, time)
    elif kind == Event.RESPONSE_DUE:
        raise_overdue(s, p, who, stamp, time)
    elif kind == Event.STANDOFF:
        on_standoff(s, p, who, stamp, time)
    elif kind == Event.DEADLINE:
        on_deadline(s, p, who, stamp, time)
    elif kind == Event.WARNING:
        on_warning(s, p, who, time)
    elif kind == Event.CHANGE:
        on_change(s, p, who, stamp, time)
    elif kind == Event.COMPLAINT:
        on_complaint(s, p, who, stamp, time)
    elif kind == Event.RELEASE:
        on_release(s, p, who, stamp, time)
    elif kind == Event.NEWS:
        on_news(s, p, who, time)
    elif kind == Event.SHOCK:
        on_shock(s, p, who, time)
    elif kind == Event.LEAVING:
        on_leaving(s, p, who, stamp, time)
    elif kind == Event.NEWCOMER:
        on_newcomer(s, p, who, stamp, time)
    elif kind == Event.MEETING:
        on_meeting(s, p, who, stamp, time)
    elif kind == Event.DAY_END:
        end_day(s, p, time)


@merge
def follow(s, p, r, time):
    """Take a posted request through its stages until something has to pass before the next."""
    row = s.requests[r]
    stage = row["stage"]
    while stage != 0:
        if stage == SEND:
            stage = send(s, p, r, time)
        elif stage == ARRIVE:
            stage = arrive(s, p, r, time)
        elif stage == FILE:
            file_request(s, p, r, time)
            stage = 0
        elif stage == REFILE:
            refile(s, p, r, time)
            stage = 0
        elif row["clock"] and is_frozen(s, row["case"]) and stage != ENTER:
            row["held"] = stage  # nothing of a frozen case moves on
            turn(s, p, r, time, Activity.QUEUE)
            stage = 0
        elif stage == PROCEED:
            stage = proceed(s, p, r, time)
        elif stage == DELIVERED:
            stage = delivered(s, p, r, time)
        elif stage == SIGN:
            stage = sign(s, p, r, time)
        elif stage == FINISH:
            stage = finish(s, p, r, time)
        elif stage == ENTER:
            stage = enter_step(s, p, r, time)
        elif stage == SHIP:
            ship(s, p, r, time)
            stage = 0
        else:
            accept(s, p, r, time)
            stage = 0


@merge
def consequences(s, p, time):
    """Work off everything that was posted and every department that may take something up.

    Returns False when a table might be too small to go on; what is left stays in the lists.
    """
    now = s.now[0]
    while now["outbox"] >= 0 or now["dirty"] >= 0:
        if not has_room(s, p):
            return False
        r = now["outbox"]
        if r >= 0:
            now["outbox"] = s.requests[r]["link"]
            follow(s, p, r, time)
        else:
            d = now["dirty"]
            if not dispatch(s, p, d, time):
                dept = s.departments[d]
                now["dirty"] = dept["link"]
                dept["dirty"] = 0
    return True
