"""Openings: where a calendar opens, everybody who keeps it and has something to do, or may help, is looked at."""

from sim.kernel.calendars import next_opening
from sim.kernel.draws import ZERO
from sim.kernel.heap import plan
from sim.kernel.jit import inline
from sim.kernel.layout import HELPING
from sim.kernel.opens import Opens
from sim.kernel.requests import mark
from sim.vocab import Event

OPENS = (Opens(events=1),)  # the next opening


@inline
def plan_opening(s, p, calendar, time):
    """Plan the next opening of a calendar after `time`, if anybody keeps it and it ever closes."""
    row = p.calendars[calendar]
    if row["n_keepers"] > 0 and not row["always"]:
        plan(s, next_opening(p, calendar, time), Event.OPEN, calendar, ZERO)


@inline
def on_open(s, p, calendar, time):
    """A calendar opens: people come to work."""
    plan_opening(s, p, calendar, time)
    first = p.calendars[calendar]["keepers"]
    for k in range(first, first + p.calendars[calendar]["n_keepers"]):
        dept = s.departments[p.lists[k]]
        if dept["waiting"] > 0 or dept["active"] & HELPING:
            mark(s, p.lists[k])
