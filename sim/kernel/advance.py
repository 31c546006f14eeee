"""What Python calls: begin a replication, and advance it to a time."""

from sim.kernel.daily import move_levers, plan_day_end, set_productivity
from sim.kernel.demand import plan_arrival
from sim.kernel.draws import ZERO
from sim.kernel.heap import close_hole, kind_of, plan
from sim.kernel.jit import entry
from sim.kernel.links import touch_all
from sim.kernel.meetings import plan_meeting
from sim.kernel.openings import plan_opening
from sim.kernel.own import plan_own
from sim.kernel.pointers import tables
from sim.kernel.releases import CUT_OFF, plan_moment
from sim.kernel.requests import mark
from sim.kernel.room import room_for
from sim.kernel.story import consequences, handle
from sim.vocab import Event, Status

DONE = int(Status.DONE)
NEEDS_ROOM = int(Status.NEEDS_ROOM)


@entry
def begin(state, params):
    """Plan the first event of everything that happens by itself, and set the levers of the first day."""
    s = tables(state)
    p = tables(params)
    for k in range(p.world[0]["n_processes"]):
        plan_arrival(s, p, k)
    for d in range(p.world[0]["n_departments"]):
        if p.pools[d]["own_work"] >= 0:
            plan_own(s, p, d)
    for c in range(p.world[0]["n_calendars"]):
        plan_opening(s, p, c, -1e-6)
    for m in range(p.world[0]["n_meetings"]):
        plan_meeting(s, p, m, ZERO, -1e-6)
    for k in range(p.world[0]["n_shocks"]):
        plan(s, p.shocks[k]["time"], Event.SHOCK, k, ZERO)
    for k in range(p.world[0]["n_releases"]):
        plan_moment(s, p, k, ZERO, CUT_OFF)
    plan_day_end(s)
    move_levers(s, p, 0.0)
    set_productivity(s, p, 0.0)


@entry
def renew(state, params):
    """Let what was set from outside count from now on; every department is looked at again."""
    s = tables(state)
    p = tables(params)
    time = s.now[0]["time"]
    move_levers(s, p, time)
    set_productivity(s, p, time)
    for d in range(p.world[0]["n_departments"]):
        mark(s, d)


@entry
def bring_up(state, params):
    """Bring all links up to now: what drifts and is forgotten between two dealings."""
    s = tables(state)
    p = tables(params)
    for d in range(p.world[0]["n_departments"]):
        touch_all(s, p, d)


@entry
def advance(state, params, until):
    """Handle every event up to and including the time `until`.

    Returns `Status.DONE`, or `Status.NEEDS_ROOM` where a table might be too small to go on: enlarge the tables and call
    again. Cutting a run into pieces changes no bit of it.
    """
    s = tables(state)
    p = tables(params)
    now = s.now[0]
    while True:
        if not consequences(s, p, now["time"]):
            return NEEDS_ROOM
        close_hole(s)
        if now["n_events"] == 0:
            break
        top = s.events[0]
        time = top["time"]
        kind = kind_of(top["order"])
        if time > until:
            break
        if not room_for(s, p, kind):
            return NEEDS_ROOM
        who = top["who"]
        stamp = top["stamp"]
        now["hole"] = 1
        now["time"] = time
        now["handled"] += 1
        handle(s, p, kind, who, stamp, time)
    now["time"] = until
    return DONE
